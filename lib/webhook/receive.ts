import type { INodeProperties, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { systemClock, type Clock } from '../clock';
import { answer, tooLarge, tooMany, unauthorized } from './answer';
import { CallRates } from './rates';
import type { RecentDeliveries } from './recent';
import { verify, type Scheme, type SignedRequest } from './verify';

/** What n8n's request offers a trigger; Express's own types are not part of the package. */
interface IncomingRequest {
	method: string;
	originalUrl?: string;
	/** The caller's address; behind proxies the true one where N8N_PROXY_HOPS is set. */
	ip?: string;
	url: string;
	headers: SignedRequest['headers'];
	rawBody?: Buffer;
	readRawBody?(): Promise<void>;
}

/** A request that passed the check. */
export interface ReceivedRequest extends SignedRequest {
	method: string;
	/** Milliseconds since 1970. */
	receivedAt: number;
}

export interface Guard {
	scheme: Scheme;
	/** Missing or blank: everything is refused, unless the scheme is `none`. */
	secret?: string | string[];
	/** 1 MiB unless given. */
	maxBytes?: number;
	clock?: Pick<Clock, 'now'>;
	/** Counts of its own, instead of those all triggers of this process share. */
	rates?: CallRates;
}

const DEFAULT_MAX_BYTES = 1024 * 1024;

const sharedRates = new CallRates();

/**
 * Put among a trigger's properties, this keeps n8n from parsing the body before `webhook()` runs: a node of
 * version 1 that has `options.binaryData` gets the request unread (n8n 2.40.7, webhook-helpers
 * `parseRequestBody`; it is how the Webhook node took files). Otherwise n8n answers a body that is not quite
 * JSON with 422 by itself, and the trigger never sees it. Should a later n8n parse all the same, `receive`
 * takes the bytes n8n has read.
 */
export const unreadBody: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'hidden',
	default: { binaryData: true },
};

/** The bytes of the body; undefined where they are too many. */
async function bodyOf(request: IncomingRequest, maxBytes: number): Promise<Buffer | undefined> {
	if (Number(request.headers['content-length'] ?? 0) > maxBytes) return undefined;
	await request.readRawBody?.();
	const body = request.rawBody ?? Buffer.alloc(0);
	return body.length > maxBytes ? undefined : body;
}

/**
 * n8n knows its public address (WEBHOOK_URL); behind a proxy the request itself shows another one. Releases
 * before 2.x do not tell a test address from the live one.
 */
function publicUrl(context: IWebhookFunctions, search: string): string {
	const name = context.getWebhookName() === 'setup' ? 'setup' : 'default';
	const url = context.getWebhookResourceUrl?.(name) ?? context.getNodeWebhookUrl(name) ?? '';
	return url + search;
}

const isTooLarge = (thrown: unknown) => (thrown as { type?: string }).type === 'entity.too.large';

/**
 * The one door for webhook calls: turns away who calls too often (429), reads the body (at most `maxBytes`, else
 * 413), judges the request by its scheme, and answers 401 where it is not authentic. A call that is turned away
 * is answered already and starts no execution; why goes to n8n's log alone.
 *
 * @param context a trigger's `this` in `webhook()`
 * @returns the request, or what `webhook()` shall return at once
 */
export async function receive(
	context: IWebhookFunctions,
	{ scheme, secret, maxBytes = DEFAULT_MAX_BYTES, clock = systemClock, rates = sharedRates }: Guard,
): Promise<{ request: ReceivedRequest } | { refused: IWebhookResponseData }> {
	const incoming = context.getRequestObject() as IncomingRequest;
	const sender = incoming.ip && [context.getWorkflow().id, context.getNode().id, incoming.ip].join('\n');
	const seconds = sender ? rates.secondsToWait(sender) : 0;
	if (seconds > 0) return { refused: tooMany(context, seconds) };
	let rawBody: Buffer | undefined;
	try {
		rawBody = await bodyOf(incoming, maxBytes);
	} catch (error) {
		// A throw would make n8n record a failed execution for a request that nobody vouches for.
		if (!isTooLarge(error)) return { refused: answer(context, 400, { message: 'The body cannot be read' }) };
	}
	if (!rawBody) return { refused: tooLarge(context, maxBytes) };
	const address = incoming.originalUrl ?? incoming.url;
	const search = address.includes('?') ? address.slice(address.indexOf('?')) : '';
	const request: ReceivedRequest = {
		rawBody,
		headers: incoming.headers,
		query: new URLSearchParams(search),
		url: publicUrl(context, search),
		method: incoming.method,
		receivedAt: clock.now(),
	};
	const verdict = verify(scheme, request, secret, request.receivedAt);
	if (verdict.ok) return { request };
	context.logger.warn(`${context.getNode().name} refused a webhook call: ${verdict.reason}`);
	return { refused: unauthorized(context) };
}

/**
 * Tells whether a delivery was seen before, and remembers it. One that n8n then fails to answer well is
 * forgotten again, so that the provider's next try is not taken for a repeat.
 *
 * @param id the provider's own id of the delivery or event
 */
export function isRepeat(context: IWebhookFunctions, recent: RecentDeliveries, id: string): boolean {
	const key = [context.getWorkflow().id, context.getNode().id, context.getMode(), id].join('\n');
	if (!recent.remember(key)) return true;
	const response = context.getResponseObject() as {
		statusCode: number;
		once(event: 'finish', listener: () => void): void;
	};
	response.once('finish', () => {
		if (response.statusCode >= 400) recent.forget(key);
	});
	return false;
}
