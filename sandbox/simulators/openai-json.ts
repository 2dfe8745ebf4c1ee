/** Any JSON object. */
export type Json = Record<string, unknown>;

/** Whether a value is an object, and no list. */
export const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value if it is a list, else none. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The objects of a list. */
export const objects = (value: unknown): Json[] => listOf(value).filter(isObject);

/** The value if it is text, else none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The object that a text is as JSON; undefined where it is none. */
export function parseObject(text: string): Json | undefined {
	try {
		const parsed = JSON.parse(text) as unknown;
		return isObject(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}
