import type { IDataObject } from 'n8n-workflow';
import { CREDENTIALS } from '../../../sandbox/simulators/twilio';
import { openApi } from '../../support/openapi';
import { describeWithSpecs } from '../../support/specs';
import {
	byId,
	byService,
	credential,
	inMinutes,
	office,
	OURS,
	sending,
	SERVICE,
	TEMPLATE,
	type Office,
} from './bench';
import { formCheck } from './forms';

let at: Office;

beforeEach(() => (at = office()));
afterEach(() => at.stop());

const formOf = async (parameters: IDataObject) => {
	await at.items(parameters);
	return [...(at.forms()[0] ?? [])];
};
const whatsapp = { channel: 'whatsapp' };
const template = { content: 'template', template: byId(TEMPLATE) };
const row = (name: string, value: string) => ({ name, value });

describe('Message: Send', () => {
	it('sends an SMS from a number, with nothing that was not asked for', async () => {
		expect(await formOf(sending())).toEqual([
			['To', '+48600700800'],
			['From', OURS],
			['Body', 'See you at ten'],
		]);
		expect(at.calls()).toEqual(['POST /2010-04-01/Accounts/AC/Messages.json']);
		expect(at.world.callsTo('twilio')[0]?.request.headers['content-type']).toContain(
			'application/x-www-form-urlencoded',
		);
	});

	it('gives the message in one form', async () => {
		const [item] = await at.items(sending());
		expect(item).toEqual({
			id: expect.stringMatching(/^SM[0-9a-f]{32}$/),
			status: 'queued',
			direction: 'outbound',
			channel: 'sms',
			from: OURS,
			to: '+48600700800',
			body: 'See you at ten',
			segments: 1,
			errorCode: null,
			errorMessage: null,
			price: null,
			currency: null,
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
			sentAt: null,
		});
	});

	it("gives Twilio's own answer without Simplify", async () => {
		const [item] = await at.items(sending({ simplify: false }));
		expect(item).toMatchObject({ sid: expect.any(String), num_segments: '1', api_version: '2010-04-01' });
	});

	it('sends by WhatsApp, whatever the spelling of the numbers', async () => {
		const options = { defaultCountry: 'PL' };
		const form = await formOf(sending({ ...whatsapp, to: '600 700 800', from: '+1 500 555 0006', options }));
		expect(form.slice(0, 2)).toEqual([
			['To', 'whatsapp:+48600700800'],
			['From', `whatsapp:${OURS}`],
		]);
	});

	it('takes an address with its prefix, and leaves what is E.164 as the messenger spells it', async () => {
		const form = await formOf(sending({ ...whatsapp, to: 'whatsapp:+5215512345678' }));
		expect(form[0]).toEqual(['To', 'whatsapp:+5215512345678']);
	});

	it.each(['Frontdesk', '12345'])('sends an SMS from the name or short code %s', async (from) => {
		// The simulated account has no short codes; what is asked of Twilio counts.
		await at.run(sending({ from }));
		expect(at.forms()[0]?.get('From')).toBe(from);
	});

	it('leaves the sender to a Messaging Service', async () => {
		expect(await formOf(sending(byService))).toEqual([
			['To', '+48600700800'],
			['MessagingServiceSid', SERVICE],
			['Body', 'See you at ten'],
		]);
	});

	it('sends media, several too, without a text', async () => {
		const mediaUrls = ['https://a.example/1.png', 'https://a.example/2.png?x=1&y=2'];
		const form = await formOf(sending({ body: '', mediaUrls }));
		expect(form.slice(2)).toEqual(mediaUrls.map((url) => ['MediaUrl', url]));
	});

	it('fills a template by variables as JSON text, and sends no other content with it', async () => {
		const variables = { variable: [row('1', 'Ana "Ż" \\'), row('2', ''), row('', '')] };
		const body = 'left over';
		const form = await formOf(
			sending({ ...whatsapp, ...template, variables, body, mediaUrls: ['https://a.example/'] }),
		);
		expect(form.slice(2)).toEqual([
			['ContentSid', TEMPLATE],
			['ContentVariables', '{"1":"Ana \\"Ż\\" \\\\","2":""}'],
		]);
	});

	it('sends a template without variables', async () => {
		expect((await formOf(sending({ ...template }))).slice(2)).toEqual([['ContentSid', TEMPLATE]]);
	});

	it('schedules by a Messaging Service, in UTC', async () => {
		const options = { sendAt: '2027-01-10T10:00:00+01:00' };
		jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2027-01-01T00:00:00Z'));
		const [item] = await at.items(sending({ ...byService, options }));
		jest.restoreAllMocks();
		expect(item?.status).toBe('scheduled');
		expect([...(at.forms()[0] ?? [])].slice(3)).toEqual([
			['SendAt', '2027-01-10T09:00:00Z'],
			['ScheduleType', 'fixed'],
		]);
	});

	it('asks for a status callback and a validity period where they are set', async () => {
		const options = { statusCallback: 'https://n8n.example.com/webhook/1', validityPeriod: 600 };
		expect((await formOf(sending({ options }))).slice(3)).toEqual([
			['StatusCallback', 'https://n8n.example.com/webhook/1'],
			['ValidityPeriod', '600'],
		]);
	});

	it("keeps the items' order for one recipient", async () => {
		const items = Array.from({ length: 12 }, (_, index) => ({ text: `message ${index}` }));
		await at.items(sending({ body: '={{ $json.text }}' }), { items });
		expect(at.forms().map((form) => form.get('Body'))).toEqual(items.map(({ text }) => text));
	});
});

describe('Message: Send refuses before it asks Twilio', () => {
	const late = inMinutes(14);
	const far = inMinutes(36 * 24 * 60);
	it.each<[string, IDataObject, RegExp, RegExp]>([
		['no text', { body: '' }, /"Text" is empty/, /media URL/],
		['a text of 1601 characters', { body: 'x'.repeat(1601) }, /"Text" has 1601 characters/, /1600/],
		['no recipient', { to: ' ' }, /"To" is empty/, /Fill the field in/],
		['a recipient without a country', { to: '600 700 800' }, /"To" has no country code/, /\+48/],
		['no sender', { from: '={{ "" }}' }, /"Sender" is empty/, /Fill the field in/],
		['media that are no address', { mediaUrls: ['cat.png'] }, /"Media URLs" holds "cat.png"/, /https/],
		['11 media', { mediaUrls: Array(11).fill('https://a.example/') }, /holds 11 addresses/, /10/],
		[
			'a template that is none',
			{ ...template, template: byId('={{ "HX1" }}') },
			/"Content Template" is "HX1"/,
			/HX/,
		],
		[
			'a service that is none',
			{ ...byService, service: byId('={{ "x" }}') },
			/"Messaging Service" is "x"/,
			/MG/,
		],
		['a schedule without a service', { options: { sendAt: late } }, /needs a Messaging Service/, /Send From/],
		['a schedule in 14 minutes', { ...byService, options: { sendAt: late } }, /"Send At" is/, /15 minutes/],
		['a schedule in 36 days', { ...byService, options: { sendAt: far } }, /"Send At" is/, /35 days/],
		['a wrong callback', { options: { statusCallback: 'n8n' } }, /"Status Callback URL"/, /https/],
		[
			'a country that is none',
			{ to: '600700800', options: { defaultCountry: 'XX' } },
			/"Default Country"/,
			/PL/,
		],
		[
			'a row without a name',
			{ ...template, variables: { variable: [row('', 'x')] } },
			/"Name" is empty/,
			/Fill/,
		],
	])('%s', async (_, parameters, message, description) => {
		const { error } = await at.run(sending(parameters));
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(at.calls()).toEqual([]);
	});
});

describe('the credential', () => {
	const authorization = () => at.world.callsTo('twilio')[0]?.request.headers.authorization;
	const basic = (user: string, password: string) =>
		`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

	it('signs in with the Auth Token', async () => {
		await at.items(sending());
		expect(authorization()).toBe(basic(CREDENTIALS.accountSid, CREDENTIALS.authToken));
	});

	it('signs in with an API key', async () => {
		await at.items(sending(), { credentials: [credential({ authType: 'apiKey' })] });
		expect(authorization()).toBe(basic(CREDENTIALS.apiKeySid, CREDENTIALS.apiKeySecret));
	});

	it.each([
		[{ region: 'ie1' }, 'api.dublin.ie1.twilio.com'],
		[{ region: 'au1' }, 'api.sydney.au1.twilio.com'],
		[{ region: 'custom', baseUrl: ' https://api.dublin.ie1.twilio.com/ ' }, 'api.dublin.ie1.twilio.com'],
	])('goes where %p says', async (data, host) => {
		await at.items(sending(), { credentials: [credential(data)] });
		expect(new URL(at.world.callsTo('twilio')[0]?.request.url ?? '').host).toBe(host);
	});

	it.each(['http://api.twilio.com', 'api.twilio.com', 'https://api.twilio.com/2010-04-01'])(
		'is refused with the base URL %s',
		async (baseUrl) => {
			const credentials = [credential({ region: 'custom', baseUrl })];
			const { error } = await at.run(sending(), { credentials });
			expect(error?.message).toMatch(/"Base URL" in the Twilio credential/);
			expect(at.calls()).toEqual([]);
		},
	);
});

describeWithSpecs("Message: Send against Twilio's OpenAPI", () => {
	const spec = openApi('twilio-v2010.json');
	const path = '/2010-04-01/Accounts/{AccountSid}/Messages.json';
	const check = formCheck(path);

	it.each<[string, IDataObject]>([
		['an SMS', sending()],
		['media', sending({ mediaUrls: ['https://a.example/1.png', 'https://a.example/2.png'] })],
		['a template', sending({ ...whatsapp, ...template, variables: { variable: [row('1', 'Ana')] } })],
		['a schedule', sending({ ...byService, options: { sendAt: inMinutes(60), validityPeriod: 60 } })],
	])('%s', async (_, parameters) => {
		await at.items(parameters);
		expect(check(at.forms()[0] ?? new URLSearchParams())).toEqual([]);
		expect(spec.response(path, 'post', 201, at.world.callsTo('twilio')[0]?.response?.body)).toEqual([]);
	});

	it('would find fault', () => {
		expect(check(new URLSearchParams({ Body: 'x', Sender: 'y', MessagingServiceSid: 'MG1' }))).toHaveLength(
			4,
		);
	});
});
