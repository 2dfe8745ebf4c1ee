/**
 * Google's policy forbids whatever could name a person in Analytics (Measurement Protocol policies), and acts
 * upon it by deleting a property's data. So e-mail addresses and phone numbers do not leave here as values.
 * An address is looked for at the beginning of a word alone, or a long word would be read once for each letter.
 */
const EMAIL =
	/(?<![\p{L}\p{N}.!#$&'*+/?^_`{|}~-])[\p{L}\p{N}.!#$&'*+/?^_`{|}~-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu;

/** International numbers: with a plus, plain or in a URL, or behind tel:, whatsapp: and wa.me/. */
const GAP = '(?:[\\s().-]|%20)*';
const PHONE = new RegExp(
	`(?:(?<!\\w)(?:\\+|%2B)|\\b(?:tel:|whatsapp:|wa\\.me/)(?:\\+|%2B)?)${GAP}\\d(?:${GAP}\\d){6,14}(?!\\d)`,
	'gi',
);

/** Digits alone could be any id; under such a name they are a phone number. */
const PHONE_NAME =
	/(?:^|_)(?:phone|tel|telephone|telefon|telefono|mobile|cell|whatsapp|msisdn)(?:_?(?:number|no|nr))?(?:_|$)/i;
const DIGITS = /^[\d\s().+/-]{7,}$/;

const isPhoneByName = (name: string, text: string) => PHONE_NAME.test(name) && DIGITS.test(text.trim());

const REDACTED = '[redacted]';

/**
 * Looks for what could name a person.
 *
 * @param name of the parameter or user property; tells a phone number from other digits
 * @returns what was found, in words; undefined where nothing was
 */
export function personalDataIn(name: string, value: unknown): string | undefined {
	const text = String(value);
	if (text.search(EMAIL) >= 0) return 'an e-mail address';
	return text.search(PHONE) >= 0 || isPhoneByName(name, text) ? 'a phone number' : undefined;
}

/** The text with "[redacted]" in place of what could name a person. */
export const redact = (name: string, text: string): string =>
	isPhoneByName(name, text) ? REDACTED : text.replace(EMAIL, REDACTED).replace(PHONE, REDACTED);
