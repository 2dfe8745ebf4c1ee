import { plainAnswer, type SimRequest } from '../../../sandbox/simulators/kit';
import {
	CREDENTIALS,
	sandbox,
	SendGridSimulator,
	type SendGridSettings,
} from '../../../sandbox/simulators/sendgrid';
import { openApi } from '../../support/openapi';
import { describeWithSpecs, jsonPayload } from '../../support/specs';

type Json = Record<string, unknown>;

const NOW = Date.parse('2026-11-22T10:00:00Z');
const TEMPLATE = 'd-123abc456def789hij0klm123nop456qrs789tuv0xyz';

const settings: SendGridSettings = {
	templates: {
		[TEMPLATE]: {
			name: 'Order',
			subject: '{{subject}}',
			text: 'Dear {{customer_name}}, {{#if vip}}VIP{{else}}welcome{{/if}} {{a.b}}',
		},
	},
	now: () => NOW,
};

const request = (body: unknown, more: Partial<SimRequest> = {}): SimRequest => ({
	method: 'POST',
	url: new URL('https://api.sendgrid.com/v3/mail/send'),
	headers: { authorization: `Bearer ${CREDENTIALS.apiKey}`, 'content-type': 'application/json' },
	text: typeof body === 'string' ? body : JSON.stringify(body),
	...more,
});

const plain: Json = {
	personalizations: [{ to: [{ email: 'ana@example.com', name: 'Ana' }] }],
	from: { email: 'frontdesk@example.com' },
	subject: 'Hello',
	content: [{ type: 'text/plain', value: 'Welcome' }],
};

const messagesOf = (body: unknown) =>
	(body as { errors: Array<{ message: string; field: string | null }> }).errors.map(({ message, field }) => ({
		message,
		field,
	}));

describe('SendGrid mail send', () => {
	let sendgrid: SendGridSimulator;
	beforeEach(() => (sendgrid = new SendGridSimulator(settings)));
	const send = (body: unknown, more?: Partial<SimRequest>) => sendgrid.handle(request(body, more));

	it('accepts with 202, an empty body and a message id', () => {
		const answer = send(plain);
		expect(answer).toEqual({
			status: 202,
			headers: { 'x-message-id': expect.stringMatching(/^[\w-]{22}$/) },
		});
	});

	it('keeps every character of a mail', () => {
		const text = 'O"Brien \\ {"x":1}\n😀';
		send({ ...plain, subject: text, content: [{ type: 'text/plain', value: text }] });
		expect(sendgrid.state().outbox).toEqual([
			expect.objectContaining({ subject: text, text, to: [{ email: 'ana@example.com', name: 'Ana' }] }),
		]);
	});

	it('keeps what is attached, byte for byte', () => {
		const content = Buffer.from([0x89, 0x50, 0x00, 0xff]);
		const attachment = { filename: 'chart.png', type: 'image/png' };
		send({ ...plain, attachments: [{ ...attachment, content: content.toString('base64') }] });
		expect(sendgrid.state().outbox[0]?.attachments).toEqual([{ ...attachment, content }]);
	});

	it('fills a dynamic template and keeps its data as it came', () => {
		const data = { subject: 'Hi <Ana>', customer_name: 'O"Brien & Co', vip: false, a: { b: 7 } };
		send({
			...plain,
			template_id: TEMPLATE,
			personalizations: [{ to: [{ email: 'a@example.com' }], dynamic_template_data: data }],
		});
		expect(sendgrid.state().outbox[0]).toMatchObject({
			templateName: 'Order',
			dynamicTemplateData: data,
			subject: 'Hi <Ana>',
			text: 'Dear O"Brien & Co, welcome 7',
		});
	});

	it('puts each personalization in an envelope of its own, newest last', () => {
		send({
			...plain,
			personalizations: ['a', 'b'].map((one) => ({ to: [{ email: `${one}@example.com` }], subject: one })),
		});
		send(plain);
		expect(sendgrid.state().outbox.map(({ subject }) => subject)).toEqual(['a', 'b', 'Hello']);
		sendgrid.reset();
		expect(sendgrid.state().outbox).toEqual([]);
	});

	it('answers 200 in sandbox mode and queues nothing', () => {
		expect(send({ ...plain, mail_settings: { sandbox_mode: { enable: true } } }).status).toBe(200);
		expect(sendgrid.state().outbox).toEqual([]);
	});

	it('keeps the time of a mail that goes out later', () => {
		send({ ...plain, send_at: NOW / 1000 + 3600 });
		expect(sendgrid.state().outbox[0]?.sendAt).toBe('2026-11-22T11:00:00.000Z');
	});

	it.each<[string, Json, string, string]>([
		[
			'no personalization',
			{ personalizations: [] },
			'You must have at least one personalization.',
			'personalizations',
		],
		[
			'no recipient',
			{ personalizations: [{}] },
			'The to array is required for all personalization objects',
			'personalizations.0.to',
		],
		[
			'a bad recipient',
			{ personalizations: [{ to: [{ email: 'ana' }] }] },
			'Does not contain a valid address.',
			'personalizations.0.to.0.email',
		],
		[
			'an empty recipient',
			{ personalizations: [{ to: [{ email: '' }] }] },
			'Does not contain a valid address.',
			'personalizations.0.to.0.email',
		],
		[
			'a recipient twice',
			{ personalizations: [{ to: [{ email: 'a@example.com' }], cc: [{ email: 'A@example.com' }] }] },
			'should be unique between to, cc, and bcc',
			'personalizations.0',
		],
		['no sender', { from: undefined }, 'The from object must be provided for every email send.', 'from'],
		[
			'a bad sender',
			{ from: { email: 'front desk' } },
			'The from email does not contain a valid address.',
			'from.email',
		],
		[
			'a sender beyond ASCII',
			{ from: { email: 'zażółć@example.com' } },
			'The from email does not contain a valid address.',
			'from.email',
		],
		['no content', { content: undefined }, 'the content parameter is required', 'content'],
		[
			'empty content',
			{ content: [{ type: 'text/plain', value: '' }] },
			'The content value must be a string at least one character in length.',
			'content.0.value',
		],
		['no subject', { subject: undefined }, 'The subject is required.', 'subject'],
		[
			'an unknown template',
			{ template_id: 'd-unknown' },
			"The template_id must be a valid GUID, you provided 'd-unknown'.",
			'template_id',
		],
		[
			'a send_at that is no number',
			{ send_at: '2026' },
			'The send_at parameter is expecting a Unix timestamp as an integer.',
			'send_at',
		],
		[
			'a send_at too far ahead',
			{ send_at: NOW / 1000 + 72 * 3600 + 1 },
			'Scheduling more than 72 hours in advance is forbidden.',
			'send_at',
		],
		[
			'eleven categories',
			{ categories: Array.from({ length: 11 }, (_, at) => `c${at}`) },
			'You cannot have more than 10 categories per request.',
			'categories',
		],
		[
			'custom args that are no text',
			{ custom_args: { n: 1 } },
			'All values of custom arguments object must be strings',
			'custom_args',
		],
		[
			'both ways to reply',
			{ reply_to: { email: 'a@example.com' }, reply_to_list: [] },
			'cannot be used together',
			'reply_to_list',
		],
		[
			'nothing attached',
			{ attachments: [{ filename: 'a.png' }] },
			'The attachment content must be a string',
			'attachments.0.content',
		],
		[
			'what is attached as it is',
			{ attachments: [{ filename: 'a.txt', content: 'no base64!' }] },
			'must be base64 encoded',
			'attachments.0.content',
		],
		[
			'an attachment without a name',
			{ attachments: [{ content: 'YQ==' }] },
			'The filename parameter must be',
			'attachments.0.filename',
		],
	])('refuses %s', (_, change, message, field) => {
		const answer = send({ ...plain, ...change });
		expect(answer.status).toBe(400);
		expect(messagesOf(answer.body)).toContainEqual({ message: expect.stringContaining(message), field });
		expect(sendgrid.state().outbox).toEqual([]);
	});

	it('refuses a thousand and one recipients', () => {
		const to = Array.from({ length: 1001 }, (_, at) => ({ email: `a${at}@example.com` }));
		expect(messagesOf(send({ ...plain, personalizations: [{ to }] }).body)[0]?.message).toContain(
			'limit of 1000 total recipients',
		);
	});

	it.each<[string, unknown, Partial<SimRequest>, number]>([
		['no key', plain, { headers: {} }, 401],
		['a wrong key', plain, { headers: { authorization: 'Bearer SG.other' } }, 401],
		['a body that is no JSON', '{', {}, 400],
		[
			'another content type',
			plain,
			{ headers: { authorization: `Bearer ${CREDENTIALS.apiKey}`, 'content-type': 'text/plain' } },
			415,
		],
		['a GET', '', { method: 'GET' }, 405],
		['another path', plain, { url: new URL('https://api.sendgrid.com/v3/nothing') }, 404],
	])('answers %s as documented', (_, body, more, status) => {
		expect(send(body, more).status).toBe(status);
	});

	it('refuses a sender that was never verified', () => {
		sendgrid = new SendGridSimulator({ ...settings, senders: ['frontdesk@example.com'] });
		expect(send(plain).status).toBe(202);
		expect(send({ ...plain, from: { email: 'other@example.com' } }).status).toBe(403);
	});

	it('says when the limit is over, as a Unix time', () => {
		expect(sendgrid.rateLimited(20)).toMatchObject({
			status: 429,
			headers: {
				'x-ratelimit-limit': '600',
				'x-ratelimit-remaining': '0',
				'x-ratelimit-reset': String(NOW / 1000 + 20),
			},
		});
	});

	it('lists the templates it knows', () => {
		const answer = send('', {
			method: 'GET',
			url: new URL('https://api.sendgrid.com/v3/templates?generations=dynamic'),
		});
		expect(answer.body).toMatchObject({ result: [{ id: TEMPLATE, name: 'Order', generation: 'dynamic' }] });
	});

	it('takes what the sandbox says it takes', () => {
		const simulator = sandbox.create({ send: async () => plainAnswer(200) });
		const answer = simulator.handle(
			request({
				from: { email: sandbox.settings?.sendgridFrom },
				template_id: sandbox.settings?.sendgridTemplate,
				personalizations: [
					{ to: [{ email: 'ana@example.com' }], dynamic_template_data: { subject: 'Hi', text: 'Hello' } },
				],
			}),
		);
		expect(answer).toMatchObject({ status: 202 });
		expect(simulator.state()).toMatchObject({ outbox: [{ subject: 'Hi', text: 'Hello' }] });
	});
});

describeWithSpecs('SendGrid against its own spec', () => {
	const spec = openApi('sendgrid-mail-v3.json');
	const sendgrid = new SendGridSimulator(settings);
	const send = (body: unknown, more?: Partial<SimRequest>) => sendgrid.handle(request(body, more));

	it('accepts the documented example, which is to the spec', () => {
		const example = jsonPayload<Json>('sendgrid', 'mail-send-dynamic-template.json');
		expect(spec.requestBody('PostMailSend', example)).toEqual([]);
		expect(send(example).status).toBe(202);
		expect(sendgrid.state().outbox[0]).toMatchObject({ subject: 'Hello, Alex', text: 'Dear Alex, welcome ' });
	});

	it.each<[string, Json]>([
		['no personalizations', { personalizations: undefined }],
		['no to', { personalizations: [{}] }],
		['no from', { from: undefined }],
		['a bad address', { personalizations: [{ to: [{ email: 'ana' }] }] }],
		['an empty content value', { content: [{ type: 'text/plain', value: '' }] }],
	])('refuses what the spec refuses: %s', (_, change) => {
		const body = JSON.parse(JSON.stringify({ ...plain, ...change })) as Json;
		expect(spec.requestBody('PostMailSend', body)).not.toEqual([]);
		expect(send(body).status).toBe(400);
	});

	it.each<[string, () => { body?: unknown }]>([
		['PostMailSend400', () => send({ ...plain, subject: undefined })],
		['PostMailSend401', () => send(plain, { headers: {} })],
		['PostMailSend404', () => send(plain, { url: new URL('https://api.sendgrid.com/v3/other') })],
		['PostMailSend405', () => send('', { method: 'GET' })],
		['PostMailSend413', () => send('x'.repeat(31 * 1024 * 1024))],
	])('refuses in the shape of %s', (name, answer) => {
		expect(spec.sharedResponse(name, withoutNullHelp(answer().body))).toEqual([]);
	});

	it('refuses a wrong key and a mail too large in the documented words', () => {
		const documented = (file: string) => messagesOf(jsonPayload('sendgrid', file));
		expect(messagesOf(send(plain, { headers: {} }).body)).toEqual(documented('error-401.json'));
		expect(messagesOf(send('x'.repeat(31 * 1024 * 1024)).body)).toEqual(documented('error-413.json'));
	});
});

/** The service sends `"help": null`, which the spec, calling help an object, forgets. */
function withoutNullHelp(body: unknown): unknown {
	return JSON.parse(JSON.stringify(body, (key, value: unknown) => (key === 'help' ? undefined : value)));
}
