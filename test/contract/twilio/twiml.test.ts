import MessagingResponse from 'twilio/lib/twiml/MessagingResponse';
import { plainAnswer, type WebhookAnswer } from '../../../sandbox/simulators/kit';
import { TwilioSimulator } from '../../../sandbox/simulators/twilio';
import { describeWithSpecs, readPayload } from '../../support/specs';

const OURS = '+15005550006';
const CUSTOMER = '+48600700800';
const URL_OF_OURS = 'https://n8n.example.com/webhook/1/twilio';

const answering = (body: string, type = 'text/xml; charset=utf-8', status = 200): WebhookAnswer => ({
	status,
	headers: type === '' ? {} : { 'content-type': type },
	body,
});

/** What becomes of an answer to a customer's message. */
async function outcome(
	answer: () => Promise<WebhookAnswer>,
	{ from = CUSTOMER, to = OURS, patience = 15_000 } = {},
) {
	const twilio = new TwilioSimulator({ send: answer, patience });
	twilio.configure(to, URL_OF_OURS);
	twilio.receive(from, to, 'Hello');
	await twilio.settled();
	const { messages } = twilio.state();
	return {
		twilio,
		sent: messages.filter(({ direction }) => direction === 'outbound-reply'),
		alerts: twilio.alerts.map(({ level, code }) => [level, code]),
	};
}

const of = async (body: string, type?: string, status?: number) =>
	await outcome(async () => answering(body, type, status));

const response = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`;

describe("the simulated Twilio and TwiML that Twilio's own builder writes", () => {
	it('sends a message from the number written to, to whoever wrote', async () => {
		const twiml = new MessagingResponse();
		twiml.message('Zażółć <b> & "c" 😀');
		const { sent, alerts } = await of(twiml.toString());
		expect(sent).toMatchObject([
			{ from: OURS, to: CUSTOMER, body: 'Zażółć <b> & "c" 😀', status: 'delivered', num_media: '0' },
		]);
		expect(alerts).toEqual([]);
	});

	it('answers WhatsApp by WhatsApp', async () => {
		const twiml = new MessagingResponse();
		twiml.message('Hi');
		const { sent } = await outcome(async () => answering(twiml.toString()), {
			from: `whatsapp:${CUSTOMER}`,
			to: `whatsapp:${OURS}`,
		});
		expect(sent).toMatchObject([
			{ from: `whatsapp:${OURS}`, to: `whatsapp:${CUSTOMER}`, status: 'delivered' },
		]);
	});

	it('sends several messages, with pictures, to others and with word of what becomes of them', async () => {
		const twiml = new MessagingResponse();
		const picture = twiml.message('');
		picture.body('Look');
		picture.media('https://example.com/1.png?a=1&b=2');
		twiml.message({ to: '+34600123456', action: 'https://n8n.example.com/status' }, 'For a colleague');
		const { sent, twilio } = await of(twiml.toString());
		expect(sent).toMatchObject([
			{ to: CUSTOMER, body: 'Look', num_media: '1' },
			{ to: '+34600123456', body: 'For a colleague', num_media: '0' },
		]);
		expect(twilio.deliveries.map(({ url }) => url)).toEqual([
			URL_OF_OURS,
			'https://n8n.example.com/status',
			'https://n8n.example.com/status',
		]);
	});

	it('sends nothing for an empty Response', async () => {
		expect(await of(new MessagingResponse().toString())).toMatchObject({ sent: [], alerts: [] });
		expect(await of('<Response/>')).toMatchObject({ sent: [], alerts: [] });
	});
});

describeWithSpecs('the simulated Twilio and captured TwiML', () => {
	it('sends what it says', async () => {
		const { sent, alerts } = await of(readPayload('twilio', 'twiml-reply.xml'));
		expect(sent.length).toBeGreaterThan(0);
		expect(alerts).toEqual([]);
	});
});

describe('the simulated Twilio and answers it cannot follow', () => {
	it.each([
		['what is no XML', 'Thank you'],
		['nothing', ''],
		['JSON', '{"message":"Workflow was started"}'],
		['an element left open', '<Response><Message>Hi</Response>'],
		['a root left open', '<Response><Message>Hi</Message>'],
		['a bare ampersand', response('<Message>Cut & colour</Message>')],
		['an unquoted attribute', response('<Message to=1>Hi</Message>')],
		['an entity of HTML', response('<Message>Cut&nbsp;colour</Message>')],
		['something after the root', `${response('')}x`],
		['another root', '<Reply><Message>Hi</Message></Reply>'],
		['a root in small letters', '<response><Message>Hi</Message></response>'],
	])('is error 12100 for %s', async (_, body) => {
		expect(await of(body)).toMatchObject({ sent: [], alerts: [['error', 12100]] });
	});

	it.each([
		['a verb of calls', '<Say>Hi</Say>', 0],
		['a verb in small letters', '<message>Hi</message>', 0],
		['an unknown attribute', '<Message colour="red">Hi</Message>', 1],
		['an unknown noun', '<Message><Body>Hi</Body><Text>there</Text></Message>', 1],
		['text beside the verbs', 'Hi<Message>Hi</Message>', 1],
	])('is warning 12200 for %s, and the rest is done', async (_, inner, messages) => {
		const { sent, alerts } = await of(response(inner));
		expect(alerts).toEqual([['warning', 12200]]);
		expect(sent.map(({ body }) => body)).toEqual(Array(messages).fill('Hi'));
	});

	it.each([
		['empty', '<Message/>'],
		['blank', '<Message><Body> </Body></Message>'],
		['too long', `<Message>${'a'.repeat(1601)}</Message>`],
	])('is warning 14103 for a message that is %s', async (_, inner) => {
		expect(await of(response(inner))).toMatchObject({ sent: [], alerts: [['warning', 14103]] });
	});

	it('sends ten messages at most', async () => {
		const { sent, alerts } = await of(response('<Message>Hi</Message>'.repeat(11)));
		expect([sent.length, alerts]).toEqual([10, [['warning', 14109]]]);
	});

	it('refuses what the API would refuse: a sender that is not ours, somebody who wants no more', async () => {
		const foreign = await of(response('<Message from="+15005550007">Hi</Message>'));
		expect(foreign).toMatchObject({ sent: [], alerts: [['error', 21606]] });
		const twilio = new TwilioSimulator({ send: async () => answering(response('<Message>Hi</Message>')) });
		twilio.configure(OURS, URL_OF_OURS);
		twilio.receive(CUSTOMER, OURS, 'STOP');
		await twilio.settled();
		expect(twilio.alerts).toMatchObject([{ code: 21610 }]);
	});

	it.each<[string, string, string, number, Array<[string, number]>]>([
		['plain text is a message itself', 'Thank you', 'text/plain; charset=utf-8', 200, []],
		['XML under its other names', response('<Message>Thank you</Message>'), 'application/xml', 201, []],
		['another type of content', '{}', 'application/json; charset=utf-8', 200, [['error', 12300]]],
		['no type of content', response('<Message>Hi</Message>'), '', 200, [['error', 11200]]],
		['a refusal', '{"message":"Unauthorized"}', 'application/json', 401, [['error', 11200]]],
		['a breakdown', response('<Message>Hi</Message>'), 'text/xml', 500, [['error', 11200]]],
		['204', '', '', 204, []],
	])('%s', async (_, body, type, status, expected) => {
		const { sent, alerts } = await of(body, type, status);
		expect(alerts).toEqual(expected);
		const speaks = /Thank you/.test(body) ? ['Thank you'] : [];
		expect(sent.map((one) => one.body)).toEqual(speaks);
	});

	it('is error 11205 where nobody answers, or not in time', async () => {
		const refused = await outcome(async () => await Promise.reject(new Error('ECONNREFUSED')));
		expect(refused).toMatchObject({ sent: [], alerts: [['error', 11205]] });
		const late = await outcome(async () => await new Promise(() => undefined), { patience: 20 });
		expect(late).toMatchObject({ sent: [], alerts: [['error', 11205]] });
		expect(late.twilio.deliveries).toMatchObject([{ status: undefined }]);
	});
});

describe('the simulated Twilio', () => {
	it('follows the answer to a repeated call too, and forgets it all on reset', async () => {
		const { twilio } = await of(response('<Message>Hi</Message>'));
		const [call] = twilio.deliveries;
		if (call) twilio.redeliver(call);
		await twilio.settled();
		expect(twilio.state().messages.map(({ direction }) => direction)).toEqual([
			'inbound',
			'outbound-reply',
			'outbound-reply',
		]);
		const { twilio: other } = await of('x');
		other.reset();
		expect([other.alerts, other.state().messages]).toEqual([[], []]);
	});

	it('does not read what status callbacks are answered with', async () => {
		let answers = 0;
		const twilio = new TwilioSimulator({
			send: async () =>
				answers++ === 0
					? answering(response('<Message action="https://n8n.example.com/s">Hi</Message>'))
					: plainAnswer(500),
		});
		twilio.configure(OURS, URL_OF_OURS);
		twilio.receive(CUSTOMER, OURS, 'Hello');
		await twilio.settled();
		twilio.state();
		await twilio.settled();
		expect(twilio.deliveries.map(({ status }) => status)).toEqual([200, 500, 500]);
		expect(twilio.alerts).toEqual([]);
	});

	it('reports nothing where the field in the Console is empty', async () => {
		const twilio = new TwilioSimulator({ send: async () => plainAnswer(200) });
		twilio.configure(OURS, URL_OF_OURS);
		twilio.configure(OURS, '');
		twilio.receive(CUSTOMER, OURS, 'Hello');
		expect(twilio.deliveries).toEqual([]);
	});
});
