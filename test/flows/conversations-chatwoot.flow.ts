import type { StoredWorkflow } from '../../sandbox/src/editor-api';
import type { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import { signedHeaders, type ChatwootDelivery } from '../../sandbox/simulators/chatwoot-events';
import type { SimContact } from '../../sandbox/simulators/chatwoot-store';
import { finished, problemsOf } from '../support/executions';
import { eventually, postByHand, simulated, theHouse } from '../support/house';
import { discard, onlyEvent, publishChain, type TestNode } from '../support/temporary';

const WHATSAPP = 9;
const WEBSITE = 10;
const NAMES = ['Anna', 'Björn', 'Chiara', 'Данило', 'Eugenia'];
/** Fifty messages on a busy machine. */
const LONG_MILLISECONDS = 240_000;
const CREDENTIAL: TestNode['credential'] = ['chatwootAccountApi', 'Chatwoot'];

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const trigger = (events: string[]): TestNode => ({
	name: 'When somebody writes',
	type: 'n8n-nodes-frontdesk.chatwootTrigger',
	credential: CREDENTIAL,
	webhookId: 'conversations-chatwoot',
	parameters: { account: byId('1'), events },
});

const onlyNew = onlyEvent('Only new messages', 'message_created');

const answer: TestNode = {
	name: 'Answer',
	type: 'n8n-nodes-frontdesk.chatwoot',
	credential: CREDENTIAL,
	parameters: {
		resource: 'message',
		operation: 'send',
		account: byId('={{ $json.accountId }}'),
		conversation: byId('={{ $json.message.conversationId }}'),
		text: '=Hello {{ $json.contact.name }}: {{ $json.message.text }}',
	},
};

const chatwoot = () => simulated<ChatwootSimulator>('chatwoot');
const webhook = () => {
	const [hook] = chatwoot().account().webhooks;
	if (!hook) throw new Error('The trigger has not registered with Chatwoot');
	return hook;
};
const now = () => Math.floor(Date.now() / 1000);

/** Who was answered in which inbox, and what. */
const replies = () =>
	chatwoot()
		.state()
		.conversations.flatMap(({ contact_id, inbox_id, messages }) =>
			messages
				.filter(({ message_type }) => message_type === 1)
				.map(({ content }) => [chatwoot().account().contacts.get(contact_id)?.name, inbox_id, content]),
		)
		.sort();

describe('Chatwoot: a flow that answers whoever writes', () => {
	let flow: StoredWorkflow;
	let people: SimContact[];

	const open = async (chain: TestNode[]) => {
		flow = await publishChain('Conversations Chatwoot', chain);
		// Registered, and the secret stored: then a signed call is read, and found to be no event.
		await eventually(async () => {
			const { url, secret } = webhook();
			expect(await postByHand(url, { headers: signedHeaders('{}', now(), secret), body: '{}' })).toBe(400);
		});
	};

	beforeEach(async () => {
		theHouse().world.reset();
		await open([trigger(['message_created']), answer]);
		people = NAMES.map((name, index) =>
			chatwoot().given({ name, phone_number: `+4860123450${index}`, email: `p${index}@example.com` }),
		);
	});
	afterEach(async () => {
		await chatwoot().settled();
		const problems = await problemsOf(flow.id);
		await discard(flow);
		expect(problems).toEqual([]);
		expect(chatwoot().deliveries.filter(({ status }) => status !== 200)).toEqual([]);
	});

	const person = (index: number) => people[index] as SimContact;
	/** The call about what was written last. */
	const lastCall = () => chatwoot().deliveries.at(-1) as ChatwootDelivery;

	/** These replies and no more: whatever else was started has shown when a last message is answered too. */
	const expectOnly = async (expected: unknown[], executions = expected.length) => {
		await eventually(() => expect(replies()).toHaveLength(expected.length));
		await chatwoot().settled();
		const last = chatwoot().given({ name: 'Zoë', phone_number: '+48601234599' });
		chatwoot().receive(last, 'The last');
		const all = [...expected, ['Zoë', WHATSAPP, 'Hello Zoë: The last']];
		await eventually(() => expect(replies()).toHaveLength(all.length));
		await finished(flow.id, executions + 1);
		expect(replies()).toEqual(all.sort());
	};

	it('answers two people who write at once, each in their own conversation', async () => {
		chatwoot().receive(person(0), 'One');
		chatwoot().receive(person(1), 'Two');
		await expectOnly([
			['Anna', WHATSAPP, 'Hello Anna: One'],
			['Björn', WHATSAPP, 'Hello Björn: Two'],
		]);
	});

	it('answers one person in two inboxes where each message came in', async () => {
		chatwoot().receive(person(0), 'By phone', { inbox: WHATSAPP });
		chatwoot().receive(person(0), 'On the website', { inbox: WEBSITE });
		await expectOnly([
			['Anna', WEBSITE, 'Hello Anna: On the website'],
			['Anna', WHATSAPP, 'Hello Anna: By phone'],
		]);
	});

	it('does not answer again when a message is edited, though Chatwoot calls', async () => {
		const { id } = chatwoot().receive(person(0), 'Tomorow');
		await eventually(() => expect(replies()).toHaveLength(1));
		// As when an administrator ticks the event in Chatwoot.
		webhook().subscriptions.push('message_updated');
		chatwoot().edit(id, 'Tomorrow');
		await chatwoot().settled();
		expect(lastCall()).toMatchObject({
			status: 200,
			body: expect.stringContaining('message_updated') as string,
		});
		await expectOnly([['Anna', WHATSAPP, 'Hello Anna: Tomorow']]);
	});

	it('answers once where the flow hears of edits too and lets only new messages pass', async () => {
		await discard(flow);
		await open([trigger(['message_created', 'message_updated']), onlyNew, answer]);
		const { id } = chatwoot().receive(person(0), 'Tomorow');
		await eventually(() => expect(replies()).toHaveLength(1));
		chatwoot().edit(id, 'Tomorrow');
		await expectOnly([['Anna', WHATSAPP, 'Hello Anna: Tomorow']], 2);
	});

	it('answers once where a call is repeated, at once, later and under another delivery id', async () => {
		chatwoot().receive(person(0), 'Once');
		const call = lastCall();
		chatwoot().redeliver(call);
		chatwoot().repeatEvent(call);
		await eventually(() => expect(replies()).toHaveLength(1));
		chatwoot().redeliver(call);
		chatwoot().repeatEvent(call);
		await chatwoot().settled();
		const about = chatwoot().deliveries.filter(({ body }) => body === call.body);
		expect(about.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		await expectOnly([['Anna', WHATSAPP, 'Hello Anna: Once']]);
	});

	it('answers 401 to forged calls and starts nothing', async () => {
		chatwoot().receive(person(0), 'Genuine');
		await eventually(() => expect(replies()).toHaveLength(1));
		const { url, headers, body } = chatwoot().deliveries[0] as ChatwootDelivery;
		// Of a message that is not known yet, so that nothing but the signature stands in its way.
		const forged = body.replaceAll('9001', '9777');
		expect(forged).not.toBe(body);
		const { secret } = webhook();
		const statuses = await Promise.all([
			postByHand(url, { headers, body: forged }),
			postByHand(url, { headers: signedHeaders(forged, now(), `${secret}0`), body: forged }),
			postByHand(url, { headers: signedHeaders(forged, now() - 301, secret), body: forged }),
			postByHand(url, { headers: signedHeaders(forged, now()), body: forged }),
		]);
		expect(statuses).toEqual([401, 401, 401, 401]);
		await expectOnly([['Anna', WHATSAPP, 'Hello Anna: Genuine']]);
	});

	it(
		'does not answer itself over 50 messages',
		async () => {
			for (let round = 1; round <= 5; round++) {
				for (const one of people) chatwoot().receive(one, `Message ${round}`);
				await eventually(() => expect(replies()).toHaveLength(5 * round), 60);
			}
			await chatwoot().settled();
			const calls = chatwoot().deliveries.map(({ body, status }) => ({
				status,
				type: (JSON.parse(body) as { message_type: string }).message_type,
			}));
			expect(calls.filter(({ type }) => type === 'incoming')).toHaveLength(25);
			expect(calls.filter(({ type }) => type === 'outgoing')).toHaveLength(25);
			expect(calls.filter(({ status }) => status !== 200)).toEqual([]);
			const rounds = [1, 2, 3, 4, 5];
			const expected = NAMES.flatMap((name) =>
				rounds.map((round) => [name, WHATSAPP, `Hello ${name}: Message ${round}`]),
			);
			await expectOnly(expected);
		},
		LONG_MILLISECONDS,
	);
});
