import { operation } from '../../../lib/operations';
import { listMessages, type Connection } from '../api';
import { account, conversation, limit, limitFrom, numericId, returnAll, simplify } from '../fields';
import { output, toMessage } from '../shape';

/** Reads a conversation's messages: GET /conversations/{id}/messages, 20 at a time, private notes too. */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many messages',
	description: 'Read many messages of a conversation: the newest ones, oldest first, private notes too',
	fields: [account, conversation, returnAll, limit, simplify],
	run: async ({ api, input }) => {
		const messages = await listMessages(
			api.http,
			numericId(input, 'account'),
			numericId(input, 'conversation'),
			limitFrom(input),
		);
		return messages.map((one) => output(one, input.boolean('simplify'), toMessage));
	},
});
