import { operation } from '../../../lib/operations';
import { getConversation, type Connection } from '../api';
import { account, conversation, numericId, simplify } from '../fields';
import { output, toConversation } from '../shape';

/** Reads a conversation: GET /conversations/{id}. */
export const get = operation<Connection>({
	name: 'Get',
	value: 'get',
	action: 'Get conversation',
	description: 'Read one conversation',
	fields: [account, conversation, simplify],
	run: async ({ api, input }) =>
		output(
			await getConversation(api.http, numericId(input, 'account'), numericId(input, 'conversation')),
			input.boolean('simplify'),
			toConversation,
		),
});
