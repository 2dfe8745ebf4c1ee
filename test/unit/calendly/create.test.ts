import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../../../sandbox/simulators/kit';
import { booking, byId, calendlyBench, first, GROUP_TYPE, run, type Bench } from './bench';

let bench: Bench;
beforeEach(() => (bench = calendlyBench()));
afterEach(() => bench.stop());

const create = async (more: IDataObject = {}) => await run('appointment', 'create', booking(more));
const events = () => bench.simulator.state().events;

/** What goes wrong with POST /invitees, which comes after the event type was read. */
const meet = (...faults: Fault[]) =>
	bench.world.misbehave('calendly', { kind: 'latency', milliseconds: 0 }, ...faults);

const answer = (status: number, body: object): Fault => ({ kind: 'answer', response: { status, body } });
const serverError = answer(500, { title: 'Internal Server Error', message: 'Oops.' });

describe('a time that is gone', () => {
	it('is named, with the next three free ones', async () => {
		bench.given('2026-12-08T09:00:00Z');
		bench.given('2026-12-08T10:00:00Z');
		const { error } = await create();
		expect(error?.message).toBe('2026-12-08T10:00:00+01:00 (Europe/Warsaw) is taken');
		expect(error?.description).toBe(
			'Next free: 2026-12-08T10:30:00+01:00, 2026-12-08T11:30:00+01:00, 2026-12-08T12:00:00+01:00. Calendly said: "The supplied parameters are invalid.; event.start_time: That start time has been filled"',
		);
	});

	it('shows in the message of an error item', async () => {
		bench.given('2026-12-08T09:00:00Z');
		const { outputs } = await run('appointment', 'create', booking(), { onError: 'continueRegularOutput' });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			error: '2026-12-08T10:00:00+01:00 (Europe/Warsaw) is taken',
			message: expect.stringContaining('Next free: 2026-12-08T10:30:00+01:00'),
		});
	});

	it('goes to one of two who want it at once', async () => {
		const items = [{ email: 'a@example.com' }, { email: 'b@example.com' }];
		const { outputs } = await run('appointment', 'create', booking({ clientEmail: '={{ $json.email }}' }), {
			items,
			onError: 'continueErrorOutput',
		});
		expect([outputs[0]?.length, outputs[1]?.length]).toEqual([1, 1]);
		expect(events()).toHaveLength(1);
	});

	it('still has room in a group event', async () => {
		bench.given('2026-12-08T08:00:00Z', {}, GROUP_TYPE);
		const made = first(await create({ service: byId(GROUP_TYPE), start: '2026-12-08T09:00:00' }));
		expect(events()).toHaveLength(1);
		expect(made).toMatchObject({ client: { email: 'jane@example.com' } });
	});
});

describe('what Calendly does not allow', () => {
	it('is told on the Free plan as a matter of the plan', async () => {
		bench.stop();
		bench = calendlyBench({ plan: 'free' });
		const { error } = await create();
		expect(error?.message).toBe('Calendly does not let this account book through its API (HTTP 403)');
		expect(error?.description).toContain('Booking needs a paid plan, Standard or higher');
		expect(error?.description).toContain('upgrade');
	});

	it("is told of a trial's daily cap, which is not waited for", async () => {
		bench.stop();
		bench = calendlyBench({ plan: 'trial' });
		const items = [9, 10, 11, 12, 13, 14].map((hour) => ({
			start: `2026-12-08T${hour}:00:00`.replace('T9', 'T09'),
		}));
		const { outputs } = await run('appointment', 'create', booking({ start: '={{ $json.start }}' }), {
			items,
			onError: 'continueErrorOutput',
		});
		expect(outputs[0]).toHaveLength(5);
		expect(outputs[1]?.[0]?.json.error).toBe(
			'Calendly takes no more bookings through its API today (HTTP 429)',
		);
		expect(outputs[1]?.[0]?.json.message).toContain('on a trial 5 a day. It asked to wait 86400 s.');
		expect(bench.waits).toEqual([]);
	});

	it('waits where the cap is one of a minute', async () => {
		meet({ kind: 'rateLimit', seconds: 40 });
		expect(first(await create()).status).toBe('confirmed');
		expect(bench.waits).toEqual([40_000]);
	});

	it('is told of a location that the event type has not', async () => {
		const location = { place: { kind: 'zoom_conference' } };
		const { error } = await create({ additionalFields: { location } });
		expect(error?.message).toBe('The event type "Consultation" does not take place there');
		expect(error?.description).toContain('the event type has physical, outbound_call');
	});
});

describe('what is refused before Calendly is asked', () => {
	it.each<[string, IDataObject, string, string]>([
		['no client', { clientName: '={{ "" }}' }, '"Client Name" is empty [Item 0]', 'Fill the field in'],
		['no e-mail address', { clientEmail: ' ' }, '"Client Email" is empty [Item 0]', 'Fill the field in'],
		[
			'no time zone',
			{ timeZone: 'Warsaw' },
			'"Time Zone" is not a time zone: Warsaw [Item 0]',
			'Europe/Warsaw',
		],
		['no time', { start: 'soon' }, '"Start" is not a date and time [Item 0]', 'Use a form like'],
		[
			'no event type',
			{ service: byId('https://example.com/x') },
			'"Event Type" is neither a UUID nor the address of a booking page [Item 0]',
			'Choose it from the list',
		],
		[
			'eleven guests',
			{ additionalFields: { guests: Array.from({ length: 11 }, (_, n) => `g${n}@example.com`).join() } },
			'"Guests" has 11 addresses [Item 0]',
			'at most 10',
		],
		[
			'a question never asked',
			{ additionalFields: { questions: { row: [{ question: 'phone', answer: '1' }] } } },
			'"Questions" has a question that "Consultation" does not ask: "phone" [Item 0]',
			'It asks, letter by letter: "Please share anything',
		],
		[
			'notes without a question for them',
			{ service: byId('SESSION000000001'), notes: 'First visit' },
			'"Notes" has no place in "Session" [Item 0]',
			'Add a question with a text answer',
		],
		[
			'a number of no country',
			{ clientPhone: '601 234 567' },
			expect.stringContaining('"Client Phone"') as string,
			'country',
		],
	])('%s', async (_, more, message, howToFix) => {
		const { error } = await create(more);
		expect(error?.message).toEqual(message);
		expect(error?.description).toContain(howToFix);
		expect(bench.to('POST', '/invitees')).toEqual([]);
	});

	it('a booking page of somebody else', async () => {
		const { error } = await create({
			service: { __rl: true, mode: 'url', value: 'https://calendly.com/somebody/else' },
		});
		expect(error?.message).toBe('This Calendly account has no event type at calendly.com/somebody/else');
	});
});

describe('an attempt without a sure answer', () => {
	it.each<Fault>([{ kind: 'timeoutAfter' }, { kind: 'resetAfter' }])(
		'that booked is found again ($kind)',
		async (fault) => {
			meet(fault);
			const made = first(await create({ leadKey: 'lead-7' }));
			expect(made).toMatchObject({ leadKey: 'lead-7', start: '2026-12-08T10:00:00+01:00' });
			expect(events()).toHaveLength(1);
			expect(bench.to('POST', '/invitees')).toHaveLength(1);
		},
	);

	it('that booked nothing is repeated only where the server said that it is through', async () => {
		meet(serverError);
		expect(first(await create()).status).toBe('confirmed');
		expect(bench.to('POST', '/invitees')).toHaveLength(2);
		expect(events()).toHaveLength(1);
	});

	it('is not repeated where nothing may be', async () => {
		meet(serverError);
		const { error } = await create({ requestOptions: { maxRetryWait: 0 } });
		expect(error?.description).toContain('may have carried the request out');
		expect(bench.to('POST', '/invitees')).toHaveLength(1);
	});

	it("does not take another lead's booking, or another time's, for its own", async () => {
		bench.given('2026-12-08T10:00:00Z', { email: 'jane@example.com' });
		meet({ kind: 'timeout' });
		const { error } = await create({ leadKey: 'lead-7' });
		expect(error?.message).toBe('Calendly did not answer within 30 s');
		expect(events()).toHaveLength(1);
	});

	it("is found in a team's calendar, too", async () => {
		bench.world.misbehave('calendly', { kind: 'latency', milliseconds: 0 }, { kind: 'timeoutAfter' });
		const made = first(await create({ service: byId('PIERCING00000001') }));
		expect(made).toMatchObject({ staff: { name: 'Marta Nowak' } });
		const [list] = bench.to('GET', '/scheduled_events');
		expect(list?.request.url).toContain('organization=');
	});

	it('is no failure when only the reading after it goes wrong', async () => {
		meet(
			{ kind: 'latency', milliseconds: 0 },
			answer(404, { title: 'Resource Not Found', message: 'Not there yet.' }),
		);
		expect(first(await create())).toMatchObject({
			status: 'confirmed',
			start: '2026-12-08T10:00:00+01:00',
			end: '2026-12-08T10:30:00+01:00',
			client: { email: 'jane@example.com' },
		});
	});
});

describe('several items', () => {
	it('read the event type once', async () => {
		const items = [{ start: '2026-12-08T10:00:00' }, { start: '2026-12-08T11:00:00' }];
		await run('appointment', 'create', booking({ start: '={{ $json.start }}' }), { items });
		expect(bench.to('GET', '/event_types/CONSULTATION0001')).toHaveLength(1);
	});

	it("give Calendly's own answers where they are asked for", async () => {
		expect(first(await create({ simplify: false }))).toMatchObject({
			event: { status: 'active', event_type: expect.stringContaining('CONSULTATION0001') },
			invitee: { scheduling_method: 'instant_book' },
		});
		const both = first(await create({ includeRaw: true, start: '2026-12-08T12:00:00' }));
		expect(both).toMatchObject({ provider: 'calendly', raw: { invitee: { email: 'jane@example.com' } } });
	});
});
