import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import { isSilence, isUnreachable, isUntrusted } from './retry';

/** What became of a request, seen from the provider's side. */
export interface Failure {
	/** HTTP status; undefined where no answer came. */
	status?: number;
	/** A network code such as ECONNRESET or ECONNABORTED, where no answer came. */
	code?: string;
	/** The provider's own words. */
	said?: string;
	/** Overrides the first part, what happened. */
	message?: string;
	/** Overrides the second part, how to fix it. */
	howToFix?: string;
	/** The parsed answer, for the provider's own api to look into. */
	body?: unknown;
	/** Seconds the provider asked to wait. */
	waitSeconds?: number;
	/** True where the provider may have carried the request out although no good answer came. */
	uncertain?: boolean;
	/** True where the provider may be asked again later. */
	temporary?: boolean;
}

/** A provider's refusal or silence, in two parts: what happened (`message`), how to fix it (`description`). */
export class ProviderError extends NodeApiError {
	/** Kept out of execution data: an answer can hold personal data. */
	readonly reason: Failure;

	constructor(node: INode, provider: string, failure: Failure, limits: { timeoutSeconds: number }) {
		const { status } = failure;
		super(node, {} as JsonObject, {
			message: failure.message ?? whatHappened(provider, failure, limits.timeoutSeconds),
			description: [failure.howToFix ?? howToFix(provider, failure), quote(provider, failure.said)]
				.filter(Boolean)
				.join(' '),
			// n8n puts its own general words in place of a message that comes with, or names, a network code.
			httpCode: status === undefined ? undefined : String(status),
		});
		this.reason = failure;
		Object.defineProperty(this, 'reason', { enumerable: false });
	}
}

const quote = (provider: string, said: string | undefined) => said && `${provider} said: "${said}"`;

function silence(provider: string, code: string, timeoutSeconds: number): string {
	if (isSilence(code)) return `${provider} did not answer within ${timeoutSeconds} s`;
	if (isUntrusted(code)) return `No safe connection to ${provider} could be made`;
	if (isUnreachable(code)) return `${provider} could not be reached`;
	return `The connection to ${provider} broke`;
}

function whatHappened(provider: string, { status, code = '' }: Failure, timeoutSeconds: number): string {
	if (status === undefined) return silence(provider, code, timeoutSeconds);
	const sentence =
		{
			401: 'did not accept the credential',
			403: 'does not allow this with the credential in use',
			404: 'could not find what was asked for',
			409: 'refused because it conflicts with something already there',
			413: 'refused because too much was sent at once',
			429: 'asks to slow down',
		}[status] ??
		(status >= 500
			? 'is not able to answer right now'
			: status >= 300 && status < 400
				? 'answered with a redirect instead of data'
				: 'did not accept the request');
	return `${provider} ${sentence} (HTTP ${status})`;
}

function howToFix(provider: string, { status, code = '', waitSeconds, uncertain }: Failure): string {
	const named = code && ` (${code})`;
	if (uncertain) {
		return `${provider} may have carried the request out all the same: look it up there before you repeat it${named}.`;
	}
	if (isUntrusted(code)) return `Check the address in the credential and the certificate behind it${named}.`;
	if (isUnreachable(code)) {
		return `Check the address in the credential, and that n8n can reach the internet${named}.`;
	}
	if (status === undefined || status >= 500) {
		return `Try again in a few minutes; ${provider}'s status page tells whether it is known${named}.`;
	}
	if (status >= 300 && status < 400) return 'Check the address in the credential.';
	switch (status) {
		case 401:
			return 'Open the credential, enter the key again and press Test.';
		case 403:
			return 'Give the key the missing permission, or use the key of somebody who has it.';
		case 404:
			return 'Check the ID, and that the credential belongs to the same account.';
		case 429:
			return waitSeconds === undefined
				? 'Lower Max Parallel Requests, or run the flow less often.'
				: `It asked to wait ${Math.ceil(waitSeconds)} s. Raise Max Retry Wait above that, or lower Max Parallel Requests.`;
		default:
			return 'Check the values of the fields.';
	}
}

const MESSAGE_KEYS = [
	'message',
	'error_message',
	'error_description',
	'title',
	'detail',
	'description',
	'error',
	'result',
];
const NESTED_KEYS = ['error', 'errors', 'meta', 'details'];
const LONGEST_QUOTE = 500;

/**
 * Finds the provider's own words in an answer.
 *
 * @param body the parsed answer, of whatever shape
 * @returns the words, at most 500 characters; a web page is named as one; undefined where there are none
 */
export function providerWords(body: unknown): string | undefined {
	if (typeof body === 'string') {
		const text = body.trim();
		if (isHtml(text)) return `a web page: ${/<title[^>]*>([^<]*)/i.exec(text)?.[1]?.trim() ?? 'untitled'}`;
		return text.slice(0, LONGEST_QUOTE) || undefined;
	}
	if (Array.isArray(body)) {
		const words = body.map(providerWords).filter((word) => word !== undefined);
		return words.join('; ').slice(0, LONGEST_QUOTE) || undefined;
	}
	if (typeof body !== 'object' || body === null) return undefined;
	const record = body as Record<string, unknown>;
	for (const key of MESSAGE_KEYS) {
		const value = record[key];
		if (typeof value === 'string' && value !== '') return value.slice(0, LONGEST_QUOTE);
	}
	for (const key of NESTED_KEYS) {
		const words = providerWords(record[key]);
		if (words) return words;
	}
	return undefined;
}

/** Whether an answer is a web page, which an API sends only when something stands before it. */
export const isHtml = (body: unknown): boolean =>
	typeof body === 'string' && /^\s*<(!doctype|html)/i.test(body);
