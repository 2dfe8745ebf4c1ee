import { parseJson, sound } from '../../../lib/json';

/** The body is neither JSON nor close enough to it; the message says where it breaks. */
export class UnreadableBody extends Error {}

type Closer = '}' | ']';

const DEEPEST = 20;
const LONGEST_KEY = 200;
const ESCAPES: Record<string, string> = {
	'"': '"',
	'\\': '\\',
	'/': '/',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
};

/**
 * Reads hand-written JSON into which Chatfuel put its attributes as they stand: raw quotes and line breaks
 * inside texts, single backslashes, placeholders without quotes, a comma too many. A quote ends a text only
 * where the JSON goes on after it: `, "next key":` or the end of the object or list. Linear in the body's length.
 */
class TolerantReader {
	private at = 0;

	constructor(private readonly text: string) {}

	document(): Record<string, unknown> {
		this.at = this.skip(0);
		if (this.text[this.at] !== '{') this.fail('an object was expected');
		const value = this.object(1);
		if (this.skip(this.at) < this.text.length) this.fail('there is more after the object');
		return value;
	}

	private fail(what: string): never {
		throw new UnreadableBody(`${what}, at character ${this.at + 1}`);
	}

	/** The first position from here on that is no white space. */
	private skip(from: number): number {
		let at = from;
		while (at < this.text.length && ' \t\r\n'.includes(this.text.charAt(at))) at++;
		return at;
	}

	private object(depth: number): Record<string, unknown> {
		if (depth > DEEPEST) this.fail('it is nested too deeply');
		const members: Array<[string, unknown]> = [];
		this.at = this.skip(this.at + 1);
		while (this.text[this.at] !== '}') {
			if (this.text[this.at] !== '"') this.fail('a name in quotes was expected');
			const key = this.string((after) => this.text[this.skip(after)] === ':');
			this.at = this.skip(this.skip(this.at) + 1);
			members.push([key, this.value('}', depth)]);
			this.next('}');
		}
		this.at++;
		return Object.fromEntries(members);
	}

	private list(depth: number): unknown[] {
		if (depth > DEEPEST) this.fail('it is nested too deeply');
		const entries: unknown[] = [];
		this.at = this.skip(this.at + 1);
		while (this.text[this.at] !== ']') {
			entries.push(this.value(']', depth));
			this.next(']');
		}
		this.at++;
		return entries;
	}

	/** Goes on behind the comma between two values, or up to what closes them. */
	private next(closer: Closer): void {
		this.at = this.skip(this.at);
		if (this.text[this.at] === ',') this.at = this.skip(this.at + 1);
		else if (this.text[this.at] !== closer) this.fail(`a comma or ${closer} was expected`);
	}

	private value(closer: Closer, depth: number): unknown {
		const character = this.text[this.at];
		if (character === '"') return this.string((after) => this.endsValue(after, closer, depth));
		if (character === '[') return this.list(depth + 1);
		if (character === '{' && this.text[this.at + 1] !== '{') return this.object(depth + 1);
		return this.bare(closer, depth);
	}

	/** Whether the JSON goes on here as it would after a value. */
	private endsValue(after: number, closer: Closer, depth: number): boolean {
		let at = this.skip(after);
		if (this.text[at] === ',') {
			at = this.skip(at + 1);
			if (this.text[at] !== closer) return closer === ']' || this.isKey(at);
		}
		if (this.text[at] !== closer) return false;
		const beyond = this.text[this.skip(at + 1)];
		return depth === 1 ? beyond === undefined : beyond !== undefined && ',}]'.includes(beyond);
	}

	private isStop(closer: Closer): boolean {
		return this.text[this.at] === ',' || this.text[this.at] === closer;
	}

	private isKey(at: number): boolean {
		if (this.text[at] !== '"') return false;
		const length = this.text.slice(at + 1, at + 1 + LONGEST_KEY).indexOf('"');
		return length >= 0 && this.text[this.skip(at + length + 2)] === ':';
	}

	private string(ends: (after: number) => boolean): string {
		let built = '';
		for (this.at++; ;) {
			const character = this.text[this.at];
			if (character === undefined) this.fail('a text is not closed');
			if (character === '"' && ends(this.at + 1)) {
				this.at++;
				return built;
			}
			built += character === '\\' ? this.escaped(ends) : character;
			this.at++;
		}
	}

	/** What a backslash stands for, leaving the position at its last character. */
	private escaped(ends: (after: number) => boolean): string {
		const letter = this.text[this.at + 1] ?? '';
		const code = this.text.slice(this.at + 2, this.at + 6);
		if (letter === 'u' && /^[0-9a-f]{4}$/i.test(code)) {
			this.at += 5;
			return String.fromCharCode(parseInt(code, 16));
		}
		const meant = ESCAPES[letter];
		// A text that was typed with a backslash at its end: the quote after it closes the text.
		if (meant === undefined || (letter === '"' && ends(this.at + 2))) return '\\';
		this.at++;
		return meant;
	}

	/** A value without quotes: a number, a word of JSON's, or whatever filled a placeholder. */
	private bare(closer: Closer, depth: number): unknown {
		const start = this.at;
		while (!(this.isStop(closer) && this.endsValue(this.at, closer, depth))) {
			if (this.at >= this.text.length) this.fail('a value is not closed');
			this.at++;
		}
		const word = this.text.slice(start, this.at).trim();
		if (word === '' || word === 'null') return null;
		if (word === 'true' || word === 'false') return word === 'true';
		const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(word) ? Number(word) : NaN;
		return Number.isFinite(number) && !isLongInteger(word) ? number : word;
	}
}

/** An integer that a JavaScript number may not hold to its last digit, as the ids of messengers are. */
const isLongInteger = (word: string) => /^-?\d{16,}$/.test(word);

function parsedStrictly(text: string): { value: unknown } | undefined {
	try {
		return { value: parseJson(text) };
	} catch {
		return undefined;
	}
}

/**
 * Reads a JSON object: strictly where it is JSON, else tolerantly. Integers of 16 digits and more stay text,
 * or they would lose their last digits.
 *
 * @param text the body, decoded
 * @throws UnreadableBody where it is no object, or where a text or value has no recognisable end
 */
export function parseTolerantly(text: string): Record<string, unknown> {
	const strict = parsedStrictly(text);
	if (!strict) return sound(new TolerantReader(text).document()) as Record<string, unknown>;
	const { value } = strict;
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return value as Record<string, unknown>;
	}
	throw new UnreadableBody('an object was expected, at character 1');
}
