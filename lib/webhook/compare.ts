import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Of this process alone: what is compared are digests under it, so neither length nor prefix can be timed. */
const COMPARE_KEY = randomBytes(32);

const keyed = (text: string) => createHmac('sha256', COMPARE_KEY).update(text, 'utf8').digest();

/** Whether two texts are the same, in a time that tells nothing of either, not even the length. */
export const sameText = (a: string, b: string): boolean => timingSafeEqual(keyed(a), keyed(b));

/** Whether two digests are the same, in constant time; digests of another length never are. */
export const sameDigest = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** HMAC-SHA256 over the parts as one run of bytes. */
export function hmacSha256(secret: string, ...parts: Array<string | Buffer>): Buffer {
	return parts.reduce((hmac, part) => hmac.update(part), createHmac('sha256', secret)).digest();
}

/**
 * The bytes of a hexadecimal SHA-256; undefined where the text is none. In small letters alone: all providers write it
 * so and compare it as text, so that one changed letter makes another signature.
 */
export const hexDigest = (text: string): Buffer | undefined =>
	/^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
