import type { IDataObject } from 'n8n-workflow';
import { path, type HttpClient } from '../../lib/http';
import { unwrap } from './answers';
import { accountPath } from './connection';
import type { Conversation } from './types';

export type Status = 'open' | 'resolved' | 'pending' | 'snoozed';

export interface ConversationFilter extends IDataObject {
	/** `all` unless given; Chatwoot's own default is open ones only. */
	status?: string;
	assignee_type?: string;
	inbox_id?: string;
	team_id?: string;
	labels?: string[];
	q?: string;
}

export interface NewConversation {
	contact: string;
	inbox: string;
	/** Who the contact is in the inbox; Chatwoot makes it for most channels, not for Instagram, Facebook, Telegram, Line. */
	sourceId?: string;
	status?: string;
	customAttributes?: IDataObject;
}

const PER_PAGE = 25;

const conversationPath = (account: string, id: string, rest = '') =>
	accountPath(account) + path`/conversations/${id}` + rest;

/** GET /conversations, page after page, the one active last first. */
export async function listConversations(
	http: HttpClient,
	account: string,
	filter: ConversationFilter,
	limit?: number,
): Promise<Conversation[]> {
	const found = new Map<number, Conversation>();
	for (let page = 1; limit === undefined || found.size < limit; page++) {
		const query = { status: 'all', ...filter, page };
		const answer = await http.get(`${accountPath(account)}/conversations`, query, {
			arrayFormat: 'brackets',
		});
		const conversations = unwrap<Conversation[]>(answer);
		// A conversation that goes on meanwhile shifts the pages, and one already read comes again.
		for (const conversation of conversations) found.set(conversation.id, conversation);
		if (conversations.length < PER_PAGE) break;
	}
	return [...found.values()].slice(0, limit);
}

/** GET /conversations/{id}. */
export const getConversation = async (http: HttpClient, account: string, id: string): Promise<Conversation> =>
	unwrap(await http.get(conversationPath(account, id)));

/** GET /contacts/{id}/conversations: the contact's latest 20. */
export const conversationsOf = async (
	http: HttpClient,
	account: string,
	contact: string,
): Promise<Conversation[]> =>
	unwrap(await http.get(accountPath(account) + path`/contacts/${contact}/conversations`));

/**
 * POST /conversations; not repeated. Where the inbox keeps to a single conversation, Chatwoot gives the last one of
 * the contact, whatever its status (conversation_builder.rb).
 */
export const createConversation = async (
	http: HttpClient,
	account: string,
	{ contact, inbox, sourceId, status, customAttributes }: NewConversation,
): Promise<Conversation> =>
	unwrap(
		await http.post(`${accountPath(account)}/conversations`, {
			contact_id: Number(contact),
			inbox_id: Number(inbox),
			...(sourceId !== undefined && { source_id: sourceId }),
			...(status !== undefined && { status }),
			...(customAttributes && { custom_attributes: customAttributes }),
		}),
	);

/**
 * POST /conversations/{id}/toggle_status with the status named, so that it sets and does not toggle.
 *
 * @param snoozedUntil Unix seconds; until the next reply where absent
 */
export async function setStatus(
	http: HttpClient,
	account: string,
	id: string,
	{ status, snoozedUntil }: { status: Status; snoozedUntil?: number },
): Promise<{ current_status: string; snoozed_until?: number | null }> {
	const body = { status, ...(snoozedUntil !== undefined && { snoozed_until: snoozedUntil }) };
	return unwrap(await http.post(conversationPath(account, id, '/toggle_status'), body));
}

/** POST /conversations/{id}/assignments: one call for the agent or for the team. */
export const assign = async (
	http: HttpClient,
	account: string,
	id: string,
	to: { assignee_id: number } | { team_id: number },
): Promise<IDataObject> => await http.post(conversationPath(account, id, '/assignments'), to);

/** GET /conversations/{id}/labels. */
export const labelsOf = async (http: HttpClient, account: string, id: string): Promise<string[]> =>
	unwrap(await http.get(conversationPath(account, id, '/labels')));

/** POST /conversations/{id}/labels: replaces the whole list. */
export const replaceLabels = async (
	http: HttpClient,
	account: string,
	id: string,
	labels: string[],
): Promise<string[]> => unwrap(await http.post(conversationPath(account, id, '/labels'), { labels }));

/** POST /conversations/{id}/custom_attributes: replaces all of them, unlike with contacts. */
export async function replaceCustomAttributes(
	http: HttpClient,
	account: string,
	id: string,
	attributes: IDataObject,
): Promise<IDataObject> {
	const body = { custom_attributes: attributes };
	const answer = await http.post<{ custom_attributes?: IDataObject }>(
		conversationPath(account, id, '/custom_attributes'),
		body,
	);
	return answer.custom_attributes ?? attributes;
}
