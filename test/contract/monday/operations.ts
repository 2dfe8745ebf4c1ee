import type { IDataObject } from 'n8n-workflow';
import { byId, mapped, matchOn, type Bench } from '../../unit/monday/bench';

/** An operation with parameters that succeed for two items, `id` and `name` of which come from `items`. */
export interface Sample {
	name: string;
	operation: string;
	/** The root field of monday.com that does the work. */
	field: string;
	parameters: IDataObject;
	/** True where the request that does the work is a mutation. */
	writes: boolean;
	/** Requests that come before it. */
	before: number;
}

const item = byId('={{ $json.id }}');
const columns = mapped({ text1: '={{ $json.name }}', status: 'Nowy' });

/** Every operation of the node. */
export const samples: Sample[] = [
	{
		name: 'Create',
		operation: 'create',
		field: 'create_item',
		parameters: { itemName: '={{ $json.name }}', group: byId('topics'), columns },
		writes: true,
		before: 1,
	},
	{
		name: 'Create or Update (new)',
		operation: 'upsert',
		field: 'create_item',
		parameters: {
			itemName: '={{ $json.name }}',
			matchOn: matchOn(
				{ column: 'email', value: '={{ $json.name }}@example.com' },
				{ column: 'phone', value: '={{ $json.phone }}' },
			),
			columns,
		},
		writes: true,
		before: 2,
	},
	{
		name: 'Create or Update (found)',
		operation: 'upsert',
		field: 'change_multiple_column_values',
		parameters: {
			itemName: '={{ $json.name }}',
			matchOn: matchOn({ column: 'name', value: '={{ $json.name }}' }),
			columns,
		},
		writes: true,
		before: 2,
	},
	{
		name: 'Update',
		operation: 'update',
		field: 'change_multiple_column_values',
		parameters: { item, newItemName: '={{ $json.name }}', columns },
		writes: true,
		before: 1,
	},
	{ name: 'Get', operation: 'get', field: 'items', parameters: { item }, writes: false, before: 0 },
	{
		name: 'Get Many',
		operation: 'getAll',
		field: 'boards',
		parameters: { group: byId('topics'), limit: 10 },
		writes: false,
		before: 0,
	},
	{
		name: 'Search',
		operation: 'search',
		field: 'items_page_by_column_values',
		parameters: { column: 'text1', value: '={{ $json.topic }}' },
		writes: false,
		before: 1,
	},
	{
		name: 'Add Comment',
		operation: 'addComment',
		field: 'create_update',
		parameters: { item, text: '={{ $json.name }}' },
		writes: true,
		before: 0,
	},
];

/** Two items on the board, and what comes in for them. */
export function twoItems(bench: Bench): IDataObject[] {
	return ['Jan', 'Ola'].map((name, index) => ({
		id: bench.given(name, { text1: `Topic ${index}` }).id,
		name,
		topic: `Topic ${index}`,
		phone: `+4850123456${index}`,
	}));
}
