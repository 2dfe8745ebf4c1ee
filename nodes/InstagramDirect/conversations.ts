import type { IDataObject } from 'n8n-workflow';
import { mapBounded } from '../../lib/parallel';
import { conversations, listMessageIds } from './api';
import type { Connection } from './connection';
import { detailsOf, personIn } from './directory';
import { toConversation, toMessage } from './shape';
import type { ConversationEntry } from './types';

/** Two calls a second is all Instagram takes of conversations, so more at once would only queue. */
const AT_ONCE = 2;

const collect = async (
	entries: AsyncGenerator<ConversationEntry, void>,
	limit: number,
): Promise<ConversationEntry[]> => {
	const collected: ConversationEntry[] = [];
	for await (const entry of entries) {
		collected.push(entry);
		if (collected.length >= limit) break;
	}
	return collected;
};

/** What to list. */
export interface Listing {
	limit: number;
	/** Only the conversation with this person. */
	igsid?: string;
	/** Whether to look up whom each conversation is with, at two calls each. */
	withClient: boolean;
}

/** Lists conversations, the latest first. */
export async function listConversations(
	connection: Connection,
	{ limit, igsid, withClient }: Listing,
): Promise<IDataObject[]> {
	const found = await collect(conversations(connection, igsid), limit);
	return await mapBounded(found, AT_ONCE, isCancelled(connection), async (conversation) => {
		const person = withClient ? await personIn(connection, conversation.id) : undefined;
		return toConversation({ conversation, person }, connection.timeZone);
	});
}

const isCancelled =
	({ signal }: Connection) =>
	() =>
		signal?.aborted ?? false;

/** The last messages exchanged with a person, the newest first, at most 20; none where they never wrote. */
export async function readHistory(
	connection: Connection,
	igsid: string,
	limit: number,
): Promise<IDataObject[]> {
	const [conversation] = await collect(conversations(connection, igsid), 1);
	if (!conversation) return [];
	const { user_id: accountId } = await connection.account();
	const ids = (await listMessageIds(connection, conversation.id)).slice(0, limit);
	const at = { accountId, conversationId: conversation.id, zone: connection.timeZone };
	const details = await mapBounded(ids, AT_ONCE, isCancelled(connection), (id) => detailsOf(connection, id));
	return details.flatMap((one) => (one ? [toMessage(one, at)] : []));
}
