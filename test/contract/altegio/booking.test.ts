import { book, openBench, pick, type Bench } from './bench';

let bench: Bench;

beforeEach(() => {
	bench = openBench();
});

afterEach(() => {
	bench.stop();
});

const wish = {
	service: pick('331'),
	staff: pick('555'),
	start: '2026-03-03T10:00:00',
	clientName: 'Ola',
	clientPhone: '+48 601 234 567',
	clientEmail: 'ola@example.com',
	leadKey: 'lead-9',
	notes: 'by chat',
};

const bookings = () => [...bench.simulator.salon.bookings.values()];

describe('Create', () => {
	it('sends local time, seconds, digits and the lead key', async () => {
		const [made] = await bench.given('appointment', 'create', wish);
		expect(bench.asked()).toEqual([
			'GET /company/123456',
			'GET /company/123456/services',
			'POST /records/123456',
		]);
		expect(bench.body('POST')).toEqual({
			staff_id: 555,
			services: [{ id: 331 }],
			client: { name: 'Ola', phone: '48601234567', email: 'ola@example.com' },
			datetime: '2026-03-03 10:00:00',
			seance_length: 3600,
			comment: 'by chat',
			api_id: 'lead-9',
			attendance: 0,
			send_sms: false,
			save_if_busy: false,
		});
		expect(made).toMatchObject({
			status: 'confirmed',
			start: '2026-03-03T10:00:00+01:00',
			end: '2026-03-03T11:00:00+01:00',
			leadKey: 'lead-9',
			client: { name: 'Ola', phone: '+48601234567', email: 'ola@example.com' },
		});
	});

	it("takes a moment with an offset to the location's clocks", async () => {
		await bench.given('appointment', 'create', { ...wish, start: '2026-03-30T04:00:00-04:00' });
		expect(bench.body('POST')).toMatchObject({ datetime: '2026-03-30 10:00:00' });
	});

	it('takes as long as the service does with this team member, unless told otherwise', async () => {
		await bench.given('appointment', 'create', { ...wish, staff: pick('556') });
		expect(bench.body('POST')).toMatchObject({ seance_length: 5400 });
		await bench.given('appointment', 'create', {
			...wish,
			start: '2026-03-04T10:00:00',
			additionalFields: {
				duration: 45,
				sendSms: true,
				smsReminder: 3,
				emailReminder: 24,
				clientLastName: 'Nowak',
				customFields: { field: [{ code: 'room', value: '2' }] },
			},
		});
		expect(bench.body('POST')).toMatchObject({
			seance_length: 2700,
			send_sms: true,
			sms_remain_hours: 3,
			email_remain_hours: 24,
			client: { surname: 'Nowak' },
			custom_fields: { room: '2' },
		});
	});

	it.each(['list', 'object'] as const)('reads an answer that is a %s', async (createdAs) => {
		bench.stop();
		bench = openBench({ createdAs });
		expect(await bench.given('appointment', 'create', wish)).toMatchObject([{ leadKey: 'lead-9' }]);
	});

	it('finds somebody free where nobody is chosen', async () => {
		book(bench, '2026-03-03 10:00:00');
		const [made] = await bench.given('appointment', 'create', { ...wish, staff: pick('') });
		expect(made).toMatchObject({ staff: { id: '556' }, end: '2026-03-03T11:30:00+01:00' });
		expect(bench.asked()).toContain('GET /book_staff/123456?service_ids[]=331&datetime=2026-03-03T10:00:00');
	});

	it('says that the time is taken where nobody is free', async () => {
		book(bench, '2026-03-03 10:00:00');
		book(bench, '2026-03-03 10:00:00', { staff_id: 556, seance_length: 5400 });
		const { error } = await bench.run('appointment', 'create', { ...wish, staff: pick('') });
		expect(error?.message).toBe('The time 2026-03-03T10:00:00+01:00 is taken');
		expect(error?.description).toContain('Next free times: 2026-03-03T11:00:00+01:00,');
	});

	it('books where it is taken if it is told to', async () => {
		book(bench, '2026-03-03 10:00:00');
		await bench.given('appointment', 'create', { ...wish, additionalFields: { saveIfBusy: true } });
		expect(bookings()).toHaveLength(2);
	});

	it.each([
		['service', { service: pick('999') }, 'Location 123456 has no service 999'],
		['service', { service: '={{ "a/../b" }}' }, '"Service" is not an Altegio ID [Item 0]'],
		['start', { start: 'soon' }, '"Start" is not a date and time [Item 0]'],
		['clientPhone', { clientPhone: '12' }, '"Client Phone" is not a phone number [Item 0]'],
		['clientName', { clientName: '={{ "" }}' }, '"Client Name" is empty [Item 0]'],
		['timeZone', { timeZone: 'Mars' }, '"Time Zone" is not a time zone [Item 0]'],
	])('refuses a bad %s before anything is booked', async (_, bad, message) => {
		const { error } = await bench.run('appointment', 'create', { ...wish, ...bad });
		expect(error?.message).toBe(message);
		expect(bench.asked().filter((line) => line.startsWith('POST'))).toEqual([]);
	});
});

describe('a time that is taken', () => {
	it('goes to one of two who want it; the other is told the next free times', async () => {
		const { outputs } = await bench.run(
			'appointment',
			'create',
			{ ...wish, leadKey: '={{ $json.lead }}' },
			{ items: [{ lead: 'a' }, { lead: 'b' }], onError: 'continueErrorOutput' },
		);
		expect(outputs.map((list) => list.length)).toEqual([1, 1]);
		expect(bookings()).toHaveLength(1);
		const failed = outputs[1]?.[0]?.json;
		expect(failed).toMatchObject({ error: 'The time 2026-03-03T10:00:00+01:00 is taken' });
	});

	it('is named even where the free times cannot be read', async () => {
		book(bench, '2026-03-03 10:00:00');
		const fine = { kind: 'latency', milliseconds: 0 } as const;
		const refused = { kind: 'answer', response: { status: 403, body: { success: false } } } as const;
		bench.world.misbehave('altegio', fine, fine, fine, refused);
		const { error } = await bench.run('appointment', 'create', wish);
		expect(error?.message).toBe('The time 2026-03-03T10:00:00+01:00 is taken');
		expect(error?.description).toContain('Read the free times');
	});
});

describe('an answer that is lost', () => {
	const fine = { kind: 'latency', milliseconds: 0 } as const;

	it.each(['resetAfter', 'timeoutAfter'] as const)(
		'is looked up by lead key and found (%s)',
		async (kind) => {
			bench.world.misbehave('altegio', fine, fine, { kind });
			const [made] = await bench.given('appointment', 'create', wish);
			expect(bookings()).toHaveLength(1);
			expect(made).toMatchObject({ id: String(bookings()[0]?.id), leadKey: 'lead-9' });
			expect(bench.asked().at(-1)).toBe(
				'GET /records/123456?start_date=2026-03-03&end_date=2026-03-03&staff_id=555&page=1&count=200',
			);
		},
	);

	it('is looked up by start and phone where there is no lead key', async () => {
		book(bench, '2026-03-03 15:00:00', { client: { phone: '48601234567' } });
		bench.world.misbehave('altegio', fine, fine, { kind: 'resetAfter' });
		const [made] = await bench.given('appointment', 'create', { ...wish, leadKey: '' });
		expect(made).toMatchObject({ start: '2026-03-03T10:00:00+01:00' });
		expect(bookings()).toHaveLength(2);
	});

	it('is sent once more where nothing had been done', async () => {
		bench.world.misbehave('altegio', fine, fine, { kind: 'timeout' });
		await bench.given('appointment', 'create', wish);
		expect(bookings()).toHaveLength(1);
		expect(bench.asked().filter((line) => line.startsWith('POST'))).toHaveLength(2);
	});

	it('is found behind the refusal of the second try, if the first arrived late', async () => {
		const answer = { status: 200, body: { success: true, data: [], meta: { total_count: 0 } } };
		bench.world.misbehave(
			'altegio',
			fine,
			fine,
			{ kind: 'timeoutAfter' },
			{ kind: 'answer', response: answer },
		);
		const [made] = await bench.given('appointment', 'create', wish);
		expect(made).toMatchObject({ leadKey: 'lead-9' });
		expect(bookings()).toHaveLength(1);
	});

	it('is reported as uncertain after the second loss', async () => {
		bench.world.misbehave('altegio', fine, fine, { kind: 'timeout' }, fine, { kind: 'timeout' });
		const { error } = await bench.run('appointment', 'create', wish);
		expect(error?.message).toBe('Altegio did not answer within 1 s');
		expect(error?.description).toContain('look it up there before you repeat it');
		expect(bench.asked().filter((line) => line.startsWith('POST'))).toHaveLength(2);
	});

	it('is not repeated where a second booking would not be refused', async () => {
		bench.world.misbehave('altegio', fine, fine, { kind: 'timeout' });
		const { error } = await bench.run('appointment', 'create', {
			...wish,
			additionalFields: { saveIfBusy: true },
		});
		expect(error?.description).toContain('may have carried the request out');
		expect(bench.asked().filter((line) => line.startsWith('POST'))).toHaveLength(1);
	});
});
