import { ChatfuelWebhookApi } from '../../../credentials/ChatfuelWebhookApi.credentials';
import { ChatfuelTrigger } from '../../../nodes/Chatfuel/ChatfuelTrigger.node';
import { describeWithSpecs, readPayload } from '../../support/specs';
import { callLifecycle, callWebhook, type WebhookCall } from '../../support/webhook';

const SECRET = 'q7Rk2mZx9TbW4nLc';
const type = new ChatfuelWebhookApi();
const credential = (data: Record<string, string> = {}) => ({ type, data: { secret: SECRET, ...data } });

const call = (more: WebhookCall = {}) =>
	callWebhook(new ChatfuelTrigger(), {
		credentials: [credential()],
		...more,
		headers: { 'user-agent': 'Chatfuel', 'x-frontdesk-secret': SECRET, ...more.headers },
	});

const json = (body: unknown): WebhookCall => ({
	headers: { 'content-type': 'application/json' },
	rawBody: typeof body === 'string' ? body : JSON.stringify(body),
});

const eventOf = async (more: WebhookCall) => {
	const { items } = await call(more);
	return items?.[0]?.json as {
		lead: Record<string, unknown>;
		attributes: Record<string, unknown>;
		meta: Record<string, unknown>;
	};
};

const TYPED = 'O"Brien \\ {"x":1} 🙂\nsecond line';

describe('Chatfuel Trigger: forms of a request', () => {
	const expected = { firstName: 'Jane', lastName: 'Example', name: 'Jane Example', phone: '+12025550123' };

	it('reads a GET', async () => {
		const query = 'first%20name=Jane&last+name=Example&phone=%2B12025550123&my%20own%20attribute=5%20%26%206';
		const event = await eventOf({ method: 'GET', query });
		expect(event.lead).toEqual(expected);
		expect(event.attributes).toEqual({ 'my own attribute': '5 & 6' });
	});

	it('gives a phone its plus back that nobody encoded in the address', async () => {
		const event = await eventOf({ method: 'GET', query: 'phone=+12025550123' });
		expect(event.lead).toEqual({ phone: '+12025550123' });
	});

	it('reads a JSON body', async () => {
		const body = {
			'first name': 'Jane',
			last_name: 'Example',
			Phone: '+12025550123',
			budget: 200,
			nested: { a: 'b', c: '' },
		};
		const event = await eventOf(json(body));
		expect(event.lead).toEqual(expected);
		expect(event.attributes).toEqual({ budget: 200, nested: { a: 'b' } });
	});

	it('reads a URL-encoded body', async () => {
		const event = await eventOf({
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			rawBody: 'first+name=Jane&last%20name=Example&phone=%2B12025550123',
		});
		expect(event.lead).toEqual(expected);
	});

	it('reads the address of a POST too; the body counts where it says something', async () => {
		const event = await eventOf({
			...json({ 'first name': 'Jane', phone: '' }),
			query: 'first%20name=Anna&phone=%2B12025550123&last%20name=Example',
		});
		expect(event.lead).toEqual(expected);
	});

	it('reads a POST without a body', async () => {
		expect((await eventOf({ query: 'email=jane@example.com' })).lead).toEqual({ email: 'jane@example.com' });
	});

	it.each(['application/json', 'text/plain', ''])(
		'reads JSON under the Content-Type %p',
		async (contentType) => {
			const event = await eventOf({
				headers: { 'content-type': contentType },
				rawBody: '\uFEFF{"name":"Jane"}',
			});
			expect(event.lead).toEqual({ name: 'Jane' });
		},
	);

	it('keeps a name exactly as typed, in right JSON and in JSON that its quotes and line breaks made wrong', async () => {
		const right = await eventOf(json({ 'first name': TYPED }));
		const wrong = await eventOf(json(`{"first name": "${TYPED}", "phone": "+12025550123"}`));
		expect([right.lead.name, wrong.lead.name]).toEqual([TYPED, TYPED]);
		expect(wrong.lead.phone).toBe('+12025550123');
	});

	it.each([
		['prose', 'application/json', 'Hello there'],
		['a list', 'application/json', '[1, 2]'],
		['a text that never ends', 'application/json', '{"name": "Jane'],
		['a form with files', 'multipart/form-data; boundary=x', '--x--'],
		['something else', 'text/plain', '<a/>'],
	])('answers 400 in JSON API form to %s, and starts nothing', async (_, contentType, rawBody) => {
		const answer = await call({ headers: { 'content-type': contentType }, rawBody });
		expect(answer.items).toBeUndefined();
		expect(answer).toMatchObject({
			status: 400,
			body: { set_attributes: { frontdesk_refused: expect.stringContaining('cannot be read') as string } },
		});
	});

	it('answers 413 to more than 1 MiB, and starts nothing', async () => {
		const { status, items } = await call(json({ note: 'x'.repeat(1024 * 1024) }));
		expect({ status, items }).toEqual({ status: 413, items: undefined });
	});
});

describeWithSpecs('Chatfuel Trigger: a full JSON profile', () => {
	it('makes a lead of what is set and keeps the rest', async () => {
		const { lead, attributes } = await eventOf(
			json(readPayload('chatfuel', 'json-api.request.full-profile.json')),
		);
		expect(lead).toEqual({
			chatUserId: '1000000000000001',
			firstName: 'Jane',
			lastName: 'Example',
			name: 'Jane Example',
			source: 'Guest Customer Chat',
		});
		expect(attributes).toEqual({
			'last visited block name': 'Book appointment',
			sessions: 1,
			'last visited block id': '000000000000000000000001',
			'chatfuel user id': '1000000000000001',
			'last seen': '2023-11-14 07:01:59',
			'signed up': '2023-11-14 07:01:49',
		});
	});
});

describe('Chatfuel Trigger: attributes', () => {
	it.each([
		[null],
		[''],
		['  '],
		['null'],
		['_'],
		['{{first name}}'],
		[' {{first name}} {{last name}} '],
		[{}],
		[[]],
	])('takes %p for not set', async (value) => {
		const { lead, attributes } = await eventOf(json({ name: value, other: value, kept: 'x' }));
		expect({ lead, attributes }).toEqual({ lead: {}, attributes: { kept: 'x' } });
	});

	it.each(['Null', 'Hello {{name}}', '__', '0'])('takes %p for a value', async (value) => {
		expect((await eventOf(json({ name: value }))).lead).toEqual({ name: value });
	});

	it('keeps all digits of an id that came as a number', async () => {
		const { lead } = await eventOf(json('{"messenger user id": 17841400000000123}'));
		expect(lead).toEqual({ chatUserId: '17841400000000123' });
	});

	it('drops names that would reach into JavaScript itself', async () => {
		const { attributes } = await eventOf(json('{"__proto__": {"a": "b"}, "constructor": "x", "kept": "y"}'));
		expect(Object.entries(attributes)).toEqual([['kept', 'y']]);
	});

	it.each([
		['pl_PL', 'pl'],
		['en-US', 'en'],
		['ES', 'es'],
		['polski', 'polski'],
	])('reads the locale %p as the language %p', async (locale, language) => {
		expect((await eventOf(json({ locale }))).lead).toEqual({ language });
	});

	it.each([
		['yes', true],
		['Tak', true],
		['так', true],
		['Sí', true],
		['да', true],
		[true, true],
		['no', false],
		['нет', false],
		[false, false],
	])('reads the consent %p as %p', async (consent, expected) => {
		expect((await eventOf(json({ consent }))).lead).toEqual({ consentGdpr: expected });
	});

	it('never guesses a consent: unclear words stay an attribute', async () => {
		const { lead, attributes } = await eventOf(json({ consent: 'maybe later' }));
		expect({ lead, attributes }).toEqual({ lead: {}, attributes: { consent: 'maybe later' } });
	});

	it("follows rules of one's own, in their order", async () => {
		const leadFields = {
			rule: [
				{ attribute: 'Work Email', leadField: 'email' },
				{ attribute: 'email', leadField: 'email' },
				{ attribute: 'Servicio', leadField: 'topic' },
			],
		};
		const { lead, attributes } = await eventOf({
			...json({
				email: 'a@example.com',
				'work email': 'b@example.com',
				servicio: 'Corte',
				'first name': 'Jane',
			}),
			parameters: { leadFields },
		});
		expect(lead).toEqual({ email: 'b@example.com', topic: 'Corte' });
		expect(attributes).toEqual({ email: 'a@example.com', 'first name': 'Jane' });
	});

	it('tells where the call came from, in the zone of the flow, without the secret', async () => {
		const { meta } = await eventOf({
			method: 'GET',
			query: 'name=Jane&secret=left+over',
			headers: { cookie: 'a=b', authorization: 'Bearer x' },
		});
		expect(meta).toEqual({
			channel: 'chatfuel',
			receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+0[12]:00$/) as string,
			headers: { 'user-agent': 'Chatfuel' },
			query: { name: 'Jane' },
		});
	});
});

describe('Chatfuel Trigger: the secret', () => {
	const inQuery = [credential({ place: 'query', name: 'key' })];

	it.each<[string, WebhookCall]>([
		['a header', { headers: { 'x-frontdesk-secret': SECRET } }],
		[
			'another header',
			{ headers: { 'x-shop': SECRET }, credentials: [credential({ place: 'header', name: 'X-Shop' })] },
		],
		['the query', { query: `key=${SECRET}`, credentials: inQuery }],
	])('is taken in %s, and never reaches the flow', async (_, more) => {
		for (const method of ['GET', 'POST']) {
			const { items } = await callWebhook(new ChatfuelTrigger(), {
				credentials: [credential()],
				...more,
				method,
			});
			expect(items).toHaveLength(1);
			expect(JSON.stringify(items)).not.toContain(SECRET);
		}
	});

	it.each<[string, WebhookCall]>([
		['no secret', {}],
		['a wrong secret', { headers: { 'x-frontdesk-secret': SECRET.replace('q', 'Q') } }],
		['an empty secret', { headers: { 'x-frontdesk-secret': '' } }],
		['the secret in the wrong place', { query: `secret=${SECRET}` }],
		[
			'the header where the query is asked for',
			{ headers: { 'x-frontdesk-secret': SECRET }, credentials: inQuery },
		],
		['the secret twice in the query', { query: `key=${SECRET}&key=${SECRET}`, credentials: inQuery }],
		[
			'a blank credential',
			{ headers: { 'x-frontdesk-secret': '' }, credentials: [credential({ secret: '' })] },
		],
		['no credential at all', { headers: { 'x-frontdesk-secret': SECRET }, credentials: [] }],
	])('answers 401 to %s, and starts nothing', async (_, more) => {
		for (const method of ['GET', 'POST']) {
			const answer = await callWebhook(new ChatfuelTrigger(), {
				credentials: [credential()],
				...more,
				...(method === 'POST' && { rawBody: '{"name":"Jane"}' }),
				method,
			});
			expect({ status: answer.status, body: answer.body, items: answer.items }).toEqual({
				status: 401,
				body: { message: 'Unauthorized' },
				items: undefined,
			});
		}
	});

	it('is not asked for where None was chosen', async () => {
		const answer = await callWebhook(new ChatfuelTrigger(), {
			parameters: { authentication: 'none' },
			rawBody: '{"name":"Jane"}',
		});
		expect(answer.items).toHaveLength(1);
	});

	it.each([
		[SECRET, 'OK', /strong enough/],
		['', 'Error', /empty/],
		['short', 'Error', /shorter than 16/],
		['aaaaaaaaaaaaaaaaaaaaaaaa', 'Error', /easy to guess/],
		['sixteen letters and spaces', 'Error', /spaces/],
		['zażółćgęśląjaźńżółć', 'Error', /beyond A to Z/],
	])('%p is tested as %s', async (secret, status, message) => {
		const { chatfuelWebhookSecret } = new ChatfuelTrigger().methods.credentialTest;
		const test = chatfuelWebhookSecret as unknown as (credential: object) => Promise<object>;
		expect(await test({ id: '1', name: 'x', type: type.name, data: { secret } })).toEqual({
			status,
			message: expect.stringMatching(message) as string,
		});
	});

	it('must be there before the flow can be switched on', async () => {
		const create = (data: Record<string, string>, parameters = {}) =>
			callLifecycle(new ChatfuelTrigger(), 'create', { credentials: [credential(data)], parameters });
		await expect(create({ secret: ' ' })).rejects.toThrow('The credential holds no secret');
		await expect(create({})).resolves.toBe(true);
		await expect(create({ secret: '' }, { authentication: 'none' })).resolves.toBe(true);
	});
});

describe('Chatfuel Trigger: the answer', () => {
	it('shows nothing unless told', async () => {
		expect(await call(json({ name: 'Jane' }))).toMatchObject({ status: 200, body: {} });
	});

	it('gives texts and attributes at once', async () => {
		const immediateReply = {
			texts: ['Thank you!', ' ', 'We will call you.'],
			attributes: {
				attribute: [
					{ name: 'lead status', value: 'NEW' },
					{ name: ' ', value: 'x' },
				],
			},
		};
		const answer = await call({ ...json({}), parameters: { immediateReply } });
		expect(answer.body).toEqual({
			messages: [{ text: 'Thank you!' }, { text: 'We will call you.' }],
			set_attributes: { 'lead status': 'NEW' },
		});
		expect(answer.items).toHaveLength(1);
	});

	it('is left to the flow', async () => {
		const answer = await call({ ...json({}), parameters: { responseMode: 'responseNode' } });
		expect(answer.responseMode).toBe('responseNode');
		expect(answer.status).toBeUndefined();
		expect(answer.items).toHaveLength(1);
	});
});
