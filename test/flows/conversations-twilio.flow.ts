import type { StoredWorkflow } from '../../sandbox/src/editor-api';
import { CREDENTIALS, type TwilioSimulator } from '../../sandbox/simulators/twilio';
import { signature, type TwilioDelivery } from '../../sandbox/simulators/twilio-webhooks';
import { finished, problemsOf } from '../support/executions';
import { eventually, postByHand, simulated, theHouse } from '../support/house';
import { discard, publishChain, type TestNode } from '../support/temporary';

const PATH = 'conversations-twilio/twilio';
const SMS = '+15005550006';
const WHATSAPP = `whatsapp:${SMS}`;
const PEOPLE = ['+48601234500', '+48601234501', '+5511987654321', '+380501234567', '+34600123456'];
const LAST = '+48601234599';
/** Fifty messages on a busy machine. */
const LONG_MILLISECONDS = 240_000;
const CREDENTIAL: TestNode['credential'] = ['twilioMessageApi', 'Twilio Message'];

interface Mode {
	chain: TestNode[];
	/** What the answer to a text is. */
	reply: (text: string) => string;
	direction: string;
}

const trigger = (parameters: Record<string, unknown>): TestNode => ({
	name: 'When somebody writes',
	type: 'n8n-nodes-frontdesk.twilioMessageTrigger',
	credential: CREDENTIAL,
	webhookId: 'conversations-twilio',
	parameters: { authentication: 'signature', events: ['message'], ...parameters },
});

const answer = (operation: string, parameters: Record<string, unknown>): TestNode => ({
	name: 'Answer',
	type: 'n8n-nodes-frontdesk.twilioMessage',
	credential: CREDENTIAL,
	parameters: { resource: 'message', operation, ...parameters },
});

const GREETING = 'Thank you & see you <soon>';

const MODES: Record<string, Mode> = {
	'TwiML at once': {
		chain: [
			trigger({ responseMode: 'onReceived', replyText: GREETING }),
			{ name: 'Go on', type: 'n8n-nodes-base.noOp' },
		],
		reply: () => GREETING,
		direction: 'outbound-reply',
	},
	'TwiML from the flow': {
		chain: [
			trigger({ responseMode: 'responseNode' }),
			answer('reply', { replyWith: 'message', text: '=You wrote: {{ $json.message.text }}' }),
		],
		reply: (text) => `You wrote: ${text}`,
		direction: 'outbound-reply',
	},
	'a message of its own': {
		chain: [
			trigger({ responseMode: 'onReceived', replyText: '' }),
			answer('send', {
				channel: '={{ $json.channel }}',
				to: '={{ $json.client.address }}',
				from: '={{ $json.to }}',
				body: '=You wrote: {{ $json.message.text }}',
				options: { statusCallback: 'https://n8n.frontdesk.example/webhook/conversations-twilio/twilio' },
			}),
		],
		reply: (text) => `You wrote: ${text}`,
		direction: 'outbound-api',
	},
};

const twilio = () => simulated<TwilioSimulator>('twilio');

/** Who was answered from which of our numbers, and what. */
const replies = () =>
	twilio()
		.state()
		.messages.filter(({ direction }) => direction !== 'inbound')
		.map(({ to, from, body }) => [to, from, body])
		.sort();

describe.each(Object.entries(MODES))(
	'Twilio: a flow that answers with %s',
	(_, { chain, reply, direction }) => {
		let flow: StoredWorkflow;

		beforeEach(async () => {
			theHouse().world.reset();
			flow = await publishChain('Conversations Twilio', chain);
			await theHouse().untilListening(PATH, 'POST');
			for (const sender of [SMS, WHATSAPP]) twilio().configure(sender, theHouse().publicWebhook(PATH));
		});
		afterEach(async () => {
			await twilio().settled();
			for (const sender of [SMS, WHATSAPP]) twilio().configure(sender, '');
			const problems = await problemsOf(flow.id);
			await discard(flow);
			expect(problems).toEqual([]);
			expect(twilio().deliveries.filter(({ status }) => status !== 200)).toEqual([]);
		});

		const person = (index: number) => PEOPLE[index] as string;
		const lastCall = () => twilio().deliveries.at(-1) as TwilioDelivery;

		/** These replies and no more: whatever else was started has shown when a last message is answered too. */
		const expectOnly = async (expected: unknown[]) => {
			await eventually(() => expect(replies()).toHaveLength(expected.length));
			await twilio().settled();
			twilio().receive(LAST, SMS, 'The last');
			const all = [...expected, [LAST, SMS, reply('The last')]];
			await eventually(() => expect(replies()).toHaveLength(all.length));
			await twilio().settled();
			await finished(flow.id, all.length);
			expect(replies()).toEqual(all.sort());
			// Twilio waits 15 seconds and notes in its debugger what comes later.
			expect(twilio().alerts).toEqual([]);
			const { messages } = twilio().state();
			expect(
				messages.filter((one) => one.direction === direction && one.status === 'delivered'),
			).toHaveLength(all.length);
		};

		it('answers two people who write at once, each with their own', async () => {
			twilio().receive(person(0), SMS, 'One');
			twilio().receive(person(1), SMS, 'Two');
			await expectOnly([
				[person(0), SMS, reply('One')],
				[person(1), SMS, reply('Two')],
			]);
		});

		it('answers one person by SMS and by WhatsApp where each message came in', async () => {
			twilio().receive(person(0), SMS, 'By SMS');
			twilio().receive(`whatsapp:${person(0)}`, WHATSAPP, 'By WhatsApp', { name: 'Anna' });
			await expectOnly([
				[person(0), SMS, reply('By SMS')],
				[`whatsapp:${person(0)}`, WHATSAPP, reply('By WhatsApp')],
			]);
		});

		it('answers once where Twilio tries again under the same token, at once and later', async () => {
			twilio().receive(person(0), SMS, 'Once');
			const call = lastCall();
			twilio().redeliver(call);
			await eventually(() => expect(replies()).toHaveLength(1));
			await twilio().settled();
			twilio().redeliver(call);
			await twilio().settled();
			const about = twilio().deliveries.filter(({ body }) => body === call.body);
			const token = call.headers['i-twilio-idempotency-token'];
			expect(about.map(({ status, headers }) => [status, headers['i-twilio-idempotency-token']])).toEqual(
				Array(3).fill([200, token]),
			);
			await expectOnly([[person(0), SMS, reply('Once')]]);
		});

		it('answers 401 to forged calls and starts nothing', async () => {
			twilio().receive(person(0), SMS, 'Genuine');
			await eventually(() => expect(replies()).toHaveLength(1));
			const { url, headers, body } = twilio().deliveries[0] as TwilioDelivery;
			// Of a message that is not known yet, so that nothing but the signature stands in its way.
			const form = { ...Object.fromEntries(new URLSearchParams(body)), MessageSid: `SM${'f'.repeat(32)}` };
			const signedBy = (token: string, address: string) => ({
				headers: {
					...headers,
					'i-twilio-idempotency-token': token,
					'x-twilio-signature': signature(token, address, form),
				},
				body: new URLSearchParams(form).toString(),
			});
			const unsigned = { 'content-type': 'application/x-www-form-urlencoded' };
			const statuses = await Promise.all([
				postByHand(url, { headers, body: body.replace('Genuine', 'Genuin3') }),
				postByHand(url, signedBy(`${CREDENTIALS.authToken}0`, url)),
				postByHand(url, signedBy(CREDENTIALS.authToken, url.replace('n8n.', 'm8n.'))),
				postByHand(url, { headers: unsigned, body }),
			]);
			expect(statuses).toEqual([401, 401, 401, 401]);
			await expectOnly([[person(0), SMS, reply('Genuine')]]);
		});

		it(
			'does not answer itself over 50 messages, and answers in time',
			async () => {
				for (let round = 1; round <= 5; round++) {
					for (const one of PEOPLE) twilio().receive(one, SMS, `Message ${round}`);
					await eventually(() => expect(replies()).toHaveLength(5 * round), 60);
					await twilio().settled();
				}
				const rounds = [1, 2, 3, 4, 5];
				await expectOnly(
					PEOPLE.flatMap((one) => rounds.map((round) => [one, SMS, reply(`Message ${round}`)])),
				);
				const forms = twilio().deliveries.map(({ body }) => new URLSearchParams(body));
				const statuses = forms.filter((form) => form.has('MessageStatus'));
				// Sent and delivered, reported to the very trigger that asked for messages alone.
				expect(statuses).toHaveLength(direction === 'outbound-api' ? 2 * 26 : 0);
				expect(twilio().deliveries.filter(({ status }) => status !== 200)).toEqual([]);
			},
			LONG_MILLISECONDS,
		);
	},
);
