import { TwilioMessageTrigger } from '../../../nodes/TwilioMessage/TwilioMessageTrigger.node';
import { CREDENTIALS, TwilioSimulator } from '../../../sandbox/simulators/twilio';
import { describeWithSpecs, readPayload } from '../../support/specs';
import { callLifecycle, callWebhook, type WebhookAnswer } from '../../support/webhook';
import { ADDRESS, call, credential, EMPTY, newSid, sms, TOKEN, type Fields } from './calls';

const eventOf = async (fields: Fields) => (await call(fields)).items?.[0]?.json as Record<string, unknown>;
const XML = 'text/xml; charset=utf-8';
const CUSTOMER = 'whatsapp:+48600700800';
const OURS = 'whatsapp:+15005550006';

describe('Twilio Message Trigger: what a message becomes', () => {
	it('an SMS', async () => {
		const MessageSid = newSid();
		expect(await eventOf(sms({ MessageSid }))).toEqual({
			event: 'message',
			channel: 'sms',
			message: { id: MessageSid, text: 'Hello', media: [], location: null, button: null },
			client: {
				address: '+48600700800',
				phone: '+48600700800',
				phoneKey: '+48600700800',
				name: null,
				waId: null,
				externalUserId: null,
			},
			to: '+15005550006',
			accountSid: CREDENTIALS.accountSid,
			eventKey: `twilio:message:${MessageSid}`,
			fields: expect.objectContaining({ ToCountry: 'US', ToState: '', NumSegments: '1' }),
			meta: {
				provider: 'twilio',
				deliveryId: null,
				receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
				headers: expect.objectContaining({ 'content-type': expect.any(String) }),
			},
		});
	});

	it('shows the flow no signature, and nothing twice', async () => {
		const event = await eventOf(sms());
		expect(JSON.stringify(event)).not.toContain('signature');
		expect(Object.keys(event.fields as object)).toEqual(
			expect.not.arrayContaining(['Body', 'From', 'To', 'MessageSid', 'AccountSid', 'NumMedia']),
		);
	});

	it('media, as many as there are', async () => {
		const media = { NumMedia: '2', MediaUrl0: 'https://api.twilio.com/0', MediaContentType0: 'image/png' };
		const { message, fields } = await eventOf(
			sms({ ...media, MediaUrl1: 'https://api.twilio.com/1', MediaContentType1: 'audio/ogg' }),
		);
		expect(message).toMatchObject({
			media: [
				{ url: 'https://api.twilio.com/0', contentType: 'image/png' },
				{ url: 'https://api.twilio.com/1', contentType: 'audio/ogg' },
			],
		});
		expect(JSON.stringify(fields)).not.toContain('Media');
	});

	it.each([
		['whatsapp:+5511987654321', '+5511987654321', '+5511987654321'],
		['whatsapp:+551187654321', '+5511987654321', '+5511987654321'],
		['whatsapp:+5215512345678', '+525512345678', '+525512345678'],
		['whatsapp:ID.48600700800', null, null],
		['Frontdesk', null, null],
		['12345', null, null],
	])('of %s the phone and its key', async (From, phone, phoneKey) => {
		expect((await eventOf(sms({ From }))).client).toMatchObject({ address: From, phone, phoneKey });
	});

	it.each([
		['whatsapp:ID.77', 'ID.77'],
		['whatsapp:', null],
	])('of %s the user ID', async (ExternalUserId, externalUserId) => {
		expect((await eventOf(sms({ ExternalUserId }))).client).toMatchObject({ externalUserId });
	});
});

describeWithSpecs('Twilio Message Trigger: a captured WhatsApp button', () => {
	it('is read whole', async () => {
		const fields = Object.fromEntries(
			new URLSearchParams(readPayload('twilio', 'inbound-whatsapp-button.txt').trim()),
		);
		expect(await eventOf(fields)).toMatchObject({
			event: 'message',
			channel: 'whatsapp',
			message: {
				id: 'SM00000000000000000000000000000001',
				text: 'Konfirmasi',
				button: { text: 'Konfirmasi', payload: '{verifyEmail:client@example.com}' },
			},
			client: {
				address: 'whatsapp:+15550001111',
				phone: '+15550001111',
				name: 'Test Customer',
				waId: '15550001111',
				externalUserId: 'ID.0000000000000001',
			},
			to: '+14155238886',
			fields: { OriginalRepliedMessageSid: 'MM00000000000000000000000000000002', MessageType: 'interactive' },
		});
	});
});

describe('Twilio Message Trigger: the answer', () => {
	const body = (text: string) =>
		`<?xml version="1.0" encoding="UTF-8"?><Response><Message><Body>${text}</Body></Message></Response>`;

	it('is empty TwiML at once', async () => {
		expect(await call(sms())).toMatchObject({
			status: 200,
			body: EMPTY,
			headers: { 'content-type': XML },
			responseMode: 'onReceived',
		});
	});

	it('is the text that is set, escaped', async () => {
		const answer = await call(sms(), { parameters: { replyText: 'Thanks <3 & see you' } });
		expect(answer).toMatchObject({
			body: body('Thanks &lt;3 &amp; see you'),
			headers: { 'content-type': XML },
		});
		expect(answer.items).toHaveLength(1);
	});

	it('is left to the flow', async () => {
		const answer = await call(sms(), { parameters: { responseMode: 'responseNode' } });
		expect(answer).toEqual({ headers: {}, items: [expect.anything()], responseMode: 'responseNode' });
	});

	it.each([
		['no form', { rawBody: 'hello' }],
		['no message', { rawBody: 'CallSid=CA1&From=%2B1' }],
		['nothing', { rawBody: '' }],
	])('is 400 to %s, and starts nothing', async (_, more) => {
		const answer = await call({}, { parameters: { authentication: 'none' }, ...more });
		expect(answer).toMatchObject({ status: 400, items: undefined });
	});

	it('is 413 to more than 1 MiB', async () => {
		expect(await call(sms({ Body: 'x'.repeat(1024 * 1024) }))).toMatchObject({
			status: 413,
			items: undefined,
		});
	});

	it('takes no GET', async () => {
		expect(await call(sms(), { method: 'GET' })).toMatchObject({ status: 404 });
	});
});

describe('Twilio Message Trigger: repeats', () => {
	const dropped = { status: 200, body: EMPTY, items: undefined, headers: { 'content-type': XML } };

	it.each(['onReceived', 'responseNode'])('of a message start nothing: %s', async (responseMode) => {
		const fields = sms();
		const parameters = { responseMode, replyText: 'Hi' };
		expect((await call(fields, { parameters })).items).toHaveLength(1);
		expect(await call(fields, { parameters })).toMatchObject(dropped);
	});

	it('are told by the idempotency token too', async () => {
		const headers = { 'I-Twilio-Idempotency-Token': 'b7c1-1' };
		const first = await call(sms(), { headers });
		expect(first.items?.[0]?.json.meta).toMatchObject({ deliveryId: 'b7c1-1' });
		expect(await call(sms(), { headers })).toMatchObject(dropped);
	});

	it('are no repeats when a message is another one', async () => {
		expect((await call(sms())).items).toHaveLength(1);
		expect((await call(sms())).items).toHaveLength(1);
	});

	it('of a forged call do not keep the real one out', async () => {
		const fields = sms();
		expect((await call(fields, { headers: { 'x-twilio-signature': 'x' } })).status).toBe(401);
		expect((await call(fields)).items).toHaveLength(1);
	});
});

describe('Twilio Message Trigger: statuses', () => {
	const status = (MessageStatus: string, more: Fields = {}): Fields => ({
		...{ MessageSid: newSid(), MessageStatus, SmsStatus: MessageStatus, AccountSid: CREDENTIALS.accountSid },
		...{ From: OURS, To: CUSTOMER, ApiVersion: '2010-04-01', ...more },
	});
	const parameters = { events: ['status'], replyText: 'Hi' };

	it('start nothing unless they are asked for', async () => {
		expect(await call(status('delivered'))).toMatchObject({ status: 200, body: EMPTY, items: undefined });
	});

	it('tell what became of a message, of whom it went to', async () => {
		const fields = status('undelivered', { ErrorCode: '63016' });
		const { items, body } = await call(fields, { parameters });
		expect(body).toBe(EMPTY);
		expect(items?.[0]?.json).toMatchObject({
			event: 'status',
			channel: 'whatsapp',
			message: {
				id: fields.MessageSid,
				status: 'undelivered',
				errorCode: 63016,
				errorMessage: expect.stringMatching(/24 hours.*template/),
			},
			client: { address: CUSTOMER, phone: '+48600700800' },
			to: '+48600700800',
			eventKey: `twilio:status:${String(fields.MessageSid)}:undelivered`,
		});
	});

	it('are each an event of its own, once', async () => {
		const [sent, MessageSid] = [status('sent'), newSid()];
		const count = async (fields: Fields) => (await call(fields, { parameters })).items?.length ?? 0;
		expect(await count({ ...sent, MessageSid })).toBe(1);
		expect(await count({ ...sent, MessageSid, MessageStatus: 'delivered' })).toBe(1);
		expect(await count({ ...sent, MessageSid })).toBe(0);
	});

	it('can be all there is: messages start nothing then', async () => {
		expect((await call(sms(), { parameters })).items).toBeUndefined();
	});
});

describe('Twilio Message Trigger: switched on', () => {
	const create = async (data = {}, parameters = {}) =>
		await callLifecycle(new TwilioMessageTrigger(), 'create', {
			credentials: [credential(data)],
			parameters,
		});

	it('needs the Auth Token, also beside an API key', async () => {
		expect(await create({ authType: 'apiKey' })).toBe(true);
		await expect(create({ authType: 'apiKey', authToken: ' ' })).rejects.toMatchObject({
			message: 'The credential holds no Auth Token',
			description: expect.stringMatching(/API key cannot stand in/),
		});
	});

	it('needs nothing where the operator chose so, and takes every call', async () => {
		const parameters = { authentication: 'none' };
		expect(await create({ authToken: '' }, parameters)).toBe(true);
		const { items } = await call(sms(), {
			parameters,
			credentials: [],
			headers: { 'x-twilio-signature': 'x' },
		});
		expect(items).toHaveLength(1);
	});

	it('refuses every call while the Auth Token is missing', async () => {
		expect(await call(sms(), { credentials: [credential({ authToken: '' })] })).toMatchObject({
			status: 401,
		});
	});

	it('registers nothing, so that nothing has to be found or deleted', async () => {
		expect(await callLifecycle(new TwilioMessageTrigger(), 'checkExists')).toBe(false);
		expect(await callLifecycle(new TwilioMessageTrigger(), 'delete')).toBe(true);
	});
});

describe("the simulator's calls", () => {
	const parameters = { events: ['message', 'status'] };
	let answers: WebhookAnswer[];
	let twilio: TwilioSimulator;
	beforeEach(() => {
		answers = [];
		twilio = new TwilioSimulator({
			send: async (_, { headers, body }) => {
				const credentials = [credential()];
				const answer = await callWebhook(new TwilioMessageTrigger(), {
					...{ parameters, credentials, headers, rawBody: body },
				});
				answers.push(answer);
				const { status = 200, headers: answered, body: said } = answer;
				return { status, headers: answered, body: String(said ?? '') };
			},
		});
		twilio.configure(OURS, ADDRESS);
	});
	const events = async () => {
		await twilio.settled();
		return answers.map(({ items }) => items?.[0]?.json);
	};

	it('are authentic: a location, and a picture with a name', async () => {
		const media = [{ url: 'https://api.twilio.com/1', contentType: 'image/png' }];
		twilio.receive(CUSTOMER, OURS, 'Zażółć 😀', { name: 'Ana', media, externalUserId: 'ID.77' });
		twilio.receive(CUSTOMER, OURS, '', { location: { latitude: 52.2, longitude: 21, label: 'Here' } });
		expect(await events()).toMatchObject([
			{ message: { text: 'Zażółć 😀', media }, client: { name: 'Ana', externalUserId: 'ID.77' } },
			{ message: { location: { latitude: 52.2, longitude: 21, label: 'Here', address: null } } },
		]);
	});

	it('start one execution where they come twice', async () => {
		twilio.receive(CUSTOMER, OURS, 'Hi again');
		const [delivery] = twilio.deliveries;
		if (delivery) twilio.redeliver(delivery);
		expect(await events()).toEqual([expect.anything(), undefined]);
		expect(twilio.deliveries.map(({ status }) => status)).toEqual([200, 200]);
	});

	it('tell what becomes of a message, where somebody asked', async () => {
		const authorization = `Basic ${Buffer.from(`${CREDENTIALS.accountSid}:${TOKEN}`).toString('base64')}`;
		const create = (To: string, From: string) =>
			twilio.handle({
				method: 'POST',
				url: new URL(`https://api.twilio.com/2010-04-01/Accounts/${CREDENTIALS.accountSid}/Messages.json`),
				headers: { authorization },
				text: String(new URLSearchParams({ To, From, Body: `to ${To}`, StatusCallback: ADDRESS })),
			});
		create('+48600700800', '+15005550006');
		create('whatsapp:+48600700801', OURS);
		twilio.state();
		expect(await events()).toMatchObject([
			{ event: 'status', channel: 'sms', message: { status: 'sent' } },
			{ message: { status: 'delivered' } },
			{ channel: 'whatsapp', message: { status: 'undelivered', errorCode: 63016 } },
		]);
	});
});
