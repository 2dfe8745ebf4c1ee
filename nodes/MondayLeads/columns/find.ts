import { numberOf } from '../../../lib/fit';
import { identityKey, isPhoneCountry, lookupVariants, samePhone } from '../../../lib/phone';
import { parsedValue, readDate } from './read';
import type { Finder, StoredValue } from './types';
import { withPhone } from './write';

/** Enough digits that few other numbers end alike, and few enough that a number stored without its country code is found. */
const PHONE_DIGITS = 7;

const folded = (text: string | null | undefined) => (text ?? '').trim().toLowerCase();

/** Columns that monday.com finds by what they show (items_page_by_column_values page, 2026-09-06). */
export const shownText: Finder = {
	identity: folded,
	questions: (value) => [{ by: 'value', text: value }],
	matches: ({ text }, identity) => folded(text) === identity,
};

/** Dropdown: monday.com matches part of a label, and a row may have several. */
export const oneLabel: Finder = {
	...shownText,
	matches: ({ text }, identity) => (text ?? '').split(',').map(folded).includes(identity),
};

export const itemName: Finder = {
	...shownText,
	questions: (value) => [{ by: 'contains', text: value }],
};

export const sameNumber: Finder = {
	identity: (value, to) =>
		String(numberOf(value) ?? to.refuse('is not a number', 'Use digits and a decimal point.')),
	questions: (value) => [{ by: 'value', text: value }],
	matches: ({ text }, identity) => String(numberOf(text)) === identity,
};

/** A date column is found by its day, in UTC as monday.com stores it; hours cannot be asked for. */
export const sameDay: Finder = {
	identity: (value) => value.slice(0, 10),
	questions: (value) => [{ by: 'value', text: value.slice(0, 10) }],
	matches: (stored, identity) => String(readDate(parsedValue(stored))).startsWith(identity),
};

const addressOf = (stored: StoredValue) => {
	const { url, email } = parsedValue(stored);
	return folded((email ?? url) as string | undefined);
};

/** A link is found by what it shows and verified by its address. */
export const sameLink: Finder = {
	...shownText,
	matches: (stored, identity) => addressOf(stored) === identity || shownText.matches(stored, identity),
};

/**
 * An e-mail is verified by its address, but monday.com searches the text that is shown in its place (e-mail
 * column page): so it is asked for rows that show the address, alone or among other words, and for those that
 * show something else altogether, such as "Work".
 */
export const sameEmail: Finder = {
	identity: folded,
	questions: (value) => [{ by: 'contains', text: value }, { by: 'otherLabels' }],
	matches: (stored, identity) => addressOf(stored) === identity,
};

/** How many of its last digits a number shares with all the ways it may have been written down. */
function sharedDigits(numbers: string[]): string {
	const digits = numbers.map((number) => number.replace(/\D/g, ''));
	const [first = '', ...others] = digits;
	for (let length = Math.min(PHONE_DIGITS, first.length); length > 0; length--) {
		const end = first.slice(-length);
		if (others.every((other) => other.endsWith(end))) return end;
	}
	return first;
}

/**
 * A phone number is searched by its last digits, the only search monday.com has for it, and verified by its
 * identity: Brazil's ninth digit, Mexico's 1 and Argentina's 9 make no difference. A stored number without its
 * country code is read with the country it was stored with.
 */
export const samePerson: Finder = {
	identity: (value, to) => withPhone(to, () => identityKey(value, to)),
	questions: (value, to) => [{ by: 'value', text: sharedDigits(lookupVariants(value, to)) }],
	matches: (stored, identity) => {
		const { phone, countryShortName } = parsedValue(stored) as Record<string, string | undefined>;
		const defaultCountry = isPhoneCountry(countryShortName ?? '') ? countryShortName : undefined;
		return samePhone(phone, identity, { defaultCountry });
	},
};
