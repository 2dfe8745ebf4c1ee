import type { IDataObject } from 'n8n-workflow';
import type { FieldReader } from '../../lib/operations';

// Cal.com gets its times in UTC: an offset in a query would have to survive as %2B (cal.diy#18010).
export { optionalPhone, optionalUtc, utc, zoneOf } from '../../lib/readers';

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
