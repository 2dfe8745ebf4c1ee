import type { SimRequest, SimResponse } from '../../../sandbox/simulators/kit';
import { CREDENTIALS, OpenAiSimulator } from '../../../sandbox/simulators/openai';

export type Json = Record<string, unknown>;

/** A Sunday. */
export const NOW = Date.parse('2026-11-22T10:00:00Z');

export interface Bench {
	simulator: OpenAiSimulator;
	post(path: string, body: unknown, headers?: Record<string, string>): SimResponse;
	get(path: string, headers?: Record<string, string>): SimResponse;
	/** What Chat Completions answers to a body. */
	chat(body: Json): SimResponse;
	/** What Responses answers to a body. */
	respond(body: Json): SimResponse;
}

const AUTHORIZED = { authorization: `Bearer ${CREDENTIALS.apiKey}` };

/** A simulated OpenAI and short ways to ask it. */
export function openAiBench(): Bench {
	const simulator = new OpenAiSimulator({ now: () => NOW });
	const ask = (method: string, path: string, text: string, headers: Record<string, string>): SimResponse => {
		const request: SimRequest = { method, url: new URL(`https://api.openai.com/v1${path}`), headers, text };
		return simulator.handle(request);
	};
	const post: Bench['post'] = (path, body, headers = AUTHORIZED) =>
		ask('POST', path, typeof body === 'string' ? body : JSON.stringify(body), headers);
	return {
		simulator,
		post,
		get: (path, headers = AUTHORIZED) => ask('GET', path, '', headers),
		chat: (body) => post('/chat/completions', { model: 'gpt-4.1-mini', ...body }),
		respond: (body) => post('/responses', { model: 'gpt-5-mini', ...body }),
	};
}

/** A user's message, as both APIs take it. */
export const says = (content: string) => ({ role: 'user', content });

/** A function without anything special, as each API describes it. */
export const TOOL = {
	name: 'book_slot',
	description: 'Books a time',
	parameters: { type: 'object', properties: { slot: { type: 'string' } }, required: ['slot'] },
};
export const CHAT_TOOL = { type: 'function', function: TOOL };
export const RESPONSES_TOOL = { type: 'function', ...TOOL };

/** The data of a stream's events; the closing [DONE] as text. */
export function eventsOf({ body }: SimResponse): Json[] {
	return String(body)
		.split('\n\n')
		.flatMap((block) => /^data: (.+)$/m.exec(block)?.[1] ?? [])
		.map((data) => (data === '[DONE]' ? { done: true } : (JSON.parse(data) as Json)));
}
