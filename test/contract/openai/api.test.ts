import { sandbox } from '../../../sandbox/simulators/openai';
import { describeWithSpecs, jsonPayload } from '../../support/specs';
import {
	CHAT_TOOL,
	eventsOf,
	NOW,
	openAiBench,
	RESPONSES_TOOL,
	says,
	TOOL,
	type Bench,
	type Json,
} from './bench';

const HEARD = { messages: [says('Hello')] };
const CALL = { name: 'book_slot', arguments: { slot: '10:00' } };

interface Completion {
	choices: Array<{ message: Json & { content: string; tool_calls: Array<{ id: string }> } }>;
}
interface ResponseBody {
	id: string;
	output: Array<Json & { call_id: string; content: Array<{ text: string }> }>;
}

let openai: Bench;
beforeEach(() => (openai = openAiBench()));

describe('what OpenAI answers', () => {
	it('lists its models', () => {
		const { status, body } = openai.get('/models');
		expect(status).toBe(200);
		expect(body).toMatchObject({ object: 'list' });
		expect((body as { data: Json[] }).data).toContainEqual(
			expect.objectContaining({ id: 'gpt-5-mini', object: 'model', owned_by: 'system' }),
		);
	});

	it('says scripted text, then what the stand-in says', () => {
		openai.simulator.script('First', ({ messages }) => `You said ${messages.at(-1)?.text}`);
		const texts = [1, 2, 3].map(() => (openai.chat(HEARD).body as Completion).choices[0]?.message.content);
		expect(texts).toEqual(['First', 'You said Hello', 'Hello! How can I help you?']);
		expect(openai.simulator.state()).toMatchObject({ scripted: 0, conversations: [{}, {}, {}] });
	});

	it('calls functions, hears their results and goes on: Chat Completions', () => {
		openai.simulator.script({ calls: [CALL, CALL] }, 'Booked.');
		const { body } = openai.chat({ ...HEARD, tools: [CHAT_TOOL] });
		const [{ message }] = (body as Completion).choices as [Completion['choices'][number]];
		expect(body).toMatchObject({ choices: [{ finish_reason: 'tool_calls', message: { content: null } }] });
		expect(message.tool_calls[0]).toEqual({
			id: expect.stringMatching(/^call_\w{24}$/) as string,
			type: 'function',
			function: { name: 'book_slot', arguments: '{"slot":"10:00"}' },
		});
		const results = message.tool_calls.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: 'ok' }));
		const next = openai.chat({ messages: [says('Hello'), message, ...results], tools: [CHAT_TOOL] });
		expect(next.body).toMatchObject({
			choices: [{ message: { content: 'Booked.' }, finish_reason: 'stop' }],
		});
		expect(new Set(message.tool_calls.map(({ id }) => id)).size).toBe(2);
	});

	it('calls functions, hears their results and goes on: Responses', () => {
		openai.simulator.script({ text: 'One moment.', calls: [CALL] }, 'Booked.', 'Anything else?');
		const first = openai.respond({ input: [says('Hello')], tools: [RESPONSES_TOOL] }).body as ResponseBody;
		expect(first.output).toMatchObject([
			{ type: 'message', content: [{ type: 'output_text', text: 'One moment.' }] },
			{ type: 'function_call', name: 'book_slot', arguments: '{"slot":"10:00"}' },
		]);
		const result = { type: 'function_call_output', call_id: first.output[1]?.call_id, output: 'ok' };
		const second = openai.respond({ input: [says('Hello'), ...first.output, result] }).body as ResponseBody;
		expect(second.output[0]?.content[0]?.text).toBe('Booked.');
		const third = openai.respond({ previous_response_id: second.id, input: 'Thanks' });
		expect(third).toMatchObject({ status: 200, body: { previous_response_id: second.id } });
		const [, , last] = openai.simulator.state().conversations;
		expect(last?.ask.messages.map(({ role }) => role)).toEqual([
			...['user', 'assistant', 'assistant', 'tool', 'assistant', 'user'],
		]);
	});

	it.each([true, false])('streams Chat Completions, tokens counted: %s', (include_usage) => {
		const text = 'Zażółć gęślą jaźń 😀 and a little more than one piece';
		openai.simulator.script({ text, calls: [CALL] });
		const answer = openai.chat({
			...HEARD,
			tools: [CHAT_TOOL],
			stream: true,
			stream_options: { include_usage },
		});
		expect(answer.headers?.['content-type']).toBe('text/event-stream; charset=utf-8');
		const events = eventsOf(answer) as Array<{
			choices?: Array<{ delta: { content?: string; tool_calls?: Array<{ function: Json }> } }>;
			usage?: Json;
		}>;
		const deltas = events.flatMap(({ choices }) => choices ?? []).map(({ delta }) => delta);
		expect(deltas.map(({ content }) => content ?? '').join('')).toBe(text);
		const called = deltas.flatMap(({ tool_calls }) => tool_calls ?? []).map((call) => call.function);
		expect(called[0]).toEqual({ name: 'book_slot', arguments: '' });
		expect(called.map((part) => part.arguments).join('')).toBe('{"slot":"10:00"}');
		expect(events.at(-1)).toEqual({ done: true });
		expect(events.filter(({ usage }) => usage)).toHaveLength(include_usage ? 1 : 0);
	});

	it('streams Responses as numbered events that end with the whole answer', () => {
		openai.simulator.script({ text: 'A sentence of more than one piece.', calls: [CALL] });
		const answer = openai.respond({ input: 'Hello', tools: [RESPONSES_TOOL], stream: true });
		const events = eventsOf(answer) as Array<Json & { type: string; delta?: string }>;
		expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
		expect([...new Set(events.map(({ type }) => type))]).toEqual([
			'response.created',
			'response.in_progress',
			'response.output_item.added',
			'response.content_part.added',
			'response.output_text.delta',
			'response.output_text.done',
			'response.content_part.done',
			'response.output_item.done',
			'response.function_call_arguments.delta',
			'response.function_call_arguments.done',
			'response.completed',
		]);
		const deltas = (type: string) =>
			events
				.filter((event) => event.type === type)
				.map(({ delta }) => delta)
				.join('');
		expect(deltas('response.output_text.delta')).toBe('A sentence of more than one piece.');
		expect(deltas('response.function_call_arguments.delta')).toBe('{"slot":"10:00"}');
		expect(events.at(-1)).toMatchObject({ response: { status: 'completed', output: [{}, {}] } });
		expect(String(answer.body)).toMatch(/^event: response\.created\ndata: /);
	});

	it('gives the same answer to the same questions, and forgets all when reset', () => {
		const bodies = [1, 2].map(() => {
			openai.simulator.reset();
			return openai.respond({ input: 'Hello' }).body;
		});
		expect(bodies[0]).toEqual(bodies[1]);
		openai.simulator.script('Never said');
		openai.simulator.reset();
		expect(openai.simulator.state()).toEqual({ conversations: [], scripted: 0 });
	});

	it('takes the credential that the sandbox gives out', () => {
		const [credential] = sandbox.credentials ?? [];
		expect(credential).toMatchObject({ name: 'OpenAI', type: 'openAiApi' });
		const { apiKey } = credential?.data as { apiKey: string };
		expect(openai.get('/models', { authorization: `Bearer ${apiKey}` }).status).toBe(200);
	});
});

const tool = (change: Json) => [{ type: 'function', function: { ...TOOL, ...change } }];
const strict = (schema: Json) => ({
	type: 'json_schema',
	json_schema: { name: 'lead', strict: true, schema },
});

describe('what OpenAI refuses', () => {
	const errorOf = (answer: { body?: unknown }) => (answer.body as { error: Json }).error;

	it.each<[string, Record<string, string>, string | null]>([
		['no key', {}, null],
		['another key', { authorization: 'Bearer sk-proj-0123456789abcdef' }, 'invalid_api_key'],
	])('answers 401 to %s, and never shows the key', (_, headers, code) => {
		for (const answer of [openai.get('/models', headers), openai.post('/responses', {}, headers)]) {
			expect(answer.status).toBe(401);
			expect(errorOf(answer)).toMatchObject({ type: 'invalid_request_error', param: null, code });
			expect(JSON.stringify(answer.body)).not.toContain('0123456789');
		}
	});

	it('answers 404 to an unknown model and an unknown path', () => {
		const refusals = [
			openai.chat({ ...HEARD, model: 'gpt-9' }),
			openai.respond({ input: 'Hi', model: 'gpt-9' }),
		];
		for (const answer of refusals) {
			expect(answer.status).toBe(404);
			expect(errorOf(answer)).toEqual({
				message: 'The model `gpt-9` does not exist or you do not have access to it.',
				type: 'invalid_request_error',
				param: null,
				code: 'model_not_found',
			});
		}
		expect(errorOf(openai.post('/nothing', {})).message).toBe('Invalid URL (POST /v1/nothing)');
	});

	it('answers 429 with the same hint in words and headers', () => {
		const answer = openai.simulator.rateLimited(20);
		expect(answer).toMatchObject({
			status: 429,
			headers: {
				'retry-after': '20',
				'retry-after-ms': '20000',
				'x-ratelimit-remaining-requests': '0',
				'x-ratelimit-reset-requests': '20s',
			},
			body: { error: { type: 'requests', param: null, code: 'rate_limit_exceeded' } },
		});
		expect(errorOf(answer).message).toContain('Please try again in 20s.');
	});

	it.each<[string, Json, string | null, RegExp]>([
		['no messages', {}, 'messages', /^Missing required parameter: 'messages'\.$/],
		['empty messages', { messages: [] }, 'messages', /empty array/],
		['an unknown role', { messages: [{ role: 'boss', content: 'x' }] }, 'messages[0].role', /'boss'/],
		['no model', { ...HEARD, model: '' }, null, /you must provide a model parameter/],
		[
			'JSON mode that never says so',
			{ ...HEARD, response_format: { type: 'json_object' } },
			'messages',
			/must contain the word 'json'/,
		],
		[
			'a schema without a name',
			{ ...HEARD, response_format: { type: 'json_schema', json_schema: {} } },
			'response_format.json_schema.name',
			/Missing/,
		],
		[
			'a strict schema left open',
			{ ...HEARD, response_format: strict({ type: 'object', properties: {} }) },
			'response_format',
			/In context=\(\), 'additionalProperties'/,
		],
		[
			'a strict schema with a choice to leave out',
			{
				...HEARD,
				response_format: strict({
					type: 'object',
					additionalProperties: false,
					properties: { name: { type: 'string' } },
					required: [],
				}),
			},
			'response_format',
			/Missing 'name'/,
		],
		[
			'a function with spaces in its name',
			{ ...HEARD, tools: tool({ name: 'book a slot' }) },
			'tools[0].function.name',
			/pattern/,
		],
		[
			'a function with a long name',
			{ ...HEARD, tools: tool({ name: 'x'.repeat(65) }) },
			'tools[0].function.name',
			/maximum length 64/,
		],
		[
			'arguments that are no object',
			{ ...HEARD, tools: tool({ parameters: { type: 'string' } }) },
			'tools[0].function.parameters',
			/type: "object"/,
		],
		[
			'a list of nobody knows what',
			{ ...HEARD, tools: tool({ parameters: { type: 'object', properties: { tags: { type: 'array' } } } }) },
			'tools[0].function.parameters',
			/In context=\('properties', 'tags'\), array schema missing items/,
		],
		[
			'a tool_choice without tools',
			{ ...HEARD, tool_choice: 'auto' },
			'tool_choice',
			/only allowed when 'tools'/,
		],
		[
			'a temperature for a model that thinks',
			{ ...HEARD, model: 'gpt-5-mini', temperature: 0.2 },
			'temperature',
			/does not support 0\.2/,
		],
		[
			'a call without its result',
			{ messages: [{ role: 'assistant', tool_calls: [{ id: 'call_1', function: TOOL }] }] },
			'messages',
			/did not have response messages: call_1/,
		],
		[
			'a result without its call',
			{ messages: [{ role: 'tool', tool_call_id: 'call_1', content: '' }] },
			'messages',
			/must be a response/,
		],
	])('answers 400 to %s in Chat Completions', (_, body, param, message) => {
		const answer = openai.chat(body);
		expect(answer.status).toBe(400);
		expect(errorOf(answer)).toMatchObject({
			type: 'invalid_request_error',
			param,
			message: expect.stringMatching(message) as string,
		});
	});

	it.each<[string, Json, string, RegExp]>([
		['no input', {}, 'input', /Missing/],
		['no model', { input: 'Hi', model: undefined }, 'model', /Missing/],
		[
			'a temperature for a model that thinks',
			{ input: 'Hi', temperature: 0 },
			'temperature',
			/not supported with this model/,
		],
		[
			'JSON mode that never says so',
			{ input: 'Hi', text: { format: { type: 'json_object' } } },
			'input',
			/'text\.format'/,
		],
		[
			'a function with spaces in its name',
			{ input: 'Hi', tools: [{ ...RESPONSES_TOOL, name: 'a b' }] },
			'tools[0].name',
			/pattern/,
		],
		[
			'an answer nobody gave',
			{ input: 'Hi', previous_response_id: 'resp_1' },
			'previous_response_id',
			/'resp_1' not found/,
		],
		[
			'a call without its result',
			{ input: [{ type: 'function_call', call_id: 'call_1', name: 'x', arguments: '{}' }] },
			'input',
			/^No tool output found for function call call_1\.$/,
		],
	])('answers 400 to %s in Responses', (_, body, param, message) => {
		const answer = openai.respond(body);
		expect(answer.status).toBe(400);
		expect(errorOf(answer)).toMatchObject({ param, message: expect.stringMatching(message) as string });
	});

	it('answers 400 to what is no JSON, and 500 to a script that calls what was not offered', () => {
		expect(errorOf(openai.post('/responses', '{')).message).toContain('could not parse the JSON body');
		openai.simulator.script({ calls: [CALL] });
		const answer = openai.respond({ input: 'Hi' });
		expect([answer.status, errorOf(answer).message]).toEqual([
			500,
			'The script calls book_slot; the tools on offer: none.',
		]);
	});
});

/** Keys of an example that the other lacks, or holds as another kind of value. */
function differences(example: unknown, other: unknown, at = ''): string[] {
	const kind = (value: unknown) => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value);
	if (kind(example) !== kind(other)) return [`${at} is ${kind(other)}, not ${kind(example)}`];
	if (Array.isArray(example))
		return example.flatMap((one, index) => differences(one, (other as unknown[])[index], `${at}[${index}]`));
	if (kind(example) !== 'object') return [];
	return Object.entries(example as Json).flatMap(([key, value]) =>
		differences(value, (other as Json)[key], `${at}.${key}`),
	);
}

describeWithSpecs('OpenAI against what n8n sends and takes', () => {
	const recorded = (file: string) => jsonPayload<{ url: string; body: Json }>('openai', file);
	const send = ({ url, body }: { url: string; body: Json }, change: Json = {}) =>
		openai.post(url.replace('/v1', ''), { ...body, ...change });

	it('serves the recorded requests', () => {
		for (const file of ['request-chat-completions-tools.json', 'request-responses-json_schema.json']) {
			expect(send(recorded(file)).status).toBe(200);
		}
		const withTemperature = recorded('request-chat-completions.json');
		expect(send(withTemperature, { model: 'gpt-4.1-mini' }).status).toBe(200);
		// The recording server took anything; OpenAI's gpt-5 models take no temperature.
		expect(send(withTemperature)).toMatchObject({ status: 400, body: { error: { param: 'temperature' } } });
	});

	it('answers by the recorded schema', () => {
		openai.simulator.reset();
		const { body } = send(recorded('request-responses-json_schema.json'), { input: 'My name is Ana Pérez' });
		const text = (body as ResponseBody).output[0]?.content[0]?.text ?? '';
		expect(JSON.parse(text)).toEqual({ name: 'Ana Pérez' });
	});

	it.each<[string, () => unknown]>([
		['response-chat-completions-minimal.json', () => openai.chat(HEARD).body],
		['response-responses-minimal.json', () => openai.respond({ input: 'Hello' }).body],
		['response-models.json', () => openai.get('/models').body],
		['error-429.json', () => openai.simulator.rateLimited(1).body],
	])('has all that is in %s', (file, answer) => {
		expect(differences(jsonPayload('openai', file), answer())).toEqual([]);
	});

	it('tells the time of an answer in Unix seconds', () => {
		expect(openai.chat(HEARD).body).toMatchObject({ created: NOW / 1000 });
		expect(openai.respond({ input: 'Hi' }).body).toMatchObject({ created_at: NOW / 1000 });
	});
});
