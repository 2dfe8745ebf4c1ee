import { InstagramDirectTrigger } from '../../../nodes/InstagramDirect/InstagramDirectTrigger.node';
import { CREDENTIALS, InstagramSimulator } from '../../../sandbox/simulators/instagram';
import { json } from '../../../sandbox/simulators/kit';
import { intercept } from '../../support/intercept';
import { additionalDataFor, workflowWith, type TestCredential } from '../../support/n8n';
import { HookContext } from 'n8n-core';
import type { WorkflowExecuteMode } from 'n8n-workflow';
import { ACCOUNT_ID, credential } from './bench';

const simulator = new InstagramSimulator();
let world: ReturnType<typeof intercept>;

beforeEach(() => {
	simulator.reset();
	world = intercept(simulator);
});
afterEach(() => world.stop());

/** A trigger that keeps what it noted down from one lifecycle call to the next, as n8n does. */
function trigger(
	events: string[],
	{ credentials = [credential()] as TestCredential[], mode = 'trigger' as WorkflowExecuteMode } = {},
) {
	const type = new InstagramDirectTrigger();
	const { workflow, node } = workflowWith(type, {
		parameters: { events },
		webhookId: '00000000-0000-4000-8000-000000000000',
		credentials: { instagramDirectApi: { id: '1', name: 'Instagram' } },
	});
	const call = async (method: 'checkExists' | 'create' | 'delete', as = mode) =>
		await type.webhookMethods.default[method].call(
			new HookContext(
				workflow,
				node,
				additionalDataFor(credentials, () => workflow),
				as,
				'activate',
			),
		);
	return {
		exists: () => call('checkExists'),
		on: () => call('create'),
		off: (as?: WorkflowExecuteMode) => call('delete', as),
		choose: (...chosen: string[]) => (node.parameters.events = chosen),
	};
}

const calls = () =>
	world.callsTo('instagram').map(({ request: { method, url } }) => {
		const { pathname, searchParams } = new URL(url);
		return `${method} ${pathname}${searchParams.size > 0 ? `?${searchParams}` : ''}`;
	});

describe('Instagram Direct Trigger: switching on and off', () => {
	it("subscribes the app to the account's events", async () => {
		const { exists, on } = trigger(['message', 'postback', 'quickReply', 'reaction']);
		expect(await exists()).toBe(false);
		expect(await on()).toBe(true);
		expect(await exists()).toBe(true);
		const address = `/v26.0/${ACCOUNT_ID}/subscribed_apps`;
		const me = 'GET /v26.0/me?fields=user_id%2Cusername';
		expect(calls()).toEqual([
			...[me, `GET ${address}`],
			...[me, `GET ${address}`],
			`POST ${address}?subscribed_fields=messages%2Cmessaging_postbacks%2Cmessage_reactions`,
			...[me, `GET ${address}`],
		]);
		const [last] = world.callsTo('instagram').slice(-3);
		expect(last?.request.headers.authorization).toBe(`Bearer ${CREDENTIALS.accessToken}`);
	});

	it('subscribes anew where a field is missing, and keeps those of others', async () => {
		simulator.webhooks.fields = ['comments', 'messages'];
		const { exists, on, off } = trigger(['message', 'reaction']);
		expect(await exists()).toBe(false);
		await on();
		expect(simulator.webhooks.fields).toEqual(['comments', 'messages', 'message_reactions']);
		await off();
		expect(simulator.webhooks.fields).toEqual(['comments', 'messages', 'message_reactions']);
	});

	it('takes back the subscription it made', async () => {
		const { on, off, exists } = trigger(['message']);
		await on();
		await off();
		expect(simulator.webhooks.fields).toBeUndefined();
		expect(await exists()).toBe(false);
		await off();
		expect(calls().filter((call) => call.startsWith('DELETE'))).toHaveLength(1);
	});

	it('takes it back after its events were changed, too', async () => {
		const { on, off, choose } = trigger(['message']);
		await on();
		choose('message', 'postback');
		await on();
		await off();
		expect(simulator.webhooks.fields).toBeUndefined();
	});

	it('leaves alone what it did not make, and what somebody has changed since', async () => {
		simulator.webhooks.fields = ['messages'];
		const found = trigger(['message']);
		expect(await found.exists()).toBe(true);
		await found.off();
		expect(simulator.webhooks.fields).toEqual(['messages']);
		simulator.webhooks.fields = undefined;
		const { on, off } = trigger(['message']);
		await on();
		simulator.webhooks.fields = ['messages', 'comments'];
		await off();
		expect(simulator.webhooks.fields).toEqual(['messages', 'comments']);
	});

	it('ends no live subscription after a test', async () => {
		const { on, off } = trigger(['message']);
		await on();
		await off('manual');
		expect(simulator.webhooks.fields).toEqual(['messages']);
		await off();
		expect(simulator.webhooks.fields).toBeUndefined();
	});

	it.each([
		[{ appSecret: '', instagramAppSecret: ' ' }, 'The credential holds no App Secret'],
		[{ verifyToken: '' }, 'The credential holds no Verify Token'],
		[
			{ appSecret: '', instagramAppSecret: '', verifyToken: '' },
			'The credential holds no App Secret and no Verify Token',
		],
	])('is not switched on while every call would be turned away (%j)', async (data, message) => {
		const { exists, on } = trigger(['message'], { credentials: [credential(data)] });
		await expect(exists()).rejects.toThrow(message);
		await expect(on()).rejects.toThrow(message);
		expect(calls()).toEqual([]);
	});

	it('says what is wrong when the token is refused', async () => {
		const { exists } = trigger(['message'], { credentials: [credential({ accessToken: 'old' })] });
		await expect(exists()).rejects.toThrow('Instagram did not accept the access token');
	});

	it('reads the account also from a list of one, as the documentation shows it', async () => {
		const body = { data: [{ user_id: ACCOUNT_ID, username: 'studio' }] };
		world.misbehave('instagram', { kind: 'answer', response: json(200, body) });
		await trigger(['message']).on();
		expect(simulator.webhooks.fields).toEqual(['messages']);
	});
});
