import { NodeApiError, type IHttpRequestOptions, type INode, type JsonObject } from 'n8n-workflow';
import type { Clock } from '../../../lib/clock';
import { HttpClient, type HttpContext, type HttpOptions, type ProviderError } from '../../../lib/http';

const NODE = {
	id: '1',
	name: 'Subject',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;

export const SECRET = 'secret-token-123';
/** What the client signs with. */
const CREDENTIAL = { account: 'acme', apiKey: SECRET };
export const BASE_URL = 'https://api.example.com/v1';

/** One attempt as the provider, or the network before it, plays it. */
export type Step = { status: number; headers?: Record<string, unknown>; body?: unknown } | { code: string };

/** An n8n error as the helper throws it, built by n8n's own class. */
const thrownFor = (step: Step) =>
	'code' in step
		? new NodeApiError(NODE, { message: `connect ${SECRET}`, code: step.code } as JsonObject)
		: new NodeApiError(
				NODE,
				{ message: 'Request failed', response: { status: 401, data: step.body } } as unknown as JsonObject,
				{ httpCode: '401' },
			);

export interface Bench {
	http: HttpClient;
	/** What was sent, attempt by attempt. */
	sent: IHttpRequestOptions[];
	/** Seconds waited, wait by wait. */
	waits: number[];
	controller: AbortController;
}

/** A moment that the tests' hints refer to. */
export const NOW = Date.parse('2026-11-22T10:00:00Z');

/**
 * A client whose provider plays the given steps and then answers 200; nobody waits, and the dice show `random`.
 * The only thing replaced is n8n's request helper.
 */
export function bench(steps: Step[], options: Partial<HttpOptions> = {}, random = 0.5): Bench {
	const sent: IHttpRequestOptions[] = [];
	const waits: number[] = [];
	const controller = new AbortController();
	const context = {
		getNode: () => NODE,
		getCredentials: async () => CREDENTIAL,
		getExecutionCancelSignal: () => controller.signal,
		helpers: {
			httpRequestWithAuthentication: async (_: string, request: IHttpRequestOptions) => {
				sent.push(request);
				const step = steps[sent.length - 1] ?? { status: 200, body: { ok: true } };
				if ('code' in step || step.status === 401) throw thrownFor(step);
				return { statusCode: step.status, headers: step.headers ?? {}, body: step.body };
			},
		},
	} as unknown as HttpContext;
	const clock: Clock = {
		now: () => NOW,
		wait: async (milliseconds) => {
			waits.push(milliseconds / 1000);
		},
		random: () => random,
	};
	const http = new HttpClient(context, {
		provider: 'Acme',
		credential: 'acmeApi',
		baseUrl: BASE_URL,
		clock,
		...options,
	});
	return { http, sent, waits, controller };
}

/** The error a promise ends in. */
export async function failureOf(promise: Promise<unknown>): Promise<ProviderError> {
	try {
		await promise;
	} catch (error) {
		return error as ProviderError;
	}
	throw new Error('It was expected to end in an error');
}
