import { DateTime } from 'luxon';
import type { FieldReader, ItemInput } from './operations';
import { parsePhone, PhoneNumberError } from './phone';
import { isTimeZone, momentText } from './time';

/** A moment in UTC, ISO 8601 with Z. */
export const utc = (iso: string): string => momentText(DateTime.fromISO(iso, { zone: 'utc' })) ?? iso;

/** The field *Time Zone*, or the workflow's zone where it is empty. */
export function zoneOf(workflow: { timeZone: string }, input: ItemInput): string {
	const timeZone = input.optionalId('timeZone') ?? workflow.timeZone;
	if (isTimeZone(timeZone)) return timeZone;
	return input.refuse('timeZone', `is not a time zone: ${timeZone}`, 'Use a name such as Europe/Warsaw.');
}

/** A moment in UTC; without an offset it is in the given zone. Undefined where the field is empty. */
export function optionalUtc(input: FieldReader, name: string, timeZone: string): string | undefined {
	const moment = input.optionalDateTime(name, timeZone);
	return moment === undefined ? undefined : utc(moment);
}

/**
 * A phone number in E.164. Undefined where the field is empty.
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
