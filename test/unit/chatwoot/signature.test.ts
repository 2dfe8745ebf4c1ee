import { systemClock } from '../../../lib/clock';
import { jsonPayload, describeWithSpecs } from '../../support/specs';
import { Activated, NOW, signed } from './trigger';

const SECRET = 'a9f3c2d1e0b4958677665544332211aa';
const BODY = JSON.stringify({
	account: { id: 1, name: 'Example Studio' },
	content: 'Zażółć 🙂',
	conversation: { id: 42, inbox_id: 9, channel: 'Channel::Whatsapp', status: 'open' },
	id: 9001,
	message_type: 'incoming',
	private: false,
	sender: { id: 55, name: 'Jane', phone_number: '+12025550123' },
	event: 'message_created',
});

let next = 0;
/** Another delivery of another message each time, so that no test finds one that is known. */
const fresh = () => {
	next += 1;
	const body = BODY.replace('9001', String(9001 + next));
	return { body, headers: signed(body, SECRET, { delivery: `delivery-${next}` }) };
};

describe('Chatwoot Trigger: signature', () => {
	let trigger: Activated;
	beforeEach(() => {
		jest.spyOn(systemClock, 'now').mockReturnValue(NOW);
		trigger = new Activated();
		trigger.kept = { secret: SECRET };
	});
	afterEach(() => jest.restoreAllMocks());

	const refused = { status: 401, body: { message: 'Unauthorized' }, items: undefined };
	const call = async (rawBody: string | Buffer, headers: Record<string, string>) =>
		await trigger.call({ rawBody, headers });

	it('takes a call that Chatwoot signed, and answers at once', async () => {
		const { body, headers } = fresh();
		const answer = await call(body, headers);
		expect(answer).toMatchObject({ status: 200, responseMode: 'onReceived' });
		expect(answer.items?.[0]?.json).toMatchObject({
			event: 'message_created',
			message: { text: 'Zażółć 🙂' },
		});
	});

	it('takes what OpenSSL signed by the documented recipe', async () => {
		const body = '{"event":"message_created","id":9001,"account":{"id":1},"content":"Zażółć 🙂"}';
		const answer = await call(body, {
			'content-type': 'application/json',
			'x-chatwoot-timestamp': '1780308000',
			'x-chatwoot-signature': 'sha256=ec502dbd88cf9d7e3d1e371ecfd4d3316ba0cb97c11c872c1ca224d912331236',
		});
		expect(answer.status).toBe(200);
	});

	it('refuses every change of a single byte of the body', async () => {
		const { body, headers } = fresh();
		const bytes = Buffer.from(body);
		for (let at = 0; at < bytes.length; at++) {
			const changed = Buffer.from(bytes);
			changed[at] = (changed[at] ?? 0) ^ 1;
			expect(await call(changed, headers)).toMatchObject(refused);
		}
		expect(await call(`${body} `, headers)).toMatchObject(refused);
		expect(await call(bytes.subarray(1), headers)).toMatchObject(refused);
		expect((await call(body, headers)).items).toHaveLength(1);
	});

	it.each(['x-chatwoot-timestamp', 'x-chatwoot-signature'])(
		'refuses every change of a single character of %s',
		async (name) => {
			const { body, headers } = fresh();
			const value = headers[name] ?? '';
			for (let at = 0; at < value.length; at++) {
				const other = String.fromCharCode(value.charCodeAt(at) ^ 1);
				const changed = value.slice(0, at) + other + value.slice(at + 1);
				expect(await call(body, { ...headers, [name]: changed })).toMatchObject(refused);
			}
			expect(await call(body, { ...headers, [name]: value.slice(1) })).toMatchObject(refused);
			expect(await call(body, { ...headers, [name]: '' })).toMatchObject(refused);
			const without = Object.entries(headers).filter(([key]) => key !== name);
			expect(await call(body, Object.fromEntries(without))).toMatchObject(refused);
		},
	);

	it.each([
		['five minutes old', -300, 200],
		['older', -301, 401],
		['five minutes ahead', 300, 200],
		['further ahead', 301, 401],
	])('looks at the time: %s', async (_, seconds, status) => {
		const { body } = fresh();
		const headers = signed(body, SECRET, { seconds: NOW / 1000 + seconds, delivery: `late ${seconds}` });
		expect((await call(body, headers)).status).toBe(status);
	});

	it('refuses another secret, none, and everything while it has none itself', async () => {
		const { body, headers } = fresh();
		expect(await call(body, signed(body, 'another'))).toMatchObject(refused);
		expect(await call(body, { 'content-type': 'application/json' })).toMatchObject(refused);
		for (const secret of [undefined, '', ' ']) {
			trigger.kept = secret === undefined ? {} : { secret };
			expect(await call(body, headers)).toMatchObject(refused);
			expect(await call(body, signed(body, secret ?? ''))).toMatchObject(refused);
		}
	});

	it('takes unsigned calls only where the operator chose None', async () => {
		trigger = new Activated({ authentication: 'none' });
		const { body } = fresh();
		expect((await call(body, { 'content-type': 'application/json' })).items).toHaveLength(1);
	});

	it('starts once for a delivery that comes again, and for one that comes under another id', async () => {
		const { body, headers } = fresh();
		expect((await call(body, headers)).items).toHaveLength(1);
		const known = { status: 200, body: { message: 'Known already' }, items: undefined };
		expect(await call(body, headers)).toMatchObject(known);
		expect(await call(body, signed(body, SECRET, { delivery: 'another' }))).toMatchObject(known);
	});

	it('shows no secret, and nothing that opens a session', async () => {
		const { body, headers } = fresh();
		const { items } = await call(body, { ...headers, cookie: 'x=secret' });
		const shown = JSON.stringify(items);
		expect(shown).not.toContain(SECRET);
		expect(shown).not.toContain(headers['x-chatwoot-signature']);
		expect(shown).not.toContain('x=secret');
	});
});

describeWithSpecs("Chatwoot Trigger: the payload of Chatwoot's source", () => {
	beforeEach(() => jest.spyOn(systemClock, 'now').mockReturnValue(NOW));
	afterEach(() => jest.restoreAllMocks());

	it('comes out in one form', async () => {
		const trigger = new Activated({ additionalOptions: { includeRaw: true } });
		trigger.kept = { secret: SECRET };
		const rawBody = JSON.stringify(jsonPayload('chatwoot', 'message_created.webhook.json'));
		const { items } = await trigger.call({ rawBody, headers: signed(rawBody, SECRET, { delivery: 'd-1' }) });
		const { raw, ...event } = items?.[0]?.json ?? {};
		expect(JSON.stringify(raw)).toContain('I want to book');
		expect(JSON.stringify(raw)).not.toContain('pubsub_token');
		expect(event).toEqual({
			event: 'message_created',
			accountId: '1',
			contact: {
				id: '55',
				name: 'Jane Example',
				phone: '+12025550123',
				phoneKey: '+12025550123',
				email: 'jane@example.com',
				identifier: null,
			},
			conversation: {
				id: '42',
				status: 'open',
				inboxId: '9',
				channel: 'whatsapp',
				labels: ['lead'],
				customAttributes: { booking_id: 'bookinguid0001' },
			},
			message: {
				id: '9001',
				conversationId: '42',
				inboxId: '9',
				text: 'Hi, I want to book',
				direction: 'incoming',
				private: false,
				contentType: 'text',
				status: null,
				externalError: null,
				attachments: [],
				sender: { id: '55', name: 'Jane Example', type: 'contact' },
				createdAt: '2026-06-01T10:00:00Z',
			},
			changes: null,
			eventKey: 'chatwoot:1:message_created:9001',
			meta: {
				provider: 'chatwoot',
				deliveryId: 'd-1',
				receivedAt: '2026-06-01T10:00:00.000Z',
				headers: {
					'content-length': String(Buffer.byteLength(rawBody)),
					'content-type': 'application/json',
					'x-chatwoot-delivery': 'd-1',
					'x-chatwoot-timestamp': '1780308000',
				},
			},
		});
	});

	it('tells what changed in a conversation', async () => {
		const trigger = new Activated({ events: ['conversation_updated'] });
		trigger.kept = { secret: SECRET };
		const rawBody = JSON.stringify(jsonPayload('chatwoot', 'conversation_updated.webhook.json'));
		const { items } = await trigger.call({ rawBody, headers: signed(rawBody, SECRET, { delivery: 'd-2' }) });
		expect(items?.[0]?.json).toMatchObject({
			contact: { id: '55' },
			conversation: { id: '42', status: 'resolved' },
			message: null,
			changes: { status: { from: 'open', to: 'resolved' } },
		});
	});
});
