import fc from 'fast-check';
import { parseTolerantly, UnreadableBody } from '../../../nodes/Chatfuel/trigger/tolerantJson';

/** What an operator types into the bot, with what a user typed put in as it stands. */
const written = (typed: string) => `{
	"first name": "${typed}",
	"phone": "+48600100200"
}`;

describe('parseTolerantly', () => {
	it.each([
		['quotes', 'Anna "Ania" Nowak'],
		['the name of the acceptance test', 'O"Brien \\ {"x":1}'],
		['line breaks and tabs', 'line one\nline two\r\n\tthree'],
		['an emoji and another script', 'Zoë 🙂 Ольга'],
		['a backslash before a letter that is no escape', 'C:\\games'],
		['a backslash at its end', 'C:\\'],
		['a quote at its end', 'the "best"'],
		['a quote alone', '"'],
		['braces and brackets', '}{][,:'],
		['quote and brace', 'a "b"} c'],
		['an object', '{"x":"1"}'],
		['a comma after a quote', 'say "hi", please'],
	])('keeps %s in a raw text exactly as typed', (_, typed) => {
		expect(parseTolerantly(written(typed))).toEqual({ 'first name': typed, phone: '+48600100200' });
	});

	it.each([
		['a placeholder without quotes', '{"age": {{age}}, "b": "x"}', { age: '{{age}}', b: 'x' }],
		['a word without quotes', '{"age": thirty, "b": 1}', { age: 'thirty', b: 1 }],
		['nothing where a value was', '{"age": , "b": true}', { age: null, b: true }],
		['nothing where the last value was', '{"b": false, "age": }', { age: null, b: false }],
		['a comma too many', '{"a": "x", "b": [1, 2,],}', { a: 'x', b: [1, 2] }],
		[
			'raw quotes deeper down',
			'{"a": {"b": "x "y" z"}, "c": ["q "r" s"]}',
			{ a: { b: 'x "y" z' }, c: ['q "r" s'] },
		],
		[
			'numbers',
			'{"a": -1.5e3, "b": 12345678901234567, "t": "raw "q""}',
			{ a: -1500, b: '12345678901234567', t: 'raw "q"' },
		],
		['escapes in a broken body', '{"a": "x\\n\\u00e9\\"y", "b": "raw "q" "}', { a: 'x\né"y', b: 'raw "q" ' }],
	])('reads %s', (_, text, expected) => {
		expect(parseTolerantly(text)).toEqual(expected);
	});

	it('keeps all digits of an id that is a number, in JSON that is right', () => {
		expect(
			parseTolerantly('{"id": 17841400000000123, "text": "1 17841400000000123", "n": 1.2345678901234567}'),
		).toEqual({
			id: '17841400000000123',
			text: '1 17841400000000123',
			n: 1.2345678901234567,
		});
	});

	it.each([
		['nothing', ''],
		['a list', '[1]'],
		['a text', '"hello"'],
		['prose', 'hello there'],
		['an object that is cut off', '{"a": "x'],
		['a name without quotes', '{a: 1, "b": "x"y"}'],
		['bottomless nesting', '{"a":'.repeat(200) + '1' + '}'.repeat(199)],
	])('refuses %s and says where it breaks', (_, text) => {
		expect(() => parseTolerantly(text)).toThrow(UnreadableBody);
		expect(() => parseTolerantly(text)).toThrow(/at character \d+$/);
	});

	it('reads every JSON object as JSON does, but for keys that would become a prototype', () => {
		const keys = fc.string({ minLength: 1 }).filter((key) => key !== '__proto__');
		const values = fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.constant(null), fc.integer());
		fc.assert(
			fc.property(fc.dictionary(keys, fc.oneof(values, fc.array(values))), (object) => {
				const text = JSON.stringify(object);
				expect(parseTolerantly(text)).toEqual(JSON.parse(text));
			}),
		);
		expect(parseTolerantly('{"a":1,"__proto__":{"x":1}}')).toEqual({ a: 1 });
		expect(Object.keys(parseTolerantly('{"a":b "c",\n"__proto__":{"x":1}}'))).toEqual(['a']);
	});

	it('ends, with an object or a refusal, on whatever comes', () => {
		const pieces = fc.constantFrom('{', '}', '"', ',', ':', '\\', '[', ']', ' ', 'a', '{{', '\n', '1');
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 40 }), (list) => {
				try {
					expect(typeof parseTolerantly(`{"a": "${list.join('')}"}`)).toBe('object');
				} catch (error) {
					expect(error).toBeInstanceOf(UnreadableBody);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it.each([
		['quotes', '"'],
		['quotes and spaces', '" '],
		['quotes that look like ends', '", "'],
		['backslashes and quotes', '\\"'],
		['spaces', ' '],
		['braces', '"} '],
		['braces and letters', '"}a'],
	])('takes time in proportion to a body full of %s', (_, piece) => {
		const started = Date.now();
		const text = `{"a": "${piece.repeat(1_000_000 / piece.length)}`;
		try {
			parseTolerantly(text);
		} catch (error) {
			expect(error).toBeInstanceOf(UnreadableBody);
		}
		expect(Date.now() - started).toBeLessThan(3000);
	});
});
