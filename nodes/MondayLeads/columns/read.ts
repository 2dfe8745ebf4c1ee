import type { GenericValue, IDataObject } from 'n8n-workflow';
import { fitted, type Kind } from '../../../lib/fit';
import { parseJson } from '../../../lib/json';
import type { StoredValue } from './types';

const KINDS: Kind = {
	...{ email: 'text', phone: 'text', countryShortName: 'text', url: 'text', date: 'text', time: 'text' },
	...{ hour: 'number', minute: 'number' },
};

/**
 * The `value` of a column, parsed; monday.com sends JSON scalars as JSON text. Without what is not as monday.com
 * documents it, empty where there is none.
 */
export function parsedValue({ value }: StoredValue): IDataObject {
	let parsed: unknown = value;
	if (typeof value === 'string') {
		try {
			parsed = parseJson(value);
		} catch {
			return {};
		}
	}
	return (fitted(parsed, KINDS) ?? {}) as IDataObject;
}

const isDay = (date: unknown): date is string => typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date);
const isClock = (time: unknown): time is string =>
	typeof time === 'string' && /^\d\d:\d\d(:\d\d)?$/.test(time);

/** A date column's moment: `2026-06-15`, or with a time of day ISO 8601 in UTC, as monday.com stores it. */
export const readDate = ({ date, time }: IDataObject): GenericValue =>
	isDay(date) ? (isClock(time) ? `${date}T${time}Z` : date) : null;

/** An hour column's time of day, `09:30`. */
export const readHour = ({ hour, minute }: IDataObject): GenericValue =>
	hour === undefined || hour === null
		? null
		: [hour, minute ?? 0].map((part) => String(part).padStart(2, '0')).join(':');

/** IDs of the items a connect-boards column links to. */
export const readLinks = (_: IDataObject, { linked_item_ids }: StoredValue): GenericValue =>
	linked_item_ids ?? [];
