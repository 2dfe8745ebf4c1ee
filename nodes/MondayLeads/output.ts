import type { IDataObject } from 'n8n-workflow';
import type { Item } from './api';
import { plainValue } from './columns';

/**
 * An item as the node gives it.
 *
 * @param simplify true for `{ id, name, board, group, url, createdAt, updatedAt, columns }`, where `columns` is
 *   by column ID (titles change, IDs do not) and holds plain values, see `plainValue`; false for monday.com's
 *   own answer
 */
export function toOutput(item: Item, simplify: boolean): IDataObject {
	if (!simplify) return { ...item } as unknown as IDataObject;
	const { id, name, board, group, url, created_at: createdAt, updated_at: updatedAt } = item;
	const columns = Object.fromEntries(item.column_values.map((value) => [value.id, plainValue(value)]));
	return { id, name, board, group, url, createdAt, updatedAt, columns };
}

/** The same for an answer that may be an error. */
export const toOutputOrError = (answer: Item | Error, simplify: boolean): IDataObject | Error =>
	answer instanceof Error ? answer : toOutput(answer, simplify);
