import type { StoredWorkflow } from '../../sandbox/src/editor-api';
import {
	PEOPLE,
	type InstagramDelivery,
	type InstagramPerson,
	type InstagramSimulator,
} from '../../sandbox/simulators/instagram';
import { finished, problemsOf } from '../support/executions';
import { eventually, postByHand, simulated, theHouse } from '../support/house';
import { discard, onlyEvent, publishChain, type TestNode } from '../support/temporary';

const PATH = 'conversations-instagram/instagram';
/** Fifty messages on a busy machine. */
const LONG_MILLISECONDS = 240_000;
const CREDENTIAL: TestNode['credential'] = ['instagramDirectApi', 'Instagram Direct'];

const CHAIN: TestNode[] = [
	{
		name: 'When somebody writes',
		type: 'n8n-nodes-frontdesk.instagramDirectTrigger',
		credential: CREDENTIAL,
		webhookId: 'conversations-instagram',
		parameters: { events: ['message', 'postback', 'quickReply', 'reaction'] },
	},
	onlyEvent('Only texts', 'message'),
	{
		name: 'Answer',
		type: 'n8n-nodes-frontdesk.instagramDirect',
		credential: CREDENTIAL,
		parameters: {
			resource: 'message',
			operation: 'sendText',
			igsid: '={{ $json.client.igsid }}',
			text: '=You wrote: {{ $json.message.text }}',
		},
	},
];

const instagram = () => simulated<InstagramSimulator>('instagram');

/** Who was answered, and what. */
const replies = () =>
	instagram()
		.state()
		.messages.filter(({ incoming }) => !incoming)
		.map(({ igsid, text }) => [igsid, text])
		.sort();

const told = (delivery: InstagramDelivery | undefined): InstagramDelivery => {
	if (!delivery) throw new Error('The app was not told');
	return delivery;
};

const updatesIn = ({ body }: InstagramDelivery) =>
	(JSON.parse(body) as { entry: Array<{ messaging: Array<Record<string, unknown>> }> }).entry.flatMap(
		({ messaging }) => messaging,
	);

describe('Instagram: a flow that answers whoever writes', () => {
	let flow: StoredWorkflow;

	beforeEach(async () => {
		theHouse().world.reset();
		flow = await publishChain('Conversations Instagram', CHAIN);
		await theHouse().untilListening(PATH);
		await eventually(() => expect(instagram().webhooks.fields).toContain('messages'));
		instagram().webhooks.callbackUrl = theHouse().publicWebhook(PATH);
	});
	afterEach(async () => {
		await instagram().webhooks.settled();
		const problems = await problemsOf(flow.id);
		await discard(flow);
		expect(problems).toEqual([]);
		expect(instagram().webhooks.deliveries.filter(({ status }) => status !== 200)).toEqual([]);
	});

	const igsid = (index: number) => (PEOPLE[index] as InstagramPerson).igsid;
	const write = (index: number, text: string) => told(instagram().write(igsid(index), text));

	/** These replies and no more: whatever else was started has shown when a last message is answered too. */
	const expectOnly = async (expected: unknown[], executions = expected.length) => {
		await eventually(() => expect(replies()).toHaveLength(expected.length));
		await instagram().webhooks.settled();
		write(4, 'The last');
		const all = [...expected, [igsid(4), 'You wrote: The last']];
		await eventually(() => expect(replies()).toHaveLength(all.length));
		await finished(flow.id, executions + 1);
		expect(replies()).toEqual(all.sort());
	};

	it('answers two people who write at once, each with their own', async () => {
		write(0, 'One');
		write(1, 'Two');
		await expectOnly([
			[igsid(0), 'You wrote: One'],
			[igsid(1), 'You wrote: Two'],
		]);
	});

	it('answers every message of a batch, to whoever wrote it', async () => {
		const { webhooks } = instagram();
		const batch = webhooks.together(() => {
			instagram().write(igsid(0), 'One');
			instagram().write(igsid(1), 'Two');
			instagram().write(igsid(0), 'Three');
		});
		expect(updatesIn(told(batch))).toHaveLength(3);
		await expectOnly(
			[
				[igsid(0), 'You wrote: One'],
				[igsid(1), 'You wrote: Two'],
				[igsid(0), 'You wrote: Three'],
			],
			1,
		);
	});

	it('does not answer again when a message is edited, reacted to or taken back, though Meta calls', async () => {
		const [{ message }] = updatesIn(write(0, 'Tomorow')) as [{ message: { mid: string } }];
		await eventually(() => expect(replies()).toHaveLength(1));
		// Fields are ticked in the App Dashboard too, whatever a flow asks for.
		instagram().webhooks.fields?.push('message_edit');
		told(instagram().edit(message.mid, 'Tomorrow'));
		told(instagram().unsend(message.mid));
		told(instagram().react(igsid(0), message.mid));
		await instagram().webhooks.settled();
		// The reaction starts the flow, which lets only texts pass.
		await expectOnly([[igsid(0), 'You wrote: Tomorow']], 2);
	});

	it('answers once where Meta repeats a call, at once, later and in a batch with something new', async () => {
		const { webhooks } = instagram();
		const call = write(0, 'Once');
		webhooks.again(call);
		await eventually(() => expect(replies()).toHaveLength(1));
		await webhooks.settled();
		webhooks.again(call);
		webhooks.together(() => {
			for (const update of updatesIn(call)) webhooks.tell(update);
			instagram().write(igsid(1), 'New');
		});
		await expectOnly([
			[igsid(0), 'You wrote: Once'],
			[igsid(1), 'You wrote: New'],
		]);
		expect(webhooks.deliveries.filter(({ body }) => body === call.body)).toHaveLength(3);
	});

	it('answers 401 to forged calls and starts nothing', async () => {
		const { url, headers, body } = write(0, 'Genuine');
		await eventually(() => expect(replies()).toHaveLength(1));
		// Of a message that is not known yet, so that nothing but the signature stands in its way.
		const forged = body.replace('Genuine', 'Genuin3').replace('ZD"', 'ZE"');
		expect(forged).not.toBe(body);
		const unsigned = { 'content-type': 'application/json' };
		const statuses = await Promise.all([
			postByHand(url, { headers, body: forged }),
			postByHand(url, {
				headers: { ...unsigned, 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
				body: forged,
			}),
			postByHand(url, { headers: unsigned, body: forged }),
		]);
		expect(statuses).toEqual([401, 401, 401]);
		await expectOnly([[igsid(0), 'You wrote: Genuine']]);
	});

	it(
		'does not answer itself over 50 messages',
		async () => {
			for (let round = 1; round <= 5; round++) {
				for (const index of PEOPLE.keys()) write(index, `Message ${round}`);
				await eventually(() => expect(replies()).toHaveLength(5 * round), 60);
			}
			const { webhooks } = instagram();
			await webhooks.settled();
			const echoes = webhooks.deliveries
				.flatMap(updatesIn)
				.filter(({ message }) => (message as { is_echo?: boolean }).is_echo);
			expect(echoes).toHaveLength(25);
			expect(webhooks.deliveries.map(({ status }) => status)).toEqual(Array(50).fill(200));
			const rounds = [1, 2, 3, 4, 5];
			await expectOnly(
				PEOPLE.flatMap(({ igsid: who }) => rounds.map((round) => [who, `You wrote: Message ${round}`])),
			);
		},
		LONG_MILLISECONDS,
	);
});
