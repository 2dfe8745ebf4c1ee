import { createHmac, randomUUID } from 'node:crypto';
import type { SimAccount, SimConversation, SimEvent, SimMessage, SimUser } from './chatwoot-store';
import { contactPush, senderView, userPush } from './chatwoot-views';

const WORDS = ['incoming', 'outgoing', 'activity', 'template'];
const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
const accountData = ({ id, name }: SimAccount) => ({ id, name });

/** A contact as it stands alone in a webhook, and as the sender of a message: without a type. */
const contactData = (account: SimAccount, { type: _, ...contact }: ReturnType<typeof contactPush>) => ({
	account: accountData(account),
	...contact,
	avatar: '',
});

/** Inside a conversation a message's type is a number and its time is Unix seconds; at the top neither is. */
const messageInside = (
	account: SimAccount,
	users: SimUser[],
	conversation: SimConversation,
	message: SimMessage,
) => ({
	id: message.id,
	content: message.content,
	account_id: account.id,
	inbox_id: conversation.inbox_id,
	conversation_id: conversation.id,
	message_type: message.message_type,
	created_at: message.created_at,
	updated_at: iso(message.created_at),
	private: message.private,
	status: message.status,
	source_id: message.source_id,
	content_type: message.content_type,
	content_attributes: message.content_attributes,
	sender_type: message.sender?.type === 'contact' ? 'Contact' : 'User',
	sender_id: message.sender?.id ?? null,
	external_source_ids: {},
	additional_attributes: message.additional_attributes,
	processed_message_content: message.content,
	sentiment: {},
	conversation: {
		assignee_id: conversation.assignee_id,
		unread_count: 1,
		last_activity_at: conversation.last_activity_at,
		contact_inbox: { source_id: conversation.source_id },
	},
	sender: senderView(account, users, message),
});

function conversationData(account: SimAccount, users: SimUser[], conversation: SimConversation) {
	const contact = account.contacts.get(conversation.contact_id);
	const assignee = users.find(({ id }) => id === conversation.assignee_id);
	const last = conversation.messages.filter((one) => !one.private && one.message_type !== 2).slice(-1);
	const { last_activity_at: activity, created_at } = conversation;
	return {
		additional_attributes: conversation.additional_attributes,
		can_reply: true,
		channel: account.inboxes.find(({ id }) => id === conversation.inbox_id)?.channel_type,
		contact_inbox: {
			id: conversation.id + 70,
			contact_id: conversation.contact_id,
			inbox_id: conversation.inbox_id,
			source_id: conversation.source_id,
			created_at: iso(created_at),
			updated_at: iso(created_at),
			hmac_verified: false,
			pubsub_token: `session-of-contact-${conversation.contact_id}`,
		},
		id: conversation.id,
		inbox_id: conversation.inbox_id,
		messages: last.map((one) => messageInside(account, users, conversation, one)),
		labels: conversation.labels,
		meta: {
			sender: contact && contactPush(contact),
			assignee: assignee ? userPush(assignee) : null,
			assignee_type: assignee ? 'User' : null,
			team: account.teams.find(({ id }) => id === conversation.team_id) ?? null,
			hmac_verified: false,
		},
		status: conversation.status,
		custom_attributes: conversation.custom_attributes,
		snoozed_until: conversation.snoozed_until,
		unread_count: 1,
		first_reply_created_at: null,
		priority: conversation.priority,
		waiting_since: activity,
		agent_last_seen_at: 0,
		contact_last_seen_at: 0,
		last_activity_at: activity,
		timestamp: activity,
		created_at,
		updated_at: activity + 0.123,
		account: accountData(account),
	};
}

function messageData(
	account: SimAccount,
	users: SimUser[],
	conversation: SimConversation,
	message: SimMessage,
) {
	const inbox = account.inboxes.find(({ id }) => id === conversation.inbox_id);
	const contact = message.sender?.type === 'contact' ? account.contacts.get(message.sender.id) : undefined;
	const agent = users.find(({ id }) => id === message.sender?.id);
	const sender = contact
		? contactData(account, contactPush(contact))
		: message.sender && agent
			? { id: agent.id, name: agent.name, email: agent.email, type: message.sender.type }
			: null;
	return {
		account: accountData(account),
		additional_attributes: message.additional_attributes,
		content_attributes: message.content_attributes,
		content_type: message.content_type,
		content: message.content,
		conversation: conversationData(account, users, conversation),
		created_at: iso(message.created_at),
		id: message.id,
		inbox: { id: inbox?.id, name: inbox?.name },
		message_type: WORDS[message.message_type],
		private: message.private,
		sender,
		source_id: message.source_id,
		...(message.attachments.length > 0 && { attachments: message.attachments }),
	};
}

/** The body of a webhook: no envelope, the event's name among the other keys. */
export function eventBody(
	users: SimUser[],
	{ event, account, contact, conversation, message, changed }: SimEvent,
) {
	const data =
		message && conversation
			? messageData(account, users, conversation, message)
			: conversation
				? conversationData(account, users, conversation)
				: contact && contactData(account, contactPush(contact));
	return { ...data, event, ...(changed && { changed_attributes: changed }) };
}

/** Signs as lib/webhooks/trigger.rb: `sha256=` and HMAC of `timestamp.body`; nothing where there is no secret. */
export function signedHeaders(body: string, seconds: number, secret?: string): Record<string, string> {
	const timestamp = String(seconds);
	const hex = createHmac('sha256', secret ?? '')
		.update(`${timestamp}.${body}`)
		.digest('hex');
	return {
		'content-type': 'application/json',
		accept: 'application/json',
		...(secret && {
			'x-chatwoot-delivery': randomUUID(),
			'x-chatwoot-timestamp': timestamp,
			'x-chatwoot-signature': `sha256=${hex}`,
		}),
	};
}

/** What was sent, and the status it was answered with; undefined where nobody answered. */
export interface ChatwootDelivery {
	url: string;
	headers: Record<string, string>;
	body: string;
	status?: number;
}

/** An event for every webhook that asked for it, each under a delivery id of its own. */
export function deliveriesOf(event: SimEvent, body: string, { signs, seconds }: Signing): ChatwootDelivery[] {
	return event.account.webhooks
		.filter(({ subscriptions }) => subscriptions.includes(event.event))
		.map(({ url, secret }) => ({
			url,
			headers: signedHeaders(body, seconds, signs ? secret : undefined),
			body,
		}));
}

interface Signing {
	/** Whether this Chatwoot signs its calls. */
	signs: boolean;
	/** Unix seconds. */
	seconds: number;
}
