import { createHash, createHmac } from 'node:crypto';
import { hexDigest, sameDigest, sameText } from './compare';
import type { SignedRequest, Verdict } from './verify';

const HEADER = 'x-twilio-signature';
const BODY_DIGEST = 'bodySHA256';
const STANDARD_PORTS: Record<string, string> = { 'https:': '443', 'http:': '80' };

const refuse = (reason: string): Verdict => ({ ok: false, reason });

/** An address as it was written, taken apart at its port: the scheme and host, the port if any, the rest. */
const WRITTEN = /^([a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?(?:\[[^\]]*\]|[^/?#:]*))(:\d*)?(.*)$/is;

/** The address without a port, and with one: Twilio signs either (twilio-node src/webhooks/webhooks.ts). */
function portVariants(address: string): string[] {
	const [, origin = '', port, rest = ''] = WRITTEN.exec(address) ?? [];
	const standard = STANDARD_PORTS[new URL(address).protocol];
	return [origin + rest, origin + (port ?? `:${standard}`) + rest];
}

/** The query as Node's old `querystring` writes it: repeated names side by side, more characters encoded. */
function withLegacyQuery(address: string): string {
	const { searchParams } = new URL(address);
	const [base] = address.split('?', 1);
	const names = [...new Set(searchParams.keys())];
	const pairs = names.flatMap((name) =>
		searchParams.getAll(name).map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
	);
	return pairs.length > 0 ? `${base}?${pairs.join('&')}` : address;
}

/** Names sorted by code unit, each with its distinct values sorted, all run together. */
function formText(form: URLSearchParams): string {
	const names = [...new Set(form.keys())].sort();
	return names
		.flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value))
		.join('');
}

const isForm = ({ headers }: SignedRequest) =>
	/^application\/x-www-form-urlencoded\b/i.test(String(headers['content-type'] ?? ''));

/** What the signature covers beside the address; undefined where it does not cover the body. */
function signedForm(request: SignedRequest, address: URL): string | undefined {
	const bodyDigest = address.searchParams.get(BODY_DIGEST);
	if (bodyDigest !== null) {
		const given = hexDigest(bodyDigest);
		const actual = createHash('sha256').update(request.rawBody).digest();
		return given && sameDigest(given, actual) ? '' : undefined;
	}
	if (request.rawBody.length === 0) return '';
	return isForm(request) ? formText(new URLSearchParams(request.rawBody.toString('utf8'))) : undefined;
}

/**
 * Checks `X-Twilio-Signature`: base64 HMAC-SHA1, under the account's Auth Token, of the public address and
 * the sorted form fields; for other bodies the address carries `bodySHA256` and both must fit. The address
 * is tried as it is written, as URL parsers write it and with the query in its old spelling, each with and
 * without its port, as twilio-node does (6.2, 2026).
 *
 * @param secrets Auth Tokens, none blank; API key secrets cannot check signatures
 */
export function verifyTwilio(request: SignedRequest, secrets: string[]): Verdict {
	const value = request.headers[HEADER];
	if (typeof value !== 'string') return refuse(`the header "${HEADER}" is missing`);
	if (!URL.canParse(request.url)) return refuse('the public address is not known');
	const address = new URL(request.url);
	if (!(address.protocol in STANDARD_PORTS)) return refuse('the public address is not one of the web');
	const form = signedForm(request, address);
	if (form === undefined) return refuse('the body is not the one that was signed');
	const parsed = portVariants(address.toString());
	const addresses = [...portVariants(request.url), ...parsed, ...parsed.map(withLegacyQuery)];
	// The text is compared, not its bytes: several texts of base64 stand for the same bytes.
	const matches = secrets
		.flatMap((secret) =>
			addresses.map((variant) =>
				createHmac('sha1', secret)
					.update(variant + form, 'utf8')
					.digest('base64'),
			),
		)
		.map((expected) => sameText(value, expected))
		.some(Boolean);
	return matches ? { ok: true } : refuse('the signature does not match');
}
