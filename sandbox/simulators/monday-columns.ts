/** A column of a simulated board. */
export interface MondayColumn {
	id: string;
	title: string;
	type: string;
	/** Labels of a status or dropdown column; status labels by index. */
	labels?: string[];
}

/** A stored column value: what the API shows as `value` and `text`. */
export interface MondayValue {
	value: Record<string, unknown> | string | null;
	text: string;
}

/** monday.com's application errors: HTTP 200, with this code in `extensions`. */
export class MondayException extends Error {
	constructor(
		readonly code: string,
		message: string,
		readonly statusCode = 200,
		readonly errorData: Record<string, unknown> = {},
	) {
		super(message);
	}
}

type Json = Record<string, unknown>;

const refuse = (column: MondayColumn, reason: string): never => {
	throw new MondayException(
		'ColumnValueException',
		`invalid value - ${reason}. Please check our API documentation for the correct data structure for this column.`,
		200,
		{ column_id: column.id, column_type: column.type },
	);
};

const objectOf = (column: MondayColumn, input: unknown): Json =>
	typeof input === 'object' && input !== null && !Array.isArray(input)
		? (input as Json)
		: refuse(column, 'an object is expected');

const textIn = (column: MondayColumn, input: unknown): string =>
	typeof input === 'string' ? input : refuse(column, 'a string is expected');

const listIn = (column: MondayColumn, input: unknown): unknown[] =>
	Array.isArray(input) ? input : refuse(column, 'a list is expected');

function label(column: MondayColumn, text: unknown, create: boolean): string {
	const wanted = textIn(column, text);
	column.labels ??= [];
	if (!column.labels.includes(wanted)) {
		if (!create) refuse(column, 'label does not exist in column');
		column.labels.push(wanted);
	}
	return wanted;
}

type Writer = (column: MondayColumn, input: unknown, createLabels: boolean) => MondayValue;

function writePhone(column: MondayColumn, input: unknown): MondayValue {
	const { phone, countryShortName } = objectOf(column, input);
	if (!/^\+?[\d\s()-]{5,20}$/.test(String(phone))) refuse(column, 'phone number is not valid');
	if (countryShortName !== undefined && !/^[A-Z]{2}$/.test(String(countryShortName))) {
		refuse(column, 'country code is not valid');
	}
	return { value: { phone, countryShortName }, text: String(phone).replace(/\D/g, '') };
}

function writeDate(column: MondayColumn, input: unknown): MondayValue {
	const { date, time } = objectOf(column, input);
	if (!/^\d{4}-\d{2}-\d{2}$/.test(String(date))) refuse(column, 'date must be YYYY-MM-DD');
	if (time !== undefined && !/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(String(time))) {
		refuse(column, 'time must be HH:MM:SS');
	}
	return {
		value: { date, ...(time !== undefined && { time }) },
		text: time ? `${String(date)} ${String(time).slice(0, 5)}` : String(date),
	};
}

function writeHour(column: MondayColumn, input: unknown): MondayValue {
	const { hour, minute = 0 } = objectOf(column, input) as { hour: number; minute?: number };
	if (!(Number.isInteger(hour) && hour >= 0 && hour < 24)) refuse(column, 'hour must be from 0 to 23');
	if (!(Number.isInteger(minute) && minute >= 0 && minute < 60))
		refuse(column, 'minute must be from 0 to 59');
	const text = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
	return { value: { hour, minute }, text };
}

function writeEmail(column: MondayColumn, input: unknown): MondayValue {
	const { email, text } = objectOf(column, input);
	if (!/^\S+@\S+\.\S+$/.test(String(email))) refuse(column, 'email is not valid');
	return { value: { email, text: text ?? email }, text: String(text ?? email) };
}

function writeLink(column: MondayColumn, input: unknown): MondayValue {
	const { url, text } = objectOf(column, input);
	return { value: { url: textIn(column, url), text: text ?? url }, text: String(text ?? url) };
}

function writeIds(key: 'tag_ids' | 'item_ids'): Writer {
	return (column, input) => {
		const ids = listIn(column, objectOf(column, input)[key]);
		if (!ids.every((id) => /^\d+$/.test(String(id)))) refuse(column, 'IDs are expected');
		return { value: { [key]: ids }, text: ids.join(', ') };
	};
}

function writePeople(column: MondayColumn, input: unknown): MondayValue {
	const people = listIn(column, objectOf(column, input).personsAndTeams) as Json[];
	if (!people.every(({ id, kind }) => Number.isInteger(id) && ['person', 'team'].includes(String(kind)))) {
		refuse(column, 'persons and teams are expected');
	}
	return {
		value: { personsAndTeams: people },
		text: people.map(({ id }) => `User ${String(id)}`).join(', '),
	};
}

const WRITERS: Record<string, Writer> = {
	text: (column, input) => ({ value: textIn(column, input), text: textIn(column, input) }),
	long_text: (column, input) => {
		const text = textIn(column, objectOf(column, input).text);
		return { value: { text }, text };
	},
	numbers: (column, input) => {
		const number = textIn(column, input);
		return Number.isFinite(Number(number)) ? { value: number, text: number } : refuse(column, 'not a number');
	},
	checkbox: (column, input) =>
		objectOf(column, input).checked === 'true'
			? { value: { checked: true }, text: 'v' }
			: refuse(column, 'checked must be "true"'),
	status: (column, input, create) => {
		const text = label(column, objectOf(column, input).label, create);
		return { value: { index: column.labels?.indexOf(text) }, text };
	},
	dropdown: (column, input, create) => {
		const labels = listIn(column, objectOf(column, input).labels).map((one) => label(column, one, create));
		return {
			value: { ids: labels.map((one) => (column.labels?.indexOf(one) ?? -1) + 1) },
			text: labels.join(', '),
		};
	},
	email: writeEmail,
	phone: writePhone,
	date: writeDate,
	hour: writeHour,
	link: writeLink,
	people: writePeople,
	tags: writeIds('tag_ids'),
	board_relation: writeIds('item_ids'),
};

/**
 * Checks and stores a column value as monday.com does.
 *
 * @param input parsed JSON of one column; null empties it
 * @throws MondayException ColumnValueException
 */
export function writeColumn(column: MondayColumn, input: unknown, createLabels: boolean): MondayValue {
	const writer = WRITERS[column.type];
	if (!writer) return refuse(column, 'this column is not supported by the API');
	if (input === null || input === '') return { value: null, text: '' };
	return writer(column, input, createLabels);
}

const UNSEARCHABLE = new Set(['board_relation', 'mirror', 'tags']);
const folded = (text: string) => text.toLowerCase();

/**
 * Whether a row is found by items_page_by_column_values: e-mail by its whole label, phone by part of its
 * digits or by country, dropdown by part of a label, text whatever its case, the others by what they show.
 *
 * @throws MondayException for a column that cannot be searched
 */
export function isFoundBy(
	column: MondayColumn,
	stored: MondayValue | undefined,
	wanted: string | null,
): boolean {
	if (UNSEARCHABLE.has(column.type)) {
		throw new MondayException(
			'InvalidColumnTypeException',
			`Column ${column.id} is not supported by this query`,
		);
	}
	const text = stored?.text ?? '';
	if (wanted === null || wanted === '') return text === '';
	const value = (stored?.value ?? {}) as Json;
	switch (column.type) {
		case 'phone':
			return /^\d+$/.test(wanted) ? text.includes(wanted) : value.countryShortName === wanted;
		case 'dropdown':
			return text.includes(wanted);
		case 'text':
			return folded(text) === folded(wanted);
		case 'date':
			return value.date === wanted.slice(0, 10);
		case 'checkbox':
			return ['1', 't', 'true'].includes(wanted) === (text !== '');
		default:
			return text === wanted;
	}
}
