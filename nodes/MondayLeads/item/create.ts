import { batchOperation } from '../../../lib/operations';
import { type Connection, type NewItem } from '../api';
import { createEach } from '../creation';
import { board, columnOptions, columns, groupForNew, itemName, optionsOf, simplify } from '../fields';
import { batchSizeOf, mappedColumns } from '../input';
import { toOutputOrError } from '../output';

interface Unit {
	item: NewItem;
	key?: string;
	simplify: boolean;
}

/**
 * Creates an item, whether or not the board has one like it. Many items share a request; a key of the
 * operator's own gets a request to itself, so that it stands for that item alone.
 */
export const create = batchOperation<Connection, Unit>({
	name: 'Create',
	value: 'create',
	action: 'Create item',
	description: 'Add a new item to a board',
	fields: [
		board,
		groupForNew,
		itemName,
		columns,
		simplify,
		optionsOf(...columnOptions, {
			displayName: 'Idempotency Key',
			name: 'idempotencyKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.eventId }}',
			description:
				'A text that stands for this very item, such as the ID of the event that caused it. Sent again within 30 minutes, the same text gives the item of the first time instead of a second one.',
		}),
	],
	batchSize: batchSizeOf,
	prepare: async ({ api, input }) => {
		const boardId = input.id('board');
		return {
			item: {
				board: boardId,
				group: input.optionalId('group'),
				name: input.text('itemName'),
				columns: await mappedColumns(api, input, boardId),
				createLabels: input.collection('options').boolean('createLabels'),
			},
			key: input.collection('options').optionalText('idempotencyKey'),
			simplify: input.boolean('simplify'),
		};
	},
	runBatch: async (api, units) => {
		const answers = await createEach(api, units);
		return answers.map((answer, index) => toOutputOrError(answer, units[index]?.simplify ?? true));
	},
});
