import { hexDigest, hmacSha256, sameDigest, sameText } from './compare';
import { verifyTwilio } from './twilio';

/** Whether a request is authentic; the reason is for our own log and never for the sender. */
export type Verdict = { ok: true } | { ok: false; reason: string };

/** A request as it came in. */
export interface SignedRequest {
	/** The bytes of the body, untouched: a parsed and re-written body has another signature. */
	rawBody: Buffer;
	/** Lower-case names, as Node gives them. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
	query: URLSearchParams;
	/** The public address that the provider was given, with the query it called; only the Twilio scheme reads it. */
	url: string;
}

/**
 * How a provider proves that a request is its own.
 * - none: it does not; to be chosen by the operator, never fallen back to
 * - secret: a shared secret in a header or in the query
 * - hmac: hex HMAC-SHA256 of the body in a header, after a prefix such as `sha256=` where the provider has one
 * - hmac-timestamp: hex HMAC-SHA256 of `timestamp.body`, the timestamp (Unix seconds) in a header of its own
 * - hmac-pairs: `t=<Unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` in one header; several v1 while a key changes
 * - twilio: base64 HMAC-SHA1 of the address and the sorted form fields, or of an address with `bodySHA256`
 */
export type Scheme =
	| { scheme: 'none' }
	| { scheme: 'secret'; place: 'header' | 'query'; name: string }
	| { scheme: 'hmac'; header: string; prefix?: string }
	| {
			scheme: 'hmac-timestamp';
			header: string;
			timestampHeader: string;
			prefix?: string;
			/** How old or how far ahead the timestamp may be; 300 unless given. */
			toleranceSeconds?: number;
	  }
	| { scheme: 'hmac-pairs'; header: string; toleranceSeconds?: number }
	| { scheme: 'twilio' };

type SchemeOf<Name extends Scheme['scheme']> = Extract<Scheme, { scheme: Name }>;

const DEFAULT_TOLERANCE_SECONDS = 300;
const AUTHENTIC: Verdict = { ok: true };

const refuse = (reason: string): Verdict => ({ ok: false, reason });

const headerOf = ({ headers }: SignedRequest, name: string): string | undefined => {
	const value = headers[name.toLowerCase()];
	return typeof value === 'string' ? value : undefined;
};

const judged = (matches: boolean, what: string): Verdict =>
	matches ? AUTHENTIC : refuse(`${what} does not match`);

/** Tries every secret, without stopping at the first that fits. */
const anySecret = (secrets: string[], matches: (secret: string) => boolean) =>
	secrets.map(matches).some(Boolean);

function fresh(timestamp: string, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS, now: number): boolean {
	return /^\d{1,15}$/.test(timestamp) && Math.abs(now / 1000 - Number(timestamp)) <= toleranceSeconds;
}

function verifySecret(
	{ place, name }: SchemeOf<'secret'>,
	request: SignedRequest,
	secrets: string[],
): Verdict {
	const given = place === 'header' ? [headerOf(request, name)] : request.query.getAll(name);
	const [secret] = given;
	if (secret === undefined) return refuse(`the ${place} "${name}" is missing`);
	if (given.length > 1) return refuse(`the ${place} "${name}" is there more than once`);
	return judged(
		anySecret(secrets, (expected) => sameText(secret, expected)),
		`the secret in the ${place} "${name}"`,
	);
}

function verifyHmac(
	{ header, prefix = '' }: { header: string; prefix?: string },
	request: SignedRequest,
	secrets: string[],
	signed: Array<string | Buffer>,
): Verdict {
	const value = headerOf(request, header);
	if (value === undefined) return refuse(`the header "${header}" is missing`);
	const given = value.startsWith(prefix) ? hexDigest(value.slice(prefix.length)) : undefined;
	if (!given) return refuse(`the header "${header}" holds no signature`);
	return judged(
		anySecret(secrets, (secret) => sameDigest(given, hmacSha256(secret, ...signed))),
		'the signature',
	);
}

function verifyTimestamped(
	scheme: SchemeOf<'hmac-timestamp'>,
	request: SignedRequest,
	secrets: string[],
	now: number,
): Verdict {
	const timestamp = headerOf(request, scheme.timestampHeader);
	if (timestamp === undefined) return refuse(`the header "${scheme.timestampHeader}" is missing`);
	const verdict = verifyHmac(scheme, request, secrets, [timestamp, '.', request.rawBody]);
	if (!verdict.ok || fresh(timestamp, scheme.toleranceSeconds, now)) return verdict;
	return refuse('the timestamp is outside the window');
}

function verifyPairs(
	{ header, toleranceSeconds }: SchemeOf<'hmac-pairs'>,
	request: SignedRequest,
	secrets: string[],
	now: number,
): Verdict {
	const value = headerOf(request, header);
	if (value === undefined) return refuse(`the header "${header}" is missing`);
	const pairs = value.split(',').map((pair) => pair.trim().split('=', 2));
	const timestamps = pairs.filter(([key]) => key === 't').map(([, time = '']) => time);
	const given = pairs.filter(([key]) => key === 'v1').flatMap(([, hex = '']) => hexDigest(hex) ?? []);
	const [timestamp] = timestamps;
	if (timestamp === undefined || timestamps.length > 1 || given.length === 0) {
		return refuse(`the header "${header}" holds no signature`);
	}
	const matches = anySecret(secrets, (secret) => {
		const expected = hmacSha256(secret, timestamp, '.', request.rawBody);
		return given.map((digest) => sameDigest(digest, expected)).some(Boolean);
	});
	if (!matches) return judged(false, 'the signature');
	return fresh(timestamp, toleranceSeconds, now) ? AUTHENTIC : refuse('the timestamp is outside the window');
}

/**
 * Judges whether a webhook request is authentic and, where the scheme has a timestamp, fresh. Pure: nothing
 * but its arguments. All comparisons take constant time. A secret that is missing or blank refuses every
 * request, whatever it carries.
 *
 * @param scheme how this provider signs
 * @param secret one, or several while a key is being changed; any of them may fit
 * @param now milliseconds since 1970
 */
export function verify(
	scheme: Scheme,
	request: SignedRequest,
	secret: string | string[] | undefined,
	now: number,
): Verdict {
	if (scheme.scheme === 'none') return AUTHENTIC;
	const secrets = [secret].flat().filter((one): one is string => Boolean(one?.trim()));
	if (secrets.length === 0) return refuse('no secret is set, so every request is refused');
	switch (scheme.scheme) {
		case 'secret':
			return verifySecret(scheme, request, secrets);
		case 'hmac':
			return verifyHmac(scheme, request, secrets, [request.rawBody]);
		case 'hmac-timestamp':
			return verifyTimestamped(scheme, request, secrets, now);
		case 'hmac-pairs':
			return verifyPairs(scheme, request, secrets, now);
		case 'twilio':
			return verifyTwilio(request, secrets);
	}
}
