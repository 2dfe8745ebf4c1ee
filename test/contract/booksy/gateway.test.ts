import {
	ANNA,
	asked,
	booked,
	booking,
	booksyBench,
	byId,
	isAppointment,
	LONG,
	PIOTR,
	run as runOn,
	sent,
	SHORT,
	type Bench,
} from './bench';

const run: typeof runOn = (op, parameters, more) => runOn(op, parameters, { way: 'apiKey', ...more });

describe('Booksy, API key', () => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	it('creates an appointment as the contract has it', async () => {
		const { items } = await run('appointment.create', booking());
		const [call] = bench.calls();
		expect(call?.request.headers.authorization).toBe('Bearer booksy-gateway-test-key');
		expect(bench.calls().map(asked)).toEqual(['POST /v1/appointments']);
		expect(bench.calls().map(sent)).toEqual([
			{
				customer_name: 'Jane Example',
				customer_email: 'jane@example.com',
				customer_phone: '+48601234567',
				date: '2026-06-02',
				time: '10:00',
				service_id: LONG,
				staff_id: ANNA,
			},
		]);
		expect(call?.response?.body).toEqual({
			id: '1001',
			date: '2026-06-02',
			time: '10:00',
			service_name: 'Haircut, Long hair',
			staff_name: 'Anna',
		});
		expect(isAppointment(items[0])).toBe(true);
		expect(items[0]).toMatchObject({
			id: '1001',
			status: 'confirmed',
			start: '2026-06-02T10:00:00+02:00',
			service: { id: LONG, name: 'Haircut, Long hair' },
			staff: { id: ANNA, name: 'Anna' },
			client: { name: 'Jane Example', email: 'jane@example.com', phone: '+48601234567' },
		});
	});

	it('sends what the contract does not know only where it is filled in, and gets the lead back', async () => {
		await run('appointment.create', {
			service: byId(SHORT),
			start: '2026-06-02T10:00:00',
			clientName: 'Jane',
			notes: 'Window',
			leadKey: 'L-7',
		});
		expect(bench.calls().map(sent)).toEqual([
			{
				customer_name: 'Jane',
				date: '2026-06-02',
				time: '10:00',
				service_id: SHORT,
				notes: 'Window',
				lead_key: 'L-7',
			},
		]);
		const { items } = await run('appointment.get', { appointmentId: '1001' });
		expect(asked(bench.calls()[1]!)).toBe('GET /v1/appointments/1001');
		expect(items[0]).toMatchObject({
			leadKey: 'L-7',
			notes: 'Window',
			amount: 120,
			service: { currency: 'PLN' },
		});
	});

	it('asks for availability once a day, and keeps to the range', async () => {
		const { items } = await run('slot.getMany', {
			service: byId(LONG),
			staff: byId(ANNA),
			rangeStart: '2026-06-02T16:45:00+02:00',
			rangeEnd: '2026-06-03T09:30:00+02:00',
		});
		expect(bench.calls().map(asked)).toEqual(
			['2026-06-02', '2026-06-03'].map(
				(date) => `GET /v1/availability?date=${date}&service_id=${LONG}&staff_id=${ANNA}`,
			),
		);
		expect(items.map(({ start }) => start)).toEqual([
			'2026-06-02T16:45:00+02:00',
			'2026-06-02T17:00:00+02:00',
			'2026-06-03T09:00:00+02:00',
			'2026-06-03T09:15:00+02:00',
		]);
	});

	it('reschedules with a patch of date and time', async () => {
		const id = await booked('apiKey');
		const { items } = await run('appointment.reschedule', {
			appointmentId: id,
			newStart: '2026-06-03T12:30:00+02:00',
			staff: byId(PIOTR),
			reason: 'ill',
		});
		expect(asked(bench.calls()[1]!)).toBe(`PATCH /v1/appointments/${id}`);
		expect(sent(bench.calls()[1]!)).toEqual({
			date: '2026-06-03',
			time: '12:30',
			staff_id: PIOTR,
			reason: 'ill',
		});
		expect(isAppointment(items[0])).toBe(true);
		expect(items[0]).toMatchObject({
			id,
			previousId: null,
			start: '2026-06-03T12:30:00+02:00',
			end: '2026-06-03T13:30:00+02:00',
			staff: { id: PIOTR, name: 'Piotr' },
		});
	});

	it.each([
		['cancel', { status: 'cancelled', reason: 'ill' }],
		['confirm', { status: 'confirmed' }],
		['markNoShow', { status: 'no_show' }],
	])('%s patches the status', async (operation, body) => {
		const id = await booked('apiKey');
		const { items } = await run(`appointment.${operation}`, { appointmentId: id, reason: 'ill' });
		expect(asked(bench.calls()[1]!)).toBe(`PATCH /v1/appointments/${id}`);
		expect(sent(bench.calls()[1]!)).toEqual(body);
		expect(items[0]).toMatchObject({ id, status: body.status });
	});

	it('reads a change that is answered with nothing', async () => {
		const id = await booked('apiKey');
		bench.world.misbehave('booksy', { kind: 'answer', response: { status: 204 } });
		const { items } = await run('appointment.confirm', { appointmentId: id });
		expect(bench.calls().map(asked).slice(1)).toEqual([
			`PATCH /v1/appointments/${id}`,
			`GET /v1/appointments/${id}`,
		]);
		expect(items[0]).toMatchObject({ id, status: 'confirmed' });
	});

	it('gets many appointments, page after page', async () => {
		const id = await booked('apiKey');
		const [visit] = bench.salon.visits;
		for (let index = 1; index < 101; index++) {
			bench.salon.visits.push({ ...structuredClone(visit!), id: 5000 + index });
		}
		const { items } = await run('appointment.getMany', {
			rangeStart: '2026-06-02T00:00:00+02:00',
			rangeEnd: '2026-06-03T00:00:00+02:00',
			staff: byId(ANNA),
			returnAll: true,
		});
		const period = `date_from=2026-06-02&date_to=2026-06-03&staff_id=${ANNA}`;
		expect(bench.calls().map(asked).slice(1)).toEqual([
			`GET /v1/appointments?${period}&page=1&limit=100`,
			`GET /v1/appointments?${period}&page=2&limit=100`,
		]);
		expect(items).toHaveLength(101);
		expect(items[0]).toMatchObject({ id });
	});

	it('lists services and staff', async () => {
		expect((await run('service.getMany', { limit: 1 })).items).toEqual([
			{
				provider: 'booksy',
				id: SHORT,
				name: 'Haircut, Short hair',
				durationMinutes: 45,
				price: 120,
				currency: 'PLN',
				staffIds: null,
			},
		]);
		expect((await run('staff.getMany', { returnAll: true })).items.map(({ name }) => name)).toEqual([
			'Anna',
			'Piotr',
		]);
		expect(bench.calls().map(asked)).toEqual(['GET /v1/services', 'GET /v1/staff']);
	});
});
