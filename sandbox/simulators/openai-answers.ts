import { createHash } from 'node:crypto';
import { json, type SimResponse } from './kit';
import { objects, type Json } from './openai-json';
import type { Ask, ToolCall } from './openai-requests';

/** What the model says: text, calls, or both. */
export interface Spoken {
	text: string;
	calls: ToolCall[];
}

/** An answer on its way: what is said, to whom, and what tells this answer from all others. */
export interface Answer extends Spoken {
	ask: Ask;
	/** Unix seconds. */
	created: number;
	/** Counts answers. */
	number: number;
}

/** Identifiers look random, and are the same in every run. */
export const idFor = (prefix: string, ...seed: Array<string | number>): string =>
	`${prefix}${createHash('sha256').update(seed.join(' ')).digest('hex').slice(0, 32)}`;

/** About four characters a token. */
const tokens = (text: string) => Math.ceil(text.length / 4);

const counts = ({ ask, text, calls }: Answer) => ({
	input: tokens(ask.messages.map((message) => message.text).join('')),
	output: tokens(text + calls.map((call) => call.name + call.arguments).join('')),
});

const completionUsage = (answer: Answer) => {
	const { input, output } = counts(answer);
	return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
};

const calledFunctions = (calls: ToolCall[]) =>
	calls.map(({ id, name, arguments: text }) => ({
		id,
		type: 'function',
		function: { name, arguments: text },
	}));

const finishReason = ({ calls }: Answer) => (calls.length > 0 ? 'tool_calls' : 'stop');

const completion = (answer: Answer, object: string): Json => ({
	id: idFor('chatcmpl-', answer.number),
	object,
	created: answer.created,
	model: answer.ask.model,
	service_tier: 'default',
	system_fingerprint: 'fp_frontdesk',
});

function chatAnswer(answer: Answer): Json {
	const { text, calls } = answer;
	return {
		...completion(answer, 'chat.completion'),
		choices: [
			{
				index: 0,
				message: {
					role: 'assistant',
					content: text || (calls.length > 0 ? null : ''),
					refusal: null,
					annotations: [],
					...(calls.length > 0 && { tool_calls: calledFunctions(calls) }),
				},
				logprobs: null,
				finish_reason: finishReason(answer),
			},
		],
		usage: completionUsage(answer),
	};
}

/** Text in pieces of a few characters; no piece splits a character. */
const pieces = (text: string): string[] => text.match(/.{1,24}/gsu) ?? [];

/** An event stream in one piece; a name is written where the event has one. */
const eventStream = (events: Array<{ name?: string; data: unknown }>): SimResponse => ({
	status: 200,
	headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
	body: events
		.map(({ name, data }) => {
			const text = typeof data === 'string' ? data : JSON.stringify(data);
			return `${name ? `event: ${name}\n` : ''}data: ${text}\n\n`;
		})
		.join(''),
});

function chatStream(answer: Answer): SimResponse {
	const base = completion(answer, 'chat.completion.chunk');
	const chunk = (delta: Json, finish: string | null = null): { data: unknown } => ({
		data: {
			...base,
			choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
			...(answer.ask.includeUsage && { usage: null }),
		},
	});
	const calls = answer.calls.flatMap(({ id, name, arguments: text }, index) => [
		chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
		...pieces(text).map((piece) => chunk({ tool_calls: [{ index, function: { arguments: piece } }] })),
	]);
	return eventStream([
		chunk({ role: 'assistant', content: answer.calls.length > 0 ? null : '', refusal: null }),
		...pieces(answer.text).map((content) => chunk({ content })),
		...calls,
		chunk({}, finishReason(answer)),
		...(answer.ask.includeUsage ? [{ data: { ...base, choices: [], usage: completionUsage(answer) } }] : []),
		{ data: '[DONE]' },
	]);
}

const textPart = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] });

function outputOf({ text, calls, number }: Answer): Json[] {
	const message = {
		id: idFor('msg_', number),
		type: 'message',
		status: 'completed',
		role: 'assistant',
		content: [textPart(text)],
	};
	return [
		...(text || calls.length === 0 ? [message] : []),
		...calls.map((call, index) => ({
			id: idFor('fc_', number, index),
			type: 'function_call',
			status: 'completed',
			call_id: call.id,
			name: call.name,
			arguments: call.arguments,
		})),
	];
}

/** The identifier of the answer, by which a later request may go on. */
export const responseId = (number: number): string => idFor('resp_', number);

function responseAnswer(answer: Answer, output: Json[] = outputOf(answer)): Json {
	const { body, model } = answer.ask;
	const { input, output: written } = counts(answer);
	return {
		id: responseId(answer.number),
		object: 'response',
		created_at: answer.created,
		status: 'completed',
		error: null,
		incomplete_details: null,
		instructions: body.instructions ?? null,
		max_output_tokens: body.max_output_tokens ?? null,
		model,
		output,
		parallel_tool_calls: body.parallel_tool_calls ?? true,
		previous_response_id: body.previous_response_id ?? null,
		reasoning: { effort: null, summary: null },
		store: body.store ?? true,
		temperature: body.temperature ?? 1,
		text: body.text ?? { format: { type: 'text' } },
		tool_choice: body.tool_choice ?? 'auto',
		tools: objects(body.tools).map((tool) => ({ strict: true, ...tool })),
		top_p: body.top_p ?? 1,
		truncation: 'disabled',
		usage: {
			input_tokens: input,
			input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
			output_tokens: written,
			output_tokens_details: { reasoning_tokens: 0 },
			total_tokens: input + written,
		},
		metadata: body.metadata ?? {},
	};
}

type Event = Json & { type: string };

function messageEvents(item: Json, at: Json): Event[] {
	const text = (item.content as Array<{ text: string }>).map((part) => part.text).join('');
	const within = { ...at, content_index: 0 };
	return [
		{ type: 'response.content_part.added', ...within, part: textPart('') },
		...pieces(text).map((delta) => ({ type: 'response.output_text.delta', ...within, delta, logprobs: [] })),
		{ type: 'response.output_text.done', ...within, text, logprobs: [] },
		{ type: 'response.content_part.done', ...within, part: textPart(text) },
	];
}

function callEvents(item: Json, at: Json): Event[] {
	const text = item.arguments as string;
	const type = 'response.function_call_arguments';
	return [
		...pieces(text).map((delta) => ({ type: `${type}.delta`, ...at, delta })),
		{ type: `${type}.done`, ...at, name: item.name, arguments: text },
	];
}

function itemEvents(item: Json, index: number): Event[] {
	const at = { item_id: item.id, output_index: index };
	const isMessage = item.type === 'message';
	const empty = isMessage ? { content: [] } : { arguments: '' };
	return [
		{
			type: 'response.output_item.added',
			output_index: index,
			item: { ...item, ...empty, status: 'in_progress' },
		},
		...(isMessage ? messageEvents(item, at) : callEvents(item, at)),
		{ type: 'response.output_item.done', output_index: index, item },
	];
}

function responseStream(answer: Answer): SimResponse {
	const begun = { ...responseAnswer(answer, []), status: 'in_progress', usage: null };
	const events: Event[] = [
		{ type: 'response.created', response: begun },
		{ type: 'response.in_progress', response: begun },
		...outputOf(answer).flatMap(itemEvents),
		{ type: 'response.completed', response: responseAnswer(answer) },
	];
	return eventStream(
		events.map((event, index) => ({ name: event.type, data: { ...event, sequence_number: index } })),
	);
}

/** The answer as the API that was asked gives it, at once or as a stream of events. */
export function answerWith(answer: Answer): SimResponse {
	const { api, stream } = answer.ask;
	if (api === 'chat') return stream ? chatStream(answer) : json(200, chatAnswer(answer));
	return stream ? responseStream(answer) : json(200, responseAnswer(answer));
}
