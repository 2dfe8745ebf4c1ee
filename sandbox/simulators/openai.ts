import { json, readJson, type SandboxEntry, type SimRequest, type SimResponse, type Simulator } from './kit';
import { answerWith, idFor, responseId, type Spoken } from './openai-answers';
import { isObject, textOf, type Json } from './openai-json';
import { Refusal, refuse, tooMany, unauthorized, unknownModel } from './openai-refusals';
import { readAsk, type Ask, type Message } from './openai-requests';
import { standIn } from './openai-standin';
import { openaiPanel } from './openai-panel';

/** What the sandbox's OpenAI takes. */
export const CREDENTIALS = { apiKey: 'sk-proj-frontdesk-sandbox-7Qm2VtXc9LwB4nRd' };

/** A turn of the model as a test writes it: text, or functions to call with their arguments. */
export type Turn = string | { text?: string; calls?: Array<{ name: string; arguments?: Json }> };

/** A turn written beforehand, or one that depends on what is asked. */
export type ScriptedTurn = Turn | ((ask: Ask) => Turn);

export interface OpenAiSettings {
	apiKeys?: string[];
	models?: string[];
	now?: () => number;
}

/** A request and what the model said to it. */
export interface Conversation {
	ask: Ask;
	said: Spoken;
}

const MODELS = [
	'gpt-4.1',
	'gpt-4.1-mini',
	'gpt-4o',
	'gpt-4o-mini',
	'gpt-5',
	'gpt-5-mini',
	'gpt-5-nano',
	'o4-mini',
];
const MODELS_CREATED = 1_754_000_000;
/** They think before they answer, and take no temperature. */
const REASONING = /^(gpt-5|o\d)/;

/**
 * OpenAI's models, Responses and Chat Completions at their true host. Requests are read and refused as OpenAI
 * does; the model behind them says what a test scripted, and without a script what the stand-in makes of the
 * customer's last message (openai-standin.ts).
 */
export class OpenAiSimulator implements Simulator {
	readonly name = 'openai';
	readonly hosts = ['api.openai.com'];
	private readonly settings: Required<OpenAiSettings>;
	private readonly held: Conversation[] = [];
	private turns: ScriptedTurn[] = [];

	constructor(settings: OpenAiSettings = {}) {
		this.settings = { apiKeys: [CREDENTIALS.apiKey], models: MODELS, now: Date.now, ...settings };
	}

	/** Queues turns; each answers one request, in order. When none is left the stand-in answers. */
	script(...turns: ScriptedTurn[]): void {
		this.turns.push(...turns);
	}

	handle(request: SimRequest): SimResponse {
		try {
			return this.answer(request);
		} catch (error) {
			if (error instanceof Refusal) return error.response;
			throw error;
		}
	}

	rateLimited(seconds: number): SimResponse {
		return tooMany(this.settings.models[0] ?? '', seconds);
	}

	reset(): void {
		this.held.length = 0;
		this.turns = [];
	}

	/** What was asked and said, oldest first, and how many scripted turns are left. */
	state(): { conversations: Conversation[]; scripted: number } {
		return { conversations: this.held, scripted: this.turns.length };
	}

	private answer(request: SimRequest): SimResponse {
		const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
		if (!key || !this.settings.apiKeys.includes(key)) throw unauthorized(key);
		const { pathname } = request.url;
		switch (`${request.method} ${pathname}`) {
			case 'GET /v1/models':
				return json(200, { object: 'list', data: this.settings.models.map(modelView) });
			case 'POST /v1/responses':
				return this.speak('responses', readJson(request));
			case 'POST /v1/chat/completions':
				return this.speak('chat', readJson(request));
			default:
				throw new Refusal(404, `Invalid URL (${request.method} ${pathname})`);
		}
	}

	private speak(api: Ask['api'], body: unknown): SimResponse {
		const ask = readAsk(api, body, this.earlier(body));
		if (!this.settings.models.includes(ask.model)) throw unknownModel(ask.model);
		checkTemperature(ask);
		const number = this.held.length + 1;
		const said = this.turnFor(ask, number);
		this.held.push({ ask, said });
		return answerWith({ ...said, ask, number, created: Math.floor(this.settings.now() / 1000) });
	}

	/** The conversation up to and with the answer that `previous_response_id` names. */
	private earlier(body: unknown): Message[] {
		const id = isObject(body) ? textOf(body.previous_response_id) : '';
		if (!id) return [];
		const index = this.held.findIndex((_, at) => responseId(at + 1) === id);
		const found = this.held[index];
		if (!found) {
			refuse(
				`Previous response with id '${id}' not found.`,
				'previous_response_id',
				'previous_response_not_found',
			);
		}
		return [...found.ask.messages, { role: 'assistant', ...found.said }];
	}

	private turnFor(ask: Ask, number: number): Spoken {
		const next = this.turns.shift();
		const written = typeof next === 'function' ? next(ask) : next;
		const turn = written ?? standIn(ask, this.settings.now());
		const { text = '', calls = [] } = typeof turn === 'string' ? { text: turn } : turn;
		const stranger = calls.find(({ name }) => !ask.tools.some((tool) => tool.name === name));
		if (stranger) {
			const offered = ask.tools.map(({ name }) => name).join(', ') || 'none';
			throw new Refusal(500, `The script calls ${stranger.name}; the tools on offer: ${offered}.`, {
				type: 'server_error',
			});
		}
		return {
			text,
			calls: calls.map((call, index) => ({
				id: idFor('call_', number, index).slice(0, 29),
				name: call.name,
				arguments: JSON.stringify(call.arguments ?? {}),
			})),
		};
	}
}

const modelView = (id: string) => ({
	id,
	object: 'model',
	created: MODELS_CREATED,
	owned_by: 'system',
});

function checkTemperature({ api, model, body: { temperature } }: Ask): void {
	if (!REASONING.test(model) || temperature === undefined || temperature === null || temperature === 1)
		return;
	if (api === 'responses') {
		refuse("Unsupported parameter: 'temperature' is not supported with this model.", 'temperature');
	}
	refuse(
		`Unsupported value: 'temperature' does not support ${String(temperature)} with this model. Only the default (1) value is supported.`,
		'temperature',
		'unsupported_value',
	);
}

/** The sandbox's OpenAI account. */
export const sandbox: SandboxEntry = {
	create: () => new OpenAiSimulator(),
	panel: openaiPanel,
	credentials: [
		{
			name: 'OpenAI',
			type: 'openAiApi',
			data: { apiKey: CREDENTIALS.apiKey, url: 'https://api.openai.com/v1' },
		},
	],
};
