import { createHmac } from 'node:crypto';
import {
	CalendlySimulator,
	CREDENTIALS,
	sandbox,
	type CalendlySettings,
} from '../../../sandbox/simulators/calendly';
import { plainAnswer, type SimResponse } from '../../../sandbox/simulators/kit';
import { NOW, ORGANIZATION_URI, TYPE_URI, USER_URI } from './bench';

interface Sent {
	url: string;
	headers: Record<string, string>;
	body: string;
}

function bench(settings: CalendlySettings = {}) {
	const clock = { now: NOW };
	const sent: Sent[] = [];
	const simulator = new CalendlySimulator({
		now: () => new Date(clock.now),
		send: async (url, message) => {
			sent.push({ url, ...message });
			return plainAnswer(200);
		},
		...settings,
	});
	const call = (method: string, path: string, body?: object, token = CREDENTIALS.accessToken): SimResponse =>
		simulator.handle({
			method,
			url: new URL(path, 'https://api.calendly.com'),
			headers: { authorization: `Bearer ${token}` },
			text: body ? JSON.stringify(body) : '',
		});
	const book = (start_time: string, email = 'jan@example.com') =>
		call('POST', '/invitees', {
			event_type: TYPE_URI,
			start_time,
			invitee: { name: 'Jan', email, timezone: 'Europe/Warsaw' },
		});
	return { simulator, clock, sent, call, book };
}

const times = (from: string, to: string) =>
	`/event_type_available_times?${new URLSearchParams({ event_type: TYPE_URI, start_time: from, end_time: to })}`;
const starts = ({ body }: SimResponse) =>
	(body as { collection: Array<{ start_time: string }> }).collection.map(({ start_time }) => start_time);

describe('available times', () => {
	it("are the working hours on the host's clock, minus what is booked", () => {
		const { call, book } = bench();
		const day = times('2026-12-08T00:00:00Z', '2026-12-09T00:00:00Z');
		const before = starts(call('GET', day));
		expect(before).toHaveLength(18);
		expect([before[0], before[17]]).toEqual(['2026-12-08T08:00:00Z', '2026-12-08T16:30:00Z']);
		expect(book('2026-12-08T10:00:00Z').status).toBe(201);
		expect(starts(call('GET', day))).toEqual(before.filter((start) => start !== '2026-12-08T10:00:00Z'));
		expect(starts(call('GET', times('2026-12-13T00:00:00Z', '2026-12-14T00:00:00Z')))).toEqual([]);
	});

	it.each([
		['a start in the past', '2026-12-07T07:59:59Z', '2026-12-08T00:00:00Z', 'start_time'],
		['a span of more than 31 days', '2026-12-08T00:00:00Z', '2027-01-08T00:00:01Z', 'end_time'],
		['a time that is none', 'soon', '2026-12-08T00:00:00Z', 'start_time'],
	])('are refused for %s', (_, from, to, parameter) => {
		expect(bench().call('GET', times(from, to))).toMatchObject({
			status: 400,
			body: { details: [{ parameter }] },
		});
	});
});

describe('events', () => {
	it('of one time go to one client', () => {
		const { book } = bench();
		expect([
			book('2026-12-08T10:00:00Z').status,
			book('2026-12-08T10:00:00Z', 'b@example.com').status,
		]).toEqual([201, 400]);
	});

	it('are listed for somebody only, whom the answer names', () => {
		const { call } = bench();
		const { status, body } = call('GET', '/scheduled_events');
		expect(status).toBe(400);
		const { details } = body as { details: Array<{ parameter: string }> };
		expect(details.map(({ parameter }) => parameter)).toEqual(['user', 'organization', 'group']);
		const other = 'https://api.calendly.com/users/STUDIOUSER000002';
		expect(call('GET', `/scheduled_events?user=${other}`).status).toBe(403);
		expect(call('GET', `/scheduled_events?user=${other}&organization=${ORGANIZATION_URI}`).status).toBe(200);
	});

	it('come by pages', () => {
		const { call, book } = bench();
		for (const hour of [10, 11, 12]) book(`2026-12-08T${hour}:00:00Z`);
		const list = `/scheduled_events?user=${USER_URI}&count=2`;
		const page = call('GET', list).body as {
			collection: unknown[];
			pagination: { next_page_token: string; next_page: string };
		};
		expect(page.collection).toHaveLength(2);
		expect(page.pagination.next_page).toContain(`page_token=${page.pagination.next_page_token}`);
		expect(call('GET', `${list}&page_token=${page.pagination.next_page_token}`).body).toMatchObject({
			collection: [{ start_time: '2026-12-08T12:00:00.000000Z' }],
			pagination: { next_page_token: null },
		});
		expect(call('GET', `${list.replace('count=2', 'count=101')}`).status).toBe(400);
	});
});

describe('limits', () => {
	it('count every request, and say how long to wait', () => {
		const { call, clock } = bench({ limitPerMinute: 2 });
		expect(call('GET', '/users/me').headers).toMatchObject({
			'x-ratelimit-limit': '2',
			'x-ratelimit-remaining': '1',
			'x-ratelimit-reset': '60',
		});
		call('GET', '/users/me');
		clock.now += 20_000;
		const refused = call('GET', '/users/me');
		expect(refused).toMatchObject({ status: 429, headers: { 'x-ratelimit-reset': '40' } });
		expect(refused.headers).not.toHaveProperty('retry-after');
		clock.now += 40_000;
		expect(call('GET', '/users/me').status).toBe(200);
	});

	it('take ten bookings a minute on a paid plan', () => {
		const { book, clock } = bench();
		const hours = Array.from({ length: 11 }, (_, n) => `2026-12-${String(8 + n).padStart(2, '0')}T10:00:00Z`);
		const statuses = hours.filter((hour) => !hour.includes('-13T')).map((hour) => book(hour).status);
		expect(statuses.filter((status) => status === 201)).toHaveLength(10);
		expect(book('2026-12-21T10:00:00Z')).toMatchObject({
			status: 429,
			headers: { 'x-ratelimit-reset': '60' },
		});
		clock.now += 60_000;
		expect(book('2026-12-21T10:00:00Z').status).toBe(201);
	});
});

describe('tokens', () => {
	it('are checked, and so are their scopes', () => {
		const { call } = bench();
		expect(call('GET', '/users/me', undefined, 'other').body).toEqual({
			title: 'Unauthenticated',
			message: 'The access token is invalid',
		});
		expect(call('POST', '/invitees', {}, CREDENTIALS.triggerToken)).toMatchObject({
			status: 403,
			body: { required_scopes: ['scheduled_events:write'] },
		});
		expect(call('POST', '/webhook_subscriptions', {}, CREDENTIALS.bookingToken).status).toBe(403);
		expect(call('GET', '/nothing').status).toBe(404);
	});

	it('come with the sandbox, for the node and for the built-in trigger', () => {
		const types = sandbox.credentials?.map(({ type }) => type);
		expect(types).toEqual(['calendlyTokenApi', 'calendlyBookingOAuth2Api', 'calendlyOAuth2Api']);
		const simulator = sandbox.create({ send: async () => plainAnswer(200) });
		expect(simulator.hosts).toEqual(['api.calendly.com']);
	});
});

/** As the built-in Calendly Trigger v2 does it. */
describe('webhook subscriptions', () => {
	const wanted = {
		url: 'https://n8n.example.com/webhook/1',
		events: ['invitee.created', 'invitee.canceled'],
		organization: ORGANIZATION_URI,
		scope: 'user',
		user: USER_URI,
		signing_key: 'a-key',
	};
	const list = `/webhook_subscriptions?${new URLSearchParams({ scope: 'user', organization: ORGANIZATION_URI, user: USER_URI })}`;

	it('are made, found and deleted by address', () => {
		const { call } = bench();
		const trigger = CREDENTIALS.triggerToken;
		const { status, body } = call('POST', '/webhook_subscriptions', wanted, trigger);
		expect(status).toBe(201);
		const { resource } = body as { resource: { uri: string } };
		expect(resource).toMatchObject({ callback_url: wanted.url, state: 'active', scope: 'user' });
		expect(resource).not.toHaveProperty('signing_key');
		expect(call('GET', list, undefined, trigger).body).toMatchObject({ collection: [resource] });
		expect(call('GET', resource.uri, undefined, trigger).status).toBe(200);
		expect(call('POST', '/webhook_subscriptions', wanted, trigger).status).toBe(409);
		expect(call('DELETE', resource.uri, undefined, trigger)).toEqual(
			expect.objectContaining({ status: 204 }),
		);
		expect(call('GET', resource.uri, undefined, trigger).status).toBe(404);
	});

	it.each([
		['a plain address', { url: 'http://n8n.example.com' }],
		['an unknown event', { events: ['invitee.dreamt'] }],
		['another organization', { organization: 'https://api.calendly.com/organizations/OTHER' }],
		['no user for the user scope', { user: undefined }],
		['an unknown scope', { scope: 'planet' }],
	])('are refused with %s', (_, more) => {
		expect(bench().call('POST', '/webhook_subscriptions', { ...wanted, ...more }).status).toBe(400);
	});

	it('need a paid plan', () => {
		expect(bench({ plan: 'free' }).call('POST', '/webhook_subscriptions', wanted).status).toBe(403);
	});

	it('get signed deliveries of what they asked for', async () => {
		const { simulator, call, book, sent } = bench();
		call('POST', '/webhook_subscriptions', wanted);
		call('POST', '/webhook_subscriptions', {
			...wanted,
			url: 'https://n8n.example.com/webhook/2',
			events: ['invitee.canceled'],
			signing_key: undefined,
		});
		book('2026-12-08T10:00:00Z');
		await simulator.webhooks.settled();
		expect(sent).toHaveLength(1);
		const { url, headers, body } = sent[0] as Sent;
		expect(url).toBe(wanted.url);
		const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['calendly-webhook-signature'] ?? '') ?? [];
		expect(Number(t)).toBe(NOW / 1000);
		expect(v1).toBe(createHmac('sha256', 'a-key').update(`${t}.${body}`).digest('hex'));
		expect(simulator.state().deliveries).toMatchObject([{ event: 'invitee.created', status: 200 }]);
	});

	it('do not cross from one user to another', async () => {
		const { simulator, call, sent } = bench();
		call('POST', '/webhook_subscriptions', wanted);
		simulator.bookings.bookOnPage({
			event_type: 'https://api.calendly.com/event_types/PIERCING00000001',
			start_time: '2026-12-08T10:00:00Z',
			invitee: { name: 'Jan', email: 'jan@example.com', timezone: 'Europe/Warsaw' },
		});
		await simulator.webhooks.settled();
		expect(sent).toEqual([]);
	});
});

it('forgets everything it was told', () => {
	const { simulator, book } = bench();
	book('2026-12-08T10:00:00Z');
	simulator.reset();
	expect(simulator.state()).toEqual({ events: [], subscriptions: [], deliveries: [] });
});
