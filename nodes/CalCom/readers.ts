import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import type { FieldReader, ItemInput } from '../../lib/operations';
import { parsePhone, PhoneNumberError } from '../../lib/phone';
import { isTimeZone } from '../../lib/time';
import type { Connection } from './connection';

/** A moment as Cal.com wants it, in UTC: an offset in a query would have to survive as %2B (cal.diy#18010). */
export const utc = (iso: string): string =>
	DateTime.fromISO(iso, { zone: 'utc' }).toISO({ suppressMilliseconds: true }) ?? iso;

/** The field *Time Zone*, or the workflow's zone where it is empty. */
export function zoneOf(api: Connection, input: ItemInput): string {
	const timeZone = input.optionalId('timeZone') ?? api.timeZone;
	if (isTimeZone(timeZone)) return timeZone;
	return input.refuse('timeZone', `is not a time zone: ${timeZone}`, 'Use a name such as Europe/Warsaw.');
}

/** A moment in UTC; without an offset it is in the given zone. Undefined where the field is empty. */
export function optionalUtc(input: FieldReader, name: string, timeZone: string): string | undefined {
	const moment = input.optionalDateTime(name, timeZone);
	return moment === undefined ? undefined : utc(moment);
}

/**
 * A phone number in E.164, the form that Cal.com takes. Undefined where the field is empty.
 *
 * @param defaultCountry ISO 3166-1 alpha-2, for numbers without a country code
 */
export function optionalPhone(input: FieldReader, name: string, defaultCountry?: string): string | undefined {
	const raw = input.optionalText(name);
	if (raw === undefined) return undefined;
	const { e164, possible } = readPhone(input, name, raw, defaultCountry);
	return possible ? e164 : input.refuse(name, 'has too few or too many digits', 'Check the number.');
}

function readPhone(input: FieldReader, name: string, raw: string, defaultCountry?: string) {
	try {
		return parsePhone(raw, { defaultCountry });
	} catch (error) {
		return error instanceof PhoneNumberError
			? input.refuse(name, error.what, error.howToFix)
			: input.refuse(name, 'cannot be read', (error as Error).message);
	}
}

/** Cal.com's limits for `metadata` (schema CreateBookingInput_2024_08_13). */
const MAX_KEYS = 50;
const MAX_KEY_LENGTH = 40;
const MAX_VALUE_LENGTH = 500;

const asText = (value: unknown) =>
	typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

/**
 * Metadata as Cal.com takes it: flat, all values strings. Objects and lists become JSON text, empty values are
 * left out.
 *
 * @param input reads the field `metadata`: rows of a key and a value
 * @param leadKey travels as one of the keys
 */
export function metadataOf(
	input: FieldReader,
	leadKey: string | undefined,
): Record<string, string> | undefined {
	const rows = input
		.rows('metadata', 'entry')
		.map((row): [string, unknown] => [row.text('key'), row.value('value')]);
	const entries = [...rows, ['leadKey', leadKey] as [string, unknown]]
		.filter(([, value]) => value !== undefined && value !== null && value !== '')
		.map(([key, value]): [string, string] => [key, asText(value)]);
	const metadata = Object.fromEntries(entries);
	const tooLong = (name: string, most: number) => `has ${name} longer than ${most} characters`;
	for (const [key, value] of Object.entries(metadata)) {
		const name = key === 'leadKey' ? 'the lead key' : `"${key}"`;
		if (key.length > MAX_KEY_LENGTH) {
			input.refuse('metadata', tooLong(`the key "${key}",`, MAX_KEY_LENGTH), 'Shorten the key.');
		}
		if (value.length > MAX_VALUE_LENGTH) {
			input.refuse('metadata', tooLong(`a value (${name})`, MAX_VALUE_LENGTH), 'Shorten the value.');
		}
	}
	if (Object.keys(metadata).length > MAX_KEYS) {
		input.refuse('metadata', `has more than ${MAX_KEYS} keys`, 'Leave some out; the lead key counts too.');
	}
	return entries.length > 0 ? metadata : undefined;
}

/** Answers to the event type's own questions, with the notes as the standard question of that name. */
export function answersOf(input: FieldReader, notes: string | undefined): IDataObject | undefined {
	const answers = { ...input.optionalJson('bookingFields'), ...(notes !== undefined && { notes }) };
	return Object.keys(answers).length > 0 ? answers : undefined;
}
