import { describeWithSpecs, jsonPayload } from '../../support/specs';
import {
	ANNA,
	asked,
	booked,
	booking,
	booksyBench,
	byId,
	credential,
	isAppointment,
	LONG,
	PIOTR,
	run,
	sent,
	SHORT,
	type Bench,
} from './bench';

const BUSINESS = '/public-api/pl/business/123';
const day = (hour: string) => `2026-06-02T${hour}`;

describe('Booksy, Partner API', () => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	it('sends every request with the version it is written for and a token', async () => {
		await run('staff.getMany');
		const [call] = bench.calls();
		expect(call?.request.headers).toMatchObject({
			accept: 'application/json; version=0.3',
			authorization: expect.stringMatching(/^Bearer access-/) as string,
		});
		expect(bench.tokenCalls()).toHaveLength(1);
	});

	it('creates an appointment with one subbooking, in the local time of the business', async () => {
		const { items, error } = await run('appointment.create', booking({ notes: 'Window', leadKey: 'L-7' }));
		expect(error).toBeUndefined();
		expect(bench.calls().map(asked)).toEqual([`POST ${BUSINESS}/appointment/`]);
		expect(bench.calls().map(sent)).toEqual([
			{
				customer_name: 'Jane Example',
				customer_phone: '+48601234567',
				customer_email: 'jane@example.com',
				business_note: 'Window\n[lead:L-7]',
				subbookings: [{ booked_from: day('10:00'), service_variant_id: 782, staffer_id: 456 }],
			},
		]);
		expect(isAppointment(items[0])).toBe(true);
		expect(items[0]).toMatchObject({
			status: 'confirmed',
			start: '2026-06-02T10:00:00+02:00',
			end: '2026-06-02T11:00:00+02:00',
			timeZone: 'Europe/Warsaw',
			service: { id: LONG, name: 'Haircut, Long hair' },
			staff: { id: ANNA },
			client: { name: 'Jane Example', phone: '+48601234567' },
			leadKey: 'L-7',
			notes: 'Window',
		});
	});

	it('lets Booksy choose who does it, and takes a time without an offset for one of the business', async () => {
		await run('appointment.create', {
			service: byId(SHORT),
			start: '2026-06-02T10:00:00',
			clientName: 'Jane',
			timeZone: 'Europe/Warsaw',
			additionalFields: { customerId: '321', duration: 90, force: true },
		});
		expect(bench.calls().map(sent)).toEqual([
			{
				booked_for_id: 321,
				customer_name: 'Jane',
				subbookings: [
					{
						booked_from: day('10:00'),
						booked_till: day('11:30'),
						service_variant_id: 781,
						staffer_id: -1,
					},
				],
				force: true,
			},
		]);
	});

	it('gets an appointment, simplified with the raw one beside it, or raw', async () => {
		const id = await booked('partner');
		const get = async (more: object) =>
			(await run('appointment.get', { appointmentId: id, ...more })).items[0];
		const simple = await get({ includeRaw: true });
		const raw = await get({ simplify: false });
		expect(bench.calls().map(asked).slice(1)).toEqual(Array(2).fill(`GET ${BUSINESS}/appointment/${id}/`));
		expect(isAppointment(simple)).toBe(true);
		expect(simple?.raw).toEqual(raw);
		expect(raw).toMatchObject({
			id: Number(id),
			booked_from: day('10:00'),
			business_timezone: 'Europe/Warsaw',
		});
		expect(await get({})).not.toHaveProperty('raw');
	});

	it('reschedules by sending the whole appointment back, moved; it keeps its ID', async () => {
		const id = await booked('partner', { notes: 'Window', leadKey: 'L-7' });
		const { items, error } = await run('appointment.reschedule', {
			appointmentId: id,
			newStart: '2026-06-03T12:30:00+02:00',
			staff: byId(PIOTR),
		});
		expect(error).toBeUndefined();
		const [, read, write] = bench.calls();
		expect([read, write].map((call) => call && asked(call))).toEqual([
			`GET ${BUSINESS}/appointment/${id}/`,
			`PUT ${BUSINESS}/appointment/${id}/`,
		]);
		expect(write && sent(write)).toMatchObject({
			customer_name: 'Jane Example',
			business_note: 'Window\n[lead:L-7]',
			subbookings: [{ booked_from: '2026-06-03T12:30', booked_till: '2026-06-03T13:30', staffer_id: 457 }],
		});
		expect(isAppointment(items[0])).toBe(true);
		expect(items[0]).toMatchObject({
			id,
			previousId: null,
			start: '2026-06-03T12:30:00+02:00',
			staff: { id: PIOTR },
			leadKey: 'L-7',
		});
	});

	it('may move an appointment into a part of its own old time', async () => {
		const id = await booked('partner');
		const { error } = await run('appointment.reschedule', { appointmentId: id, newStart: day('10:30') });
		expect(error).toBeUndefined();
	});

	it.each([
		['cancel', 'cancel', 'cancelled'],
		['confirm', 'confirm', 'confirmed'],
		['markNoShow', 'no_show', 'no_show'],
	])('%s patches status/%s/ and answers as it stands then', async (operation, word, status) => {
		const id = await booked('partner');
		const { items } = await run(`appointment.${operation}`, { appointmentId: id, reason: 'ill' });
		expect(bench.calls().map(asked).slice(1)).toEqual([
			`PATCH ${BUSINESS}/appointment/${id}/status/${word}/`,
			`GET ${BUSINESS}/appointment/${id}/`,
		]);
		expect(items[0]).toMatchObject({ id, status });
	});

	it('frees the time of a cancelled appointment', async () => {
		const id = await booked('partner');
		await run('appointment.cancel', { appointmentId: id });
		expect(await booked('partner')).not.toBe(id);
	});

	it('gets many appointments of a period, of somebody, in some status', async () => {
		const early = await booked('partner');
		const other = await booked('partner', { staff: byId(PIOTR) });
		await booked('partner', { start: '2026-06-04T10:00:00+02:00' });
		await run('appointment.cancel', { appointmentId: other });
		const period = { rangeStart: '2026-06-02T10:00:00+02:00', rangeEnd: '2026-06-03T00:00:00+02:00' };
		const ids = async (more: object) =>
			(await run('appointment.getMany', { ...period, ...more })).items.map(({ id }) => id);
		expect(await ids({})).toEqual([early, other]);
		expect(bench.calls().map(asked).at(-1)).toBe(
			`GET ${BUSINESS}/appointment/?booked_from=${day('10:00')}&booked_till=2026-06-03T00:00&offset=0&limit=100`,
		);
		expect(await ids({ staff: byId(PIOTR) })).toEqual([other]);
		expect(await ids({ options: { status: ['confirmed', 'pending'] } })).toEqual([early]);
	});

	it('reads as many pages as are wanted, and no more', async () => {
		const sample = (await run('appointment.create', booking())).items[0];
		const [visit] = bench.salon.visits;
		for (let index = 1; index < 250; index++) {
			bench.salon.visits.push({ ...structuredClone(visit!), id: 5000 + index });
		}
		const pages = () => bench.calls().filter((call) => asked(call).includes('limit=')).length;
		expect((await run('appointment.getMany', { returnAll: true })).items).toHaveLength(250);
		expect(pages()).toBe(3);
		expect((await run('appointment.getMany', { limit: 120 })).items).toHaveLength(120);
		expect(pages()).toBe(5);
		expect((await run('appointment.getMany')).items).toHaveLength(50);
		expect(pages()).toBe(6);
		expect(sample?.id).toBe(String(visit?.id));
	});

	it('lists variants, since appointments name variants, and people without chairs', async () => {
		const services = await run('service.getMany');
		expect(services.items.map(({ id, name, durationMinutes }) => [id, name, durationMinutes])).toEqual([
			['781', 'Haircut, Short hair', 45],
			['782', 'Haircut, Long hair', 60],
			['791', 'Colouring', 120],
		]);
		expect(bench.calls().map((call) => asked(call).split('?')[0])).toEqual([
			`GET ${BUSINESS}/service/`,
			`GET ${BUSINESS}/service/78/variant/`,
			`GET ${BUSINESS}/service/79/variant/`,
		]);
		expect((await run('service.getMany', { simplify: false, limit: 1 })).items).toEqual([
			expect.objectContaining({ id: 78, variant: expect.objectContaining({ id: 781 }) as object }),
		]);
		const staff = await run('staff.getMany');
		expect(staff.items).toEqual([
			{ provider: 'booksy', id: ANNA, name: 'Anna' },
			{ provider: 'booksy', id: PIOTR, name: 'Piotr' },
		]);
		expect((await run('staff.getMany', { simplify: false })).items[0]).toEqual({
			id: 456,
			name: 'Anna',
			type: 'S',
			active: true,
		});
	});

	it('works for another business and country', async () => {
		const { items } = await run(
			'appointment.create',
			booking({
				service: byId('882'),
				staff: byId('556'),
				options: { businessId: '223' },
				start: '2026-06-02T10:00:00',
			}),
			{ credentials: [credential('partner', { country: 'US', timeZone: 'America/New_York' })] },
		);
		expect(bench.calls()[0]?.request.url).toBe(
			'https://us.booksy.com/public-api/us/business/223/appointment/',
		);
		expect(items[0]).toMatchObject({ start: '2026-06-02T10:00:00-04:00', timeZone: 'America/New_York' });
	});

	it('works at the address Booksy gave for testing', async () => {
		await run(
			'staff.getMany',
			{},
			{
				credentials: [
					credential('partner', {
						partnerBaseUrl: 'https://es.booksy.com/public-api/es/',
						businessId: '323',
					}),
				],
			},
		);
		expect(bench.tokenCalls()[0]?.request.url).toBe('https://es.booksy.com/public-api/es/token/');
		expect(bench.calls()[0]?.request.url).toContain(
			'https://es.booksy.com/public-api/es/business/323/resource/',
		);
	});
});

describeWithSpecs('Booksy, Partner API: the simulator answers as documented', () => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	it('writes appointments and pages with the documented fields', async () => {
		await booked('partner');
		await run('appointment.getMany');
		const [create, list] = bench.calls();
		const documented = jsonPayload<{ subbookings: object[] }>('booksy', 'public-api.appointment.json');
		const page = jsonPayload<object>('booksy', 'public-api.list.response.json');
		const answer = create?.response?.body as { subbookings: object[] };
		expect(Object.keys(answer).sort()).toEqual(Object.keys(documented).sort());
		expect(Object.keys(answer.subbookings[0] ?? {}).sort()).toEqual(
			Object.keys(documented.subbookings[0] ?? {}).sort(),
		);
		expect(Object.keys(list?.response?.body as object).sort()).toEqual(Object.keys(page).sort());
	});

	it('refuses a request without a token in the documented words', async () => {
		const answer = await bench.simulator.handle({
			method: 'GET',
			url: new URL('https://pl.booksy.com/public-api/pl/business/'),
			headers: { accept: 'application/json; version=0.3' },
			text: '',
		});
		expect(answer).toMatchObject({ status: 401, body: jsonPayload('booksy', 'public-api.error-401.json') });
	});
});
