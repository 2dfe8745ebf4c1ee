import type { IDataObject, ResourceMapperValue } from 'n8n-workflow';
import type { FieldReader, ItemInput } from '../../lib/operations';
import { columnsOf, type Connection } from './api';
import { columnValues, finderOf, labelAs, searchable, type Column, type Writing } from './columns';
import { DEFAULT_BATCH_SIZE } from './fields';
import type { Lookup } from './lookup';

const MAX_BATCH_SIZE = 50;

/** *Batch Size*; the first item's counts for the run. */
export const batchSizeOf = (input: ItemInput): number =>
	input.collection('options').optionalNumber('batchSize', { min: 1, max: MAX_BATCH_SIZE, integer: true }) ??
	DEFAULT_BATCH_SIZE;

/** What the values of this item's columns depend on besides themselves. */
function writingFor({ timeZone }: Connection, input: ItemInput): (column: Column) => Writing {
	const options = input.collection('options');
	const defaultCountry = options.optionalText('defaultCountry')?.trim().toUpperCase();
	const createLabels = options.boolean('createLabels');
	return ({ title }) => ({
		timeZone,
		defaultCountry,
		createLabels,
		refuse: (what, howToFix) => input.refuse(title, what, howToFix),
	});
}

/**
 * Reads *Columns* into monday.com's `column_values`.
 *
 * n8n would turn a day into a moment by the field's type, so the mapping is read as it was typed.
 */
export async function mappedColumns(api: Connection, input: ItemInput, board: string): Promise<IDataObject> {
	const mapping = input.value('columns') as unknown as Partial<ResourceMapperValue> | null;
	const isAuto = mapping?.mappingMode === 'autoMapInputData';
	const values: IDataObject = isAuto ? { ...input.item } : { ...mapping?.value };
	if (Object.keys(values).length === 0) return {};
	const columns = await columnsOf(api, board);
	const gone = Object.keys(values).find((id) => !columns.some((column) => column.id === id));
	if (gone !== undefined && !isAuto) {
		input.refuse(
			'columns',
			`holds the column "${gone}", which the board does not have`,
			'Reload the columns.',
		);
	}
	const clear = input.collection('options').boolean('clearEmpty');
	return columnValues(columns, values, { clear, to: writingFor(api, input) });
}

/**
 * A value to look for, with the column it is looked for in; refuses columns that cannot be searched.
 *
 * @param row where the fields `column` and `value` stand: the item itself, or a row of it
 */
export async function lookupIn(
	api: Connection,
	input: ItemInput,
	board: string,
	row: FieldReader = input,
): Promise<Lookup> {
	const [id, typed] = [row.text('column'), row.text('value')];
	const columns = await columnsOf(api, board);
	const column = columns.find((one) => one.id === id);
	const finder = column && finderOf(column);
	if (!column || !finder) {
		const names = searchable(columns).map(({ title, id: columnId }) => `${title} (${columnId})`);
		return row.refuse(
			'column',
			column
				? `is "${column.title}", which monday.com cannot search`
				: `is "${id}", which the board does not have`,
			`Columns of this board that can be searched: ${names.join(', ')}.`,
		);
	}
	const to = writingFor(api, input)(column);
	// monday.com finds a label only in its own spelling.
	const value = labelAs(column, typed) ?? typed;
	finder.identity(value, to);
	return { board, column, finder, value, to };
}

/** The values of the columns a lead is matched on, as they are written into a new item. */
export const matchColumns = (lookups: Lookup[]): IDataObject =>
	Object.assign(
		{},
		...lookups.map(({ column, value, to }) =>
			columnValues([column], { [column.id]: value }, { clear: false, to: () => to }),
		),
	) as IDataObject;
