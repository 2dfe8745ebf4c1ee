import type { IDataObject } from 'n8n-workflow';
import { CREDENTIALS } from '../../../sandbox/simulators/chatwoot';
import type { SimContact } from '../../../sandbox/simulators/chatwoot-store';
import { plainAnswer } from '../../../sandbox/simulators/kit';
import { byId, chatwootBench, credential, items, type Bench } from './bench';
import { Activated } from './trigger';

const EVERYTHING = [
	'contact_created',
	'contact_updated',
	'conversation_created',
	'conversation_status_changed',
	'conversation_updated',
	'message_created',
	'message_updated',
];

/** A flow's trigger that a simulated Chatwoot really calls. */
describe('Chatwoot Trigger: events', () => {
	let bench: Bench;
	let trigger: Activated;
	let started: IDataObject[];
	let statuses: number[];
	let jane: SimContact;

	beforeEach(() => {
		started = [];
		statuses = [];
		bench = chatwootBench({
			send: async (_, { headers, body }) => {
				const answer = await trigger.call({ headers, rawBody: body });
				statuses.push(answer.status ?? 0);
				started.push(...(answer.items ?? []).map(({ json }) => json));
				return plainAnswer(answer.status ?? 0);
			},
		});
		jane = bench.simulator.given({ name: 'Jane', phone_number: '+551187654321' });
	});
	afterEach(() => bench.stop());

	const listen = async (parameters: IDataObject = {}) => {
		trigger = new Activated({ events: EVERYTHING, ...parameters });
		trigger.flow = expect.getState().currentTestName ?? '';
		await trigger.switchOn();
	};
	const write = async (text = 'Hello') => {
		bench.simulator.receive(jane, text);
		await bench.simulator.settled();
	};
	const send = async (parameters: IDataObject, token?: string) => {
		await items(
			'message.send',
			{ conversation: byId('42'), text: 'Hi', ...parameters },
			{ credentials: [credential(token)] },
		);
		await bench.simulator.settled();
	};
	const told = () =>
		started
			.filter(({ event }) => event === 'message_created')
			.map(({ message }) => {
				const { direction, private: isPrivate, sender } = message as IDataObject;
				return [direction, isPrivate, (sender as IDataObject).type];
			});

	it('starts for what a contact writes, and says who it is by one key for all spellings', async () => {
		await listen({ events: ['message_created'] });
		await write();
		expect(started).toHaveLength(1);
		expect(started[0]).toMatchObject({
			event: 'message_created',
			contact: { id: '55', phone: '+5511987654321', phoneKey: '+5511987654321' },
			conversation: { id: '42', inboxId: '9', channel: 'whatsapp' },
			message: { text: 'Hello', direction: 'incoming', private: false },
		});
	});

	it('is not started by its own answers, by notes, or by bots', async () => {
		await listen({ events: ['message_created'] });
		await write();
		await send({});
		await send({ private: true });
		await send({}, CREDENTIALS.bot);
		expect(told()).toEqual([['incoming', false, 'contact']]);
		expect(statuses).toEqual([200, 200, 200, 200]);
	});

	it.each([
		[['outgoing'], [['outgoing', false, 'user']]],
		[['private'], [['outgoing', true, 'user']]],
		[['bot'], [['outgoing', false, 'bot']]],
		[
			['outgoing', 'private', 'bot'],
			[
				['outgoing', false, 'user'],
				['outgoing', true, 'user'],
				['outgoing', false, 'bot'],
			],
		],
	])('is started by %j where the operator asks for them', async (include, expected) => {
		await listen({ events: ['message_created'], additionalOptions: { include } });
		await write();
		await send({});
		await send({ private: true });
		await send({}, CREDENTIALS.bot);
		expect(told().slice(1)).toEqual(expected);
	});

	it('drops activity messages', async () => {
		await listen();
		const account = { id: 1, name: 'Example Studio' };
		const activity = {
			event: 'message_created',
			id: 1,
			account,
			message_type: 'activity',
			content: 'Assigned',
		};
		const rawBody = JSON.stringify(activity);
		trigger.parameters.authentication = 'none';
		expect(await trigger.call({ rawBody })).toMatchObject({
			status: 200,
			body: { message: 'Nothing to do' },
		});
		trigger.parameters.additionalOptions = { include: ['activity'] };
		expect((await trigger.call({ rawBody })).items).toHaveLength(1);
	});

	it('tells of contacts and conversations, each event by its name', async () => {
		await listen();
		await items('contact.create', { contactName: 'New', email: 'new@example.com' });
		await items('contact.update', { contact: byId('56'), contactName: 'Newer' });
		await write();
		await items('conversation.setStatus', { conversation: byId('42'), status: 'resolved' });
		await items('conversation.addLabels', { conversation: byId('42'), labels: 'lead' });
		await bench.simulator.settled();
		expect(started.map(({ event }) => event)).toEqual([
			'contact_created',
			'contact_updated',
			'conversation_created',
			'message_created',
			'conversation_status_changed',
			'conversation_updated',
			'conversation_updated',
		]);
		expect(started[1]).toMatchObject({
			contact: { id: '56', name: 'Newer' },
			conversation: null,
			changes: { name: { from: 'New', to: 'Newer' } },
		});
		expect(started[6]).toMatchObject({
			changes: { labels: { from: [], to: ['lead'] } },
			contact: { id: '55' },
		});
		const keys = started.map(({ eventKey }) => eventKey);
		expect(new Set(keys).size).toBe(keys.length);
	});

	it('tells of a message that was not delivered', async () => {
		jane = bench.simulator.given({ name: 'Late', phone_number: '+12025550199' });
		await listen({ events: ['message_updated'], additionalOptions: { include: ['outgoing'] } });
		await items('conversation.findOrCreate', { contact: byId(String(jane.id)), inbox: byId('9') });
		await send({});
		expect(started).toHaveLength(1);
		expect(started[0]).toMatchObject({
			message: { externalError: 'Template not found or invalid template name' },
		});
	});

	it('keeps to the inboxes it was told', async () => {
		await listen({ events: ['message_created'], additionalOptions: { inboxIds: '10, 11' } });
		await write();
		expect(started).toEqual([]);
		bench.simulator.receive(jane, 'On the website', { inbox: 10 });
		await bench.simulator.settled();
		expect(started).toMatchObject([{ conversation: { inboxId: '10', channel: 'webWidget' } }]);
	});

	it.each([
		['no JSON', 'hello', 400],
		['no event', '{"id": 1}', 400],
		['another account', '{"id": 1, "event": "contact_created", "account": {"id": 2}}', 200],
		['an event not asked for', '{"id": 1, "event": "inbox_created", "account": {"id": 1}}', 200],
	])('starts nothing for %s', async (_, rawBody, status) => {
		trigger = new Activated({ events: EVERYTHING, authentication: 'none' });
		const answer = await trigger.call({ rawBody });
		expect(answer).toMatchObject({ status, items: undefined });
	});
});
