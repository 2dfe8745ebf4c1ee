import type { INodeProperties } from 'n8n-workflow';
import { batchOperation, type ItemInput } from '../../../lib/operations';
import type { Connection } from '../api';
import {
	board,
	columnOptions,
	columns,
	groupForNew,
	itemName,
	optionsOf,
	searchColumn,
	simplify,
} from '../fields';
import { batchSizeOf, lookupIn, mappedColumns, matchColumns } from '../input';
import { toOutput } from '../output';
import { createOrUpdateItems, type Lead, type Policy } from '../upsert';

const matchOn: INodeProperties = {
	displayName: 'Match On',
	name: 'matchOn',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	required: true,
	placeholder: 'Add Column',
	default: { rules: [{ column: '', value: '' }] },
	description:
		'What tells that a lead is on the board already. The first column that finds an item decides; empty values are passed over. A new item gets these values too.',
	options: [
		{
			displayName: 'Columns',
			name: 'rules',
			values: [
				searchColumn,
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. jan@example.com',
					description:
						'E-mail by its address, phone numbers in any spelling, other columns by their whole value',
				},
			],
		},
	],
};

const severalMatches: INodeProperties = {
	displayName: 'If Several Items Match',
	name: 'severalMatches',
	type: 'options',
	default: 'newest',
	description:
		'What to do when the board holds the lead more than once. An old duplicate should not cost a new message its way to the board, so the newest item, the one most likely worked on, is updated unless you choose otherwise.',
	options: [
		{ name: 'Refuse', value: 'refuse', description: 'Write nothing and name the items' },
		{ name: 'Update All', value: 'all', description: 'One output item for each' },
		{ name: 'Update the Newest', value: 'newest', description: 'The one created last' },
		{ name: 'Update the Oldest', value: 'oldest', description: 'The one created first' },
	],
};

async function leadFrom(api: Connection, input: ItemInput): Promise<Lead> {
	const boardId = input.id('board');
	const filled = input
		.rows('matchOn', 'rules')
		.filter((row) => row.optionalText('column') !== undefined && row.optionalText('value') !== undefined);
	if (filled.length === 0) {
		input.refuse('matchOn', 'holds no value', 'Choose a column and map a value, such as the e-mail address.');
	}
	const matches = await Promise.all(filled.map(async (row) => await lookupIn(api, input, boardId, row)));
	const options = input.collection('options');
	return {
		board: boardId,
		group: input.optionalId('group'),
		name: input.text('itemName'),
		matches,
		matchColumns: matchColumns(matches),
		columns: await mappedColumns(api, input, boardId),
		createLabels: options.boolean('createLabels'),
		rename: options.boolean('rename'),
		policy: (input.optionalText('severalMatches') ?? 'newest') as Policy,
	};
}

/** Updates the item a lead is on the board with, or creates one. The output says which in `created`. */
export const createOrUpdate = batchOperation<Connection, { lead: Lead; simplify: boolean }>({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update item',
	description: 'Create a new item, or update the current one if it already exists (upsert)',
	fields: [
		board,
		matchOn,
		severalMatches,
		groupForNew,
		itemName,
		columns,
		simplify,
		optionsOf(...columnOptions, {
			displayName: 'Rename If Found',
			name: 'rename',
			type: 'boolean',
			default: false,
			description: 'Whether an item that is found gets Item Name too',
		}),
	],
	batchSize: batchSizeOf,
	prepare: async ({ api, input }) => ({
		lead: await leadFrom(api, input),
		simplify: input.boolean('simplify'),
	}),
	runBatch: async (api, units) => {
		const answers = await createOrUpdateItems(
			api,
			units.map(({ lead }) => lead),
		);
		return answers.map((answer, index) =>
			answer instanceof Error
				? answer
				: answer.items.map((item) => ({
						...toOutput(item, units[index]?.simplify ?? true),
						created: answer.created,
					})),
		);
	},
});
