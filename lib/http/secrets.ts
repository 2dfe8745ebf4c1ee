import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** How fields that hold a secret are named, n8n's own OAuth2 fields included; `test/house` holds ours to it. */
const SECRET_FIELD = /(secret|token|password|passphrase|key)$/i;

/** Shorter ones would blot out ordinary words, and "Bearer", which OAuth2 keeps as `token_type`, is none. */
const SHORTEST = 8;

const HIDDEN = '***';

/** Whether a credential's field holds a secret, by its name. */
export const isSecretField = (name: string): boolean => SECRET_FIELD.test(name);

interface Field {
	name: string;
	value: string;
}

function fieldsIn(value: unknown, name = ''): Field[] {
	if (typeof value === 'string') return [{ name, value: value.trim() }];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => fieldsIn(inner, key));
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** A secret as providers may write it back: as it is, within JSON, within an address, as Basic authentication. */
function spellings(secret: string, fields: Field[]): string[] {
	const basic = fields.map(({ value }) => base64(`${value}:${secret}`));
	return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), base64(secret), ...basic];
}

/**
 * Finds the secrets of a credential in every spelling that an answer may echo.
 *
 * @param credential decrypted
 * @returns the longest first; secrets of fewer than 8 characters are left out
 */
export function secretsIn(credential: ICredentialDataDecryptedObject): string[] {
	const fields = fieldsIn(credential);
	const secrets = fields.filter(({ name, value }) => isSecretField(name) && value.length >= SHORTEST);
	const all = secrets.flatMap(({ value }) => spellings(value, fields));
	return [...new Set(all)].sort((a, b) => b.length - a.length);
}

/**
 * Blots secrets out of whatever an answer holds: some providers, and the proxies before them, quote the request they
 * refuse, and their words go into messages that n8n keeps.
 *
 * @param secrets the longest first
 * @returns the same shape, with `***` for each secret in texts and in names
 */
export function withoutSecrets<Value>(value: Value, secrets: string[]): Value {
	const clean = (inner: unknown): unknown => {
		if (typeof inner === 'string') {
			return secrets.reduce((text, secret) => text.replaceAll(secret, HIDDEN), inner);
		}
		if (Array.isArray(inner)) return inner.map(clean);
		if (typeof inner !== 'object' || inner === null || ArrayBuffer.isView(inner)) return inner;
		return Object.fromEntries(Object.entries(inner).map(([key, one]) => [clean(key), clean(one)]));
	};
	return clean(value) as Value;
}
