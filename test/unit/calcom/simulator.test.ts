import { createHmac } from 'node:crypto';
import { CalComSimulator, CREDENTIALS, type CalComSettings } from '../../../sandbox/simulators/calcom';
import { plainAnswer, type SimResponse } from '../../../sandbox/simulators/kit';

const NOW = '2050-01-10T07:00:00Z';
const START = '2050-01-10T08:00:00Z';
const SECRET = 'a'.repeat(64);
const HOOK = 'https://n8n.example.com/webhook/cal';

interface Sent {
	url: string;
	headers: Record<string, string>;
	body: string;
}

function account(settings: CalComSettings = {}) {
	const sent: Sent[] = [];
	const clock = { now: new Date(NOW) };
	const simulator = new CalComSimulator({
		now: () => clock.now,
		send: async (url, message) => {
			sent.push({ url, ...message });
			return plainAnswer(200);
		},
		...settings,
	});
	const ask = (method: string, path: string, body: object = {}, headers: Record<string, string> = {}) =>
		simulator.handle({
			method,
			url: new URL(`https://api.cal.com/v2${path}`),
			headers: {
				authorization: `Bearer ${CREDENTIALS.apiKey}`,
				'cal-api-version': path.startsWith('/slots') ? '2024-09-04' : '2024-08-13',
				...headers,
			},
			text: JSON.stringify(body),
		});
	const create = (more: object = {}, headers?: Record<string, string>) =>
		ask(
			'POST',
			'/bookings',
			{
				eventTypeId: 101,
				start: START,
				attendee: { name: 'Jane', email: 'jane@example.com', timeZone: 'Europe/Kyiv' },
				metadata: { leadKey: 'L1' },
				...more,
			},
			headers,
		);
	return { simulator, sent, clock, ask, create };
}

const dataOf = (response: SimResponse) => (response.body as { data: Record<string, unknown> }).data;
const saidBy = (response: SimResponse) => (response.body as { error?: { message: string } }).error?.message;
const messages = (sent: Sent[]) => sent.map(({ body }) => JSON.parse(body) as Record<string, never>);

const TRIGGERS = [
	...['BOOKING_CREATED', 'BOOKING_REQUESTED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED'],
	...['BOOKING_REJECTED', 'BOOKING_NO_SHOW_UPDATED', 'MEETING_ENDED'],
];

const listening = (secret: string | undefined = SECRET) => ({
	subscriberUrl: HOOK,
	triggers: TRIGGERS,
	active: true,
	...(secret && { secret }),
});

describe('what it refuses', () => {
	it.each([
		['a wrong key', { headers: { authorization: 'Bearer wrong' } }, 401, 'Your api key is not valid'],
		['an unknown property', { body: { colour: 'red' } }, 400, 'property colour should not exist'],
		['nested metadata', { body: { metadata: { a: { b: 1 } } } }, 400, 'Metadata must have'],
		[
			'too many keys',
			{ body: { metadata: Object.fromEntries(Array(51).fill('x').entries()) } },
			400,
			'Metadata must have',
		],
		[
			'a phone number at home',
			{ body: { attendee: { name: 'J', timeZone: 'UTC', phoneNumber: '601' } } },
			400,
			'phone',
		],
		['nobody to reach', { body: { attendee: { name: 'J', timeZone: 'UTC' } } }, 400, 'email or phoneNumber'],
		['an unknown event type', { body: { eventTypeId: 1 } }, 404, 'Event type with id 1 not found'],
		['the past', { body: { start: '2050-01-09T08:00:00Z' } }, 400, 'in the past'],
		['a Sunday', { body: { start: '2050-01-16T09:00:00Z' } }, 400, 'not available'],
		['a length that it has not', { body: { lengthInMinutes: 45 } }, 400, 'lengthInMinutes'],
		['a missing version', { headers: { 'cal-api-version': '' } }, 400, 'responses must be an object'],
	])(
		'refuses %s',
		(_, { body, headers }: { body?: object; headers?: Record<string, string> }, status, words) => {
			const response = account().create(body, headers);
			expect(response.status).toBe(status);
			expect(saidBy(response)).toContain(words);
			expect(response.headers).toMatchObject({ 'x-request-id': expect.any(String) });
		},
	);

	it('has no slots without their version', () => {
		const path = '/slots?eventTypeId=101&start=2050-01-10&end=2050-01-10';
		const response = account().ask('GET', path, {}, { 'cal-api-version': '2024-08-13' });
		expect(response.status).toBe(404);
		expect(saidBy(response)).toContain('Cannot GET /v2/slots');
	});

	it('overlooks the filter of a list whose version it does not know', () => {
		const { create, ask } = account();
		create();
		const list = (version: string) =>
			dataOf(ask('GET', '/bookings?attendeeEmail=other@example.com', {}, { 'cal-api-version': version }))
				.length;
		expect(list('2024-08-13')).toBe(0);
		expect(list('1999-01-01')).toBe(1);
	});

	it('blocks a key for a minute after its limit, and says so in its headers', () => {
		const { ask, clock } = account({ limitPerMinute: 2 });
		expect(ask('GET', '/me').headers).toMatchObject({ 'x-ratelimit-remaining-default': '1' });
		expect(ask('GET', '/me').headers).toMatchObject({ 'x-ratelimit-remaining-default': '0' });
		clock.now = new Date('2050-01-10T07:00:50Z');
		const blocked = ask('GET', '/me');
		expect(blocked.status).toBe(429);
		expect(blocked.headers).toMatchObject({
			'x-ratelimit-limit-default': '2',
			'x-ratelimit-reset-default': '60',
		});
		clock.now = new Date('2050-01-10T07:01:51Z');
		expect(ask('GET', '/me').status).toBe(200);
	});

	it('takes one webhook a URL, and no trigger that does not exist', () => {
		const { ask } = account();
		expect(ask('POST', '/webhooks', listening()).status).toBe(201);
		expect(ask('POST', '/webhooks', listening()).status).toBe(409);
		expect(ask('POST', '/event-types/101/webhooks', listening()).status).toBe(201);
		const wrong = { ...listening(), subscriberUrl: `${HOOK}2`, triggers: ['BOOKING_COMPLETED'] };
		expect(ask('POST', '/webhooks', wrong).status).toBe(400);
	});
});

describe('the webhooks it sends', () => {
	it('tells the life of a booking, each message signed over its bytes', async () => {
		const { simulator, sent, create, ask } = account();
		ask('POST', '/webhooks', listening());
		const { uid } = dataOf(create());
		const moved = dataOf(ask('POST', `/bookings/${uid}/reschedule`, { start: '2050-01-11T08:00:00Z' }));
		ask('POST', `/bookings/${moved.uid}/cancel`, { cancellationReason: 'Ill' });
		await simulator.webhooks.settled();
		expect(messages(sent).map(({ triggerEvent }) => triggerEvent)).toEqual([
			'BOOKING_CREATED',
			'BOOKING_RESCHEDULED',
			'BOOKING_CANCELLED',
		]);
		expect(messages(sent)[1]?.payload).toMatchObject({
			uid: moved.uid,
			rescheduleUid: uid,
			status: 'ACCEPTED',
			metadata: { leadKey: 'L1' },
		});
		expect(messages(sent)[2]?.payload).not.toHaveProperty('metadata');
		for (const { headers, body } of sent) {
			expect(headers['x-cal-signature-256']).toBe(createHmac('sha256', SECRET).update(body).digest('hex'));
			expect(headers['x-cal-webhook-version']).toBe('2021-10-20');
		}
	});

	it('says so where there is no secret', async () => {
		const { simulator, sent, create, ask } = account();
		ask('POST', '/event-types/101/webhooks', listening(''));
		create();
		await simulator.webhooks.settled();
		expect(sent[0]?.headers['x-cal-signature-256']).toBe('no-secret-provided');
	});

	it('sends the end of a meeting once, flat, without what happened since', async () => {
		const { simulator, sent, clock, create, ask } = account();
		ask('POST', '/webhooks', listening());
		const { uid } = dataOf(create());
		ask('POST', `/bookings/${uid}/mark-absent`, { attendees: [{ email: 'jane@example.com', absent: true }] });
		clock.now = new Date('2050-01-10T09:00:00Z');
		simulator.passTime();
		simulator.passTime();
		await simulator.webhooks.settled();
		const [, noShow, ended, ...more] = messages(sent);
		expect(noShow?.payload).toMatchObject({ bookingUid: uid, attendees: [{ noShow: true }] });
		expect(ended).toMatchObject({ triggerEvent: 'MEETING_ENDED', uid, attendees: [{ noShow: false }] });
		expect(ended).not.toHaveProperty('payload');
		expect(more).toEqual([]);
	});

	it('asks for confirmation where the event type does, also of a move', async () => {
		const { simulator, sent, create, ask } = account();
		ask('POST', '/webhooks', listening());
		const { uid } = dataOf(create({ eventTypeId: 103 }));
		const moved = dataOf(ask('POST', `/bookings/${uid}/reschedule`, { start: '2050-01-11T08:00:00Z' }));
		ask('POST', `/bookings/${moved.uid}/confirm`);
		const second = dataOf(create({ eventTypeId: 103 }));
		ask('POST', `/bookings/${second.uid}/decline`, { reason: 'No' });
		await simulator.webhooks.settled();
		expect(messages(sent).map(({ triggerEvent }) => triggerEvent)).toEqual([
			...['BOOKING_REQUESTED', 'BOOKING_REQUESTED', 'BOOKING_CREATED'],
			...['BOOKING_REQUESTED', 'BOOKING_REJECTED'],
		]);
	});

	it('leaves out webhooks that are off, deleted, or of another event type', async () => {
		const { simulator, sent, create, ask } = account();
		const { id } = dataOf(ask('POST', '/webhooks', listening()));
		ask('PATCH', `/webhooks/${id}`, { active: false });
		ask('POST', '/event-types/102/webhooks', listening());
		const gone = dataOf(ask('POST', '/event-types/101/webhooks', listening()));
		expect(ask('DELETE', `/event-types/101/webhooks/${gone.id}`).status).toBe(200);
		create();
		await simulator.webhooks.settled();
		expect(sent).toEqual([]);
	});
});

it('forgets everything on reset', () => {
	const { simulator, create, ask } = account();
	ask('POST', '/webhooks', listening());
	create();
	simulator.reset();
	expect(simulator.state()).toEqual({ bookings: [], webhooks: [], deliveries: [] });
});
