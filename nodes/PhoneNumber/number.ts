import type { ItemInput } from '../../lib/operations';
import {
	identityKey,
	isPhoneCountry,
	maskPhone,
	parsePhone,
	PhoneNumberError,
	type ParsedPhone,
	type PhoneOptions,
} from '../../lib/phone';

/** A phone number field of one item, read. */
export interface PhoneField {
	/** As it came, as text; null where it was no text. */
	input: string | null;
	/** Null where there is no number in it, which only Pass Through lets happen. */
	phone: ParsedPhone | null;
	valid: boolean;
	/** Null where the number has none. */
	identityKey: string | null;
	/** Why the number is not valid, with the number masked. */
	reason?: string;
}

/** The default country as lib/phone takes it; refuses what is no country. */
export function readPhoneOptions(input: ItemInput): PhoneOptions {
	const country = input.optionalId('defaultCountry')?.toUpperCase();
	if (country && !isPhoneCountry(country)) {
		return input.refuse(
			'defaultCountry',
			'is not the code of a country',
			'Choose a country from the list, use two letters from ISO 3166 such as PL, or leave it empty.',
		);
	}
	return { defaultCountry: country };
}

/** Runs a reader of lib/phone; what it refuses comes back as a value. */
function attempt<T>(read: () => T): T | PhoneNumberError {
	try {
		return read();
	} catch (error) {
		return error instanceof PhoneNumberError
			? error
			: new PhoneNumberError('could not be read', 'Write it with + and the country code.');
	}
}

const invalid = ({ input, country, countryCallingCode }: ParsedPhone) =>
	new PhoneNumberError(
		`is not a number of ${country ?? `+${countryCallingCode}`} (${maskPhone(input)})`,
		'Check the country code and the number of digits.',
	);

/**
 * Reads a phone number field. An invalid number ends the item, unless Invalid Numbers says to pass it through.
 *
 * @param field the internal name of the field
 */
export function readPhone(input: ItemInput, field: 'phoneNumber' | 'otherPhoneNumber'): PhoneField {
	const options = readPhoneOptions(input);
	const raw = input.value(field);
	const text = typeof raw === 'string' || typeof raw === 'number' ? String(raw) : null;
	const parsed = attempt(() => parsePhone(raw, options));
	const phone = parsed instanceof PhoneNumberError ? null : parsed;
	const key = attempt(() => identityKey(raw, options));
	const result = { input: text, phone, identityKey: typeof key === 'string' ? key : null };
	if (phone?.valid) return { ...result, valid: true };
	const refusal = parsed instanceof PhoneNumberError ? parsed : invalid(parsed);
	if (input.collection('options').optionalText('invalidNumbers') === 'passThrough') {
		return { ...result, valid: false, reason: refusal.message };
	}
	return input.refuse(
		field,
		refusal.what,
		`${refusal.howToFix} To let such items go on, set Invalid Numbers to Pass Through.`,
	);
}
