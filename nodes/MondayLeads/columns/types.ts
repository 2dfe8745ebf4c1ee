import type { FieldType, GenericValue, IDataObject } from 'n8n-workflow';

/** A column of a board, as far as reading and writing its values needs it. */
export interface Column {
	id: string;
	title: string;
	/** monday.com's `ColumnType`. */
	type: string;
	/** Labels an operator can choose from, for status and dropdown; empty for the other types. */
	labels: string[];
}

/** A column's value of one item, as monday.com answers it. */
export interface StoredValue {
	id: string;
	type: string;
	/** What the board shows, in the time zone of the token's user. */
	text: string | null;
	/** JSON text; null for an empty value and for types that only have `linked_item_ids` or `display_value`. */
	value: unknown;
	column?: { title: string };
	linked_item_ids?: string[];
	display_value?: string;
}

/** What writing a value depends on besides the value. */
export interface Writing {
	/** IANA zone for dates and times without an offset. */
	timeZone: string;
	/** ISO 3166 code for phone numbers without a country code. */
	defaultCountry?: string;
	/** True where monday.com shall add labels that the column does not have. */
	createLabels: boolean;
	/** Ends with a sentence that names the column. */
	refuse(what: string, howToFix: string): never;
}

/** One way to ask monday.com for rows; what comes back are candidates until `matches` has seen them. */
export type Question =
	| { by: 'value'; text: string }
	| { by: 'contains'; text: string }
	/** Rows whose e-mail is shown under a label that is no address. */
	| { by: 'otherLabels' };

/** How items are found by a column's value. */
export interface Finder {
	/** The value in the form in which two spellings of the same thing are equal. */
	identity(value: string, to: Writing): string;
	questions(value: string, to: Writing): Question[];
	/** Whether a candidate really holds the value. */
	matches(stored: StoredValue, identity: string): boolean;
}

/** Everything the node knows of one column type. */
export interface ColumnType {
	/** How the column mapper shows the field. */
	field: FieldType;
	/** Goes after the column's title in the column mapper, for types whose form is not plain. */
	hint?: string;
	/**
	 * The JSON that monday.com takes for the column (column type pages; formats as in monday's own n8n package).
	 *
	 * @param value never empty
	 */
	write(value: unknown, column: Column, to: Writing): IDataObject | string | null;
	/** The value for *Simplify*; `text` where a type has none of its own. */
	read?(value: IDataObject, stored: StoredValue): GenericValue;
	find?: Finder;
}
