import axios from 'axios';
import { DateTime } from 'luxon';
import { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import { OpenAiSimulator } from '../../sandbox/simulators/openai';
import type { Ask } from '../../sandbox/simulators/openai-requests';
import type { Simulator } from '../../sandbox/simulators/kit';
import { eventually, theHouse } from '../support/house';
import { publishChain, type TestNode } from '../support/temporary';

const AGENT = 'Receptionist';
const PATH = 'agent-tools';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
/** What n8n writes into a field whose star button was pressed. */
const fromAi = (key: string, description: string, type = 'string') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description}\`, '${type}') }}`;

const tool = (
	name: string,
	type: string,
	credential: [string, string],
	parameters: Record<string, unknown>,
): TestNode => ({
	name,
	type: `n8n-nodes-frontdesk.${type}Tool`,
	credential,
	parameters,
	attached: { to: AGENT, by: 'ai_tool' },
});

const TOOLS = [
	tool('Answer in Chatwoot', 'chatwoot', ['chatwootAccountApi', 'Chatwoot'], {
		resource: 'message',
		operation: 'send',
		account: byId('1'),
		conversation: byId(fromAi('conversation', 'The number of the conversation', 'number')),
		text: fromAi('text', 'What to say'),
	}),
	tool('Find a client (Altegio)', 'altegio', ['altegioApi', 'Altegio'], {
		resource: 'client',
		operation: 'search',
		location: byId('123456'),
		searchText: fromAi('name_or_phone', ''),
	}),
	tool('Book in Cal.com', 'calCom', ['calComApi', 'Cal.com'], {
		resource: 'appointment',
		operation: 'create',
		service: byId(fromAi('event_type', 'The ID of the event type')),
		start: fromAi('start', 'ISO 8601'),
		timeZone: 'Europe/Warsaw',
		clientName: fromAi('name', ''),
		clientEmail: fromAi('email', ''),
	}),
	tool('Send an SMS', 'twilioMessage', ['twilioMessageApi', 'Twilio Message'], {
		resource: 'message',
		operation: 'send',
		from: '+15005550006',
		to: fromAi('to', "The customer's number"),
		body: fromAi('body', ''),
	}),
];

const start = DateTime.utc().plus({ days: 5 }).startOf('week').plus({ days: 7, hours: 10 });

const flow = (responsesApiEnabled: boolean): TestNode[] => [
	{
		name: 'Ask',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: PATH,
		parameters: { path: PATH, httpMethod: 'POST', responseMode: 'lastNode' },
	},
	{
		name: AGENT,
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 3.1,
		parameters: { promptType: 'define', text: '={{ $json.body.text }}', options: {} },
	},
	{
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.3,
		credential: ['openAiApi', 'OpenAI'],
		parameters: {
			model: { __rl: true, mode: 'list', value: 'gpt-5-mini' },
			responsesApiEnabled,
			options: {},
		},
		attached: { to: AGENT, by: 'ai_languageModel' },
	},
	...TOOLS,
];

const simulator = <Kind extends Simulator>(kind: new () => Kind): Kind =>
	theHouse().world.simulators.find((one) => one instanceof kind) as Kind;

/** The sandbox's triggers register at their providers, and read where, when n8n gets to it. */
const REGISTRATION = /\/(hooks_settings|webhooks)\b|\/company\/\d+$/;

const calls = (provider: string) =>
	theHouse()
		.world.callsTo(provider)
		.filter(({ request }) => !REGISTRATION.test(request.url))
		.map(({ request, response }) => ({ ...request, status: response?.status }));

/** What a tool answered the model, by the tool's name. */
function resultsIn({ messages }: Ask): Record<string, unknown> {
	const names = new Map(
		messages.flatMap((message) => message.calls.map(({ id, name }) => [id, name] as const)),
	);
	return Object.fromEntries(
		messages
			.filter(({ role }) => role === 'tool')
			.map(({ callId = '', text }) => [names.get(callId), JSON.parse(text) as unknown]),
	);
}

/** Sends to the webhook, which answers 404 until n8n has registered it. */
const sent = async (body: object) =>
	await eventually(
		async () =>
			await axios.post<unknown>(theHouse().webhook(PATH), body, {
				proxy: false,
				validateStatus: (status) => status !== 404,
			}),
	);

/** Runs the agent once. @returns its final answer, and what it last asked the model */
async function play(responsesApiEnabled: boolean, text: string): Promise<{ answer: unknown; last: Ask }> {
	const published = await publishChain('Agent with tools', flow(responsesApiEnabled));
	const { data } = await sent({ text });
	await theHouse().editor.unpublish(published);
	const { conversations, scripted } = simulator(OpenAiSimulator).state();
	expect(scripted).toBe(0);
	return { answer: data, last: conversations.at(-1)?.ask as Ask };
}

describe('An agent with our nodes as its tools', () => {
	beforeEach(() => theHouse().world.reset());

	it.each([
		['Responses', true],
		['Chat Completions', false],
	])('calls each once and hears what came of it, by %s', async (api, responsesApiEnabled) => {
		const chatwoot = simulator(ChatwootSimulator);
		chatwoot.receive(chatwoot.given({ name: 'Anna Kowalska' }), 'Can I come at ten?');
		const conversation = chatwoot.state().conversations[0]?.id;
		const booking = {
			event_type: '101',
			start: start.toISO(),
			name: 'Anna Kowalska',
			email: 'anna@example.com',
		};
		simulator(OpenAiSimulator).script(
			{ calls: [{ name: 'Find_a_client_Altegio_', arguments: { name_or_phone: 'Jane' } }] },
			{ calls: [{ name: 'Book_in_Cal_com', arguments: booking }] },
			{
				text: 'One moment.',
				calls: [
					{ name: 'Answer_in_Chatwoot', arguments: { conversation, text: 'See "you" 😀' } },
					{ name: 'Send_an_SMS', arguments: { to: '+48 601 234 567', body: 'See you' } },
				],
			},
			'You are booked, Anna.',
		);
		const { answer, last } = await play(responsesApiEnabled, 'Can I come at ten?');

		expect(answer).toEqual({ output: 'You are booked, Anna.' });
		expect(calls('altegio')).toEqual([
			expect.objectContaining({
				method: 'POST',
				url: expect.stringMatching(/\/company\/123456\/clients\/search$/) as string,
				status: 200,
			}),
		]);
		expect(JSON.parse(calls('altegio')[0]?.body ?? '')).toMatchObject({
			filters: [{ type: 'quick_search', state: { value: 'Jane' } }],
		});
		expect(calls('calcom')).toEqual([
			expect.objectContaining({ url: 'https://api.cal.com/v2/bookings', status: 201 }),
		]);
		expect(JSON.parse(calls('calcom')[0]?.body ?? '')).toEqual({
			eventTypeId: 101,
			start: start.toISO({ suppressMilliseconds: true }),
			attendee: { name: 'Anna Kowalska', email: 'anna@example.com', timeZone: 'Europe/Warsaw' },
		});
		expect(calls('chatwoot').map(({ url }) => url)).toEqual([
			`https://chat.frontdesk.example/api/v1/accounts/1/conversations/${conversation}/messages`,
		]);
		expect(chatwoot.state().conversations[0]?.messages.at(-1)).toMatchObject({ content: 'See "you" 😀' });
		expect(calls('twilio').map(({ body }) => Object.fromEntries(new URLSearchParams(body)))).toEqual([
			{ To: '+48601234567', From: '+15005550006', Body: 'See you' },
		]);

		expect(last.api).toBe(api === 'Responses' ? 'responses' : 'chat');
		expect(resultsIn(last)).toEqual({
			Find_a_client_Altegio_: [expect.objectContaining({ name: 'Jane Example', phone: '+12025550123' })],
			Book_in_Cal_com: [
				expect.objectContaining({
					status: 'confirmed',
					start: start.setZone('Europe/Warsaw').toISO({ suppressMilliseconds: true }),
				}),
			],
			Answer_in_Chatwoot: [
				expect.objectContaining({ text: 'See "you" 😀', conversationId: String(conversation) }),
			],
			Send_an_SMS: [expect.objectContaining({ status: 'queued', to: '+48601234567' })],
		});
	});

	it('tells the model what each tool does and what it wants', async () => {
		simulator(OpenAiSimulator).script('Nothing to do.');
		const { last } = await play(true, 'Hello');
		expect(last.tools.map(({ name, description }) => [name, description]).sort()).toEqual([
			['Answer_in_Chatwoot', 'Send message in Chatwoot'],
			['Book_in_Cal_com', 'Create booking in Cal.com'],
			['Find_a_client_Altegio_', 'Search clients in Altegio'],
			['Send_an_SMS', 'Send message in Twilio Message'],
		]);
		const chatwoot = last.tools.find(({ name }) => name === 'Answer_in_Chatwoot');
		expect(chatwoot?.parameters).toMatchObject({
			properties: { conversation: { type: 'number' }, text: { type: 'string', description: 'What to say' } },
			required: ['conversation', 'text'],
		});
	});

	it('hears why a call was refused and what to do about it, and goes on', async () => {
		simulator(OpenAiSimulator).script(
			{
				calls: [
					{ name: 'Send_an_SMS', arguments: { to: '12', body: 'See you' } },
					{ name: 'Answer_in_Chatwoot', arguments: { conversation: 4711, text: 'See you' } },
					{
						name: 'Book_in_Cal_com',
						arguments: { event_type: '101', start: 'tomorrow', name: 'A', email: 'a@example.com' },
					},
				],
			},
			'I could not do that.',
		);
		const { answer, last } = await play(true, 'Book me');
		expect(answer).toEqual({ output: 'I could not do that.' });
		const why = (pattern: RegExp) => [{ error: expect.stringMatching(pattern) as string }];
		expect(resultsIn(last)).toEqual({
			Send_an_SMS: why(/^"To" has no country code[^]+Details: .+/),
			Answer_in_Chatwoot: why(/^Chatwoot could not find what was asked for[^]+Details: .+/),
			Book_in_Cal_com: why(/^"Start" is not a date and time[^]+Details: Use a form like 2026-/),
		});
		expect([calls('twilio'), calls('calcom')]).toEqual([[], []]);
	});
});
