import { jsonPayload, describeWithSpecs } from '../../support/specs';
import {
	bodyOf,
	booking,
	calendlyBench,
	first,
	run,
	TYPE_URI,
	USER_URI,
	type Bench,
} from '../../unit/calendly/bench';

type Json = Record<string, unknown>;

let bench: Bench;
beforeEach(() => (bench = calendlyBench()));
afterEach(() => bench.stop());

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const typeOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

/** What a message lacks of an example: keys it has not, and values of another kind (null stands for anything). */
function lacks(example: unknown, message: unknown, at = ''): string[] {
	if (example === null || message === null) return [];
	if (typeOf(example) !== typeOf(message)) return [`${at} is ${typeOf(message)}, not ${typeOf(example)}`];
	if (!isObject(example) || !isObject(message)) return [];
	return Object.entries(example).flatMap(([key, value]) =>
		key in message ? lacks(value, message[key], `${at}.${key}`) : [`${at}.${key} is missing`],
	);
}

/** What a message has that an example has not. */
const extra = (example: unknown, message: unknown): string[] => lacks(message, example);

const call = async (method: string, path: string, body?: unknown) => {
	const url = new URL(`https://api.calendly.com${path}`);
	const headers = { authorization: 'Bearer frontdesk-sandbox-calendly-personal' };
	return bench.simulator.handle({
		method,
		url,
		headers,
		text: body === undefined ? '' : JSON.stringify(body),
	});
};

describeWithSpecs('the documented booking request', () => {
	const documented = () => jsonPayload<Json>('calendly', 'create-invitee-request.json');

	it('has every part that ours has, and ours has no other', async () => {
		const example = documented();
		await run(
			'appointment',
			'create',
			booking({
				leadKey: 'lead-7',
				notes: 'First visit',
				clientPhone: '+48601234567',
				additionalFields: { guests: 'anna@example.com' },
			}),
		);
		const body = bodyOf(bench.to('POST', '/invitees')[0] as never);
		expect(extra(example, body)).toEqual([]);
		expect(Object.keys(body.tracking as Json).sort()).toEqual(Object.keys(example.tracking as Json).sort());
		expect(
			extra((example.questions_and_answers as Json[])[0], (body.questions_and_answers as Json[])[0]),
		).toEqual([]);
	});

	it('is taken by the simulator, for an event type of its own', async () => {
		const example = documented();
		const body = {
			...example,
			event_type: TYPE_URI,
			start_time: '2026-12-08T09:00:00Z',
			questions_and_answers: [],
		};
		const { status, body: answer } = await call('POST', '/invitees', body);
		expect(status).toBe(201);
		expect((answer as { resource: Json }).resource).toMatchObject({
			email: 'test@example.com',
			text_reminder_number: '+1 888-888-8888',
			scheduling_method: 'instant_book',
		});
	});

	it.each([
		['an e-mail address', { invitee: { name: 'Jan', timezone: 'Europe/Warsaw' } }],
		['a name', { invitee: { email: 'jan@example.com', timezone: 'Europe/Warsaw' } }],
		['a time zone', { invitee: { email: 'jan@example.com', name: 'Jan' } }],
		['all six tracking keys', { tracking: { utm_content: 'lead-7' } }],
		['ten guests at most', { event_guests: Array.from({ length: 11 }, (_, n) => `g${n}@example.com`) }],
		[
			'the exact words of a question',
			{ questions_and_answers: [{ question: '?', answer: 'x', position: 0 }] },
		],
	])('is refused by the simulator without %s', async (_, more) => {
		const example = documented();
		const body = {
			...example,
			event_type: TYPE_URI,
			start_time: '2026-12-08T09:00:00Z',
			questions_and_answers: [],
		};
		const { status, body: refusal } = await call('POST', '/invitees', { ...body, ...more });
		expect(status).toBe(400);
		expect(refusal).toMatchObject({ title: 'Invalid Argument' });
		expect((refusal as { details: Json[] }).details[0]?.parameter).toEqual(expect.any(String));
	});
});

describeWithSpecs('the documented refusal of a time that is gone', () => {
	it('is what the simulator says, and reads as taken', async () => {
		bench.given('2026-12-08T09:00:00Z');
		const { error } = await run('appointment', 'create', booking());
		const response = bench.to('POST', '/invitees')[0]?.response;
		expect(response?.status).toBe(400);
		expect(response?.body).toEqual(jsonPayload('calendly', 'error-400-already_filled.json'));
		expect(error?.message).toBe('2026-12-08T10:00:00+01:00 (Europe/Warsaw) is taken');
	});
});

describeWithSpecs('the documented deliveries', () => {
	beforeEach(async () => {
		await call('POST', '/webhook_subscriptions', {
			url: 'https://n8n.example.com/webhook/1',
			events: ['invitee.created', 'invitee.canceled'],
			organization: 'https://api.calendly.com/organizations/STUDIOORG0000001',
			user: USER_URI,
			scope: 'user',
		});
	});

	it.each([
		['webhook-invitee.created.json', 0],
		['webhook-invitee.canceled.json', 1],
	])('have every part of %s', async (file, index) => {
		const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
		await run('appointment', 'cancel', { appointmentId: eventUuid });
		const { deliveries } = bench.simulator.state();
		const sent = JSON.parse(deliveries[index]?.body ?? '{}') as Json;
		const example = jsonPayload<Json>('calendly', file);
		expect(lacks(example, sent)).toEqual([]);
		expect(sent.event).toBe(example.event);
	});

	it.each([
		['DERIVED-reschedule-new-created.json', 1],
		['DERIVED-reschedule-old-canceled.json', 0],
	])('tell a move as %s does', async (file, index) => {
		const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
		bench.simulator.bookings.rescheduleOnPage(eventUuid, Date.parse('2026-12-09T09:00:00Z'));
		const [, ...moved] = bench.simulator.state().deliveries;
		const sent = JSON.parse(moved[index]?.body ?? '{}') as { event: string; payload: Json };
		const example = jsonPayload<{ event: string; payload: Json }>('calendly', file);
		const told = ({ event, payload }: typeof sent) => ({
			...{ event, rescheduled: payload.rescheduled, status: payload.status },
			...{ old: typeof payload.old_invitee, next: typeof payload.new_invitee },
		});
		expect(told(sent)).toEqual(told(example));
		const invitee = (uri: unknown) => /scheduled_events\/[^/]+\/invitees\/[^/]+$/.test(String(uri));
		expect(invitee(sent.payload.old_invitee ?? sent.payload.new_invitee)).toBe(true);
	});

	it('read as appointments', async () => {
		const example = jsonPayload<Json>('calendly', 'webhook-invitee.created.json');
		const { outputs } = await run(
			'event',
			'toAppointment',
			{},
			{ items: [example as never], credentials: [] },
		);
		expect(outputs[0]?.[0]?.json).toMatchObject({
			provider: 'calendly',
			id: 'AAAAAAAAAAAAAAAA',
			status: 'confirmed',
			start: '2019-08-24T10:15:22.123-04:00',
			client: { name: 'John Doe', email: 'test@example.com' },
			eventType: 'appointment.created',
			eventKey: 'calendly:invitee.created:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAA',
		});
	});
});

describeWithSpecs('the signature', () => {
	it('is the one computed for the documented body', async () => {
		const { headersFor } = await import('../../../sandbox/simulators/calendly-webhooks');
		const vector = jsonPayload<Record<string, string>>('calendly', 'signature-vector.json');
		const { rawBody = '', signing_key = '', 'Calendly-Webhook-Signature': signature = '' } = vector;
		const t = Number(/t=(\d+)/.exec(signature)?.[1]);
		expect(headersFor(rawBody, signing_key, t)['calendly-webhook-signature']).toBe(signature);
	});
});

it('keeps what was booked readable by all its addresses', async () => {
	const { id } = first(await run('appointment', 'create', booking()));
	expect(first(await run('appointment', 'get', { appointmentId: String(id) })).id).toBe(id);
});
