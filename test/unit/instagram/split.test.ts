import fc from 'fast-check';
import { byteLength, splitText } from '../../../nodes/InstagramDirect/message/split';

describe('splitText', () => {
	it('leaves a text that fits exactly as it is', () => {
		const text = `  ${'я'.repeat(498)}  `;
		expect(byteLength(text)).toBe(1000);
		expect(splitText(text)).toEqual([text]);
	});

	it.each([
		['one two three', 8, ['one two', 'three']],
		['one two three', 7, ['one two', 'three']],
		['one  \n two', 5, ['one', 'two']],
		['abcdefgh', 3, ['abc', 'def', 'gh']],
		['ab abcdefgh', 4, ['ab', 'abcd', 'efgh']],
		['żółć', 4, ['żó', 'łć']],
		['🙂🙂🙂', 9, ['🙂🙂', '🙂']],
		['a\u00A0bb\u2003ccc', 5, ['a\u00A0bb', 'ccc']],
	])('splits %j at %i bytes', (text, most, parts) => {
		expect(splitText(text, most)).toEqual(parts);
	});

	it('keeps an emoji of several code points whole where it fits', () => {
		const family = '👩‍👩‍👧‍👦';
		expect(splitText(family.repeat(3), 60)).toEqual([family.repeat(2), family]);
		expect(splitText('e\u0301e\u0301', 5)).toEqual(['e\u0301', 'e\u0301']);
	});

	it('never sends too much, cuts no code point, and loses nothing but white space at the borders', () => {
		const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
		const text = fc.array(fc.oneof(word, fc.constantFrom(' ', '\n', '👩‍👩‍👧‍👦', 'ёж', 'longwordwithoutend')), {
			maxLength: 80,
		});
		fc.assert(
			fc.property(text, fc.integer({ min: 4, max: 60 }), (pieces, most) => {
				const whole = pieces.join('');
				const parts = splitText(whole, most);
				expect(parts.every((part) => byteLength(part) <= most)).toBe(true);
				// A code point that was cut would come back from UTF-8 as another.
				expect(parts.map((part) => Buffer.from(part).toString())).toEqual(parts);
				expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
				if (byteLength(whole) > most)
					expect(parts.every((part) => part.trim() === part && part)).toBeTruthy();
			}),
			{ numRuns: 500 },
		);
	});
});
