import type { IDataObject } from 'n8n-workflow';
import type { ReceivedRequest } from '../../../lib/webhook';
import { parseTolerantly, UnreadableBody } from './tolerantJson';

/** A user's attributes by name; names keep their spaces and case. */
export type Attributes = IDataObject;

/** Names that would reach into JavaScript's own objects. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Nothing but placeholders that Chatfuel did not fill, such as `{{first name}} {{last name}}`. */
const PLACEHOLDERS_ONLY = /^\s*(?:\{\{[^{}]*\}\}\s*)+$/;

/**
 * Whether a value means "not set". Unset attributes come as nothing, as empty text, as the word `null` (full
 * JSON profile), as `_` (Chatfuel's own examples), or as the placeholder itself. A name that is really "Null"
 * has a capital letter.
 */
function isAbsent(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value !== 'string') return false;
	const text = value.trim();
	return text === '' || text === 'null' || text === '_' || PLACEHOLDERS_ONLY.test(text);
}

/** Leaves out what is not set, at every depth; an object of which nothing is left is not set either. */
function present(value: unknown): unknown {
	if (isAbsent(value)) return undefined;
	if (Array.isArray(value)) {
		const entries = value.map(present).filter((entry) => entry !== undefined);
		return entries.length > 0 ? entries : undefined;
	}
	if (typeof value !== 'object' || value === null) return value;
	const members = presentMembers(Object.entries(value));
	return Object.keys(members).length > 0 ? members : undefined;
}

function presentMembers(members: Array<[string, unknown]>): Attributes {
	const kept = members
		.filter(([name]) => !FORBIDDEN.has(name))
		.map(([name, value]) => [name, present(value)] as const)
		.filter(([, value]) => value !== undefined);
	return Object.fromEntries(kept) as Attributes;
}

function bodyMembers(request: ReceivedRequest): Array<[string, unknown]> {
	const text = request.rawBody.toString('utf8').replace(/^\uFEFF/, '');
	if (text.trim() === '') return [];
	const contentType = String(request.headers['content-type'] ?? '').toLowerCase();
	if (contentType.startsWith('application/x-www-form-urlencoded')) return [...new URLSearchParams(text)];
	if (contentType.startsWith('multipart/')) {
		throw new UnreadableBody('a form with files cannot be read; send JSON or a URL-encoded form');
	}
	// The Content-Type of a hand-written request may be missing or wrong: the text itself tells.
	if (/^\s*[{[]/.test(text) || contentType.startsWith('application/json')) {
		return Object.entries(parseTolerantly(text));
	}
	if (/^[^\s{}"]+=/.test(text)) return [...new URLSearchParams(text)];
	throw new UnreadableBody('neither a JSON object nor a form was found');
}

/**
 * Reads the attributes of a JSON API call in every form Chatfuel sends (JSON API page): the query of a GET or
 * a POST, a full JSON profile, a hand-written JSON body, a URL-encoded body. Where a name is in both, the
 * body's value counts, unless it is not set.
 *
 * @param secretNames query parameters that are no attributes
 * @returns attributes that are set
 * @throws UnreadableBody
 */
export function attributesOf(request: ReceivedRequest, secretNames: string[]): Attributes {
	const query = [...request.query].filter(([name]) => !secretNames.includes(name));
	const body = request.method === 'GET' ? [] : bodyMembers(request);
	return { ...presentMembers(query), ...presentMembers(body) };
}
