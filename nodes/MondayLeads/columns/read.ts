import type { GenericValue, IDataObject } from 'n8n-workflow';
import type { StoredValue } from './types';

/** The `value` of a column, parsed; monday.com sends JSON scalars as JSON text. Empty where there is none. */
export function parsedValue({ value }: StoredValue): IDataObject {
	let parsed: unknown = value;
	if (typeof value === 'string') {
		try {
			parsed = JSON.parse(value);
		} catch {
			return {};
		}
	}
	return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
		? (parsed as IDataObject)
		: {};
}

/** A date column's moment: `2026-06-15`, or with a time of day ISO 8601 in UTC, as monday.com stores it. */
export const readDate = ({ date, time }: IDataObject): GenericValue =>
	date ? (time ? `${String(date)}T${String(time)}Z` : String(date)) : null;

/** An hour column's time of day, `09:30`. */
export const readHour = ({ hour, minute }: IDataObject): GenericValue =>
	hour === undefined || hour === null
		? null
		: [hour, minute ?? 0].map((part) => String(part).padStart(2, '0')).join(':');

/** IDs of the items a connect-boards column links to. */
export const readLinks = (_: IDataObject, { linked_item_ids }: StoredValue): GenericValue =>
	linked_item_ids ?? [];
