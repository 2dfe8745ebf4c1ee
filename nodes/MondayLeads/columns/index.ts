import type { GenericValue, IDataObject, ResourceMapperField } from 'n8n-workflow';
import { numberOf } from '../../../lib/fit';
import * as find from './find';
import { parsedValue, readDate, readHour, readLinks } from './read';
import type { Column, ColumnType, Finder, StoredValue, Writing } from './types';
import * as write from './write';

export type { Column, Finder, Question, StoredValue, Writing } from './types';
export { labelAs } from './write';

const plain = (value: unknown, _: Column, to: Writing) => write.textOf(value, to);

/** The column types the node writes; all others are read as the text the board shows. */
const TYPES: Record<string, ColumnType> = {
	board_relation: { field: 'string', hint: 'item IDs', write: write.writeRelation, read: readLinks },
	checkbox: {
		field: 'boolean',
		write: write.writeCheckbox,
		read: ({ checked }) => checked === true || checked === 'true',
	},
	date: { field: 'dateTime', write: write.writeDate, read: readDate, find: find.sameDay },
	dropdown: { field: 'string', hint: 'labels', write: write.writeDropdown, find: find.oneLabel },
	email: {
		field: 'string',
		write: write.writeEmail,
		read: ({ email }) => email ?? null,
		find: find.sameEmail,
	},
	hour: { field: 'string', hint: 'e.g. 9:30', write: write.writeHour, read: readHour },
	link: { field: 'string', write: write.writeLink, read: ({ url }) => url ?? null, find: find.sameLink },
	long_text: {
		field: 'string',
		write: (value, _, to) => ({ text: write.textOf(value, to) }),
		find: find.shownText,
	},
	numbers: {
		field: 'number',
		write: write.writeNumber,
		read: (_, { text }) => numberOf(text) ?? null,
		find: find.sameNumber,
	},
	people: { field: 'string', hint: 'user IDs', write: write.writePeople },
	phone: {
		field: 'string',
		write: write.writePhone,
		read: ({ phone }) => phone ?? null,
		find: find.samePerson,
	},
	status: { field: 'options', write: write.writeStatus, find: find.shownText },
	tags: { field: 'string', hint: 'tag IDs', write: write.writeTags },
	text: { field: 'string', write: plain, find: find.shownText },
};

/** The item's own name, which monday.com lists among the columns; the node has a field of its own for it. */
const NAME: ColumnType = { field: 'string', write: plain, find: find.itemName };

const typeOf = (type: string): ColumnType | undefined => (type === 'name' ? NAME : TYPES[type]);

/** Types whose text is all there is to say of a value. */
const textOf = ({ text, display_value }: StoredValue): GenericValue => text || display_value || null;

/** How a column is searched; undefined where monday.com cannot search it. */
export const finderOf = ({ type }: Column): Finder | undefined => typeOf(type)?.find;

/** The columns a search or a match can use, for a list. */
export const searchable = (columns: Column[]): Column[] => columns.filter((column) => finderOf(column));

/**
 * A column's value as *Simplify* shows it: numbers and booleans as such, dates as ISO 8601 (UTC where they
 * have a time), hours as 09:30, e-mail and phone as the address and the number, links as the URL, connected
 * items as IDs, everything else as the text the board shows. Null where empty.
 */
export const plainValue = (stored: StoredValue): GenericValue =>
	typeOf(stored.type)?.read?.(parsedValue(stored), stored) ?? textOf(stored);

/** The fields of the column mapper: one for each column the node can write. */
export const mapperFields = (columns: Column[]): ResourceMapperField[] =>
	columns
		.filter(({ type }) => TYPES[type])
		.map(({ id, title, type, labels }) => ({
			id,
			displayName: TYPES[type]?.hint ? `${title} (${TYPES[type].hint})` : title,
			type: TYPES[type]?.field,
			...(type === 'status' && { options: labels.map((label) => ({ name: label, value: label })) }),
			required: false,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
		}));

const isEmpty = (value: unknown) =>
	value === undefined ||
	value === null ||
	(typeof value === 'string' && value.trim() === '') ||
	(Array.isArray(value) && value.length === 0);

/**
 * Turns the values of a mapping into monday.com's `column_values`.
 *
 * @param values by column ID or, from an item that came in, by column title; unknown names are left out
 * @param options `clear`: empty values empty the column instead of being left out; `to`: a Writing for a column
 * @returns by column ID
 */
export function columnValues(
	columns: Column[],
	values: IDataObject,
	{ clear, to }: { clear: boolean; to(column: Column): Writing },
): IDataObject {
	const written: IDataObject = {};
	for (const column of columns) {
		const type = TYPES[column.type];
		const name = [column.id, column.title].find((key) => Object.hasOwn(values, key));
		if (!type || name === undefined) continue;
		const value = values[name];
		if (!isEmpty(value)) written[column.id] = type.write(value, column, to(column));
		else if (clear) written[column.id] = null;
	}
	return written;
}
