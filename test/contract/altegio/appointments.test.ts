import { APPOINTMENT_SCHEMA } from '../../../lib/appointment';
import Ajv from 'ajv/dist/2020';
import { book, openBench, pick, type Bench } from './bench';

const valid = new Ajv({ strict: false }).compile(APPOINTMENT_SCHEMA);
let bench: Bench;

beforeEach(() => {
	bench = openBench();
});

afterEach(() => {
	bench.stop();
});

const range = { rangeStart: '2026-03-02T00:00:00', rangeEnd: '2026-03-09T00:00:00' };

describe('requests', () => {
	it('show both tokens in one header, and the version in Accept', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00');
		await bench.given('appointment', 'get', { appointmentId: String(id) });
		for (const { request } of bench.world.callsTo('altegio')) {
			expect(request.url).toContain('https://api.alteg.io/api/v1/');
			expect(request.headers).toMatchObject({
				authorization: 'Bearer sandbox-altegio-partner, User sandbox-altegio-user',
				accept: 'application/vnd.api.v2+json',
			});
		}
	});

	it('read the time zone once a run, and not at all where it is set', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00');
		const items = [{}, {}, {}];
		await bench.run('appointment', 'get', { appointmentId: String(id) }, { items });
		expect(bench.asked().filter((line) => line.startsWith('GET /company/'))).toEqual(['GET /company/123456']);
		const [one] = await bench.given('appointment', 'get', {
			appointmentId: String(id),
			timeZone: 'America/New_York',
		});
		expect(one).toMatchObject({
			start: '2026-03-03T10:00:00-05:00',
			timeZone: 'America/New_York',
			location: null,
		});
		expect(bench.asked().filter((line) => line.startsWith('GET /company/'))).toHaveLength(1);
	});
});

describe('Get', () => {
	it('gives the one shape', async () => {
		const { id } = book(bench, '2026-03-30 10:00:00', { api_id: 'lead-7', comment: 'first time' });
		const [one] = await bench.given('appointment', 'get', { appointmentId: String(id) });
		expect([valid(one), valid.errors]).toEqual([true, null]);
		expect(one).toEqual({
			provider: 'altegio',
			id: String(id),
			status: 'confirmed',
			start: '2026-03-30T10:00:00+02:00',
			end: '2026-03-30T11:00:00+02:00',
			timeZone: 'Europe/Warsaw',
			title: 'Haircut',
			service: { id: '331', name: 'Haircut', price: 120, currency: null },
			staff: { id: '555', name: 'Anna Kowal' },
			location: 'Nova Studio',
			url: null,
			client: {
				id: '1121412',
				name: 'Jane Example',
				email: 'jane.example@gmail.com',
				phone: '+12025550123',
				instagram: null,
			},
			paid: false,
			amount: 120,
			previousId: null,
			leadKey: 'lead-7',
			notes: 'first time',
			createdAt: '2026-03-02T09:00:00+01:00',
			updatedAt: '2026-03-02T09:00:00+01:00',
		});
		expect(bench.asked()).toEqual(['GET /company/123456', `GET /record/123456/${id}`]);
	});

	it('gives the record itself without Simplify, or beside the shape', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00');
		const [plain] = await bench.given('appointment', 'get', { appointmentId: String(id), simplify: false });
		expect(plain).toMatchObject({ id, date: '2026-03-03 10:00:00', visit_attendance: 0 });
		const [both] = await bench.given('appointment', 'get', { appointmentId: String(id), includeRaw: true });
		expect(both).toMatchObject({ provider: 'altegio', raw: { id, date: '2026-03-03 10:00:00' } });
	});

	it('reads the client for a username in a custom field, once a run', async () => {
		const olha = { client: { phone: '380671234567' } };
		const { id } = book(bench, '2026-03-03 10:00:00', olha);
		const { outputs } = await bench.run(
			'appointment',
			'get',
			{ appointmentId: String(id), instagramIn: 'customField', instagramField: 'instagram' },
			{ items: [{}, {}] },
		);
		expect(outputs[0]?.map(({ json }) => json.client)).toMatchObject([
			{ instagram: 'olha.pryklad' },
			{ instagram: 'olha.pryklad' },
		]);
		expect(bench.asked().filter((line) => line === 'GET /client/123456/1121413')).toHaveLength(1);
	});
});

describe('Get Many', () => {
	const at = ['2026-03-02 12:00:00', '2026-03-03 10:00:00', '2026-03-03 14:00:00', '2026-03-09 10:00:00'];

	it('asks for the days and keeps the exact times', async () => {
		for (const time of at) book(bench, time);
		const list = await bench.given('appointment', 'getMany', {
			rangeStart: '2026-03-02T13:00:00',
			rangeEnd: '2026-03-03T14:00:00',
		});
		expect(list.map(({ start }) => start)).toEqual(['2026-03-03T10:00:00+01:00']);
		expect(bench.asked().at(-1)).toBe(
			'GET /records/123456?start_date=2026-03-02&end_date=2026-03-03&page=1&count=200',
		);
	});

	it('takes an end at midnight for the day before', async () => {
		await bench.given('appointment', 'getMany', range);
		expect(bench.asked().at(-1)).toContain('start_date=2026-03-02&end_date=2026-03-08');
	});

	it('filters by staff, client and time of change', async () => {
		for (const time of at) book(bench, time);
		book(bench, '2026-03-04 10:00:00', { staff_id: 556, client: { phone: '380671234567' } });
		const list = await bench.given('appointment', 'getMany', {
			...range,
			staff: pick('556'),
			filters: { clientId: '1121413', changedAfter: '2026-03-01T12:00:00' },
		});
		expect(list).toMatchObject([{ staff: { id: '556' }, client: { id: '1121413' } }]);
		expect(bench.asked().at(-1)).toContain(
			'staff_id=556&client_id=1121413&changed_after=2026-03-01T12:00:00',
		);
	});

	it('gives cancelled ones only where they are asked for', async () => {
		const [first, second] = at.map((time) => book(bench, time));
		bench.simulator.records.remove(first?.id ?? 0);
		bench.simulator.records.edit(second?.id ?? 0, { attendance: 1 });
		const ids = async (status?: string[]) =>
			(await bench.given('appointment', 'getMany', { ...range, filters: { status } })).map(({ id }) => id);
		expect(await ids()).toHaveLength(2);
		expect(await ids(['cancelled'])).toEqual([String(first?.id)]);
		expect(bench.asked().at(-1)).toContain('with_deleted=1');
		expect(await ids(['completed', 'cancelled'])).toEqual([String(first?.id), String(second?.id)]);
	});

	it('gives as many as the limit says', async () => {
		for (const time of at) book(bench, time);
		const two = { ...range, returnAll: false, limit: 2 };
		expect(await bench.given('appointment', 'getMany', two)).toHaveLength(2);
		const [raw] = await bench.given('appointment', 'getMany', { ...two, simplify: false });
		expect(raw).toMatchObject({ date: at[0] });
	});

	it('refuses a range that ends before it begins', async () => {
		const { error } = await bench.run('appointment', 'getMany', {
			...range,
			rangeEnd: '2026-03-01T00:00:00',
		});
		expect(error?.message).toContain('"Range End" is not later than Range Start');
	});
});

describe('Reschedule', () => {
	it('sends all of the appointment with the new time, and keeps its ID', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00', {
			services: [{ id: 331, cost: 90, first_cost: 120, discount: 25 }],
			api_id: 'lead-7',
		});
		const [moved] = await bench.given('appointment', 'reschedule', {
			appointmentId: String(id),
			newStart: '2026-03-30T08:30:00Z',
		});
		expect(bench.asked().slice(1)).toEqual([`GET /record/123456/${id}`, `PUT /record/123456/${id}`]);
		expect(bench.body('PUT')).toMatchObject({
			datetime: '2026-03-30 10:30:00',
			save_if_busy: false,
			staff_id: 555,
			services: [{ id: 331, cost: 90, first_cost: 120, discount: 25, amount: 1 }],
			client: { phone: '12025550123' },
			api_id: 'lead-7',
		});
		expect(moved).toMatchObject({
			id: String(id),
			start: '2026-03-30T10:30:00+02:00',
			end: '2026-03-30T11:30:00+02:00',
			amount: 90,
			leadKey: 'lead-7',
		});
		expect(bench.simulator.records.find(id).services).toMatchObject([{ cost: 90, discount: 25 }]);
	});

	it('moves to another team member', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00');
		const change = { appointmentId: String(id), newStart: '2026-03-03T10:00:00', staff: pick('556') };
		expect(await bench.given('appointment', 'reschedule', change)).toMatchObject([{ staff: { id: '556' } }]);
	});

	it('names the next free times where the new one is taken', async () => {
		book(bench, '2026-03-03 12:00:00');
		const { id } = book(bench, '2026-03-03 10:00:00');
		const { error } = await bench.run('appointment', 'reschedule', {
			appointmentId: String(id),
			newStart: '2026-03-03T12:00:00',
		});
		expect(error?.message).toBe('The time 2026-03-03T12:00:00+01:00 is taken');
		expect(error?.description).toContain(
			'Next free times: 2026-03-03T13:00:00+01:00, 2026-03-03T13:30:00+01:00, 2026-03-03T14:00:00+01:00.',
		);
		expect(bench.simulator.records.find(id).start).toBe(Date.parse('2026-03-03T10:00:00+01:00'));
	});

	it.each(['resetAfter', 'timeoutAfter'] as const)(
		'finds out what a lost answer had done (%s)',
		async (kind) => {
			const { id } = book(bench, '2026-03-03 10:00:00');
			const fine = { kind: 'latency', milliseconds: 0 } as const;
			bench.world.misbehave('altegio', fine, fine, { kind });
			const change = { appointmentId: String(id), newStart: '2026-03-03T12:00:00' };
			expect(await bench.given('appointment', 'reschedule', change)).toMatchObject([
				{ start: '2026-03-03T12:00:00+01:00' },
			]);
		},
	);

	it('says that it may have been done where a lost request had done nothing', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00');
		const fine = { kind: 'latency', milliseconds: 0 } as const;
		bench.world.misbehave('altegio', fine, fine, { kind: 'reset' });
		const change = { appointmentId: String(id), newStart: '2026-03-03T12:00:00' };
		const { error } = await bench.run('appointment', 'reschedule', change);
		expect(error?.description).toContain('look it up there before you repeat it');
	});

	it('moves onto a taken time where it is told to', async () => {
		book(bench, '2026-03-03 12:00:00');
		const { id } = book(bench, '2026-03-03 10:00:00');
		const change = { appointmentId: String(id), newStart: '2026-03-03T12:00:00', saveIfBusy: true };
		expect(await bench.given('appointment', 'reschedule', change)).toMatchObject([{ id: String(id) }]);
	});
});

describe('Update', () => {
	it('changes what is set, at its own time', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00', {
			comment: 'old',
			custom_fields: { room: '1', light: 'on' },
		});
		const [changed] = await bench.given('appointment', 'update', {
			appointmentId: String(id),
			updateFields: {
				attendance: 1,
				notes: 'new',
				customFields: { field: [{ code: 'room', value: '2' }] },
			},
		});
		expect(changed).toMatchObject({ status: 'completed', notes: 'new', start: '2026-03-03T10:00:00+01:00' });
		expect(bench.body('PUT')).toMatchObject({
			attendance: 1,
			comment: 'new',
			datetime: '2026-03-03 10:00:00',
			save_if_busy: true,
			custom_fields: { room: '2', light: 'on' },
		});
	});

	it('keeps the price of a service that stays and takes the list price of a new one', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00', { staff_id: 556, services: [{ id: 331, cost: 90 }] });
		const [changed] = await bench.given('appointment', 'update', {
			appointmentId: String(id),
			updateFields: { serviceIds: '331, 332', duration: 120, leadKey: 'lead-8' },
		});
		expect(changed).toMatchObject({ amount: 150, title: 'Haircut, Brows', leadKey: 'lead-8' });
		expect(bench.simulator.records.find(id)).toMatchObject({
			length: 7200,
			services: [{ cost: 90 }, { cost: 60 }],
		});
	});
});

describe('Cancel', () => {
	it('deletes the record, which stays and says so', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00');
		const [gone] = await bench.given('appointment', 'cancel', { appointmentId: String(id) });
		expect(gone).toMatchObject({ id: String(id), status: 'cancelled' });
		expect(bench.asked().slice(1)).toEqual([`GET /record/123456/${id}`, `DELETE /record/123456/${id}`]);
		expect(bench.simulator.records.find(id).deleted).toBe(true);
	});

	it('writes the reason into the comment first', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00', { comment: 'first time' });
		const [gone] = await bench.given('appointment', 'cancel', { appointmentId: String(id), reason: 'ill' });
		expect(gone).toMatchObject({ status: 'cancelled', notes: 'first time\nill' });
		expect(bench.simulator.records.find(id)).toMatchObject({ deleted: true, comment: 'first time\nill' });
	});

	it('finds out what a lost answer had done', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00');
		const fine = { kind: 'latency', milliseconds: 0 } as const;
		bench.world.misbehave('altegio', fine, fine, { kind: 'resetAfter' });
		const cancelled = await bench.given('appointment', 'cancel', { appointmentId: String(id) });
		expect(cancelled).toMatchObject([{ status: 'cancelled' }]);
	});

	it('takes one that is cancelled already for done', async () => {
		const { id } = book(bench, '2026-03-03 10:00:00');
		const cancel = () => bench.given('appointment', 'cancel', { appointmentId: String(id) });
		await cancel();
		expect(await cancel()).toMatchObject([{ status: 'cancelled' }]);
		expect(bench.asked().filter((line) => line.startsWith('DELETE'))).toHaveLength(1);
	});
});
