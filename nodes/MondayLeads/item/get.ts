import { batchOperation } from '../../../lib/operations';
import { itemsById, type Connection } from '../api';
import { board, item, optionsOf, simplify } from '../fields';
import { batchSizeOf } from '../input';
import { toOutputOrError } from '../output';

interface Unit {
	id: string;
	simplify: boolean;
}

/** Reads one item; many of them share a request. */
export const get = batchOperation<Connection, Unit>({
	name: 'Get',
	value: 'get',
	action: 'Get item',
	description: 'Read one item with its columns',
	fields: [board, item, simplify, optionsOf()],
	batchSize: batchSizeOf,
	prepare: ({ input }) => ({ id: input.id('item'), simplify: input.boolean('simplify') }),
	runBatch: async (api, units) => {
		const answers = await itemsById(
			api,
			units.map(({ id }) => id),
		);
		return answers.map((answer, index) => toOutputOrError(answer, units[index]?.simplify ?? true));
	},
});
