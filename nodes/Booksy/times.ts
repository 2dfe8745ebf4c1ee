import { DateTime } from 'luxon';

/** The form of Booksy's times: local, to the minute, without an offset. */
const NAIVE = "yyyy-MM-dd'T'HH:mm";

/**
 * Writes a moment as the clock of a zone shows it.
 *
 * @param iso ISO 8601 with offset
 * @param timeZone IANA zone
 * @returns YYYY-MM-DDTHH:MM; the two passes of an hour that comes twice are written alike
 */
export const toNaive = (iso: string, timeZone: string): string =>
	DateTime.fromISO(iso, { zone: timeZone }).toFormat(NAIVE);

/** Milliseconds since 1970 of a time with offset. */
export const toMillis = (iso: string): number => DateTime.fromISO(iso).toMillis();

/** A moment as ISO 8601 with the offset of a zone. */
export const fromMillis = (moment: number, timeZone: string): string =>
	DateTime.fromMillis(moment, { zone: timeZone }).toISO({ suppressMilliseconds: true }) ?? '';

/**
 * The calendar days of a zone that a span touches.
 *
 * @param from ISO 8601 with offset
 * @param till the span ends before it
 * @returns YYYY-MM-DD, in order
 */
export function datesOf(from: string, till: string, timeZone: string): string[] {
	const last = toMillis(till);
	const dates: string[] = [];
	let day = DateTime.fromISO(from, { zone: timeZone });
	while (day.startOf('day').toMillis() < last) {
		dates.push(day.toFormat('yyyy-MM-dd'));
		day = day.startOf('day').plus({ days: 1 });
	}
	return dates;
}

/** Monday 1 to Sunday 7. */
export const weekdayOf = (date: string): number => DateTime.fromISO(date, { zone: 'utc' }).weekday;

/** The day after. */
export const nextDate = (date: string): string =>
	DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toFormat('yyyy-MM-dd');
