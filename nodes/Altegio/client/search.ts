import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { operation, type FieldReader } from '../../../lib/operations';
import { searchClients } from '../api';
import type { AltegioApi } from '../connection';
import {
	instagramFrom,
	limit,
	limitFrom,
	location,
	numericId,
	rawFrom,
	outputFields,
	returnAll,
} from '../fields';
import { toClient } from '../shape';

const text: INodeProperties = {
	displayName: 'Search Text',
	name: 'searchText',
	type: 'string',
	default: '',
	placeholder: 'e.g. Jane',
	description: "Part of a name or phone; everybody where empty. It is Altegio's own quick search.",
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Birthday From',
			name: 'birthdayFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1990-05-17',
		},
		{
			displayName: 'Birthday To',
			name: 'birthdayTo',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1990-05-17',
		},
		{
			displayName: 'Category IDs',
			name: 'categoryIds',
			type: 'string',
			default: '',
			description: 'Comma-separated',
		},
		{
			displayName: 'Client IDs',
			name: 'clientIds',
			type: 'string',
			default: '',
			description: 'Comma-separated',
		},
		{
			displayName: 'Sold Amount From',
			name: 'soldFrom',
			type: 'number',
			default: 0,
			description: 'Who has bought for at least so much',
		},
		{
			displayName: 'Sold Amount To',
			name: 'soldTo',
			type: 'number',
			default: 0,
			description: 'Who has bought for at most so much',
		},
	],
};

const sort: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'collection',
	placeholder: 'Add sorting',
	default: {},
	options: [
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Ascending', value: 'ASC' },
				{ name: 'Descending', value: 'DESC' },
			],
			default: 'ASC',
		},
		{
			displayName: 'Sort By',
			name: 'orderBy',
			type: 'options',
			options: [
				{ name: 'Discount', value: 'discount' },
				{ name: 'Email', value: 'email' },
				{ name: 'First Visit', value: 'first_visit_date' },
				{ name: 'ID', value: 'id' },
				{ name: 'Last Visit', value: 'last_visit_date' },
				{ name: 'Name', value: 'name' },
				{ name: 'Phone', value: 'phone' },
				{ name: 'Sold Amount', value: 'sold_amount' },
				{ name: 'Visits', value: 'visits_count' },
			],
			default: 'id',
		},
	],
};

/** A span as Altegio takes it: the missing end is left out. */
const span = (from: unknown, to: unknown) =>
	Object.fromEntries(Object.entries({ from, to }).filter(([, end]) => end !== undefined)) as IDataObject;

function filtersFrom(quick: string | undefined, reader: FieldReader) {
	const wanted: Array<[string, IDataObject]> = [
		['quick_search', quick ? { value: quick } : {}],
		['birthday', span(reader.optionalText('birthdayFrom'), reader.optionalText('birthdayTo'))],
		['sold_amount', span(reader.optionalNumber('soldFrom'), reader.optionalNumber('soldTo'))],
		...(['category', 'id'] as const).map((type): [string, IDataObject] => {
			const value = reader.list(type === 'id' ? 'clientIds' : 'categoryIds').map(Number);
			return [type, value.length > 0 ? { value } : {}];
		}),
	];
	return wanted
		.filter(([, state]) => Object.keys(state).length > 0)
		.map(([type, state]) => ({ type, state }));
}

/** Searches clients: POST /company/{company}/clients/search (REST documentation, clients). */
export const search = operation<AltegioApi>({
	name: 'Search',
	value: 'search',
	action: 'Search clients',
	description: 'Find clients by text and filters',
	fields: [location, text, returnAll, limit, filters, sort, ...outputFields],
	run: async ({ api, input }) => {
		const instagram = instagramFrom(input);
		const raw = rawFrom(input);
		const simple = input.boolean('simplify');
		const order = input.collection('sort');
		return await searchClients<IDataObject>(
			api,
			numericId(input, 'location'),
			{
				filters: filtersFrom(input.optionalText('searchText')?.trim(), input.collection('filters')),
				orderBy: order.optionalText('orderBy'),
				direction: order.optionalText('direction'),
				limit: limitFrom(input),
			},
			(client) => (simple ? toClient(client, { instagram, raw }) : { ...client }),
		);
	},
});
