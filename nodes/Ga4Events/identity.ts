import { createHash } from 'node:crypto';

/**
 * The client ID in a `_ga` cookie: "GA1.1.123.456" holds "123.456"; a client ID alone is taken too.
 *
 * @returns undefined where there is none in it
 */
export function clientIdFromCookie(cookie: string): string | undefined {
	return /^(?:GA\d+\.[\d-]+\.)?(\d+\.\d+|amp-[\w-]+)$/.exec(cookie.trim())?.[1];
}

const FROM = 1_000_000_000;
const TENFOLD = 9_000_000_000;

/**
 * A client ID that a lead keeps: the same key always gives the same ID, shaped as Google's own
 * (ten digits, dot, ten digits). It is a hash, not a secret: who can guess the key can make the ID.
 */
export function clientIdFromLeadKey(leadKey: string): string {
	const digest = createHash('sha256').update(`frontdesk:ga4:${leadKey.trim()}`).digest();
	const part = (offset: number) => FROM + (digest.readUIntBE(offset, 6) % TENFOLD);
	return `${part(0)}.${part(6)}`;
}

/**
 * The session ID as given in digits, or from a `_ga_<stream>` cookie, "GS1.1.<session>.…" or, since 2025,
 * "GS2.1.s<session>$…".
 *
 * @returns undefined where there is none in it
 */
export function sessionIdFrom(value: string): string | undefined {
	const [, fromCookie, digits] = /^(?:GS\d+\.\d+\.s?(\d+)[.$].*|(\d+))$/.exec(value.trim()) ?? [];
	return fromCookie ?? digits;
}
