import { identityKey, lookupVariants, maskPhone, parsePhone, PhoneNumberError } from '../../../lib/phone';

const refusal = (run: () => unknown): PhoneNumberError => {
	try {
		run();
	} catch (error) {
		if (error instanceof PhoneNumberError) return error;
	}
	throw new Error('not refused');
};

describe('what is no phone number', () => {
	it.each<[unknown, string | undefined, RegExp]>([
		['', undefined, /^The phone number is empty$/],
		['   ', undefined, /is empty$/],
		[null, undefined, /is empty$/],
		[undefined, 'PL', /is empty$/],
		[{ phone: '+48601234567' }, undefined, /something other than text or a number$/],
		[['+48601234567'], undefined, /something other than text/],
		[true, undefined, /something other than text/],
		[Number.NaN, undefined, /is not a whole number$/],
		[4860123.4567, undefined, /is not a whole number$/],
		[-48601234567, undefined, /is not a whole number$/],
		[1e20, undefined, /is not a whole number$/],
		['call me maybe', undefined, /is not one phone number \(call\*\*\*be\)$/],
		['+48 601 2x4 567', undefined, /is not one phone number/],
		['601***567', 'PL', /is not one phone number/],
		['+48601234567, +48602345678', undefined, /is not one phone number \(\+486\*\*\*78\)$/],
		['48+601234567', undefined, /is not one phone number/],
		['601234567 / 602345678', 'PL', /too few digits or too many/],
		['601234567', undefined, /has no country code \(601\*\*\*67\)$/],
		['8 (495) 123-45-67', undefined, /has no country code/],
		['0170 1234567', undefined, /has no country code/],
		['+999 123 456 789', undefined, /a country code that nobody has/],
		['+', undefined, /is not one phone number \(\*\*\*\)$/],
		['1', 'PL', /too few digits or too many, or a country code that nobody has \(\*\*\*\)$/],
		['120363025246125486@g.us', undefined, /is an address without a phone number \(1203\*\*\*us\)$/],
		['123456789012345@lid', undefined, /is an address without a phone number/],
		['anna@example.com', undefined, /is an address without a phone number/],
		['4.86012E+10', undefined, /was shortened by a spreadsheet/],
		['4,86012E+10', undefined, /was shortened by a spreadsheet/],
		['9'.repeat(251), undefined, /is longer than any phone number$/],
		['+48601234567', 'XQ', /^The default country is not the code of a country$/],
		['+48601234567', 'constructor', /^The default country is not/],
	])('%p with default %p is refused', (raw, defaultCountry, message) => {
		const error = refusal(() => parsePhone(raw, { defaultCountry }));
		expect(error.message).toMatch(message);
		expect(error.message.endsWith(error.what)).toBe(true);
		expect(error.howToFix).toMatch(/^\p{Lu}.+\.$/su);
		expect(error.name).toBe('PhoneNumberError');
	});

	it.each([identityKey, lookupVariants])('%p refuses numbers that cannot exist', (read) => {
		expect(refusal(() => read('+48 601 234 567 8901')).message).toMatch(
			/is not a number of PL \(\+48 \*\*\*01\)$/,
		);
		expect(refusal(() => read('15 2345 6789', { defaultCountry: 'AR' })).message).toMatch(/of AR/);
	});
});

describe('maskPhone', () => {
	it.each([
		['+48601234567', '+486***67'],
		['+5511987654321', '+551***21'],
		['601234567', '601***67'],
		['\u202a+48 601 234 567\u202c', '+48 ***67'],
		['12345678', '12***78'],
		['1234567', '***'],
		['+1', '***'],
		['', '***'],
	])('%p is shown as %p', (number, shown) => {
		expect(maskPhone(number)).toBe(shown);
	});
});
