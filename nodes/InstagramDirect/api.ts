import type { IDataObject } from 'n8n-workflow';
import { path, type HttpRequest } from '../../lib/http';
import type { Connection } from './connection';
import type { Gate } from './gate';
import type { Account, ConversationEntry, MessageDetails, Page, Sent, Subscription } from './types';

/** Instagram gives details of a conversation's last 20 messages only (Conversations API page). */
export const MOST_DETAILS = 20;

/** A page of conversations; Graph's usual size. */
const PAGE_SIZE = 25;

/** What to send, without the receiver. */
export interface Outgoing {
	message: IDataObject;
	/** For answers that people write, up to 7 days after the person wrote. */
	tag?: 'HUMAN_AGENT';
	messagingType?: 'RESPONSE';
}

/**
 * GET /me: the professional account that the token belongs to. The get started page shows the answer as a list
 * of one; the API gives the object itself (2026).
 */
export async function getAccount({ http }: Connection): Promise<Account> {
	const answer = await http.get<Account & Page<Account>>(path`/me`, { fields: 'user_id,username' });
	return answer.data?.[0] ?? answer;
}

/** Waits for a turn; a cancelled execution asks for nothing more. */
async function turnAt(gate: Gate, { http, signal }: Connection): Promise<void> {
	await gate.turn(signal);
	if (!signal?.aborted) return;
	throw http.error({
		message: 'The execution was cancelled before Instagram was asked',
		howToFix: 'Run it again if it is still wanted.',
	});
}

/**
 * Sends one message: POST /me/messages (Messaging API page), at most 100 a second, 10 with audio or video.
 * Meta knows no idempotency key, so a sending whose fate is unknown is never repeated.
 *
 * @param igsid the receiver, as text
 * @throws ProviderError
 */
export async function sendMessage(
	connection: Connection,
	igsid: string,
	{ message, tag, messagingType }: Outgoing,
): Promise<Sent> {
	const { http, gates } = connection;
	const { type } = (message.attachment ?? {}) as IDataObject;
	await turnAt(type === 'audio' || type === 'video' ? gates.media : gates.messages, connection);
	return await http.post<Sent>(path`/me/messages`, {
		recipient: { id: igsid },
		...(messagingType && { messaging_type: messagingType }),
		message,
		...(tag && { tag }),
	});
}

/** A person's profile: GET /{IGSID} (User Profile API page). The picture's address expires after a few days. */
export const getProfile = async ({ http }: Connection, igsid: string): Promise<IDataObject> =>
	await http.get<IDataObject>(path`/${igsid}`, {
		fields:
			'name,username,profile_pic,follower_count,is_user_follow_business,is_business_follow_user,is_verified_user',
	});

/** The Conversations API takes 2 calls a second from an account. */
async function readConversations<Body>(
	connection: Connection,
	address: string,
	query: HttpRequest['query'],
): Promise<Body> {
	await turnAt(connection.gates.conversations, connection);
	return await connection.http.get<Body>(address, query);
}

/**
 * The account's conversations, the latest first, a page at a time as they are wanted: GET /me/conversations
 * (Conversations API page). Requests that were idle for 30 days are left out by Instagram.
 *
 * @param igsid only the conversation with this person
 */
export async function* conversations(
	connection: Connection,
	igsid?: string,
): AsyncGenerator<ConversationEntry, void> {
	let after: string | undefined;
	do {
		const page: Page<ConversationEntry> = await readConversations(connection, path`/me/conversations`, {
			platform: 'instagram',
			limit: PAGE_SIZE,
			...(igsid && { user_id: igsid }),
			...(after && { after }),
		});
		yield* page.data ?? [];
		after = page.paging?.next && page.paging.cursors?.after;
	} while (after);
}

/** The ids of a conversation's last messages, the newest first, at most 20: GET /{conversation}?fields=messages. */
export async function listMessageIds(connection: Connection, conversationId: string): Promise<string[]> {
	const { messages } = await readConversations<{ messages?: Page<{ id: string }> }>(
		connection,
		path`/${conversationId}`,
		{ fields: 'messages' },
	);
	return (messages?.data ?? []).slice(0, MOST_DETAILS).map(({ id }) => id);
}

/** One message: GET /{message_id} (Conversations API page). */
export const getMessage = async (connection: Connection, id: string): Promise<MessageDetails> =>
	await readConversations<MessageDetails>(connection, path`/${id}`, {
		fields: 'id,created_time,from,to,message',
	});

/** The apps that get the account's webhooks: GET /{IG_ID}/subscribed_apps; Meta shows an app only itself. */
export const getSubscriptions = async ({ http }: Connection, accountId: string): Promise<Subscription[]> =>
	(await http.get<Page<Subscription>>(path`/${accountId}/subscribed_apps`)).data ?? [];

/** Lets the app get the account's webhooks, or changes which: POST /{IG_ID}/subscribed_apps (webhooks page). */
export async function subscribe({ http }: Connection, accountId: string, fields: string[]): Promise<void> {
	await http.request({
		method: 'POST',
		path: path`/${accountId}/subscribed_apps`,
		query: { subscribed_fields: fields.join(',') },
		// Subscribing again changes nothing, so an unclear end may be tried again.
		reads: true,
	});
}

/** Ends the app's webhooks for the account: DELETE /{IG_ID}/subscribed_apps. */
export async function unsubscribe({ http }: Connection, accountId: string): Promise<void> {
	await http.request({ method: 'DELETE', path: path`/${accountId}/subscribed_apps`, reads: true });
}
