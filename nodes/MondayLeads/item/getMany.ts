import { operation } from '../../../lib/operations';
import { listItems, type Connection } from '../api';
import { board, groupToList, limit, returnAll, simplify } from '../fields';
import { toOutput } from '../output';

/** Reads a board's items page by page, 500 a page. */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many items',
	description: 'Read many items of a board, or of one of its groups',
	fields: [board, groupToList, returnAll, limit, simplify],
	run: async ({ api, input }) => {
		const group = input.optionalId('group');
		const rule = { column_id: 'group', operator: 'any_of', compare_value: [group] };
		const items = await listItems(api, input.id('board'), {
			limit: input.boolean('returnAll') ? undefined : input.number('limit', { min: 1, integer: true }),
			query: group === undefined ? undefined : { rules: [rule] },
		});
		return items.map((one) => toOutput(one, input.boolean('simplify')));
	},
});
