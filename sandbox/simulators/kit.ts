import type { Panel } from './panel';

/** A request as a provider sees it. */
export interface SimRequest {
	method: string;
	url: URL;
	/** Lower-case names. */
	headers: Record<string, string>;
	/** The body as it came, decoded as UTF-8. */
	text: string;
}

/** What a provider answers, or how it fails to. */
export interface SimResponse {
	status: number;
	headers?: Record<string, string>;
	/** Objects are sent as JSON, bytes as they are; undefined sends an empty body. */
	body?: unknown;
}

/**
 * One provider, at its true host names. Written from the provider's documentation alone; it imports nothing
 * of the nodes, or it would share their mistakes.
 */
export interface Simulator {
	/** Short lower-case name, as faults and records use it. */
	readonly name: string;
	readonly hosts: string[];
	handle(request: SimRequest): SimResponse | Promise<SimResponse>;
	/** How this provider says "too many requests", with its own body and headers. */
	rateLimited(seconds: number): SimResponse;
	/** Forgets everything it was told; settings stay. */
	reset(): void;
	/** What it holds, for receipts and tests. */
	state(): unknown;
}

/**
 * A provider told to misbehave.
 * - latency: answers rightly, after so many milliseconds
 * - rateLimit: refuses by the provider's own rate limit answer
 * - answer: gives this answer instead
 * - answerAfter: acts, then gives this answer instead of its own
 * - truncated: acts, and answers with half of the body
 * - reset: cuts the connection before acting
 * - resetAfter: acts, then cuts the connection
 * - timeout: never answers, without acting
 * - timeoutAfter: acts, then never answers
 * A connection that is left hanging is cut after `milliseconds`, where given, as a gateway in between does.
 */
export type Fault =
	| { kind: 'latency'; milliseconds: number }
	| { kind: 'rateLimit'; seconds: number }
	| { kind: 'answer' | 'answerAfter'; response: SimResponse }
	| { kind: 'truncated' | 'reset' | 'resetAfter' }
	| { kind: 'timeout' | 'timeoutAfter'; milliseconds?: number };

/** How the network is: a fault for a request, or none. */
export type Weather = (provider: string, request: SimRequest) => Fault | undefined;

/** What was asked of a provider, and what it answered. */
export interface Exchange {
	at: string;
	provider: string;
	request: { method: string; url: string; headers: Record<string, string>; body: string };
	/** Undefined where the connection was cut or left hanging. */
	response?: SimResponse;
	fault?: Fault['kind'];
}

/** What the network shall do with a request. */
export type Delivery = { kind: 'answer'; response: SimResponse } | { kind: 'reset' } | { kind: 'timeout' };

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** All simulated providers together: routes by host, applies faults, records every exchange. */
export class World {
	readonly exchanges: Exchange[] = [];
	/** Milliseconds that each request takes on its way, as over a real network; nothing unless set. */
	cost?: (provider: string, request: SimRequest) => number;
	private readonly faults = new Map<string, Fault[]>();
	/** Asked for every request that no queued fault is for; fair unless set. */
	weather: Weather = () => undefined;

	constructor(readonly simulators: Simulator[]) {}

	/** Queues faults for a provider; each is used up by one request, in order. */
	misbehave(provider: string, ...faults: Fault[]): void {
		this.faults.set(provider, [...(this.faults.get(provider) ?? []), ...faults]);
	}

	/** The faults that wait for a provider's next requests, in order. */
	faultsOf(provider: string): Fault[] {
		return [...(this.faults.get(provider) ?? [])];
	}

	/** Takes back the faults that were not used up. */
	behave(provider: string): void {
		this.faults.delete(provider);
	}

	/** Exchanges with one provider, oldest first. */
	callsTo(provider: string): Exchange[] {
		return this.exchanges.filter((exchange) => exchange.provider === provider);
	}

	reset(): void {
		this.exchanges.length = 0;
		this.faults.clear();
		for (const simulator of this.simulators) simulator.reset();
	}

	/** Answers a request as the provider at its host would; an unknown host gets an answer that names it. */
	async deliver(request: SimRequest): Promise<Delivery> {
		const simulator = this.simulators.find(({ hosts }) => hosts.includes(request.url.hostname));
		if (!simulator) return { kind: 'answer', response: unknownHost(request.url.hostname) };
		const exchange: Exchange = {
			at: new Date().toISOString(),
			provider: simulator.name,
			request: {
				method: request.method,
				url: request.url.href,
				headers: request.headers,
				body: request.text,
			},
		};
		this.exchanges.push(exchange);
		const cost = this.cost?.(simulator.name, request) ?? 0;
		if (cost > 0) await wait(cost);
		const delivery = await this.perform(simulator, request, exchange);
		if (delivery.kind === 'answer') exchange.response = delivery.response;
		return delivery;
	}

	private async perform(simulator: Simulator, request: SimRequest, exchange: Exchange): Promise<Delivery> {
		const fault = this.faults.get(simulator.name)?.shift() ?? this.weather(simulator.name, request);
		exchange.fault = fault?.kind;
		if (fault?.kind === 'rateLimit') {
			return { kind: 'answer', response: simulator.rateLimited(fault.seconds) };
		}
		if (fault?.kind === 'answer') return { kind: 'answer', response: fault.response };
		if (fault?.kind === 'reset') return { kind: 'reset' };
		if (fault?.kind === 'timeout') return await hang(fault.milliseconds);
		if (fault?.kind === 'latency') await wait(fault.milliseconds);
		const response = await simulator.handle(request);
		switch (fault?.kind) {
			case 'answerAfter':
				return { kind: 'answer', response: fault.response };
			case 'truncated':
				return { kind: 'answer', response: halved(response) };
			case 'resetAfter':
				return { kind: 'reset' };
			case 'timeoutAfter':
				return await hang(fault.milliseconds);
			default:
				return { kind: 'answer', response };
		}
	}
}

async function hang(milliseconds: number | undefined): Promise<Delivery> {
	if (milliseconds === undefined) return { kind: 'timeout' };
	await wait(milliseconds);
	return { kind: 'reset' };
}

/** The body as it is when a gateway gave up in the middle of it. */
function halved(response: SimResponse): SimResponse {
	const whole = bodySent(response);
	return { ...response, body: whole.slice(0, whole.length / 2) };
}

const unknownHost = (host: string): SimResponse => ({
	status: 502,
	headers: { 'content-type': 'text/plain; charset=utf-8' },
	body: `The sandbox has no provider at ${host}; nothing leaves this machine.`,
});

/** A JSON answer. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): SimResponse => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
	body,
});

/** The body as a client receives it. */
export function bodySent({ body }: SimResponse): string | Buffer {
	if (body === undefined) return '';
	if (Buffer.isBuffer(body)) return body;
	return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Reads a JSON body; undefined where it is none. */
export function readJson(request: SimRequest): unknown {
	try {
		return JSON.parse(request.text) as unknown;
	} catch {
		return undefined;
	}
}

/** What the sandbox needs of a provider, exported as `sandbox` by the provider's simulator file. */
export interface SandboxEntry {
	create(options: { send: SendWebhook }): Simulator;
	/** Credentials as an operator would type them into n8n; flows name them by `name`. */
	credentials?: Array<{ name: string; type: string; data: object }>;
	/**
	 * What an operator chooses from lists in nodes, such as an account, where a flow's file leaves it open: by node
	 * type and parameter.
	 */
	choices?: Record<string, Record<string, unknown>>;
	/** Rows for `frontdesk_settings`: what the flows need to know of this account. */
	settings?: Record<string, string>;
	/** How the console shows what it holds; only its requests are shown without. */
	panel?: Panel;
}

/** What an address of ours answers a provider's webhook with. */
export interface WebhookAnswer {
	status: number;
	/** Lower-case names. */
	headers: Record<string, string>;
	/** Decoded as UTF-8. */
	body: string;
}

/** An answer that says nothing but its status. */
export const plainAnswer = (status: number): WebhookAnswer => ({ status, headers: {}, body: '' });

/** Posts a provider's webhook to a public address of ours; fails where nobody answers. */
export type SendWebhook = (
	url: string,
	message: { headers: Record<string, string>; body: string },
) => Promise<WebhookAnswer>;
