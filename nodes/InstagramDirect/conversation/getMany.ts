import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import type { Connection } from '../connection';
import { listConversations } from '../conversations';
import { limit, limitFrom, returnAll } from '../fields';

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Client IGSID',
			name: 'igsid',
			type: 'string',
			default: '',
			placeholder: 'e.g. 17841400000000123',
			description: 'Only the conversation with this person',
		},
		{
			displayName: 'Include Client',
			name: 'includeClient',
			type: 'boolean',
			default: false,
			description:
				'Whether to look up whom each conversation is with. It takes about a second for each, since Instagram allows two calls a second.',
		},
	],
};

/** GET /me/conversations, all pages up to the limit (Conversations API page). */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many conversations',
	description: 'Get many conversations, the latest first',
	fields: [returnAll, limit, options],
	run: async ({ api, input }) => {
		const given = input.collection('options');
		return await listConversations(api, {
			limit: limitFrom(input),
			igsid: given.optionalId('igsid'),
			withClient: given.boolean('includeClient'),
		});
	},
});
