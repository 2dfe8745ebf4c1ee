import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { numberOf } from '../../../lib/fit';
import { parsePhone, PhoneNumberError, type ParsedPhone } from '../../../lib/phone';
import { toIso } from '../../../lib/time';
import type { Column, Writing } from './types';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Text of a plain value; objects and lists have no place in the column. */
export function textOf(value: unknown, to: Writing): string {
	if (isObject(value) && !DateTime.isDateTime(value)) {
		return to.refuse('holds an object or a list', 'Map one text value into this column.');
	}
	return String(value);
}

/** Parts of a list, or of comma-separated text; empty ones are left out. */
export const partsOf = (value: unknown, to: Writing): string[] =>
	(Array.isArray(value) ? (value as unknown[]) : textOf(value, to).split(','))
		.map((part) => textOf(part ?? '', to).trim())
		.filter((part) => part !== '');

/** RFC 5321, 4.5.3.1.3. */
const LONGEST_EMAIL = 254;

/** `{ email, text }`: text is what monday.com searches and shows, so it is always the address (2026-09-06). */
export function writeEmail(value: unknown, _: Column, to: Writing): IDataObject {
	const email = textOf(value, to).trim();
	if (email.length > LONGEST_EMAIL || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
		return to.refuse('is not an e-mail address', 'Use a form like jan@example.com.');
	}
	return { email, text: email };
}

/** Does something with a phone number; one that cannot be read is refused, and shown masked. */
export function withPhone<T>(to: Writing, use: () => T): T {
	try {
		return use();
	} catch (error) {
		return error instanceof PhoneNumberError
			? to.refuse(error.what, error.howToFix)
			: to.refuse('could not be read as a phone number', (error as Error).message);
	}
}

/** `{ phone, countryShortName }`: E.164, and the country monday.com checks the number against. */
export function writePhone(value: unknown, _: Column, to: Writing): IDataObject {
	const { e164, country }: ParsedPhone = withPhone(to, () =>
		parsePhone(value, { defaultCountry: to.defaultCountry }),
	);
	return { phone: e164, ...(country && { countryShortName: country }) };
}

/** `{ label }`, in the column's own spelling: monday.com tells apart what differs in case alone. */
export function writeStatus(value: unknown, column: Column, to: Writing): IDataObject {
	return { label: labelOf(textOf(value, to), column, to) };
}

/** `{ labels }`: the value whole where a label holds a comma, else its comma-separated parts. */
export function writeDropdown(value: unknown, column: Column, to: Writing): IDataObject {
	const whole = Array.isArray(value) ? undefined : textOf(value, to);
	const parts = whole !== undefined && column.labels.includes(whole) ? [whole] : partsOf(value, to);
	return { labels: parts.map((part) => labelOf(part, column, to)) };
}

/** A label of the column in the column's own spelling; undefined where it has none that differs in case alone. */
export function labelAs({ labels }: Column, text: string): string | undefined {
	const wanted = text.trim();
	const same = (label: string) => label.trim().toLowerCase() === wanted.toLowerCase();
	return labels.find((label) => label === wanted) ?? labels.find(same);
}

function labelOf(text: string, column: Column, to: Writing): string {
	const wanted = text.trim();
	const label = labelAs(column, wanted);
	if (label !== undefined) return label;
	if (to.createLabels) return wanted;
	const known = column.labels.map((one) => `"${one}"`).join(', ') || 'none';
	return to.refuse(
		`has no label "${wanted}"`,
		`Labels of this column: ${known}. Use one of them, or turn on Create Labels If Missing.`,
	);
}

const DATE_LENGTH = 10;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** What n8n's date picker gives for a day: midnight without an offset. */
const PICKED_DAY = /^(\d{4}-\d{2}-\d{2})[T ]00:00(:00(\.0+)?)?$/;

/** A moment in the workflow's zone; values without an offset belong to it. Undefined where it is none. */
function momentOf(value: unknown, zone: string): DateTime | undefined {
	const given = DateTime.isDateTime(value) || value instanceof Date ? value.toJSON() : value;
	const iso = isObject(given) ? undefined : toIso(String(given), zone);
	return iso === undefined ? undefined : DateTime.fromISO(iso, { zone });
}

/**
 * `{ date }` or `{ date, time }`, the latter in UTC (date column page). A day, or midnight without an offset,
 * is a date alone; other moments without an offset are in the workflow's time zone.
 */
export function writeDate(value: unknown, _: Column, to: Writing): IDataObject {
	const text = typeof value === 'string' ? value.trim() : '';
	const day = PICKED_DAY.exec(text)?.[1] ?? text;
	const moment = momentOf(value, to.timeZone);
	if (!moment) {
		return to.refuse(
			'is not a date',
			'Use 2026-03-28, or with a time of day 2026-03-28T10:00 or 2026-03-28T10:00:00+01:00.',
		);
	}
	if (DAY.test(day)) return { date: day };
	const utc = moment.toUTC();
	return { date: utc.toFormat('yyyy-MM-dd'), time: utc.toFormat('HH:mm:ss') };
}

const CLOCKS = ['H:mm', 'H:mm:ss', 'H.mm', 'h:mm a', 'h a'];

/** `{ hour, minute }`: a time of day, kept as it is; of a whole date and time its time in the workflow's zone. */
export function writeHour(value: unknown, _: Column, to: Writing): IDataObject {
	const text = typeof value === 'string' ? value.trim().toUpperCase() : '';
	const clock = CLOCKS.map((format) => DateTime.fromFormat(text, format, { locale: 'en-US' }));
	const isMoment = text === '' || text.length > DATE_LENGTH;
	const moment =
		clock.find(({ isValid }) => isValid) ?? (isMoment ? momentOf(value, to.timeZone) : undefined);
	if (!moment) return to.refuse('is not a time of day', 'Use a form like 9:30 or 16:05.');
	return { hour: moment.hour, minute: moment.minute };
}

/** A number as text, the only form the column takes. */
export function writeNumber(value: unknown, _: Column, to: Writing): string {
	const text = textOf(value, to).trim();
	return numberOf(text) !== undefined
		? text
		: to.refuse('is not a number', 'Use digits and a decimal point, without units or spaces.');
}

/** `{ url, text }`; the address is also what is shown. */
export function writeLink(value: unknown, _: Column, to: Writing): IDataObject {
	const url = textOf(value, to).trim();
	return /^https?:\/\/\S+$/i.test(url)
		? { url, text: url }
		: to.refuse('is not a web address', 'Use a whole address such as https://example.com/lead/1.');
}

/** `{ checked: "true" }`; null unticks. */
export function writeCheckbox(value: unknown, _: Column, to: Writing): IDataObject | null {
	const word = textOf(value, to).trim().toLowerCase();
	if (word === 'true') return { checked: 'true' };
	return word === 'false' ? null : to.refuse('is neither true nor false', 'Map a boolean into this column.');
}

function idsOf(value: unknown, pattern: RegExp, to: Writing, form: string): string[] {
	const parts = partsOf(value, to);
	return parts.every((part) => pattern.test(part))
		? parts
		: to.refuse('does not hold IDs', `Use comma-separated IDs, such as ${form}.`);
}

/** `{ personsAndTeams }`: the whole list; what was there before is replaced. */
export function writePeople(value: unknown, _: Column, to: Writing): IDataObject {
	const personsAndTeams = idsOf(value, /^(team:)?\d{1,15}$/, to, '4012689, team:51166').map((part) => ({
		id: Number(part.replace('team:', '')),
		kind: part.startsWith('team:') ? 'team' : 'person',
	}));
	return { personsAndTeams };
}

/** `{ tag_ids }`: the whole list. */
export const writeTags = (value: unknown, _: Column, to: Writing): IDataObject => ({
	tag_ids: idsOf(value, /^\d{1,15}$/, to, '295026, 295064').map(Number),
});

/** `{ item_ids }` of the linked board: the whole list. */
export const writeRelation = (value: unknown, _: Column, to: Writing): IDataObject => ({
	item_ids: idsOf(value, /^\d+$/, to, '1234567890, 1234567891'),
});
