import { eventBody } from '../../../sandbox/simulators/chatwoot-events';
import type { SimConversation, SimUser } from '../../../sandbox/simulators/chatwoot-store';
import { plainAnswer } from '../../../sandbox/simulators/kit';
import { describeWithSpecs, jsonPayload } from '../../support/specs';
import { chatwootBench, credential, HOST, type Bench } from '../../unit/chatwoot/bench';

type Json = Record<string, unknown>;

const kind = (value: unknown) => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value);

/** Keys of an example that the other lacks, or has as another kind of thing; null fits everything. */
function differences(example: unknown, other: unknown, at = ''): string[] {
	if (kind(example) === 'null' || kind(other) === 'null') return [];
	if (kind(example) !== kind(other)) return [`${at} is ${kind(other)}, not ${kind(example)}`];
	if (Array.isArray(example)) {
		const [first] = other as unknown[];
		return example.length === 0 || first === undefined ? [] : differences(example[0], first, `${at}[]`);
	}
	if (typeof example !== 'object') return [];
	// What is in these is the account's own.
	if (/(custom_attributes|additional_attributes|changed_attributes\[\])$/.test(at)) return [];
	return Object.entries(example as Json).flatMap(([key, value]) =>
		key in (other as Json)
			? differences(value, (other as Json)[key], `${at}.${key}`)
			: [`${at}.${key} is missing`],
	);
}

/** Against the payloads that were put together from Chatwoot's source. */
describeWithSpecs("the simulator's Chatwoot, against its source", () => {
	let bench: Bench;
	let events: Json[];
	beforeEach(() => {
		events = [];
		bench = chatwootBench({
			send: async (_, { body }) => {
				events.push(JSON.parse(body) as Json);
				return plainAnswer(200);
			},
		});
		bench.simulator.account().webhooks.push({
			id: 1,
			name: null,
			url: 'https://n8n.example.com/webhook/x',
			secret: 's',
			subscriptions: ['contact_created', 'message_created', 'conversation_updated'],
		});
	});
	afterEach(() => bench.stop());

	const ask = (method: string, path: string, body?: Json) =>
		bench.simulator.handle({
			method,
			url: new URL(`${HOST}/api/v1/accounts/1${path}`),
			headers: { api_access_token: credential().data.accessToken },
			text: body ? JSON.stringify(body) : '',
		});
	const jane = { name: 'Jane', email: 'jane@example.com', phone_number: '+12025550123', inbox_id: 9 };
	const example = (file: string) => jsonPayload<Json>('chatwoot', file);

	it('answers a new contact, a duplicate and a search as documented', () => {
		const created = ask('POST', '/contacts', jane);
		expect(differences(example('create-contact.response.json'), created.body)).toEqual([]);
		const again = ask('POST', '/contacts', { phone_number: '+12025550123' });
		expect(again).toMatchObject({ status: 422, body: example('error.422-duplicate-phone.response.json') });
		bench.simulator.receive(bench.simulator.account().contacts.get(55)!, 'Hi');
		const found = ask('GET', '/contacts/search?q=%2B12025550123');
		expect(differences(example('search-contacts.response.json'), found.body)).toEqual([]);
	});

	it('sends events as documented', async () => {
		ask('POST', '/contacts', jane);
		bench.simulator.receive(bench.simulator.account().contacts.get(55)!, 'Hi, I want to book');
		ask('POST', '/conversations/42/assignments', { assignee_id: 3 });
		ask('POST', '/conversations/42/toggle_status', { status: 'resolved' });
		await bench.simulator.settled();
		for (const event of ['contact_created', 'message_created', 'conversation_updated']) {
			const sent = events.filter((one) => one.event === event).at(-1);
			expect(differences(example(`${event}.webhook.json`), sent)).toEqual([]);
		}
		expect(events.map(({ event }) => event)).toContain('message_created');
	});

	it('tells of an edit as of a new message but for the event, and repeats a call when told to', async () => {
		const { simulator } = bench;
		const [hook] = simulator.account().webhooks;
		hook?.subscriptions.push('message_updated');
		const { id } = simulator.receive(simulator.given({ phone_number: '+12025550123' }), 'Tomorow');
		simulator.edit(id, 'Tomorrow');
		const [made, edited] = simulator.deliveries.filter(({ body }) => body.includes('"message_type"'));
		if (!made || !edited) throw new Error('Chatwoot did not tell');
		expect(JSON.parse(edited.body)).toMatchObject({ id, event: 'message_updated', content: 'Tomorrow' });
		simulator.redeliver(made);
		simulator.repeatEvent(made);
		await simulator.settled();
		const [again, anew] = simulator.deliveries.slice(-2);
		expect(again).toEqual(made);
		expect(anew).toMatchObject({ url: made.url, body: made.body, status: 200 });
		expect(anew?.headers['x-chatwoot-delivery']).not.toBe(made.headers['x-chatwoot-delivery']);
		expect(() => simulator.edit(1, 'x')).toThrow();
		simulator.reset();
		expect(simulator.deliveries).toEqual([]);
	});

	it('says types and times in two dialects, as Chatwoot does', () => {
		bench.simulator.receive(bench.simulator.given({ phone_number: '+12025550123' }), 'Hi');
		const account = bench.simulator.account();
		const conversation = account.conversations.get(42) as SimConversation;
		const users: SimUser[] = [];
		const [message] = conversation.messages;
		const body = eventBody(users, { event: 'message_created', account, conversation, message }) as Json;
		expect([body.message_type, typeof body.created_at]).toEqual(['incoming', 'string']);
		const [inside] = (body.conversation as { messages: Json[] }).messages;
		expect([inside?.message_type, typeof inside?.created_at]).toEqual([0, 'number']);
	});
});
