import { createHash } from 'node:crypto';

/** Frontdesk's own name space: what is derived from it is the same on every machine, and nobody else's. */
const NAMESPACE = 'n8n-nodes-frontdesk';

const digest = (name: string) => createHash('sha256').update(`${NAMESPACE}/${name}`).digest();

/** A UUID that is always the same for a name. */
export function steadyUuid(name: string): string {
	const bytes = digest(name).subarray(0, 16);
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const N8N_ID_LENGTH = 16;

/** An id in n8n's own form, always the same for a name: a second installation finds what the first one made. */
export const steadyId = (name: string): string =>
	[...digest(name).subarray(0, N8N_ID_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
