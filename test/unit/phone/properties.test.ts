import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json';
import {
	identityKey,
	lookupVariants,
	maskPhone,
	parsePhone,
	phoneCountries,
	PhoneNumberError,
} from '../../../lib/phone';

// The same numbers at every run: another seed is another test.
fc.configureGlobal({ seed: 20260328 });

const EXAMPLES: Partial<Record<string, string>> = examples;
const ONE_LINE_MANY_SPELLINGS = ['AR', 'BR', 'MX'];

const digits = (length: number) =>
	fc
		.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
		.map((all) => all.join(''));

/** Valid numbers of all countries, a third of them of those with several spellings. */
const number = fc
	.tuple(
		fc.oneof(
			{ weight: 2, arbitrary: fc.constantFrom(...phoneCountries()) },
			{
				weight: 1,
				arbitrary: fc.constantFrom(
					...phoneCountries().filter(({ country }) => ONE_LINE_MANY_SPELLINGS.includes(country)),
				),
			},
		),
		digits(4),
	)
	.filter(([{ country }]) => country in EXAMPLES)
	.map(([{ country, callingCode }, end]) => `+${callingCode}${EXAMPLES[country]?.slice(0, -4)}${end}`)
	.filter((e164) => parsePhone(e164).valid);

const SCRIPTS = ['0123456789', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '０１２３４５６７８９'];
const SEPARATORS = [
	'',
	'',
	'',
	' ',
	'-',
	'\u00a0',
	'\u2011',
	'\u2013',
	'\u200e',
	' - ',
	'\u2009',
	' (',
	') ',
	'/',
];
const MARKS = ['', '\u202a', '\u200f', ' ', '\ufeff'];

/** The same number as a person, a word processor or a chat might have written it. */
const noisy = (e164: string) =>
	fc
		.tuple(
			fc.constantFrom(...SCRIPTS),
			fc.constantFrom('+', '00', '＋', '(+'),
			fc.constantFrom(...MARKS),
			fc.array(fc.constantFrom(...SEPARATORS), { minLength: e164.length, maxLength: e164.length }),
			fc.constantFrom('', ' ', '\u202c', ' ext. 7', ';ext=7', ' доб. 7'),
		)
		.map(([script, front, mark, separators, end]) => {
			const body = [...e164.slice(1)].map(
				(digit, index) => `${index === 0 ? '' : separators[index]}${script[Number(digit)]}`,
			);
			return `${mark}${front}${body.join('')}${end}`;
		});

const attempt = (run: () => unknown) => {
	try {
		return run();
	} catch (error) {
		return error;
	}
};

describe('for any number', () => {
	it('formatting noise never changes the key', () => {
		fc.assert(
			fc.property(
				number.chain((e164) => fc.tuple(fc.constant(e164), noisy(e164))),
				([e164, written]) => {
					expect(identityKey(written)).toBe(identityKey(e164));
				},
			),
			{ numRuns: 200 },
		);
	});

	it('the key is its own key', () => {
		fc.assert(
			fc.property(number, (e164) => {
				expect(identityKey(identityKey(e164))).toBe(identityKey(e164));
			}),
			{ numRuns: 200 },
		);
	});

	it('the key of whatever has one is its own key', () => {
		const anything = fc.tuple(
			fc.oneof(fc.integer({ min: 1, max: 999 }), fc.constantFrom(52, 54, 55, 380)),
			fc.integer({ min: 4, max: 12 }).chain(digits),
		);
		fc.assert(
			fc.property(anything, ([code, rest]) => {
				const key = attempt(() => identityKey(`+${code}${rest}`));
				if (typeof key === 'string') expect(identityKey(key)).toBe(key);
				else expect(key).toBeInstanceOf(PhoneNumberError);
			}),
			{ numRuns: 1000 },
		);
	});

	it('the variants hold the E.164 form first, the bare digits, no duplicates, and have its key', () => {
		fc.assert(
			fc.property(number, (e164) => {
				const key = identityKey(e164);
				const variants = lookupVariants(e164);
				expect(variants[0]).toBe(parsePhone(e164).e164);
				expect(variants).toContain(parsePhone(e164).e164.slice(1));
				expect(new Set(variants).size).toBe(variants.length);
				for (const variant of variants) expect(identityKey(variant)).toBe(key);
			}),
			{ numRuns: 200 },
		);
	});

	it('the variants of one line are the same, whichever spelling they are made from', () => {
		fc.assert(
			fc.property(number, (e164) => {
				const variants = lookupVariants(e164);
				for (const variant of variants) {
					expect(new Set(lookupVariants(variant))).toEqual(new Set(variants));
				}
			}),
			{ numRuns: 100 },
		);
	});

	it('the variants read with its own country as default have its key', () => {
		fc.assert(
			fc.property(number, (e164) => {
				const defaultCountry = parsePhone(e164).country ?? undefined;
				for (const variant of lookupVariants(e164, { defaultCountry })) {
					expect(identityKey(variant, { defaultCountry })).toBe(identityKey(e164));
				}
			}),
			{ numRuns: 200 },
		);
	});
});

describe('for any garbage', () => {
	const garbage = fc.oneof(
		fc.anything(),
		fc.string({ unit: 'binary', maxLength: 300 }),
		fc.string({ unit: fc.constantFrom(...'+0123456789 ()-./,;x#@e\u200e٣'), maxLength: 260 }),
		fc.bigInt(),
	);

	it('there is a number or a refusal that hides the number, and it comes soon', () => {
		fc.assert(
			fc.property(garbage, fc.constantFrom(undefined, 'PL', 'US', 'BR', 'DE'), (raw, defaultCountry) => {
				const started = performance.now();
				const result = attempt(() => parsePhone(raw, { defaultCountry }));
				expect(performance.now() - started).toBeLessThan(1000);
				if (!(result instanceof PhoneNumberError)) {
					expect(result).toMatchObject({ e164: expect.stringMatching(/^\+\d+$/) });
				} else if (typeof raw === 'string') {
					expect(result.message).not.toMatch(/\d{5}/);
				}
			}),
			{ numRuns: 1500 },
		);
	});

	it('the mask shows six characters at most', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				expect([...maskPhone(text)].length).toBeLessThanOrEqual(9);
				expect(maskPhone(text)).toContain('***');
			}),
		);
	});

	it.each([
		['blanks', ' '.repeat(240) + 'x'],
		['commas', '1' + ','.repeat(240) + 'x'],
		['brackets', '('.repeat(249)],
		['digits', '1'.repeat(250)],
		['extensions', '1' + 'x1'.repeat(120)],
		['parts', `1${'.1'.repeat(100)}@c.us!`],
		['parameters', `tel:1${';ext=1'.repeat(40)}`],
	])('a long row of %s takes no time', (_, raw) => {
		const started = performance.now();
		attempt(() => parsePhone(raw, { defaultCountry: 'US' }));
		expect(performance.now() - started).toBeLessThan(1000);
	});
});

it('makes 10,000 keys in seconds', () => {
	const numbers = Array.from({ length: 10_000 }, (_, index) => `+55 11 8${String(index).padStart(7, '0')}`);
	identityKey('+5511987654321');
	const started = performance.now();
	const keys = new Set(numbers.map((one) => identityKey(one)));
	expect(performance.now() - started).toBeLessThan(3000);
	expect(keys.size).toBe(10_000);
});
