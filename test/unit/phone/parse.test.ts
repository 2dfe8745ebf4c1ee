import { parsePhone, phoneCountries } from '../../../lib/phone';
import { CARRIED, MENDED, WRITTEN, type Case } from './cases';

const ALL = [...WRITTEN, ...CARRIED, ...MENDED];

const reads = ([raw, defaultCountry, e164, country, type]: Case) =>
	expect(parsePhone(raw, { defaultCountry })).toMatchObject({
		e164,
		country,
		type,
		valid: true,
		possible: true,
	});

describe('parsePhone', () => {
	it('is tried on at least 150 numbers of more than 30 countries', () => {
		expect(ALL.length).toBeGreaterThanOrEqual(150);
		expect(new Set(ALL.map(([, , , country]) => country)).size).toBeGreaterThan(30);
	});

	it.each(WRITTEN)('reads %p as written in %p: %s', (...one) => reads(one));
	it.each(CARRIED)('reads %p as carried by machines, default %p: %s', (...one) => reads(one));
	it.each(MENDED)('mends %p, default %p: %s', (...one) => reads(one));

	it('tells everything there is to know of a number', () => {
		expect(parsePhone(' +44 (0)20 7946 0958 ext. 123 ')).toEqual({
			input: '+44 (0)20 7946 0958 ext. 123',
			e164: '+442079460958',
			valid: true,
			possible: true,
			country: 'GB',
			countryCallingCode: '44',
			type: 'fixed_line',
			national: '020 7946 0958',
			international: '+44 20 7946 0958',
			extension: '123',
		});
	});

	it.each([
		['+48 601 234 567 ext 12', undefined],
		['+48 601 234 567 ext. 12', undefined],
		['+48 601 234 567x12', undefined],
		['+48 601 234 567 #12', undefined],
		['+48 601 234 567,12', undefined],
		['+48 601 234 567;12', undefined],
		['+48 601 234 567 wew. 12', undefined],
		['601 234 567 wewn. 12', 'PL'],
		['+48 601 234 567 доб. 12', undefined],
		['+48 601 234 567 (доб. 12)', undefined],
		['+48 601 234 567 вн. 12', undefined],
		['+48 601 234 567 ramal 12', undefined],
		['+48 601 234 567 int. 12', undefined],
		['tel:+48601234567;ext=12', undefined],
		['tel:+48601234567;isub=1;ext=12', undefined],
	])('keeps the extension of %p apart', (raw, defaultCountry) => {
		expect(parsePhone(raw, { defaultCountry })).toMatchObject({ e164: '+48601234567', extension: '12' });
	});

	it('says that a number cannot exist instead of throwing', () => {
		expect(parsePhone('+48123')).toMatchObject({ valid: false, possible: false, type: null, country: 'PL' });
		expect(parsePhone('101 234 567', { defaultCountry: 'PL' })).toMatchObject({
			e164: '+48101234567',
			valid: false,
			possible: true,
		});
		expect(parsePhone('15 2345 6789', { defaultCountry: 'AR' })).toMatchObject({ valid: false });
	});

	it('knows numbers of no country', () => {
		expect(parsePhone('+800 1234 5678')).toMatchObject({
			e164: '+80012345678',
			country: null,
			type: 'toll_free',
			valid: true,
		});
	});

	it('takes the default country in either case and with blanks', () => {
		expect(parsePhone('601234567', { defaultCountry: ' pl ' }).e164).toBe('+48601234567');
		expect(parsePhone('+48601234567', { defaultCountry: '' }).country).toBe('PL');
	});
});

describe('phoneCountries', () => {
	it('lists every country with its calling code', () => {
		const countries = phoneCountries();
		expect(countries.length).toBeGreaterThan(240);
		expect(countries).toContainEqual({ country: 'UA', callingCode: '380' });
	});
});
