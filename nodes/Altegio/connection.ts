import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import {
	DEFAULT_LIMITS,
	HttpClient,
	limitsFrom,
	providerWords,
	safeAddress,
	type HttpAnswer,
	type HttpContext,
	type HttpRequest,
	type Reading,
	type RetryLimits,
} from '../../lib/http';
import { gateOf } from './gate';
import type { Client, Company, Service } from './types';

const PROVIDER = 'Altegio';

/** Every answer of version 1: an envelope whose `success` counts more than the HTTP status. */
export interface Envelope<Data> {
	success: boolean;
	data: Data;
	/** An empty list where there is nothing to say (PHP arrays). */
	meta?: { total_count?: number; page?: number; message?: string } | unknown[];
}

/** A run's way to Altegio, and what the run has read already. */
export interface AltegioApi {
	http: HttpClient;
	/** By location. */
	companies: Map<string, Promise<Company>>;
	/** By location. */
	services: Map<string, Promise<Service[]>>;
	/** By location and client. */
	clients: Map<string, Promise<Client>>;
	stopped(): boolean;
}

const RIGHTS =
	'Give the user the right to this in Altegio (client base, appointment calendar, webhook settings), then create the user token anew: a token keeps the rights it was made with.';

/** `meta.errors` names fields: `{ phone: ["is required"] }`. */
function fieldErrors(meta: IDataObject | undefined): string | undefined {
	const errors = meta?.errors;
	if (typeof errors !== 'object' || errors === null) return undefined;
	const words = Object.entries(errors).map(([field, said]) => `${field}: ${[said].flat().join(', ')}`);
	return words.join('; ') || undefined;
}

/**
 * Reads what Altegio means by an answer: `success: false` is a refusal under any status, and its words are in
 * `meta.message` and `meta.errors` (YCLIENTS REST documentation; altegio-pro-mcp reads them the same).
 */
export function readAnswer({ status, body }: HttpAnswer): Reading | undefined {
	const { success, meta } = (typeof body === 'object' && body !== null ? body : {}) as Partial<
		Envelope<unknown>
	>;
	if (success !== false && status < 400) return undefined;
	const said = [providerWords(meta), fieldErrors(meta as IDataObject)].filter(Boolean).join(' ');
	return {
		failure: {
			said: said || providerWords(body),
			...(status === 402 && {
				howToFix: "The location's plan does not include this. Ask Altegio to extend it.",
			}),
			...(status === 403 && { howToFix: RIGHTS }),
		},
	};
}

/** The context with each request, repeats too, waiting for its turn at the host's gate. */
function gated(context: HttpContext, host: string): HttpContext {
	const gate = gateOf(host);
	return {
		getNode: () => context.getNode(),
		getCredentials: async (type) => await context.getCredentials(type),
		getExecutionCancelSignal: () => context.getExecutionCancelSignal?.(),
		helpers: {
			httpRequestWithAuthentication: async (credential, options) => {
				if (!(await gate.turn(context.getExecutionCancelSignal?.()))) {
					throw new NodeOperationError(context.getNode(), 'The execution was cancelled');
				}
				return await context.helpers.httpRequestWithAuthentication.call(
					context as IExecuteFunctions,
					credential,
					options,
				);
			},
		},
	};
}

async function connectionFor(context: HttpContext, limits: Partial<RetryLimits>): Promise<AltegioApi> {
	const credential = await context.getCredentials<{ baseUrl: string }>('altegioApi');
	// The editor offers two addresses; n8n's API and expressions can put any other there.
	const baseUrl = safeAddress(context.getNode(), credential.baseUrl, {
		provider: PROVIDER,
		field: 'Platform',
		secret: 'the tokens',
		mayAllow: false,
		example: 'https://api.alteg.io',
	});
	const http = new HttpClient(gated(context, baseUrl), {
		provider: PROVIDER,
		credential: 'altegioApi',
		baseUrl: `${baseUrl}/api/v1`,
		limits,
		read: readAnswer,
	});
	return {
		http,
		companies: new Map(),
		services: new Map(),
		clients: new Map(),
		stopped: () => context.getExecutionCancelSignal?.()?.aborted === true,
	};
}

/** Connects an execution, once for the run, with the limits of *Request Options*. */
export const connect = async (context: IExecuteFunctions): Promise<AltegioApi> =>
	await connectionFor(context, limitsFrom(context));

/** Connects the editor's lists and the activation of the trigger, with the usual limits. */
export const connectPlainly = async (context: ILoadOptionsFunctions | IHookFunctions): Promise<AltegioApi> =>
	await connectionFor(context, DEFAULT_LIMITS);

/** Connects the trigger while Altegio waits for an answer, which it does for 10 seconds (webhooks page). */
export const connectBriefly = async (context: IWebhookFunctions): Promise<AltegioApi> =>
	await connectionFor(context, { timeoutSeconds: 4, maxWaitSeconds: 2, maxAttempts: 2 });

/**
 * Sends a request and opens the envelope.
 *
 * @returns `data`, and `meta` with an empty one for PHP's empty list
 * @throws ProviderError also where HTTP says 200 and the envelope says no
 */
export async function ask<Data>(
	{ http }: AltegioApi,
	request: HttpRequest,
): Promise<{ data: Data; meta: { total_count?: number } }> {
	const { body } = await http.request<Envelope<Data>>({ arrayFormat: 'brackets', ...request });
	const meta = Array.isArray(body?.meta) ? {} : (body?.meta ?? {});
	return { data: body?.data, meta };
}
