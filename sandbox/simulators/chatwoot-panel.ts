import { INBOXES, type SimContact, type SimConversation, type SimMessage } from './chatwoot-store';
import { facts, type Message, type Panel } from './panel';

interface State {
	contacts: SimContact[];
	conversations: SimConversation[];
}

const from = ({ message_type: type, private: isPrivate }: SimMessage): Message['from'] => {
	if (isPrivate || type === 2) return 'note';
	return type === 0 ? 'customer' : 'business';
};

const problemOf = ({ status, content_attributes: { external_error: why } }: SimMessage) =>
	status === 'failed' ? String(why ?? 'failed') : undefined;

/** Conversations as an agent sees them: with notes, labels, and what is known of the contact. */
export const chatwootPanel: Panel = {
	title: 'Chatwoot',
	views: ({ contacts, conversations }: State) => [
		{
			kind: 'chats',
			title: 'Conversations',
			threads: conversations.map((conversation) => {
				const contact = contacts.find(({ id }) => id === conversation.contact_id);
				const inbox = INBOXES.find(({ id }) => id === conversation.inbox_id);
				return {
					id: String(conversation.id),
					name: contact?.name || contact?.phone_number || `Contact ${conversation.contact_id}`,
					about: inbox?.name ?? '',
					state: conversation.status,
					facts: facts({
						phone: contact?.phone_number,
						email: contact?.email,
						labels: conversation.labels.join(', '),
						...contact?.custom_attributes,
						...conversation.custom_attributes,
					}),
					messages: conversation.messages.map((message) => ({
						id: String(message.id),
						at: new Date(message.created_at * 1000).toISOString(),
						from: from(message),
						text: message.content ?? '',
						problem: problemOf(message),
					})),
				};
			}),
		},
	],
};
