import type { INodeProperties } from 'n8n-workflow';
import { batchOperation } from '../../../lib/operations';
import { changeItems, type Connection, type ItemChange } from '../api';
import { board, columnOptions, columns, item, itemName, optionsOf, simplify } from '../fields';
import { batchSizeOf, mappedColumns } from '../input';
import { toOutputOrError } from '../output';

const newName: INodeProperties = {
	...itemName,
	displayName: 'New Item Name',
	name: 'newItemName',
	required: undefined,
	description: 'The new name of the item, 1 to 255 characters; the name stays as it is if left empty',
};

interface Unit {
	change: ItemChange;
	simplify: boolean;
}

/** Changes columns of an item, and its name where a new one is given. */
export const update = batchOperation<Connection, Unit>({
	name: 'Update',
	value: 'update',
	action: 'Update item',
	description: 'Change columns of an item',
	fields: [board, item, columns, newName, simplify, optionsOf(...columnOptions)],
	batchSize: batchSizeOf,
	prepare: async ({ api, input }) => {
		const boardId = input.id('board');
		const name = input.optionalText('newItemName');
		const values = { ...(await mappedColumns(api, input, boardId)), ...(name !== undefined && { name }) };
		if (Object.keys(values).length === 0) {
			input.refuse('columns', 'holds no value', 'Map at least one column, or give New Item Name.');
		}
		const createLabels = input.collection('options').boolean('createLabels');
		return {
			change: { board: boardId, id: input.id('item'), columns: values, createLabels },
			simplify: input.boolean('simplify'),
		};
	},
	runBatch: async (api, units) => {
		const answers = await changeItems(
			api,
			units.map(({ change }) => change),
		);
		return answers.map((answer, index) => toOutputOrError(answer, units[index]?.simplify ?? true));
	},
});
