import { isObject } from '../fit';

/** Response headers with lower-case names, as n8n's helper gives them. */
export type Headers = Record<string, unknown>;

/** X-RateLimit-Reset is seconds at some providers and a Unix time at others; no limit lasts 10 years. */
const EPOCH_FROM = 315_360_000;

const headerText = (headers: Headers, name: string): string | undefined => {
	const value = headers[name];
	const first: unknown = Array.isArray(value) ? value[0] : value;
	return first === undefined || first === null ? undefined : String(first).trim();
};

/** `Retry-After`: seconds or an HTTP date (RFC 9110 section 10.2.3). */
function retryAfter(headers: Headers, now: number): number | undefined {
	const value = headerText(headers, 'retry-after');
	if (!value) return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
	// Date.parse takes nearly anything for a date, "-1" too; an HTTP date always ends in GMT.
	const date = value.endsWith('GMT') ? Date.parse(value) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}

/**
 * `RateLimit: "name";r=0;t=38, …` (IETF draft, used by monday.com since 2026): the longest reset among the
 * exhausted quotas; after a 429 among all of them where none says it is exhausted.
 */
function rateLimit(headers: Headers, limited: boolean): number | undefined {
	const quotas = (headerText(headers, 'ratelimit') ?? '').split(',').map((quota) => ({
		remaining: /;\s*r=(\d+)/.exec(quota)?.[1],
		reset: /;\s*t=(\d+)/.exec(quota)?.[1],
	}));
	const withReset = quotas.filter(({ reset }) => reset !== undefined);
	const exhausted = withReset.filter(({ remaining }) => remaining === '0');
	const seconds = (limited && exhausted.length === 0 ? withReset : exhausted).map(({ reset }) =>
		Number(reset),
	);
	return seconds.length > 0 ? Math.max(...seconds) : undefined;
}

/** `X-RateLimit-Reset` and its named variants (Cal.com's ends in `-Default`): seconds, or a Unix time in s or ms. */
function rateLimitReset(headers: Headers, now: number): number | undefined {
	const name = Object.keys(headers).find((key) => /^x-ratelimit-reset(-|$)/.test(key));
	const value = Number(name && headerText(headers, name));
	if (!name || !Number.isFinite(value)) return undefined;
	if (value < EPOCH_FROM) return Math.max(0, value);
	const epochMilliseconds = value < EPOCH_FROM * 1000 ? value * 1000 : value;
	return Math.max(0, (epochMilliseconds - now) / 1000);
}

/** `retry_in_seconds`, which monday.com has put in four places over the years (rate-limits page, 2026-09-06). */
function bodyHint(body: unknown): number | undefined {
	if (!isObject(body)) return undefined;
	const errors = Array.isArray(body.errors) ? body.errors.filter(isObject) : [];
	const places = [body, body.extensions, body.error_data, ...errors.map(({ extensions }) => extensions)];
	const nested = places.filter(isObject).flatMap((place) => [place, place.error_data].filter(isObject));
	const seconds = nested.map(({ retry_in_seconds: value }) => Number(value)).filter(Number.isFinite);
	return seconds.length > 0 ? Math.max(...seconds) : undefined;
}

/**
 * How long the server asks to wait, from what it says most plainly to what it says least.
 *
 * @param answer status, headers with lower-case names, parsed body
 * @param now milliseconds since 1970
 * @returns seconds, or undefined where the server gives no hint
 */
export function retryHint(
	{ status, headers, body }: { status: number; headers: Headers; body: unknown },
	now: number,
): number | undefined {
	const limited = status === 429;
	return (
		bodyHint(body) ??
		retryAfter(headers, now) ??
		rateLimit(headers, limited) ??
		// Many providers send this one with every answer, so it means nothing outside a 429.
		(limited ? rateLimitReset(headers, now) : undefined)
	);
}
