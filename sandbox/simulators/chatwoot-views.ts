import type {
	SimAccount,
	SimContact,
	SimConversation,
	SimInbox,
	SimMessage,
	SimUser,
} from './chatwoot-store';

const inboxSlim = ({ id, name, channel_type, provider }: SimInbox) => ({
	id,
	avatar_url: '',
	channel_id: id,
	name,
	channel_type,
	...(provider && { provider }),
});

const contactInboxes = (account: SimAccount, contact: SimContact) =>
	contact.inboxes.flatMap(({ source_id, inbox_id }) => {
		const inbox = account.inboxes.find(({ id }) => id === inbox_id);
		return inbox ? [{ source_id, inbox: inboxSlim(inbox) }] : [];
	});

/** A contact as the API shows it (models/_contact.json.jbuilder). */
export const contactView = (account: SimAccount, contact: SimContact, withInboxes = true) => ({
	additional_attributes: contact.additional_attributes,
	availability_status: 'offline',
	email: contact.email,
	id: contact.id,
	name: contact.name,
	phone_number: contact.phone_number,
	blocked: contact.blocked,
	identifier: contact.identifier,
	thumbnail: '',
	custom_attributes: contact.custom_attributes,
	...(contact.last_activity_at !== null && { last_activity_at: contact.last_activity_at }),
	created_at: contact.created_at,
	...(withInboxes && { contact_inboxes: contactInboxes(account, contact) }),
});

/** A contact inside a webhook's conversation, and a message's sender in the API. */
export const contactPush = (contact: SimContact) => ({
	additional_attributes: contact.additional_attributes,
	custom_attributes: contact.custom_attributes,
	email: contact.email,
	id: contact.id,
	identifier: contact.identifier,
	name: contact.name,
	phone_number: contact.phone_number,
	thumbnail: '',
	blocked: contact.blocked,
	type: 'contact',
});

/** An agent inside other things. */
export const userPush = ({ id, name }: SimUser) => ({
	id,
	name,
	available_name: name,
	avatar_url: '',
	type: 'user',
	availability_status: 'online',
	thumbnail: '',
});

/** Who sent a message; agents and contacts look different. */
export function senderView(account: SimAccount, users: SimUser[], { sender }: SimMessage) {
	if (!sender) return undefined;
	if (sender.type === 'contact') {
		const contact = account.contacts.get(sender.id);
		return contact && contactPush(contact);
	}
	const user = users.find(({ id }) => id === sender.id);
	if (!user) return undefined;
	return sender.type === 'agent_bot' ? { id: user.id, name: user.name, type: 'agent_bot' } : userPush(user);
}

const attachmentViews = (account: SimAccount, message: SimMessage) =>
	message.attachments.map(({ id, file_type, data_url, file_size }) => ({
		id,
		message_id: message.id,
		file_type,
		account_id: account.id,
		extension: null,
		data_url,
		thumb_url: data_url,
		file_size,
	}));

/** A message as the API answers it; `conversation_id` is the display id. */
export function messageView(
	account: SimAccount,
	users: SimUser[],
	conversation: SimConversation,
	message: SimMessage,
) {
	const sender = senderView(account, users, message);
	return {
		id: message.id,
		content: message.content ?? '',
		inbox_id: conversation.inbox_id,
		conversation_id: conversation.id,
		message_type: message.message_type,
		content_type: message.content_type,
		status: message.status,
		content_attributes: message.content_attributes,
		created_at: message.created_at,
		private: message.private,
		source_id: message.source_id,
		...(sender && { sender }),
		...(message.attachments.length > 0 && { attachments: attachmentViews(account, message) }),
	};
}

const lastChat = ({ messages }: SimConversation) =>
	messages.filter((message) => !message.private && message.message_type !== 2).slice(-1);

/** A conversation as the API shows it (conversations/partials/_conversation.json.jbuilder). */
export function conversationView(account: SimAccount, users: SimUser[], conversation: SimConversation) {
	const contact = account.contacts.get(conversation.contact_id);
	const inbox = account.inboxes.find(({ id }) => id === conversation.inbox_id);
	const assignee = users.find(({ id }) => id === conversation.assignee_id);
	const team = account.teams.find(({ id }) => id === conversation.team_id);
	const messages = lastChat(conversation).map((one) => messageView(account, users, conversation, one));
	return {
		meta: {
			...(contact && { sender: { ...contactView(account, contact, false) } }),
			channel: inbox?.channel_type ?? '',
			...(assignee && { assignee: userPush(assignee) }),
			...(team && { team }),
			hmac_verified: false,
		},
		id: conversation.id,
		messages,
		account_id: account.id,
		uuid: `00000000-0000-4000-8000-${String(conversation.id).padStart(12, '0')}`,
		additional_attributes: conversation.additional_attributes,
		agent_last_seen_at: 0,
		assignee_last_seen_at: 0,
		can_reply: true,
		contact_last_seen_at: 0,
		custom_attributes: conversation.custom_attributes,
		inbox_id: conversation.inbox_id,
		labels: conversation.labels,
		muted: false,
		snoozed_until: conversation.snoozed_until,
		status: conversation.status,
		created_at: conversation.created_at,
		updated_at: conversation.last_activity_at + 0.123,
		timestamp: conversation.last_activity_at,
		first_reply_created_at: 0,
		unread_count: messages.filter(({ message_type }) => message_type === 0).length,
		last_non_activity_message: messages[0] ?? null,
		last_activity_at: conversation.last_activity_at,
		priority: conversation.priority,
		waiting_since: conversation.last_activity_at,
	};
}
