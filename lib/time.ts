import { DateTime, IANAZone } from 'luxon';

const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * Resolves a wall-clock time in a zone. Luxon's own answer for an hour that occurs twice depends on today's
 * offset, so it is not asked; the rule here is fixed:
 * - an hour that occurs twice (clocks go back) means its first occurrence, in summer time
 * - an hour that does not occur (clocks go forward) is moved on by the length of the gap
 *
 * @param wallClock the local time, read as if it were UTC, in milliseconds
 * @param zone an IANA zone
 * @returns milliseconds since 1970
 */
function resolve(wallClock: number, zone: IANAZone): number {
	const before = zone.offset(wallClock - DAY);
	const after = zone.offset(wallClock + DAY);
	const candidates = [...new Set([before, after])]
		.map((offset) => ({ offset, moment: wallClock - offset * MINUTE }))
		.filter(({ offset, moment }) => zone.offset(moment) === offset)
		.map(({ moment }) => moment);
	return candidates.length > 0 ? Math.min(...candidates) : wallClock - before * MINUTE;
}

/** Luxon also takes a bare year or a bare time of day for a moment; a moment here has a day. */
const WITH_DAY = /^\d{4}-?\d{2}-?\d{2}(T|$)/;

/** Whether a text begins as an ISO 8601 date with year, month and day, and goes on with T or ends. */
export const hasDay = (text: string): boolean => WITH_DAY.test(text);

/** ISO 8601 with offset; undefined for what is no moment, or in a year or offset with more digits than it has. */
export function momentText(moment: DateTime): string | undefined {
	const text = moment.toISO({ suppressMilliseconds: true }) ?? '';
	return hasDay(text) && /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : undefined;
}

const hasOffset = (text: string) => /(Z|[+-]\d{2}(:?\d{2})?)$/i.test(text) && /\d[T ]\d/.test(text);

/**
 * Reads a time as providers and people write it.
 *
 * @param text ISO 8601, with T or a space, with an offset (also +0300) or without one
 * @param timeZone IANA zone that a time without an offset belongs to; the answer is given in it
 * @returns ISO 8601 with the zone's offset, to the second; undefined where the text is no time or the zone unknown
 */
export function toIso(text: string, timeZone: string): string | undefined {
	const zone = IANAZone.create(timeZone);
	const clean = text.trim().replace(/^(\d{4}-\d{2}-\d{2}) +/, '$1T');
	const read = DateTime.fromISO(clean, { zone: 'utc' });
	if (!zone.isValid || !read.isValid || !hasDay(clean)) return undefined;
	const moment = hasOffset(clean) ? read.toMillis() : resolve(read.toMillis(), zone);
	return momentText(DateTime.fromMillis(moment, { zone }));
}

/**
 * Adds a length to a time.
 *
 * @param iso ISO 8601 with offset
 * @param minutes may be negative
 * @param timeZone IANA zone to give the answer in, since the offset may change in between
 * @returns ISO 8601 with offset
 */
export function addMinutes(iso: string, minutes: number, timeZone: string): string {
	const moment = DateTime.fromISO(iso, { setZone: true }).plus({ minutes }).setZone(timeZone);
	return momentText(moment) ?? iso;
}

/** Whether a text is an IANA time zone such as Europe/Warsaw. */
export const isTimeZone = (text: string): boolean => IANAZone.isValidZone(text);
