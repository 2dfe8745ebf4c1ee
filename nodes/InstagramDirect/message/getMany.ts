import { operation } from '../../../lib/operations';
import type { Connection } from '../connection';
import { readHistory } from '../conversations';
import { client, igsidFrom, limit, limitFrom, returnAll } from '../fields';

/** The conversation with a person, its messages and each one's details (Conversations API page). */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many messages',
	description:
		'Get many messages exchanged with somebody, the newest first. Instagram gives the last 20; each takes half a second.',
	fields: [client, returnAll, limit],
	run: async ({ api, input }) => await readHistory(api, igsidFrom(input), limitFrom(input)),
});
