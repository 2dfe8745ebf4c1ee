import Ajv from 'ajv/dist/2020';
import { SLOT_SCHEMA } from '../../../lib/appointment';
import { book, openBench, pick, type Bench } from './bench';

const valid = new Ajv({ strict: false }).compile(SLOT_SCHEMA);
let bench: Bench;

beforeEach(() => {
	bench = openBench();
});

afterEach(() => {
	bench.stop();
});

describe('Slot: Get Many', () => {
	const day = { service: pick('331'), rangeStart: '2026-03-03T09:00:00', rangeEnd: '2026-03-03T10:30:00' };

	it('joins everybody who does the service, earliest first, in the one shape', async () => {
		book(bench, '2026-03-03 09:00:00');
		const slots = await bench.given('slot', 'getMany', day);
		expect(slots.map((one) => valid(one))).toEqual(slots.map(() => true));
		expect(slots.map(({ start, end, staff }) => [start, end, (staff as { id: string }).id])).toEqual([
			['2026-03-03T09:00:00+01:00', '2026-03-03T10:30:00+01:00', '556'],
			['2026-03-03T09:30:00+01:00', '2026-03-03T11:00:00+01:00', '556'],
			['2026-03-03T10:00:00+01:00', '2026-03-03T11:00:00+01:00', '555'],
			['2026-03-03T10:00:00+01:00', '2026-03-03T11:30:00+01:00', '556'],
		]);
		expect(slots[0]).toEqual({
			provider: 'altegio',
			start: '2026-03-03T09:00:00+01:00',
			end: '2026-03-03T10:30:00+01:00',
			timeZone: 'Europe/Warsaw',
			service: { id: '331', name: 'Haircut' },
			staff: { id: '556', name: 'Oksana Melnyk' },
			capacity: null,
		});
		expect(bench.asked()).toEqual([
			'GET /company/123456',
			'GET /company/123456/services',
			'GET /book_dates/123456?service_ids[]=331&date_from=2026-03-03&date_to=2026-03-03',
			'GET /book_staff/123456?service_ids[]=331',
			'GET /book_times/123456/555/2026-03-03?service_ids[]=331',
			'GET /book_times/123456/556/2026-03-03?service_ids[]=331',
		]);
	});

	it('asks for one team member alone', async () => {
		const slots = await bench.given('slot', 'getMany', { ...day, staff: pick('556') });
		expect(slots).toHaveLength(3);
		expect(bench.asked()).toContain(
			'GET /book_dates/123456?service_ids[]=331&staff_id=556&date_from=2026-03-03&date_to=2026-03-03',
		);
		expect(bench.asked().filter((line) => line.includes('book_times'))).toHaveLength(1);
	});

	it('has the right offset on both sides of a change of clocks', async () => {
		const switching = {
			...day,
			staff: pick('555'),
			rangeStart: '2026-03-28T17:00:00',
			rangeEnd: '2026-03-30T09:30:00',
		};
		expect((await bench.given('slot', 'getMany', switching)).map(({ start }) => start)).toEqual([
			'2026-03-28T17:00:00+01:00',
			'2026-03-30T09:00:00+02:00',
		]);
	});

	it('reads no more days than the limit needs, and none where nothing is free', async () => {
		const month = { ...day, rangeEnd: '2026-04-03T00:00:00', returnAll: false, limit: 3 };
		expect(await bench.given('slot', 'getMany', month)).toHaveLength(3);
		expect(bench.asked().filter((line) => line.includes('book_times')).length).toBe(2);
		const sunday = { ...day, rangeStart: '2026-03-08T00:00:00', rangeEnd: '2026-03-09T00:00:00' };
		expect(await bench.given('slot', 'getMany', sunday)).toEqual([]);
	});

	it('reads dates written as Unix times, and leaves out those beyond the range', async () => {
		const fine = { kind: 'latency', milliseconds: 0 } as const;
		const dates = [1772496000, 1773100800];
		const body = { success: true, data: { booking_dates: dates }, meta: [] };
		bench.world.misbehave('altegio', fine, fine, { kind: 'answer', response: { status: 200, body } });
		await bench.given('slot', 'getMany', { ...day, staff: pick('555') });
		expect(bench.asked().filter((line) => line.includes('book_times'))).toEqual([
			'GET /book_times/123456/555/2026-03-03?service_ids[]=331',
		]);
	});
});

describe('Visit: Get', () => {
	it('gives services and payments', async () => {
		const { id, visitId } = book(bench, '2026-03-02 10:00:00', { attendance: 1 });
		bench.simulator.records.edit(id, { paid: 120 });
		const [visit] = await bench.given('visit', 'get', {
			visitId: pick(String(visitId)),
			instagramIn: 'email',
		});
		expect(bench.asked()).toEqual([
			'GET /company/123456',
			`GET /visits/${visitId}`,
			`GET /visit/details/123456/${id}/${visitId}`,
		]);
		expect(visit).toMatchObject({
			provider: 'altegio',
			id: String(visitId),
			status: 'completed',
			start: '2026-03-02T10:00:00+01:00',
			end: '2026-03-02T11:00:00+01:00',
			client: { id: '1121412', instagram: 'jane.example' },
			services: [{ id: '331', name: 'Haircut', price: 120, quantity: 1, staff: { name: 'Anna Kowal' } }],
			amount: 120,
			paid: true,
			paidAmount: 120,
			payments: [{ amount: 120, at: '2026-03-02T11:00:00+01:00', account: 'Cash' }],
			appointmentIds: [String(id)],
		});
	});

	it("gives Altegio's own answers without Simplify", async () => {
		const { visitId } = book(bench, '2026-03-02 10:00:00');
		const [visit] = await bench.given('visit', 'get', { visitId: pick(String(visitId)), simplify: false });
		expect(visit).toMatchObject({
			attendance: 0,
			records: [{ visit_id: String(visitId) }],
			payment_transactions: [],
		});
	});
});

describe('Visit: Get Completed', () => {
	const monday = { rangeStart: '2026-03-02T00:00:00', rangeEnd: '2026-03-03T00:00:00' };

	it('gives those who came, one item a visit, with payment', async () => {
		const first = book(bench, '2026-03-02 10:00:00', { attendance: 1 });
		const second = book(bench, '2026-03-02 11:00:00', {
			attendance: 1,
			staff_id: 556,
			services: [{ id: 332 }],
		});
		second.visitId = first.visitId;
		bench.simulator.records.edit(first.id, { paid: 120 });
		book(bench, '2026-03-02 13:00:00', { attendance: 0 });
		book(bench, '2026-03-02 14:00:00', { attendance: -1 });
		book(bench, '2026-03-03 10:00:00', { attendance: 1 });
		const cancelled = book(bench, '2026-03-02 16:00:00', { attendance: 1 });
		bench.simulator.records.remove(cancelled.id);
		const visits = await bench.given('visit', 'getCompleted', monday);
		expect(visits).toHaveLength(1);
		expect(visits[0]).toMatchObject({
			id: String(first.visitId),
			appointmentIds: [String(first.id), String(second.id)],
			services: [{ name: 'Haircut' }, { name: 'Brows' }],
			amount: 180,
			paid: false,
			paidAmount: 120,
		});
		expect(bench.asked().at(-1)).toBe(
			'GET /records/123456?start_date=2026-03-02&end_date=2026-03-02&include_finance_transactions=1&page=1&count=200',
		);
	});

	it('keeps to the exact window, the team member and the limit', async () => {
		for (const hour of ['09', '10', '11']) book(bench, `2026-03-02 ${hour}:00:00`, { attendance: 1 });
		const window = { rangeStart: '2026-03-02T09:30:00', rangeEnd: '2026-03-02T11:30:00', staff: pick('555') };
		expect(await bench.given('visit', 'getCompleted', window)).toHaveLength(2);
		expect(
			await bench.given('visit', 'getCompleted', { ...window, returnAll: false, limit: 1 }),
		).toHaveLength(1);
		const [raw] = await bench.given('visit', 'getCompleted', { ...window, simplify: false });
		expect(raw).toMatchObject({ records: [{ attendance: 1 }] });
	});
});

describe('Service and Team Member: Get Many', () => {
	it('gives services with price, minutes and staff', async () => {
		expect(await bench.given('service', 'getMany')).toEqual([
			expect.objectContaining({
				id: '331',
				name: 'Haircut',
				priceMin: 120,
				durationMinutes: 60,
				staffIds: ['555', '556'],
			}),
			expect.objectContaining({ id: '332', name: 'Brows', active: true }),
		]);
		expect(
			await bench.given('service', 'getMany', { simplify: false, returnAll: false, limit: 1 }),
		).toMatchObject([{ id: 331, duration: 3600 }]);
		expect(bench.asked()[0]).toBe('GET /company/123456/services');
	});

	it('gives staff without those who left', async () => {
		expect(await bench.given('staff', 'getMany')).toEqual([
			{ provider: 'altegio', id: '555', name: 'Anna Kowal', specialization: 'Hair', hidden: false },
			{
				provider: 'altegio',
				id: '556',
				name: 'Oksana Melnyk',
				specialization: 'Hair and brows',
				hidden: false,
			},
		]);
		expect(
			await bench.given('staff', 'getMany', { simplify: false, returnAll: false, limit: 1 }),
		).toHaveLength(1);
		expect(bench.asked()[0]).toBe('GET /company/123456/staff');
	});
});
