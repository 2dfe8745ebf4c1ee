import type { SimRequest, SimResponse } from '../../../sandbox/simulators/kit';
import { CREDENTIALS, TwilioSimulator } from '../../../sandbox/simulators/twilio';
import { segments } from '../../../sandbox/simulators/twilio-messages';
import { openApi } from '../../support/openapi';
import { describeWithSpecs, jsonPayload } from '../../support/specs';

const MESSAGES = '/2010-04-01/Accounts/{AccountSid}/Messages.json';
const base = `https://api.twilio.com/2010-04-01/Accounts/${CREDENTIALS.accountSid}`;
const basic = (user: string, password: string) =>
	`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const authorization = basic(CREDENTIALS.accountSid, CREDENTIALS.authToken);

const SERVICE = `MG${'1'.repeat(32)}`;
const CONTENT = `HX${'2'.repeat(32)}`;
const DRAFT = `HX${'3'.repeat(32)}`;
const CUSTOMER = 'whatsapp:+48600700800';
const OURS = 'whatsapp:+15005550006';

let now: number;
let twilio: TwilioSimulator;
beforeEach(() => {
	now = Date.parse('2026-11-22T10:00:00Z');
	twilio = new TwilioSimulator({
		messagingServices: { [SERVICE]: ['+15005550006', OURS] },
		contents: {
			[CONTENT]: { body: 'Dear {{1}}, see you {{2}}', approved: true },
			[DRAFT]: { body: 'Hi', approved: false },
		},
		now: () => now,
	});
});

const request = (path: string, more: Partial<SimRequest> = {}): SimRequest => ({
	method: 'GET',
	url: new URL(`${base}${path}`),
	headers: { authorization },
	text: '',
	...more,
});
const sms = { To: '+48600700800', From: '+15005550006', Body: 'Hello' };
const create = (form: Record<string, string> | string[][], more: Partial<SimRequest> = {}): SimResponse =>
	twilio.handle(
		request('/Messages.json', { method: 'POST', text: new URLSearchParams(form).toString(), ...more }),
	);
const get = (path: string) => twilio.handle(request(path));
const field = (answer: SimResponse, name: string) => (answer.body as Record<string, unknown>)[name];
const fate = (answer: SimResponse) => get(`/Messages/${String(field(answer, 'sid'))}.json`).body;

describe('create', () => {
	it('accepts an SMS, which is then delivered', () => {
		const answer = create(sms);
		expect(answer).toMatchObject({
			status: 201,
			body: { status: 'queued', from: '+15005550006', num_segments: '1', error_code: null, date_sent: null },
		});
		expect(fate(answer)).toMatchObject({ status: 'delivered', date_sent: 'Sun, 22 Nov 2026 10:00:00 +0000' });
	});

	it('keeps every character', () => {
		const Body = 'O"Brien \\ {"x":1}\n😀 & = +';
		expect(field(create({ ...sms, Body }), 'body')).toBe(Body);
		expect(twilio.state().messages.map(({ body }) => body)).toEqual([Body]);
	});

	it('leaves the choice of the sender to a Messaging Service', () => {
		const answer = create({ To: sms.To, MessagingServiceSid: SERVICE, Body: 'Hello' });
		expect(answer.body).toMatchObject({
			status: 'accepted',
			from: null,
			num_segments: '0',
			messaging_service_sid: SERVICE,
		});
	});

	it('schedules', () => {
		const answer = create({
			To: sms.To,
			MessagingServiceSid: SERVICE,
			Body: 'Hello',
			ScheduleType: 'fixed',
			SendAt: '2026-11-23T10:00:00Z',
		});
		expect(fate(answer)).toMatchObject({ status: 'scheduled', date_sent: null });
	});

	it('counts media and calls the message MM', () => {
		const answer = create([
			...Object.entries(sms),
			['MediaUrl', 'https://a.example/1'],
			['MediaUrl', 'https://a.example/2'],
		]);
		expect(answer.body).toMatchObject({ num_media: '2', sid: expect.stringMatching(/^MM[0-9a-f]{32}$/) });
	});

	it('fills a content template', () => {
		const answer = create({
			To: CUSTOMER,
			From: OURS,
			ContentSid: CONTENT,
			ContentVariables: '{"1":"Ana","2":"at ten"}',
		});
		expect(field(answer, 'body')).toBe('Dear Ana, see you at ten');
	});

	it.each<[string, Record<string, string>, number, string]>([
		['no recipient', { To: '' }, 21604, "A 'To' phone number is required."],
		['no sender', { From: '' }, 21603, "A 'From' phone number is required."],
		['no content', { Body: '' }, 21619, 'A text message body or media urls must be specified.'],
		['a long body', { Body: 'x'.repeat(1601) }, 21617, 'exceeds the 1600 character limit'],
		['a bad recipient', { To: '600700800' }, 21211, "The 'To' number 600700800 is not a valid phone number."],
		['a bad sender', { From: '120 990' }, 21212, "The 'From' number 120 990 is not a valid phone number"],
		[
			'a sender not ours',
			{ From: '+15551234567' },
			21606,
			"The 'From' phone number +15551234567 is not a valid",
		],
		['two channels', { To: CUSTOMER }, 21910, 'should be of the same channel'],
		['ourselves', { To: '+15005550006' }, 21266, 'cannot be the same'],
		['an unknown service', { MessagingServiceSid: 'MG0' }, 21701, 'The Messaging Service does not exist'],
		['an unknown template', { ContentSid: 'HX0' }, 21655, 'The ContentSid is Invalid'],
		[
			'bad variables',
			{ ContentSid: CONTENT, ContentVariables: 'Ana' },
			21656,
			'The ContentVariables Parameter is invalid',
		],
	])('refuses %s', (_, change, code, message) => {
		const form = Object.entries({ ...sms, ...change }).filter(([, value]) => value !== '');
		const answer = create(form);
		expect(answer).toMatchObject({
			status: 400,
			body: {
				code,
				status: 400,
				message: expect.stringContaining(message),
				more_info: `https://www.twilio.com/docs/errors/${code}`,
			},
		});
		expect(twilio.state().messages).toEqual([]);
	});

	it('refuses who wrote STOP, until START', () => {
		twilio.receive(sms.To, sms.From, 'stop ');
		expect(field(create(sms), 'code')).toBe(21610);
		twilio.receive(sms.To, sms.From, 'START');
		expect(create(sms).status).toBe(201);
	});

	it('counts segments by alphabet', () => {
		expect([160, 161, 306, 307].map((length) => segments('x'.repeat(length)))).toEqual([1, 2, 2, 3]);
		expect([70, 71, 134, 135].map((length) => segments('ż'.repeat(length)))).toEqual([1, 2, 2, 3]);
	});
});

describe("WhatsApp's 24 hours", () => {
	const free = { To: CUSTOMER, From: OURS, Body: 'Hello' };

	it('take free text after the customer wrote, for a day', () => {
		twilio.receive(CUSTOMER, OURS, 'Hi');
		expect(fate(create(free))).toMatchObject({ status: 'delivered' });
		now += 24 * 60 * 60 * 1000;
		expect(fate(create(free))).toMatchObject({ status: 'undelivered', error_code: 63016 });
	});

	it('let free text be accepted outside, and only its status tell', () => {
		const answer = create(free);
		expect(answer).toMatchObject({ status: 201, body: { status: 'queued', error_code: null } });
		expect(fate(answer)).toMatchObject({
			error_code: 63016,
			error_message: expect.stringContaining('outside the allowed window'),
		});
	});

	it('do not bind an approved template, but any other', () => {
		const by = (ContentSid: string) => fate(create({ To: CUSTOMER, From: OURS, ContentSid }));
		expect(by(CONTENT)).toMatchObject({ status: 'delivered' });
		expect(by(DRAFT)).toMatchObject({ error_code: 63016 });
	});

	it('are open for a Messaging Service when one of its senders was written to', () => {
		twilio.receive(CUSTOMER, OURS, 'Hi');
		expect(fate(create({ To: CUSTOMER, MessagingServiceSid: SERVICE, Body: 'Hello' }))).toMatchObject({
			status: 'delivered',
		});
	});
});

describe('fetch and list', () => {
	beforeEach(() => {
		create({ ...sms, Body: 'one' });
		twilio.state();
		now += 24 * 60 * 60 * 1000;
		create({ ...sms, To: '+48600700801', Body: 'two' });
		twilio.receive('+48600700800', '+15005550006', 'three');
	});
	const bodies = (path: string) =>
		(get(path).body as { messages: Array<{ body: string }> }).messages.map(({ body }) => body);

	it.each([
		['', ['three', 'two', 'one']],
		['?To=%2B48600700801', ['two']],
		['?From=%2B48600700800', ['three']],
		['?DateSent=2026-11-22', ['one']],
		['?DateSent%3E=2026-11-23', ['three', 'two']],
		['?DateSent%3C=2026-11-22', ['one']],
	])('find by %s, newest first', (query, expected) => {
		expect(bodies(`/Messages.json${query}`)).toEqual(expected);
	});

	it('go on page by page', () => {
		const first = get('/Messages.json?PageSize=2').body as { next_page_uri: string; previous_page_uri: null };
		const second = twilio.handle({ ...request(''), url: new URL(first.next_page_uri, base) }).body;
		expect(second).toMatchObject({
			messages: [{ body: 'one' }],
			next_page_uri: null,
			page: 1,
			start: 2,
			end: 2,
		});
	});
});

describe('refusals', () => {
	it.each<[string, SimRequest, number, number]>([
		[
			'a wrong token',
			request('/Messages.json', { headers: { authorization: basic(CREDENTIALS.accountSid, 'x') } }),
			401,
			20003,
		],
		['no credentials', request('/Messages.json', { headers: {} }), 401, 20003],
		[
			'an API key that asks for the account',
			request('.json', {
				headers: { authorization: basic(CREDENTIALS.apiKeySid, CREDENTIALS.apiKeySecret) },
			}),
			401,
			20003,
		],
		['an unknown message', request('/Messages/SM0.json'), 404, 20404],
		['an unknown resource', request('/Calls.json'), 404, 20404],
		['a PUT', request('/Messages.json', { method: 'PUT' }), 405, 20004],
	])('answer %s', (_, asked, status, code) => {
		expect(twilio.handle(asked)).toMatchObject({ status, body: { code, status } });
	});

	it('let an API key do all else, and the token read the account', () => {
		const headers = { authorization: basic(CREDENTIALS.apiKeySid, CREDENTIALS.apiKeySecret) };
		expect(create(sms, { headers }).status).toBe(201);
		expect(get('.json')).toMatchObject({ status: 200, body: { sid: CREDENTIALS.accountSid } });
	});

	it('give no hint after a 429', () => {
		expect(twilio.rateLimited()).toMatchObject({ status: 429, body: { code: 20429, status: 429 } });
	});
});

describeWithSpecs('Twilio against its own spec', () => {
	const spec = openApi('twilio-v2010.json');

	it.each(['message-created-201.json', 'message-scheduled-whatsapp-201.json'])(
		'shows the fields of %s and no others',
		(file) => {
			const documented = jsonPayload<object>('twilio', file);
			expect(spec.response(MESSAGES, 'post', 201, documented)).toEqual([]);
			expect(Object.keys(create(sms).body as object).sort()).toEqual(Object.keys(documented).sort());
		},
	);

	it('creates, fetches and lists to the spec', () => {
		const message = 'api.v2010.account.message';
		const created = create({ To: sms.To, MessagingServiceSid: SERVICE, Body: 'x' });
		expect(spec.response(MESSAGES, 'post', 201, created.body)).toEqual([]);
		expect(spec.schema(message, fate(created))).toEqual([]);
		expect(spec.schema(message, fate(create({ To: CUSTOMER, From: OURS, Body: 'Hello' })))).toEqual([]);
		expect(spec.schema(message, twilio.receive(CUSTOMER, OURS, 'Hi'))).toEqual([]);
		expect(spec.response(MESSAGES, 'get', 200, get('/Messages.json?PageSize=1').body)).toEqual([]);
	});

	it('finds fault with what is not to the spec', () => {
		const wrong = {
			...(create(sms).body as object),
			num_segments: 1,
			date_created: '2026-11-22',
			status: 'gone',
		};
		expect(spec.response(MESSAGES, 'post', 201, wrong)).toHaveLength(3);
	});

	it('words a refusal as captured', () => {
		expect(create({ To: sms.To, From: sms.From }).body).toEqual(
			jsonPayload('twilio', 'error-400-21619.json'),
		);
	});
});
