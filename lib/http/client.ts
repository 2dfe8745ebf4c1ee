import type { IDataObject, IExecuteFunctions, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import { systemClock, type Clock } from '../clock';
import { isHtml, providerWords, ProviderError, type Failure } from './errors';
import { retryHint, type Headers } from './hints';
import {
	backoffSeconds,
	DEFAULT_LIMITS,
	isSilence,
	outlookOf,
	type Outlook,
	type RetryLimits,
} from './retry';
import { secretsIn, withoutSecrets } from './secrets';

/** The part of n8n's `this` that a client needs; actions, triggers and locators all have it. */
export type HttpContext = Pick<IExecuteFunctions, 'getNode' | 'getCredentials'> & {
	helpers: Pick<IExecuteFunctions['helpers'], 'httpRequestWithAuthentication'>;
} & Partial<Pick<IExecuteFunctions, 'getExecutionCancelSignal'>>;

export interface HttpAnswer<Body = unknown> {
	status: number;
	headers: Headers;
	body: Body;
}

export interface HttpRequest {
	method: IHttpRequestMethods;
	/** Begins with a slash; build it with the `path` tag. */
	path: string;
	query?: IDataObject;
	/** Sent as JSON. */
	body?: IDataObject | IDataObject[] | FormData;
	/** Sent as application/x-www-form-urlencoded; repeated names keep their order. */
	form?: URLSearchParams;
	headers?: Record<string, string>;
	/** How a list in the query is written; repeat unless said. */
	arrayFormat?: IHttpRequestOptions['arrayFormat'];
	/**
	 * True for a POST that only reads. GET and HEAD are reads anyway. Reads are repeated after a network
	 * failure or a 5xx; a write is not, unless it carries an idempotency key.
	 */
	reads?: boolean;
	/** Makes a write repeatable; sent in the header that the provider names. */
	idempotencyKey?: string;
}

/** What a provider means by an answer. */
export interface Reading {
	/** The failure, where an answer under a good status is one, or where the provider's words are known better. */
	failure?: Partial<Failure>;
	/** Overrides what the status says of a repeat; `refused` means that nothing was done. */
	outlook?: Outlook;
	/** Seconds the provider asks to wait. */
	waitSeconds?: number;
}

export interface HttpOptions {
	/** The provider's name as messages show it. */
	provider: string;
	/** The credential type that signs the requests. */
	credential: string;
	/** Scheme and host, and a path that all calls share. */
	baseUrl: string;
	headers?: Record<string, string>;
	/** The header that carries idempotency keys, where the provider knows one. */
	idempotencyHeader?: string;
	limits?: Partial<RetryLimits>;
	/** Reads an answer for what only this provider says; undefined takes the status as it is. */
	read?(answer: HttpAnswer): Reading | undefined;
	clock?: Clock;
}

type Attempt = { answer: HttpAnswer } | { failure: Failure; outlook: Outlook };

/**
 * The one way to a provider: n8n's own request helper (its proxy, SSRF guard and redaction), a timeout,
 * and repeats only where a repeat is safe.
 */
export class HttpClient {
	private readonly limits: RetryLimits;
	private readonly clock: Clock;
	/** What must not stand in a message; known once the first request is sent. */
	private secrets?: string[];

	constructor(
		private readonly context: HttpContext,
		private readonly options: HttpOptions,
	) {
		this.limits = { ...DEFAULT_LIMITS, ...options.limits };
		this.clock = options.clock ?? systemClock;
	}

	/** GET: a read. @returns the parsed body @throws ProviderError */
	async get<Body>(path: string, query?: IDataObject, more: Partial<HttpRequest> = {}): Promise<Body> {
		return (await this.request<Body>({ method: 'GET', path, query, ...more })).body;
	}

	/** POST of JSON: a write unless `reads` is set. @returns the parsed body @throws ProviderError */
	async post<Body>(path: string, body?: HttpRequest['body'], more: Partial<HttpRequest> = {}): Promise<Body> {
		return (await this.request<Body>({ method: 'POST', path, body, ...more })).body;
	}

	/**
	 * Sends one request and repeats it where that is safe: after a 429 or another plain refusal always,
	 * after a 5xx, a broken connection or a timeout only for reads and for writes with an idempotency key.
	 * Waits by the server's hint, else exponentially with full jitter; all waits of a request together, those for
	 * answers that never came included, stay under `maxWaitSeconds`, or nothing more is sent.
	 *
	 * @returns status, headers (lower-case names) and parsed body of a good answer
	 * @throws ProviderError in two parts, what happened and how to fix it
	 */
	async request<Body>(request: HttpRequest): Promise<HttpAnswer<Body>> {
		const repeatable = this.isRead(request) || this.isKeyed(request);
		let key = request.idempotencyKey;
		let waited = 0;
		let uncertain = false;
		if (this.signal?.aborted) {
			throw this.error({
				message: 'The execution was cancelled',
				howToFix: 'This request was not sent.',
				temporary: true,
			});
		}
		if (!this.secrets) await this.learnSecrets();
		for (let attempt = 1; ; attempt++) {
			const result = await this.attempt({ ...request, idempotencyKey: key });
			if ('answer' in result) return result.answer as HttpAnswer<Body>;
			const { failure, outlook } = result;
			if (isSilence(failure.code)) waited += this.limits.timeoutSeconds;
			if (outlook === 'passing' && !this.isRead(request)) uncertain = true;
			const ended = () =>
				this.error({
					...failure,
					uncertain: uncertain || failure.uncertain,
					temporary: outlook !== 'final' || failure.temporary,
				});
			const wait = this.waitAfter(attempt, failure);
			const mayRepeat = outlook === 'refused' || (outlook === 'passing' && repeatable);
			if (!mayRepeat || !this.hasTimeFor(attempt, waited + wait) || this.signal?.aborted) {
				throw ended();
			}
			// A provider that keeps answers by key would repeat its refusal. While an earlier attempt may have
			// been carried out, though, only the same key can find that out.
			if (outlook === 'refused' && key && !uncertain) key = `${request.idempotencyKey}:${attempt}`;
			waited += wait;
			await this.clock.wait(wait * 1000, this.signal);
			if (this.signal?.aborted) throw ended();
		}
	}

	/** Makes an error in this provider's name, for answers that only its api can judge; secrets are blotted out. */
	error(failure: Failure): ProviderError {
		const harmless = withoutSecrets(failure, this.secrets ?? []);
		return new ProviderError(this.context.getNode(), this.options.provider, harmless, {
			timeoutSeconds: this.limits.timeoutSeconds,
		});
	}

	/** Waits before the provider is asked again, at most the whole wait a request may take. */
	async pause(seconds: number): Promise<void> {
		await this.clock.wait(Math.min(seconds, this.limits.maxWaitSeconds) * 1000, this.signal);
	}

	private get signal(): AbortSignal | undefined {
		return this.context.getExecutionCancelSignal?.();
	}

	/** The server's hint; one that has already proved too short is stretched by the back-off. */
	private waitAfter(attempt: number, { waitSeconds }: Failure): number {
		const backoff = backoffSeconds(attempt, this.clock.random());
		return attempt === 1 ? (waitSeconds ?? backoff) : Math.max(waitSeconds ?? 0, backoff);
	}

	private hasTimeFor(attempt: number, waitSeconds: number): boolean {
		const { maxAttempts, maxWaitSeconds } = this.limits;
		return attempt < maxAttempts && maxWaitSeconds > 0 && waitSeconds <= maxWaitSeconds;
	}

	private isRead({ reads, method }: HttpRequest): boolean {
		return reads ?? ['GET', 'HEAD'].includes(method);
	}

	private isKeyed({ idempotencyKey }: HttpRequest): boolean {
		return idempotencyKey !== undefined && this.options.idempotencyHeader !== undefined;
	}

	/** Without a credential there is none to learn; n8n's helper says so in its own words. */
	private async learnSecrets(): Promise<void> {
		const { credential } = this.options;
		this.secrets = await this.context.getCredentials(credential).then(secretsIn, () => []);
	}

	private async attempt(request: HttpRequest): Promise<Attempt> {
		const outcome = await this.send(request).catch(whatWasThrown);
		if ('code' in outcome) return { failure: outcome, outlook: outlookOf(outcome) };
		if (isCutOff(outcome)) return { failure: this.cutOff(outcome), outlook: 'passing' };
		if (outcome.status < 300 && !isHtml(outcome.body) && !this.options.read?.(outcome)?.failure) {
			return { answer: outcome };
		}
		// The token may have been renewed for this request.
		await this.learnSecrets();
		return this.judge(withoutSecrets(outcome, this.secrets ?? []), request);
	}

	/** A good answer that broke on its way: it was carried out, or read, as far as anybody can tell. */
	private cutOff({ status, body }: HttpAnswer): Failure {
		return {
			status,
			body,
			message: `${this.options.provider} answered with a body that breaks off`,
			howToFix: `Try again in a few minutes; ${this.options.provider}'s status page tells whether it is known.`,
		};
	}

	private judge(answer: HttpAnswer, request: HttpRequest): { failure: Failure; outlook: Outlook } {
		const { status, body } = answer;
		const reading = this.options.read?.(answer);
		const isPage = isHtml(body) && status < 300;
		const failure: Failure = {
			status,
			body,
			said: providerWords(body),
			waitSeconds: reading?.waitSeconds ?? retryHint(answer, this.clock.now()),
			...(isPage && {
				message: `${this.options.provider} answered with a web page instead of data`,
				howToFix:
					'Check the address in the credential: it must be the API, not the site. Where it is, a gateway answered in its place: try again later.',
				// A gateway's page says nothing of what the provider behind it did.
				temporary: true,
				uncertain: !this.isRead(request),
			}),
			...reading?.failure,
		};
		return { failure, outlook: reading?.outlook ?? outlookOf(failure) };
	}

	private async send(request: HttpRequest): Promise<HttpAnswer> {
		const { baseUrl, credential, headers, idempotencyHeader } = this.options;
		const options: IHttpRequestOptions = {
			method: request.method,
			url: `${baseUrl}${request.path}`,
			qs: request.query,
			arrayFormat: request.arrayFormat ?? 'repeat',
			body: request.form ?? request.body,
			headers: { ...headers, ...request.headers },
			json: request.form === undefined,
			timeout: this.limits.timeoutSeconds * 1000,
			returnFullResponse: true,
			disableFollowRedirect: true,
			// A 401 must reach n8n's helper as an error, or it renews no expired token.
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
		};
		if (this.isKeyed(request) && idempotencyHeader) {
			options.headers = { ...options.headers, [idempotencyHeader]: request.idempotencyKey };
		}
		const answer = (await this.context.helpers.httpRequestWithAuthentication.call(
			this.context as IExecuteFunctions,
			credential,
			options,
		)) as { body: unknown; headers: Headers; statusCode: number };
		return { status: answer.statusCode, headers: answer.headers, body: answer.body };
	}
}

/** JSON that ends in the middle: n8n's helper gives it as text. */
function isCutOff({ status, headers, body }: HttpAnswer): boolean {
	if (status >= 300 || typeof body !== 'string' || !/^\s*[{[]/.test(body)) return false;
	if (!/\bjson\b/i.test(String(headers['content-type'] ?? ''))) return false;
	try {
		JSON.parse(body);
		return false;
	} catch {
		return true;
	}
}

/** Network codes of Node.js and axios, such as ECONNRESET, CERT_HAS_EXPIRED and ERR_INVALID_URL. */
const NETWORK_CODE = /^[A-Z][A-Z0-9_]+$/;

/** n8n's helper throws for a 401, for a broken connection, and to refuse itself (no credential, SSRF guard). */
function whatWasThrown(thrown: unknown): HttpAnswer | { code: string } {
	const { httpCode, code, context } = thrown as {
		httpCode?: string | null;
		code?: string;
		context?: IDataObject;
	};
	const reason = String(httpCode ?? code ?? '');
	if (reason === '401') return { status: 401, headers: {}, body: context?.data };
	if (NETWORK_CODE.test(reason)) return { code: reason };
	throw thrown;
}
