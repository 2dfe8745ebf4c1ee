import type { IDataObject } from 'n8n-workflow';
import { ChatfuelSimulator, CREDENTIALS } from '../../../sandbox/simulators/chatfuel';
import { json } from '../../../sandbox/simulators/kit';
import { intercept } from '../../support/intercept';
import { describeWithSpecs, jsonPayload } from '../../support/specs';
import { answersTo, credentials, REFUSALS, run } from './support';

const simulator = new ChatfuelSimulator({ targets: ['Booking confirmed', '63809fc6', 'Reminder & more'] });
let world: ReturnType<typeof intercept>;

beforeEach(() => {
	simulator.reset();
	world = intercept(simulator);
});
afterEach(() => world.stop());

const sendFlow = (more: IDataObject = {}): IDataObject => ({
	resource: 'message',
	operation: 'sendFlow',
	userId: '1000000000000001',
	flow: 'Booking confirmed',
	...more,
});
const attributes = (rows: Record<string, string>) => ({
	attributes: { attribute: Object.entries(rows).map(([name, value]) => ({ name, value })) },
});

describe('Chatfuel Send Flow and Send Block', () => {
	it('puts everything into the query of a POST, encoded', async () => {
		const { outputs, error } = await run(
			sendFlow({
				messageTag: 'ACCOUNT_UPDATE',
				...attributes({ 'visit time': 'Mon & Tue #1 +?', empty: '' }),
			}),
		);
		expect(error).toBeUndefined();
		const [call] = world.callsTo('chatfuel');
		const url = new URL(call?.request.url ?? '');
		expect(call?.request.method).toBe('POST');
		expect(url.origin + url.pathname).toBe(
			`https://api.chatfuel.com/bots/${CREDENTIALS.botId}/users/1000000000000001/send`,
		);
		expect(Object.fromEntries(url.searchParams)).toEqual({
			chatfuel_token: CREDENTIALS.token,
			chatfuel_flow_name: 'Booking confirmed',
			chatfuel_message_tag: 'ACCOUNT_UPDATE',
			'visit time': 'Mon & Tue #1 +?',
		});
		expect(call?.request.headers['content-type']).toMatch(/^application\/json/);
		expect(call?.request.body).toBe('');
		expect(outputs[0]).toEqual([
			{
				json: { userId: '1000000000000001', flow: 'Booking confirmed', result: 'ok', success: true },
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each([
		['sendFlow', { by: 'id', flow: '63809fc6' }, 'chatfuel_flow_id', '63809fc6'],
		['sendBlock', { block: 'Reminder & more' }, 'chatfuel_block_name', 'Reminder & more'],
		['sendBlock', { by: 'id', block: '63809fc6' }, 'chatfuel_block_id', '63809fc6'],
	])('%s with %j names its target by %s', async (operation, fields, parameter, value) => {
		const { error } = await run({ ...sendFlow(), operation, ...fields });
		expect(error).toBeUndefined();
		const query = new URL(world.callsTo('chatfuel')[0]?.request.url ?? '').searchParams;
		expect(query.get(parameter)).toBe(value);
	});

	it('encodes a user ID that is none, so that it stays one segment', async () => {
		await run(sendFlow({ userId: '../1?x=' }));
		expect(world.callsTo('chatfuel')[0]?.request.url).toContain('/users/..%2F1%3Fx%3D/send?');
	});

	it('keeps the order and links every item', async () => {
		const items = ['1000000000000001', '0', '1000000000000003'].map((id) => ({ id }));
		const { outputs } = await run(sendFlow({ userId: '={{ $json.id }}' }), {
			items,
			onError: 'continueErrorOutput',
		});
		expect(outputs[0]?.map(({ json: { userId }, pairedItem }) => [userId, pairedItem])).toEqual([
			['1000000000000001', { item: 0 }],
			['1000000000000003', { item: 2 }],
		]);
		expect(outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});

	it('refuses reserved attribute names, and an id that lost its digits, before any call', async () => {
		const reserved = await run(sendFlow(attributes({ chatfuel_token: 'x' })));
		const number = await run(sendFlow({ userId: '={{ 12345678901234567890 }}' }));
		expect(reserved.error?.message).toBe('"Attributes" holds the reserved name "chatfuel_token" [Item 0]');
		expect(number.error?.message).toMatch(/^"User ID" is a number too long/);
		expect(world.callsTo('chatfuel')).toEqual([]);
	});

	it('takes "success": false for a refusal under HTTP 200 too, with Chatfuel\'s words', async () => {
		world.misbehave('chatfuel', {
			kind: 'answer',
			response: json(200, { success: false, result: 'Block not found' }),
		});
		const { error } = await run(sendFlow());
		expect(error?.message).toBe('Chatfuel did not send it');
		expect(error?.description).toContain('Chatfuel said: "Block not found"');
		expect(world.callsTo('chatfuel')).toHaveLength(1);
	});

	it("says in Chatfuel's words why a flow was not found", async () => {
		const { error } = await run(sendFlow({ flow: 'Renamed' }));
		expect(error?.description).toContain('Chatfuel said: "No flow "Renamed""');
	});

	it.each([
		['a wrong token', { token: 'wrong' }, /did not accept the credential/],
		['another bot', { botId: 'other' }, /could not find/],
	])('names %s, and shows the token nowhere', async (_, changed, message) => {
		const { error } = await run(sendFlow(), { credentials: credentials(changed) });
		expect(error?.message).toMatch(message);
		expect(JSON.stringify([error, error?.message, error?.description])).not.toContain(CREDENTIALS.token);
		expect(JSON.stringify(error)).not.toContain('wrong');
	});

	it.each(REFUSALS)('words HTTP %i', async (status, message) => {
		world.misbehave('chatfuel', ...answersTo(status, { result: 'why' }));
		const { error } = await run(sendFlow());
		expect(error?.message).toMatch(message);
		expect(error?.context?.itemIndex).toBe(0);
		expect(simulator.state().sent).toEqual([]);
	});

	it.each([
		{ kind: 'rateLimit', seconds: 0 } as const,
		{ kind: 'answer', response: { status: 429 } } as const,
	])('asks again after a 429 (%j)', async (fault) => {
		world.misbehave('chatfuel', fault);
		const { error } = await run(sendFlow());
		expect(error).toBeUndefined();
		expect(simulator.state().sent).toHaveLength(1);
	});

	it.each(['timeout', 'timeoutAfter', 'reset', 'resetAfter'] as const)(
		'never repeats a sending that may have been done (%s), and says so',
		async (kind) => {
			world.misbehave('chatfuel', { kind });
			const { error } = await run(sendFlow());
			expect(world.callsTo('chatfuel')).toHaveLength(1);
			expect(error?.description).toContain('may have carried the request out');
		},
	);

	it('sends at most 25 a second, however many run at once', async () => {
		const items = Array.from({ length: 30 }, () => ({}));
		const started = Date.now();
		const { error } = await run(sendFlow({ requestOptions: { maxParallelRequests: 30 } }), { items });
		expect(error).toBeUndefined();
		expect(world.callsTo('chatfuel')).toHaveLength(30);
		expect(Date.now() - started).toBeGreaterThanOrEqual(29 * 40 - 20);
	});
});

describeWithSpecs('Chatfuel Broadcasting API', () => {
	it('is simulated with the documented answer', async () => {
		await run(sendFlow());
		expect(world.callsTo('chatfuel')[0]?.response?.body).toEqual(
			jsonPayload('chatfuel', 'broadcasting-api.response.success.json'),
		);
	});
});
