import { DateTime } from 'luxon';
import type { AltegioRecord } from './types';

/** YYYY-MM-DD HH:MM:SS on the clocks that a moment's offset belongs to, as Altegio writes and reads times. */
export const localTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

/** The day a moment falls on at the location: YYYY-MM-DD. */
export const firstDay = (iso: string, timeZone: string): string =>
	DateTime.fromISO(iso, { zone: timeZone }).toISODate() ?? iso;

/** The last day on which something can start before a moment. */
export const lastDay = (end: string, timeZone: string): string =>
	DateTime.fromISO(end, { zone: timeZone }).minus({ milliseconds: 1 }).toISODate() ?? end;

/**
 * Whether an appointment starts in [from, to). Local times are compared as text, which is what there is for each of
 * thousands; in the hour that comes twice a year they cannot tell its two halves apart.
 *
 * @param range ISO 8601 with the offsets of the location's zone
 */
export function startsWithin(
	{ date, datetime }: AltegioRecord,
	range: { from: string; to: string },
): boolean {
	const start = localTime(date ?? datetime ?? '');
	return start >= localTime(range.from) && start < localTime(range.to);
}
