import type { INodeProperties } from 'n8n-workflow';
import { batchOperation } from '../../../lib/operations';
import type { Connection } from '../api';
import { board, defaultCountry, limit, optionsOf, returnAll, searchColumn, simplify } from '../fields';
import { batchSizeOf, lookupIn } from '../input';
import { findItems, type Lookup } from '../lookup';
import { toOutput } from '../output';

const value: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. jan@example.com',
	description: 'The whole value the column must hold; phone numbers in any spelling, dates as 2026-03-28',
};

interface Unit {
	lookup: Lookup;
	limit?: number;
	simplify: boolean;
}

/** Finds items by the value of a column, oldest first; many searches share a request. None found: no output. */
export const search = batchOperation<Connection, Unit>({
	name: 'Search',
	value: 'search',
	action: 'Search items',
	description: 'Find items by the value of a column, such as an e-mail address or a phone number',
	fields: [board, searchColumn, value, returnAll, limit, simplify, optionsOf(defaultCountry)],
	batchSize: batchSizeOf,
	prepare: async ({ api, input }) => ({
		lookup: await lookupIn(api, input, input.id('board')),
		limit: input.boolean('returnAll') ? undefined : input.number('limit', { min: 1, integer: true }),
		simplify: input.boolean('simplify'),
	}),
	runBatch: async (api, units) => {
		const answers = await findItems(
			api,
			units.map(({ lookup }) => lookup),
		);
		return units.map((unit, index) => {
			const found = answers[index] ?? [];
			if (found instanceof Error) return found;
			return found.slice(0, unit.limit).map((item) => toOutput(item, unit.simplify));
		});
	},
});
