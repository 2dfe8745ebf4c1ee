import type { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import type { InstagramSimulator } from '../../sandbox/simulators/instagram';
import type { Fault } from '../../sandbox/simulators/kit';
import type { SentMail } from '../../sandbox/simulators/sendgrid';
import type { TwilioSimulator } from '../../sandbox/simulators/twilio';
import { callFlow, callFlowOnce } from '../support/callFlow';
import { theHouse } from '../support/house';

interface Delivered {
	deliveryKey: string;
	channel: string;
	status: string;
	error: string;
	permanent: boolean;
	providerId: string;
}

interface Row {
	deliveryKey: string;
	status: string;
	attempts: number;
	lastError: string;
	providerId: string;
	nextAttemptAt: string | null;
	sentAt: string | null;
	payload: string;
}

const PHONE = '+48601234567';
const IGSID = '17841400000000123';

const simulator = <Simulator>(provider: string): Simulator =>
	theHouse().world.simulators.find(({ name }) => name === provider) as Simulator;

const stateOf = <State>(provider: string): State => simulator<{ state(): State }>(provider).state();
const rows = async () => await theHouse().editor.rows<Row>('frontdesk_deliveries');
const texts = () => simulator<TwilioSimulator>('twilio').state().messages;

const sms = (more: object = {}) => ({
	tenant: 'main',
	deliveryKey: 'test:1:sms',
	leadKey: `phone:${PHONE}`,
	channel: 'sms',
	template: 'test',
	to: PHONE,
	payload: { text: 'Hello' },
	...more,
});

const on = (channel: string, to: string, payload: object, more: object = {}) =>
	sms({ channel, to, payload, deliveryKey: `test:1:${channel}`, ...more });

const deliver = async (item: object) => await callFlowOnce<Delivered>('deliver', item);

describe('Deliver once', () => {
	beforeEach(async () => {
		theHouse().world.reset();
		await theHouse().editor.clearTables('frontdesk_deliveries');
	});

	it('writes the row down, sends and notes what came of it', async () => {
		const text = 'O"Brien \\ {"x":1} 😀\nsecond line {{ 1 + 1 }}';
		const sent = await deliver(sms({ payload: { text } }));
		expect(texts()).toMatchObject([{ to: PHONE, body: text }]);
		expect(sent).toMatchObject({
			deliveryKey: 'test:1:sms',
			channel: 'sms',
			status: 'sent',
			error: '',
			permanent: false,
			providerId: texts()[0]?.sid,
		});
		expect(await rows()).toEqual([
			expect.objectContaining({
				tenant: 'main',
				leadKey: `phone:${PHONE}`,
				template: 'test',
				to: PHONE,
				payload: JSON.stringify({ text }),
				status: 'sent',
				attempts: 1,
				lastError: '',
				providerId: texts()[0]?.sid,
				nextAttemptAt: null,
				sentAt: expect.stringMatching(/^20/) as string,
			}),
		]);
	});

	it('sends an e-mail by the template of the settings', async () => {
		const payload = { subject: 'Your visit', text: 'See you tomorrow', name: 'Ana "Ż"' };
		expect(await deliver(on('email', 'ana@example.com', payload))).toMatchObject({ status: 'sent' });
		const [mail] = stateOf<{ outbox: SentMail[] }>('sendgrid').outbox;
		expect(mail).toMatchObject({
			to: [{ email: 'ana@example.com' }],
			from: { name: 'Nova Studio' },
			subject: 'Your visit',
			text: 'See you tomorrow',
			dynamicTemplateData: { ...payload, business: 'Nova Studio' },
		});
		expect((await rows())[0]?.providerId).toBe(mail?.messageId);
	});

	it('writes to a Chatwoot contact, in the conversation it is given or in the inbox of the settings', async () => {
		const chatwoot = simulator<ChatwootSimulator>('chatwoot');
		const contact = chatwoot.given({ name: 'Ana', phone_number: PHONE });
		chatwoot.receive(contact, 'Hello?');
		const to = String(contact.id);
		expect(await deliver(on('chatwoot', to, { text: 'In the inbox' }))).toMatchObject({ status: 'sent' });
		const [conversation] = chatwoot.state().conversations;
		const known = { text: 'In the same', conversationId: String(conversation?.id) };
		expect(await deliver(on('chatwoot', to, known, { deliveryKey: 'b' }))).toMatchObject({ status: 'sent' });
		expect(chatwoot.state().conversations).toHaveLength(1);
		const said = chatwoot.state().conversations[0]?.messages.map(({ content }) => content);
		expect(said).toEqual(['Hello?', 'In the inbox', 'In the same']);
	});

	it('writes by Instagram, with buttons where there are some', async () => {
		const instagram = simulator<InstagramSimulator>('instagram');
		instagram.write(IGSID, 'Hi');
		const quickReplies = [
			{ title: 'Yes', payload: 'YES' },
			{ title: 'No', payload: 'NO' },
		];
		const sent = await callFlow<Delivered>('deliver', [
			on('instagram', IGSID, { text: 'Plain' }),
			on('instagram', IGSID, { text: 'Choose', quickReplies }, { deliveryKey: 'b' }),
		]);
		expect(sent.map(({ status }) => status)).toEqual(['sent', 'sent']);
		const bodies = theHouse()
			.world.callsTo('instagram')
			.filter(({ request }) => request.method === 'POST')
			.map(({ request }) => JSON.parse(request.body) as { message: object });
		expect(bodies).toMatchObject([
			{ recipient: { id: IGSID }, message: { text: 'Plain' } },
			{ message: { text: 'Choose', quick_replies: quickReplies } },
		]);
	});

	it('sends a Chatfuel block with attributes', async () => {
		const payload = { blockName: 'Reminder', attributes: { 'visit date': '2 May', empty: '' } };
		expect(await deliver(on('chatfuel', '1000000000000001', payload))).toMatchObject({ status: 'sent' });
		expect(stateOf<{ sent: object[] }>('chatfuel').sent).toEqual([
			{ userId: '1000000000000001', block: 'Reminder', attributes: { 'visit date': '2 May' } },
		]);
	});

	it('creates the item of a lead at monday.com, finds it again, and updates it by its ID', async () => {
		const columns = { text1: 'Tattoo' };
		const payload = { itemName: 'Ana', email: 'ana@example.com', phone: PHONE, columns };
		const made = await deliver(on('monday', 'Ana', payload));
		expect(made).toMatchObject({ status: 'sent', providerId: expect.stringMatching(/^\d+$/) as string });
		const found = await deliver(on('monday', 'Ana', { ...payload, email: '' }, { deliveryKey: 'b' }));
		const update = { itemId: made.providerId, columns: { text1: 'Piercing' } };
		const updated = await deliver(on('monday', 'Ana', update, { deliveryKey: 'c' }));
		expect([found.providerId, updated.providerId]).toEqual([made.providerId, made.providerId]);
		const [board] = stateOf<Array<{ items: Array<{ columns: Record<string, string> }> }>>('monday');
		expect(board?.items).toHaveLength(1);
		expect(Object.values(board?.items[0]?.columns ?? {})).toEqual(
			expect.arrayContaining(['Piercing', 'ana@example.com']),
		);
	});

	it('counts an event at GA4', async () => {
		const payload = { event: 'generate_lead', parameters: { lead_source: 'chatfuel', value: 12 } };
		expect(await deliver(on('ga4', `phone:${PHONE}`, payload))).toMatchObject({ status: 'sent' });
		const { accepted } = stateOf<{ accepted: object[] }>('ga4');
		expect(accepted).toEqual([
			expect.objectContaining({
				name: 'generate_lead',
				params: expect.objectContaining(payload.parameters) as object,
			}),
		]);
	});

	describe('by WhatsApp', () => {
		const contentSid = `HX${'6'.repeat(32)}`;
		const whatsapp = (payload: object, more: object = {}) => on('whatsapp', PHONE, payload, more);
		const open = () =>
			simulator<TwilioSimulator>('twilio').receive(`whatsapp:${PHONE}`, 'whatsapp:+15005550006', 'Hi');

		beforeEach(async () => await theHouse().editor.changeSettings({ whatsappCheckSeconds: '0.1' }));

		it('sends a text to somebody who has just written', async () => {
			open();
			expect(await deliver(whatsapp({ text: 'Hello' }))).toMatchObject({ status: 'sent' });
			expect(texts().at(-1)).toMatchObject({ to: `whatsapp:${PHONE}`, body: 'Hello', status: 'delivered' });
		});

		it('sends the template in its place to somebody who has not', async () => {
			const payload = { text: 'Hello', contentSid, contentVariables: { 1: 'Ana', 2: 'at ten' } };
			const sent = await deliver(whatsapp(payload));
			expect(texts().map(({ body, status }) => [body, status])).toEqual([
				['Hello', 'undelivered'],
				['Hello Ana, we expect you at ten.', 'delivered'],
			]);
			expect(sent).toMatchObject({ status: 'sent', providerId: texts()[1]?.sid });
			expect(await rows()).toHaveLength(1);
		});

		it('sends only the template where there is no text', async () => {
			const payload = { contentSid, contentVariables: { 1: 'Ana', 2: 'at ten' } };
			expect(await deliver(whatsapp(payload))).toMatchObject({ status: 'sent' });
			expect(texts()).toMatchObject([{ body: 'Hello Ana, we expect you at ten.', status: 'delivered' }]);
		});

		it("takes the template of the settings, in the text's language", async () => {
			await theHouse().editor.changeSettings({ 'whatsappContent.visit.pl': contentSid });
			const payload = { text: 'Cześć', language: 'pl', contentVariables: { 1: 'Ana', 2: 'jutro' } };
			expect(await deliver(whatsapp(payload, { template: 'visit' }))).toMatchObject({ status: 'sent' });
			expect(texts().at(-1)?.body).toBe('Hello Ana, we expect you jutro.');
		});

		it('is refused for good without one', async () => {
			const sent = await deliver(whatsapp({ text: 'Hello' }));
			expect(sent).toMatchObject({ status: 'failed', permanent: true });
			expect(sent.error).toContain('24 hours');
		});
	});

	describe('when a provider does not take it', () => {
		const refusal: Fault = {
			kind: 'answer',
			response: { status: 400, headers: { 'content-type': 'application/json' }, body: { message: 'No' } },
		};
		const down: Fault = { kind: 'answer', response: { status: 503, body: 'Service Unavailable' } };
		const mail = on('email', 'ana@example.com', { subject: 'a', text: 'b', name: 'c' });
		const block = on('chatfuel', '1000000000000001', { blockName: 'Reminder' });

		it.each<[string, string, Fault, object]>([
			['refuses', 'twilio', refusal, sms()],
			['refuses', 'sendgrid', refusal, mail],
		])('%s for good: %s', async (_, provider, fault, item) => {
			theHouse().world.misbehave(provider, fault);
			const sent = await deliver(item);
			expect(sent).toMatchObject({ status: 'failed', permanent: true });
			expect(sent.error).toMatch(/.+/);
			expect(await rows()).toMatchObject([
				{ status: 'failed', attempts: 1, lastError: sent.error, nextAttemptAt: null, sentAt: null },
			]);
		});

		const slow: Fault = { kind: 'rateLimit', seconds: 600 };
		const lost: Fault = { kind: 'resetAfter' };

		it.each<[string, string, string, Fault, object, number]>([
			['failed', 'slows us down', 'chatfuel', slow, block, 600],
			['failed', 'slows us down', 'sendgrid', slow, mail, 60],
			['uncertain', 'is in trouble', 'twilio', down, sms(), 60],
			['uncertain', 'is in trouble', 'sendgrid', down, mail, 60],
			['uncertain', 'hangs up', 'chatfuel', lost, block, 60],
			['uncertain', 'hangs up', 'sendgrid', lost, mail, 60],
		])('is %s for a time where a provider %s: %s', async (status, _, provider, fault, item, seconds) => {
			theHouse().world.misbehave(provider, fault);
			const before = Date.now();
			expect(await deliver(item)).toMatchObject({ status, permanent: false });
			const [row] = await rows();
			expect(row).toMatchObject({ status, attempts: 1, sentAt: null });
			const sendings = theHouse()
				.world.callsTo(provider)
				.filter(({ request }) => request.method === 'POST');
			expect(sendings).toHaveLength(1);
			const wait = Date.parse(String(row?.nextAttemptAt)) - before;
			expect(wait / 1000).toBeGreaterThanOrEqual(seconds);
			expect(wait / 1000).toBeLessThan(seconds + 60);
		});

		it('refuses what cannot be sent at all', async () => {
			const sent = await callFlow<Delivered>('deliver', [
				on('pigeon', PHONE, {}, { deliveryKey: 'a' }),
				sms({ to: 'nobody', deliveryKey: 'b' }),
				sms({ deliveryKey: '' }),
				sms({ deliveryKey: '' }),
				{ tenant: 'main' },
			]);
			expect(sent).toMatchObject([
				{ status: 'failed', permanent: true, error: expect.stringContaining('"pigeon"') as string },
				{ status: 'failed', permanent: true, error: expect.stringContaining('"To"') as string },
				...Array.from({ length: 3 }, () => ({
					status: 'failed',
					permanent: true,
					error: expect.stringContaining('deliveryKey') as string,
				})),
			]);
			expect(theHouse().world.exchanges).toEqual([]);
		});
	});

	it('sends a key once, and says what became of the first', async () => {
		expect(await deliver(sms())).toMatchObject({ status: 'sent' });
		const again = await deliver(sms({ payload: { text: 'Something else' } }));
		expect(again).toMatchObject({
			status: 'duplicate',
			before: 'sent',
			permanent: false,
			providerId: texts()[0]?.sid,
		});
		expect(texts()).toHaveLength(1);
		expect(await rows()).toHaveLength(1);
	});

	it('attempts no row that somebody else has taken up meanwhile', async () => {
		await theHouse().editor.insertRows('frontdesk_deliveries', [
			{ ...sms(), payload: '{"text":"Hello"}', status: 'sending', attempts: 0 },
		]);
		const [delivery] = await rows();
		const attempt = async () =>
			await callFlowOnce<Delivered>('attempt-delivery', { tenant: 'main', delivery, repeat: false });
		const answers = [await attempt(), await attempt()];
		expect(answers.map(({ status }) => status)).toEqual(['sent', 'duplicate']);
		expect(texts()).toHaveLength(1);
		expect(await rows()).toMatchObject([{ status: 'sent', attempts: 1 }]);
	});

	it('keeps tenants apart', async () => {
		const sent = await callFlow<Delivered>('deliver', [sms(), sms({ tenant: 'second' })]);
		expect(sent.map(({ status }) => status)).toEqual(['sent', 'failed']);
		expect(texts()).toHaveLength(1);
	});

	it('sends one of eight at once', async () => {
		const answers = await Promise.all(Array.from({ length: 8 }, async () => await deliver(sms())));
		const statuses = answers.map(({ status }) => status).sort();
		expect(statuses).toEqual([...Array.from({ length: 7 }, () => 'duplicate'), 'sent']);
		expect(texts()).toHaveLength(1);
		expect(await rows()).toHaveLength(1);
	});

	it('answers several in their order, failures and repeats among them', async () => {
		const refused = sms({ deliveryKey: 'bad', to: '+15005550009' });
		const sent = await callFlow<Delivered>('deliver', [
			sms({ deliveryKey: 'a' }),
			refused,
			sms({ deliveryKey: 'a' }),
			on('chatfuel', '1000000000000001', { blockName: 'Reminder' }, { deliveryKey: 'c' }),
		]);
		expect(sent.map(({ deliveryKey, channel, status }) => [deliveryKey, channel, status])).toEqual([
			['a', 'sms', 'sent'],
			['bad', 'sms', 'failed'],
			['a', 'sms', 'duplicate'],
			['c', 'chatfuel', 'sent'],
		]);
		expect(texts()).toHaveLength(1);
	});
});
