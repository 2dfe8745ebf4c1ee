/** Deeper than anything a provider or a person writes, and far from where JavaScript's own stack ends. */
const DEEPEST = 64;

/**
 * A value of somebody else's made safe to walk through, to store and to merge: numbers that JSON cannot hold are
 * null, and keys called `__proto__` are left out, which would else become the prototype of whatever it is merged into.
 *
 * @throws Error where it is nested deeper than 64 levels
 */
export function sound(value: unknown, depth = 0): unknown {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'object' || value === null) return value;
	if (depth > DEEPEST) throw new Error('it is nested too deeply');
	if (Array.isArray(value)) return value.map((one) => sound(one, depth + 1));
	const members = Object.entries(value).filter(([name]) => name !== '__proto__');
	return Object.fromEntries(members.map(([name, one]) => [name, sound(one, depth + 1)]));
}

/** Texts, to be left alone, or integers of 16 digits and more outside of them; for JSON that is right. */
const TEXT_OR_LONG_INTEGER = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

const withLongIntegersAsText = (json: string) =>
	json.replace(TEXT_OR_LONG_INTEGER, (token) => (token.startsWith('"') ? token : `"${token}"`));

/**
 * Reads JSON as somebody else wrote it, made `sound`. Integers of 16 digits and more, as the ids of messengers are,
 * stay text, or they would lose their last digits.
 *
 * @throws Error where it is not JSON, or nested deeper than 64 levels
 */
export function parseJson(text: string): unknown {
	const strict: unknown = JSON.parse(text);
	return sound(/\d{16}/.test(text) ? JSON.parse(withLongIntegersAsText(text)) : strict);
}
