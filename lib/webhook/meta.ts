import type { SignedRequest } from './verify';

/** Names under which secrets travel; such values never reach execution data. */
const SECRET_NAME =
	/auth|cookie|secret|signature|token|passw|api[-_ ]?key|credential|session|jwt|hmac|hub[-_.]verify/i;

/** Tokens by name that are no secrets: delivery ids which flows tell repeats by. */
const HARMLESS = new Set(['i-twilio-idempotency-token']);

/** Or a name that would become the prototype of what it is merged into. */
const isUnfit = (name: string, secretNames: string[]) =>
	name === '__proto__' ||
	secretNames.some((secret) => secret.toLowerCase() === name.toLowerCase()) ||
	(SECRET_NAME.test(name) && !HARMLESS.has(name.toLowerCase()));

/**
 * Picks the headers a flow may see.
 *
 * @param headers as they came in
 * @param secretNames further names to leave out, such as the header an operator chose for the secret
 * @returns lower-case names; repeated headers joined by a comma
 */
export function safeHeaders(
	headers: SignedRequest['headers'],
	secretNames: string[] = [],
): Record<string, string> {
	const safe = Object.entries(headers).filter(([name]) => !isUnfit(name, secretNames));
	return Object.fromEntries(
		safe.flatMap(([name, value]) => (value === undefined ? [] : [[name, [value].flat().join(', ')]])),
	) as Record<string, string>;
}

/**
 * Picks the query parameters a flow may see.
 *
 * @param secretNames further names to leave out, such as the parameter an operator chose for the secret
 * @returns the last value of each name
 */
export function safeQuery(query: URLSearchParams, secretNames: string[] = []): Record<string, string> {
	return Object.fromEntries([...query].filter(([name]) => !isUnfit(name, secretNames)));
}
