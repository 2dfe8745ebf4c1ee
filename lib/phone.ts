import parseWithMetadata, {
	getCountries,
	getCountryCallingCode,
	type CountryCode,
	type MetadataJson,
	type NumberType,
	type PhoneNumber,
} from 'libphonenumber-js/core';
import { identityOf, spellingsOf, withoutHabit } from './phone-rules';
import { maskPhone, PhoneNumberError, takeApart, toText, type Written } from './phone-text';

export { maskPhone, PhoneNumberError } from './phone-text';

/**
 * The build inlines a required file as a function that runs on its first call, an imported one as a value made
 * at once: a node that loads this file pays for the 150 kB of metadata only when its first number comes.
 */
declare const require: (file: 'libphonenumber-js/metadata.max.json') => MetadataJson;

let loaded: MetadataJson | undefined;
const metadata = () => (loaded ??= require('libphonenumber-js/metadata.max.json'));

export interface PhoneOptions {
	/** ISO 3166-1 alpha-2, such as PL: the country of numbers written without a country code. */
	defaultCountry?: string;
}

/** What kind of line a number is; some plans, such as North America's, do not tell the two first apart. */
export type PhoneType =
	| 'fixed_line'
	| 'mobile'
	| 'fixed_line_or_mobile'
	| 'pager'
	| 'personal_number'
	| 'premium_rate'
	| 'shared_cost'
	| 'toll_free'
	| 'uan'
	| 'voicemail'
	| 'voip';

export interface ParsedPhone {
	/** The number as it came, as text. */
	input: string;
	/** The form to dial and to store: + and digits. */
	e164: string;
	/** Whether the country's numbering plan has such a number. */
	valid: boolean;
	/** Whether its length is right, which numbers newer than the metadata still pass. */
	possible: boolean;
	/** ISO 3166-1 alpha-2; null for international services such as +800, and where the number does not tell. */
	country: string | null;
	/** Without the plus. */
	countryCallingCode: string;
	/** Null where the number is not valid. */
	type: PhoneType | null;
	/** As people write it inside the country, without the extension. */
	national: string;
	/** As people write it abroad, without the extension. */
	international: string;
	/** Digits to dial after the connection, no part of E.164. */
	extension: string | null;
}

const parse = (text: string, defaultCountry?: CountryCode) =>
	parseWithMetadata(text, { defaultCountry }, metadata());

/** A number and what its plan says of it, asked once: the library searches the plan anew for every question. */
interface Reading {
	number: PhoneNumber;
	type: NumberType;
	valid: boolean;
}

function judge(number: PhoneNumber): Reading {
	const type = number.getType();
	// A plan without types has valid numbers of no type.
	return { number, type, valid: type !== undefined || number.isValid() };
}

/** Repairs habits, and a trunk zero left after the country code ("+48 (0)22"), where that makes it valid. */
function repaired(reading: Reading): Reading {
	const { countryCallingCode: code, nationalNumber: national } = reading.number;
	const written = reading.valid ? [national] : [national, national.replace(/^0+/, '')];
	for (const one of written) {
		const attempt = withoutHabit(code, one);
		const repair = attempt === national ? undefined : parse(`+${code}${attempt}`);
		if (repair?.isValid()) return judge(repair);
	}
	return reading;
}

function read(text: string, defaultCountry?: CountryCode): Reading | undefined {
	const number = parse(text, defaultCountry);
	return number && repaired(judge(number));
}

/** The digits a country's people dial among themselves. */
const dialled = (number: PhoneNumber) => number.formatNational().replace(/\D/g, '');

const isMobile = ({ type }: Reading) => type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
/** Mobile numbers of most countries have so many digits with the country code, landlines seldom without. */
const FULL_LENGTH = 11;

/**
 * Digits alone may be a national number or an international one without its plus, as messengers write it. What is
 * valid wins; of two, the national one, unless it is a landline without its trunk prefix, or internationally a
 * number of the same country: Germany's plan, for one, has a landline for nearly any digits.
 */
function readOpen(digits: string, defaultCountry: CountryCode): Reading | undefined {
	const national = read(digits, defaultCountry);
	if (national && isMobile(national)) return national;
	const international = read(`+${digits}`);
	if (!international?.valid) return national;
	if (!national?.valid) return international;
	const sameCode =
		international.number.countryCallingCode === getCountryCallingCode(defaultCountry, metadata());
	const foreignMobile = digits.length >= FULL_LENGTH && isMobile(international);
	return sameCode || (foreignMobile && dialled(national.number) !== digits) ? international : national;
}

/** 00 and a country code, or what a country has instead, such as 0011 in Australia, which begins alike. */
function readFromAbroad(digits: string, defaultCountry?: CountryCode): Reading | undefined {
	const international = read(`+${digits.replace(/^0+/, '')}`);
	if (!defaultCountry || international?.valid) return international;
	const national = read(digits, defaultCountry);
	return national?.valid ? national : (international ?? national);
}

function toCountry(code: string | undefined): CountryCode | undefined {
	const country = code?.trim().toUpperCase();
	if (!country) return undefined;
	if (!isPhoneCountry(country)) {
		throw new PhoneNumberError(
			'is not the code of a country',
			'Use two letters from ISO 3166, such as PL, or leave it empty.',
			'The default country',
		);
	}
	return country as CountryCode;
}

interface Resolved {
	/** Undefined where the digits are no number at all. */
	reading: Reading | undefined;
	/** Whether the number itself says its country. */
	explicit: boolean;
}

function readWritten({ digits, front }: Written, country: CountryCode | undefined): Resolved {
	if (front === 'country') return { reading: read(`+${digits}`), explicit: true };
	if (digits.startsWith('00')) return { reading: readFromAbroad(digits, country), explicit: true };
	if (!country) return { reading: front === 'open' ? read(`+${digits}`) : undefined, explicit: false };
	return { reading: front === 'open' ? readOpen(digits, country) : read(digits, country), explicit: false };
}

/** A plus and 15 digits (ITU-T E.164). */
const LONGEST = 16;

function resolve(raw: unknown, { defaultCountry }: PhoneOptions) {
	const country = toCountry(defaultCountry);
	const input = toText(raw);
	const written = takeApart(input);
	const { reading, explicit } = readWritten(written, country);
	if (!explicit && !country && !reading?.valid) {
		throw new PhoneNumberError(
			`has no country code (${maskPhone(input)})`,
			'Write it with + and the country code, such as +48 601 234 567, or set the default country.',
		);
	}
	if (!reading || reading.number.number.length > LONGEST) {
		throw new PhoneNumberError(
			`has too few digits or too many, or a country code that nobody has (${maskPhone(input)})`,
			'Check the country code and the number of digits.',
		);
	}
	return { input, reading, explicit, country, extension: written.extension };
}

/**
 * Reads a phone number as people, spreadsheets, CRMs and messengers write it and tells what is known of it.
 *
 * Taken: + or 00 and the country code; national writing, where `defaultCountry` says whose; digits without plus
 * (WhatsApp, JSON numbers); `whatsapp:`, `tel:` and wa.me; `...@c.us` and `...@s.whatsapp.net`; extensions; a
 * trunk zero after the country code; digits of other scripts; any dashes, dots, blanks and invisible marks.
 * Made what can be dialled: Brazilian mobiles without the ninth digit, Mexican +521, Argentine 15.
 *
 * Digits alone, with a default country, are a national number if that is valid; except that a landline gives way
 * to what the same digits are internationally, if that is in the same country, or if the landline lacks its trunk
 * prefix and the other is a mobile number of 11 digits or more. Without a default country they are international.
 *
 * @param raw text or a whole number
 * @returns the number; one that was read but cannot exist has `valid: false`
 * @throws PhoneNumberError where there is no number to be read, or no telling of which country it is
 */
export function parsePhone(raw: unknown, options: PhoneOptions = {}): ParsedPhone {
	const { input, reading, extension } = resolve(raw, options);
	const { number, type, valid } = reading;
	return {
		input,
		e164: number.number,
		valid,
		possible: number.isPossible(),
		country: number.country ?? null,
		countryCallingCode: number.countryCallingCode,
		type: (type?.toLowerCase() as PhoneType | undefined) ?? null,
		national: number.formatNational(),
		international: number.formatInternational(),
		extension,
	};
}

/** The resolved number and the national part of its key. */
function identify(raw: unknown, options: PhoneOptions) {
	const { input, reading, explicit, country } = resolve(raw, options);
	const { number, valid } = reading;
	// Some plans take a digit for a prefix at every reading: what does not stand still is no key.
	const newer = () => explicit && number.isPossible() && read(number.number)?.number.number === number.number;
	if (!valid && !newer()) {
		throw new PhoneNumberError(
			`is not a number of ${number.country ?? `+${number.countryCallingCode}`} (${maskPhone(input)})`,
			'Check the country code and the number of digits.',
		);
	}
	return { number, country, key: identityOf(number.countryCallingCode, number.nationalNumber) };
}

/**
 * One text for one line, however it is written: same person, same key.
 *
 * It is the E.164 form, but for Argentina without the mobile 9, so that +54, +54 9 and 15 meet. Extensions do not
 * count. It can be read again and gives itself.
 *
 * @param raw as for `parsePhone`
 * @throws PhoneNumberError as `parsePhone`, and for numbers that are not valid; numbers with + or 00 need only
 *   have a possible length, because plans grow faster than metadata
 */
export function identityKey(raw: unknown, options: PhoneOptions = {}): string {
	const { number, key } = identify(raw, options);
	return `+${number.countryCallingCode}${key}`;
}

const dialledAtHome = (e164: string) => {
	const number = parse(e164);
	return number ? dialled(number) : e164.slice(1);
};

/**
 * Every spelling under which a CRM or messenger may hold a number: its E.164 form, other forms with plus, all of
 * them without plus, and, for a number of the default country, the digits dialled at home.
 *
 * @param raw as for `parsePhone`
 * @returns likeliest first, no duplicates; all of them have the number's identity key
 * @throws PhoneNumberError as `identityKey`
 */
export function lookupVariants(raw: unknown, options: PhoneOptions = {}): string[] {
	const { number, key, country } = identify(raw, options);
	const code = number.countryCallingCode;
	const nationals = [number.nationalNumber, ...spellingsOf(code, key, dialledAtHome)];
	const withPlus = nationals.map((national) => `+${code}${national}`);
	const withoutPlus = withPlus.map((one) => one.slice(1));
	const atHome = country && number.country === country ? withPlus.map(dialledAtHome) : [];
	return [...new Set([...withPlus, ...withoutPlus, ...atHome])];
}

/**
 * Whether two numbers are one line. What cannot be read is no line, never the same, not even as itself.
 *
 * @throws PhoneNumberError for a default country that is none
 */
export function samePhone(a: unknown, b: unknown, options: PhoneOptions = {}): boolean {
	toCountry(options.defaultCountry);
	try {
		return identityKey(a, options) === identityKey(b, options);
	} catch {
		return false;
	}
}

/** Whether a text is the upper-case ISO 3166-1 alpha-2 code of a country with a numbering plan. */
export const isPhoneCountry = (code: string): boolean => Object.hasOwn(metadata().countries, code);

/** All countries with a numbering plan: ISO 3166-1 alpha-2 and calling code without plus. */
export const phoneCountries = (): Array<{ country: string; callingCode: string }> =>
	getCountries(metadata()).map((country) => ({
		country,
		callingCode: getCountryCallingCode(country, metadata()),
	}));
