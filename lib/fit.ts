import type { IDataObject } from 'n8n-workflow';

/**
 * What a value of somebody else's may be.
 * - text: text
 * - id: text or an integer, as providers write ids
 * - number: a number, also one written as text
 * - scalar: text or a number
 * - flag: true, false or a number
 * - map: any object
 * - a list of one kind
 * - an object, some of whose members are of these kinds; members not named may be anything
 */
export type Kind =
	'text' | 'id' | 'number' | 'scalar' | 'flag' | 'map' | readonly [Kind] | { readonly [name: string]: Kind };

/** Whether a value is an object and no list. */
export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number that a number is, or a text in digits with a decimal point; undefined where it is none. */
export function numberOf(value: unknown): number | undefined {
	const number = typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const when = (fits: boolean, value: unknown) => (fits ? value : undefined);

const PLAIN: Record<Extract<Kind, string>, (value: unknown) => unknown> = {
	text: (value) => when(typeof value === 'string', value),
	id: (value) =>
		when(Number.isSafeInteger(value) || (typeof value === 'string' && value.trim() !== ''), value),
	number: numberOf,
	scalar: (value) => when(Number.isFinite(value) || typeof value === 'string', value),
	flag: (value) => when(Number.isFinite(value) || typeof value === 'boolean', value),
	map: (value) => when(isObject(value), value),
};

/**
 * Takes out of a value all that is not of its kind, nulls too: what an object then lacks, its readers know how to do
 * without, while a list where they count on a text would end them.
 *
 * @returns undefined where the value itself is not of its kind
 */
export function fitted(value: unknown, kind: Kind): unknown {
	if (typeof kind === 'string') return PLAIN[kind](value);
	if (isList(kind))
		return Array.isArray(value) ? value.flatMap((one) => fitted(one, kind[0]) ?? []) : undefined;
	if (!isObject(value)) return undefined;
	const members = Object.entries(value).map(([name, one]: [string, unknown]) => {
		const inner = Object.hasOwn(kind, name) ? kind[name] : undefined;
		return [name, inner === undefined ? one : fitted(one, inner)] as const;
	});
	return Object.fromEntries(members.filter(([, one]) => one !== undefined));
}

const isList = (kind: Kind): kind is readonly [Kind] => Array.isArray(kind);
