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
	/** Objects are sent as JSON; undefined sends an empty body. */
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
 * - reset: cuts the connection before acting
 * - resetAfter: acts, then cuts the connection
 * - timeout: never answers, without acting
 * - timeoutAfter: acts, then never answers
 */
export type Fault =
	| { kind: 'latency'; milliseconds: number }
	| { kind: 'rateLimit'; seconds: number }
	| { kind: 'answer'; response: SimResponse }
	| { kind: 'reset' | 'resetAfter' | 'timeout' | 'timeoutAfter' };

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
	private readonly faults = new Map<string, Fault[]>();

	constructor(readonly simulators: Simulator[]) {}

	/** Queues faults for a provider; each is used up by one request, in order. */
	misbehave(provider: string, ...faults: Fault[]): void {
		this.faults.set(provider, [...(this.faults.get(provider) ?? []), ...faults]);
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
		const delivery = await this.perform(simulator, request, exchange);
		if (delivery.kind === 'answer') exchange.response = delivery.response;
		return delivery;
	}

	private async perform(simulator: Simulator, request: SimRequest, exchange: Exchange): Promise<Delivery> {
		const fault = this.faults.get(simulator.name)?.shift();
		exchange.fault = fault?.kind;
		const answer = async (): Promise<Delivery> => ({
			kind: 'answer',
			response: await simulator.handle(request),
		});
		switch (fault?.kind) {
			case 'latency':
				await wait(fault.milliseconds);
				return await answer();
			case 'rateLimit':
				return { kind: 'answer', response: simulator.rateLimited(fault.seconds) };
			case 'answer':
				return { kind: 'answer', response: fault.response };
			case 'reset':
			case 'timeout':
				return { kind: fault.kind };
			case 'resetAfter':
			case 'timeoutAfter':
				await answer();
				return { kind: fault.kind === 'resetAfter' ? 'reset' : 'timeout' };
			default:
				return await answer();
		}
	}
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
export function bodyText({ body }: SimResponse): string {
	if (body === undefined) return '';
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
	/** Rows for `frontdesk_settings`: what the flows need to know of this account. */
	settings?: Record<string, string>;
}

/** Posts a provider's webhook to a public address of ours; gives the answer's status. */
export type SendWebhook = (
	url: string,
	message: { headers: Record<string, string>; body: string },
) => Promise<number>;
