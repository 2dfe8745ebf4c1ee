import { json, type SimResponse } from './kit';

/** A parsed JSON object. */
export type Json = Record<string, unknown>;

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** An entry of an error's `details`. */
export interface Detail {
	parameter: string;
	message: string;
	code?: string;
}

/** What Calendly refuses, and in which words: `{title, message, details}`. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly title: string,
		message: string,
		readonly more: { details?: Detail[]; required_scopes?: string[] } = {},
	) {
		super(message);
	}

	/** The answer as it goes out. */
	get response(): SimResponse {
		return json(this.status, { title: this.title, message: this.message, ...this.more });
	}
}

/** 400, naming each parameter that is wrong. */
export const invalid = (...details: Detail[]): Refusal =>
	new Refusal(400, 'Invalid Argument', 'The supplied parameters are invalid.', { details });

/** 404. */
export const notFound = (): Refusal =>
	new Refusal(404, 'Resource Not Found', 'The server could not find the requested resource.');

/** 403. */
export const denied = (message: string, scopes?: string[]): Refusal =>
	new Refusal(403, 'Permission Denied', message, scopes && { required_scopes: scopes });

/** A time as Calendly writes it: UTC, to the microsecond. */
export const isoTime = (milliseconds: number): string =>
	new Date(milliseconds).toISOString().replace('Z', '000Z');

const PAGE = 20;
const LARGEST_PAGE = 100;

/** One page of a list, with the token of the next (pagination of every list: `count` 1 to 100, 20 unless said). */
export function pageOf<T>(url: URL, all: T[]): { collection: T[]; pagination: Json } {
	const count = Number(url.searchParams.get('count') ?? PAGE);
	if (!Number.isInteger(count) || count < 1 || count > LARGEST_PAGE) {
		throw invalid({ parameter: 'count', message: `must be between 1 and ${LARGEST_PAGE}` });
	}
	const token = url.searchParams.get('page_token');
	const skip = token ? Number(Buffer.from(token, 'base64url').toString()) : 0;
	if (!Number.isInteger(skip) || skip < 0)
		throw invalid({ parameter: 'page_token', message: 'is not a valid token' });
	const next = skip + count < all.length ? Buffer.from(String(skip + count)).toString('base64url') : null;
	const link = new URL(url);
	if (next) link.searchParams.set('page_token', next);
	const collection = all.slice(skip, skip + count);
	return {
		collection,
		pagination: {
			count: collection.length,
			next_page: next ? link.href : null,
			previous_page: null,
			next_page_token: next,
			previous_page_token: null,
		},
	};
}

/** Reads a time; refuses what is none. */
export function timeIn(value: unknown, parameter: string): number {
	const time = typeof value === 'string' ? Date.parse(value) : NaN;
	if (Number.isNaN(time)) throw invalid({ parameter, message: 'is not a valid date-time' });
	return time;
}
