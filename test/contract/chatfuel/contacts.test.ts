import type { IDataObject } from 'n8n-workflow';
import { ChatfuelSimulator, CREDENTIALS } from '../../../sandbox/simulators/chatfuel';
import { json } from '../../../sandbox/simulators/kit';
import { intercept } from '../../support/intercept';
import { describeWithSpecs, jsonPayload } from '../../support/specs';
import { answersTo, credentials, REFUSALS, run } from './support';

const simulator = new ChatfuelSimulator();
let world: ReturnType<typeof intercept>;

beforeEach(() => {
	simulator.reset();
	world = intercept(simulator);
});
afterEach(() => world.stop());

const properties = (rows: Record<string, string>) => ({
	properties: { property: Object.entries(rows).map(([name, value]) => ({ name, value })) },
});
const add = (more: IDataObject = {}): IDataObject => ({
	resource: 'contact',
	operation: 'add',
	phones: '={{ $json.phone }}',
	...more,
});
const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ phone: `+1202555${String(index).padStart(4, '0')}` }));
const bodies = () =>
	world
		.callsTo('chatfuel')
		.map(
			({ request }) =>
				JSON.parse(request.body) as { phones: string[]; contact_data: { properties: IDataObject } },
		);

describeWithSpecs('Chatfuel Add Contacts', () => {
	it('sends the documented request', async () => {
		const { error } = await run(
			add({
				phones: '+12025550123, +12025550124',
				...properties({ pricingPlan: 'business', subscribed: 'true' }),
			}),
		);
		expect(error).toBeUndefined();
		const [call] = world.callsTo('chatfuel');
		expect(call?.request).toMatchObject({
			method: 'POST',
			url: `https://panel.chatfuel.com/api/contacts/${CREDENTIALS.automationId}/whatsapp/`,
			headers: { authorization: `Bearer ${CREDENTIALS.contactsToken}` },
		});
		expect(bodies()[0]).toEqual(jsonPayload('chatfuel', 'contacts-api.request.json'));
	});
});

describe('Chatfuel Add Contacts, many items', () => {
	it('puts items with equal properties into one call, and links each', async () => {
		const items = [
			{ phone: '+12025550001', plan: 'a' },
			{ phone: '+12025550002', plan: 'b' },
			{ phone: '+12025550003', plan: 'a' },
			{ phone: '+12025550001', plan: 'a' },
		];
		const { outputs } = await run(add(properties({ plan: '={{ $json.plan }}' })), { items });
		expect(bodies()).toEqual([
			{ phones: ['+12025550001', '+12025550003'], contact_data: { properties: { plan: 'a' } } },
			{ phones: ['+12025550002'], contact_data: { properties: { plan: 'b' } } },
		]);
		expect(outputs[0]).toEqual(
			items.map(({ phone, plan }, item) => ({
				json: { phones: [phone], properties: { plan }, accepted: true },
				pairedItem: { item },
			})),
		);
	});

	it('sends at most 1000 phones in a call', async () => {
		const { outputs } = await run(add(), { items: people(1001) });
		expect(
			bodies()
				.map(({ phones }) => phones.length)
				.sort(),
		).toEqual([1, 1000]);
		expect(outputs[0]).toHaveLength(1001);
		expect(Object.keys(simulator.state().contacts)).toHaveLength(1001);
	});

	it('fails only the items of the call that failed', async () => {
		world.misbehave('chatfuel', { kind: 'answer', response: json(422, { error: 'Unknown property' }) });
		const items = ['a', 'b', 'a'].map((plan, index) => ({ phone: `+1202555000${index}`, plan }));
		const { outputs } = await run(add(properties({ plan: '={{ $json.plan }}' })), {
			items,
			onError: 'continueErrorOutput',
		});
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	});

	it.each([
		['a number without plus', '12025550123', /not in the form \+12025550123 \(it ends in 23\)/],
		['nothing', '={{ "" }}', /^"Phones" is empty/],
		[
			'more than 1000 numbers',
			people(1001)
				.map(({ phone }) => phone)
				.join(','),
			/^"Phones" holds 1001 numbers/,
		],
	])('refuses %s before any call', async (_, phones, message) => {
		const { error } = await run(add({ phones }));
		expect(error?.message).toMatch(message);
		expect(world.callsTo('chatfuel')).toEqual([]);
	});

	it('names a wrong token, which Chatfuel answers with an empty body', async () => {
		const { error } = await run(add(), {
			items: people(1),
			credentials: credentials({ contactsToken: 'wrong' }),
		});
		expect(error?.message).toMatch(/did not accept the credential/);
	});

	it.each(REFUSALS)('words HTTP %i', async (status, message) => {
		world.misbehave('chatfuel', ...answersTo(status, {}));
		const { error } = await run(add(), { items: people(1) });
		expect(error?.message).toMatch(message);
		expect(simulator.state().contacts).toEqual({});
	});

	it('asks again after a 429 and never after a timeout', async () => {
		world.misbehave('chatfuel', { kind: 'rateLimit', seconds: 0 });
		expect((await run(add(), { items: people(1) })).error).toBeUndefined();
		world.misbehave('chatfuel', { kind: 'timeoutAfter' });
		const { error } = await run(add(), { items: people(1) });
		expect(error?.description).toContain('may have carried the request out');
		expect(world.callsTo('chatfuel')).toHaveLength(3);
	});
});
