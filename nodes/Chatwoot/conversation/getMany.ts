import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { listConversations, type Connection } from '../api';
import {
	account,
	inboxToList,
	limit,
	limitFrom,
	numericId,
	optionalNumericId,
	returnAll,
	simplify,
} from '../fields';
import { output, toConversation } from '../shape';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Assigned To',
			name: 'assigneeType',
			type: 'options',
			options: [
				{ name: 'Anybody', value: 'assigned' },
				{ name: 'Anybody or Nobody', value: 'all' },
				{ name: 'Nobody', value: 'unassigned' },
				{ name: 'User of the Token', value: 'me' },
			],
			default: 'all',
		},
		{
			displayName: 'Labels',
			name: 'labels',
			type: 'string',
			default: '',
			placeholder: 'e.g. lead, newcomer',
			description: 'Comma-separated',
		},
		{
			displayName: 'Search Text',
			name: 'searchText',
			type: 'string',
			default: '',
			placeholder: 'e.g. booking',
			description: 'Only conversations with a message that holds this text',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: '[All]', value: 'all' },
				{ name: 'Open', value: 'open' },
				{ name: 'Pending', value: 'pending' },
				{ name: 'Resolved', value: 'resolved' },
				{ name: 'Snoozed', value: 'snoozed' },
			],
			default: 'all',
		},
	],
};

/** Lists conversations: GET /conversations, 25 a page, the one active last first. */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many conversations',
	description: 'Read many conversations, whatever their status unless filtered',
	fields: [account, inboxToList, returnAll, limit, filters, simplify],
	run: async ({ api, input }) => {
		const wanted = input.collection('filters');
		const labels = wanted.list('labels');
		const inbox = optionalNumericId(input, 'inbox');
		const q = wanted.optionalText('searchText')?.trim();
		const assignee = wanted.optionalText('assigneeType');
		const filter = {
			status: wanted.optionalText('status') ?? 'all',
			...(assignee !== undefined && { assignee_type: assignee }),
			...(inbox !== undefined && { inbox_id: inbox }),
			...(labels.length > 0 && { labels }),
			...(q !== undefined && { q }),
		};
		const found = await listConversations(api.http, numericId(input, 'account'), filter, limitFrom(input));
		return found.map((one) => output(one, input.boolean('simplify'), toConversation));
	},
});
