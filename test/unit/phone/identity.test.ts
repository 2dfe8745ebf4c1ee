import { identityKey, lookupVariants, parsePhone, samePhone } from '../../../lib/phone';

interface Line {
	key: string;
	defaultCountry: string;
	/** Spellings that say their country. */
	abroad: string[];
	/** Spellings of the default country. */
	home: string[];
}

/** One line each, in every spelling that is in use. */
const LINES: Line[] = [
	{
		key: '+5511987654321',
		defaultCountry: 'BR',
		abroad: ['+5511987654321', '+551187654321', '5511987654321', '551187654321', '551187654321@c.us'],
		home: ['11987654321', '1187654321', '(11) 8765-4321', '011 98765-4321', '0 15 11 8765-4321'],
	},
	{
		key: '+5531966554433',
		defaultCountry: 'BR',
		abroad: ['+55 31 96655-4433', '+55 31 6655-4433', '553166554433@s.whatsapp.net'],
		home: ['(31) 96655-4433', '(31) 6655-4433'],
	},
	{
		key: '+5555999887766',
		defaultCountry: 'BR',
		abroad: ['+55 55 99988-7766', '+55 55 9988-7766', '5555999887766', '555599887766'],
		home: ['55 99988-7766', '55 9988-7766', '55999887766'],
	},
	{
		key: '+525512345678',
		defaultCountry: 'MX',
		abroad: ['+525512345678', '+5215512345678', '5215512345678', '525512345678', 'whatsapp:+5215512345678'],
		home: ['55 1234 5678', '1 55 1234 5678', '044 55 1234 5678', '045 55 1234 5678', '01 55 1234 5678'],
	},
	{
		key: '+529991234567',
		defaultCountry: 'MX',
		abroad: ['+52 999 123 4567', '+52 1 999 123 4567', '5219991234567@c.us'],
		home: ['999 123 4567', '044 999 123 4567'],
	},
	{
		key: '+541123456789',
		defaultCountry: 'AR',
		abroad: [
			'+5491123456789',
			'+541123456789',
			'+54 11 15 2345-6789',
			'+54 9 11 15 2345 6789',
			'5491123456789',
		],
		home: ['011 15-2345-6789', '11 15 2345 6789', '11 2345 6789', '9 11 2345 6789'],
	},
	{
		key: '+543512345678',
		defaultCountry: 'AR',
		abroad: ['+54 9 351 234-5678', '+54 351 234-5678', '+54 351 15 234-5678', '543512345678'],
		home: ['0351 15 234-5678', '351 15 234 5678', '0351 234-5678'],
	},
	{
		key: '+542966412345',
		defaultCountry: 'AR',
		abroad: ['+54 9 2966 41-2345', '+54 2966 41-2345', '+54 2966 15 41-2345', '5492966412345'],
		home: ['02966 15 41-2345', '2966 15 412345', '02966 41-2345'],
	},
	{
		key: '+48601234567',
		defaultCountry: 'PL',
		abroad: ['+48 601 234 567', '0048601234567', '48601234567', '+48 601-234-567 wew. 3'],
		home: ['601 234 567', '48 601 234 567'],
	},
];

/** Two lines that a careless rule would make one. */
const APART: Array<[string, string, string]> = [
	['a Brazilian landline and the mobile with a nine before it', '+551137654321', '+5511937654321'],
	['two Brazilian landlines', '+551137654321', '+551127654321'],
	['two Brazilian area codes', '+5511987654321', '+5521987654321'],
	['a Mexican number and a North American one', '+525512345678', '+15512345678'],
	['two Argentine area codes', '+5491123456789', '+5493512345678'],
	['an Argentine line and a subscriber number that begins with 15', '+541115234567', '+541123456789'],
	['neighbours', '+48601234567', '+48601234568'],
];

describe('identityKey', () => {
	describe.each(LINES)('$key', ({ key, defaultCountry, abroad, home }) => {
		it.each(abroad)('is the key of %p without a default country', (spelling) => {
			expect(identityKey(spelling)).toBe(key);
		});

		it.each([...abroad, ...home])('is the key of %p in its country', (spelling) => {
			expect(identityKey(spelling, { defaultCountry })).toBe(key);
		});

		it('is its own key', () => {
			expect(identityKey(key)).toBe(key);
		});
	});

	it.each(APART)('keeps %s apart', (_, one, other) => {
		expect(identityKey(one)).not.toBe(identityKey(other));
		expect(samePhone(one, other)).toBe(false);
	});

	it('gives Brazilian landlines no ninth digit', () => {
		for (const first of ['2', '3', '4', '5']) {
			expect(identityKey(`+5511${first}7654321`)).toBe(`+5511${first}7654321`);
		}
	});

	it.each([11, 16, 19, 21, 27, 31, 38, 41, 48, 51, 55, 61, 69, 71, 79, 81, 88, 91, 99])(
		'gives Brazilian mobiles of area code %i the ninth digit',
		(area) => {
			for (const first of ['6', '7', '8', '9']) {
				expect(identityKey(`+55${area}${first}7654321`)).toBe(`+55${area}9${first}7654321`);
			}
		},
	);

	it('takes a number newer than the metadata when it says its country, and only then', () => {
		expect(parsePhone('+48 101 234 567')).toMatchObject({ valid: false, possible: true });
		expect(identityKey('+48 101 234 567')).toBe('+48101234567');
		expect(() => identityKey('101 234 567', { defaultCountry: 'PL' })).toThrow(/is not a number of PL/);
	});
});

describe('samePhone', () => {
	it('sees one line in two spellings', () => {
		expect(samePhone('+5511987654321', '551187654321@c.us')).toBe(true);
		expect(samePhone('601 234 567', 48601234567, { defaultCountry: 'PL' })).toBe(true);
	});

	it('sees no line in what cannot be read', () => {
		expect(samePhone('call me', 'call me')).toBe(false);
		expect(samePhone('', '')).toBe(false);
	});

	it('refuses a default country that is none instead of saying no', () => {
		expect(() => samePhone('601234567', '601234567', { defaultCountry: 'Poland' })).toThrow(/not the code/);
	});
});

describe('lookupVariants', () => {
	it.each([
		['+48601234567', undefined, ['+48601234567', '48601234567']],
		['+48601234567', 'PL', ['+48601234567', '48601234567', '601234567']],
		['+33612345678', 'FR', ['+33612345678', '33612345678', '0612345678']],
		['+48601234567', 'DE', ['+48601234567', '48601234567']],
		['+80012345678', undefined, ['+80012345678', '80012345678']],
		['+551187654321', undefined, ['+5511987654321', '+551187654321', '5511987654321', '551187654321']],
		['+551137654321', undefined, ['+551137654321', '551137654321']],
		['+525512345678', undefined, ['+525512345678', '+5215512345678', '525512345678', '5215512345678']],
		[
			'+5492966412345',
			undefined,
			[
				'+5492966412345',
				'+542966412345',
				'+54296615412345',
				'5492966412345',
				'542966412345',
				'54296615412345',
			],
		],
		[
			'11 8765-4321',
			'BR',
			['+5511987654321', '+551187654321', '5511987654321', '551187654321', '11987654321', '1187654321'],
		],
	])('of %p, default country %p', (raw, defaultCountry, variants) => {
		expect(lookupVariants(raw, { defaultCountry })).toEqual(variants);
	});

	it('begins with the spelling that can be dialled, also for an Argentine line written as a landline', () => {
		expect(lookupVariants('+541123456789').slice(0, 2)).toEqual(['+541123456789', '+5491123456789']);
	});
});
