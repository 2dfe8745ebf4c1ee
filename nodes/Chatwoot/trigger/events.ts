import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { fitted, type Kind } from '../../../lib/fit';
import { parseJson } from '../../../lib/json';
import { channelOf, directionOf, idText, senderKind, toMessage, toPerson } from '../shape';
import type { Contact, Conversation, Message } from '../types';

/** An event as Chatwoot posts it: no envelope, the event's name is a key among the others. */
export interface ChatwootEvent extends IDataObject {
	event: string;
	id: number;
	account: { id: number; name?: string };
}

const CONTACT: Kind = {
	...{ id: 'id', name: 'text', email: 'text', phone_number: 'text', identifier: 'text' },
};

const CONVERSATION: Kind = {
	...{
		id: 'id',
		inbox_id: 'id',
		status: 'text',
		channel: 'text',
		labels: ['text'],
		custom_attributes: 'map',
	},
	meta: { sender: CONTACT, channel: 'text' },
};

/** A contact's, conversation's and message's members, all at one level. */
const EVENT: Kind = {
	...CONTACT,
	...CONVERSATION,
	...{ event: 'text', account: { id: 'id' }, inbox: { id: 'id' }, conversation: CONVERSATION },
	...{ content: 'text', content_type: 'text', content_attributes: 'map', message_type: 'scalar' },
	...{ created_at: 'scalar', private: 'flag', conversation_id: 'id', sender_type: 'text' },
	sender: { id: 'id', name: 'text', type: 'text' },
	attachments: [{ id: 'id', file_type: 'text', data_url: 'text', file_size: 'number' }],
	changed_attributes: ['map'],
};

/**
 * Reads a body; what is in it but not as Chatwoot documents it is left out.
 *
 * @returns undefined where it is no event of an account
 */
export function eventOf(body: Buffer): ChatwootEvent | undefined {
	try {
		const parsed = fitted(parseJson(body.toString('utf8')), EVENT) as Partial<ChatwootEvent> | undefined;
		const whole = parsed?.event && parsed.id !== undefined && parsed.account?.id !== undefined;
		return whole ? (parsed as ChatwootEvent) : undefined;
	} catch {
		return undefined;
	}
}

const isMessage = ({ event }: ChatwootEvent) => event.startsWith('message_');
const isContact = ({ event }: ChatwootEvent) => event.startsWith('contact_');

const messageIn = (event: ChatwootEvent) => event as unknown as Message & { conversation?: Conversation };

const conversationIn = (event: ChatwootEvent): Conversation | undefined =>
	isContact(event)
		? undefined
		: isMessage(event)
			? messageIn(event).conversation
			: (event as unknown as Conversation);

/**
 * What kinds of message this is that a flow has to ask for: none for what a contact wrote. Chatwoot sends the flow's
 * own answers and the agents' private notes like any other message, so they would start it again and again.
 */
export function kindsOf(event: ChatwootEvent): string[] {
	if (!isMessage(event)) return [];
	const message = messageIn(event);
	const direction = directionOf(message.message_type);
	const bot = message.sender ? senderKind(message.sender, message.sender_type) === 'bot' : false;
	const kinds = [
		...(message.private ? ['private'] : []),
		...(direction === 'activity' ? ['activity'] : []),
		...(bot ? ['bot'] : []),
	];
	return kinds.length > 0 || direction === 'incoming' ? kinds : ['outgoing'];
}

/** The inbox it happened in, as text; undefined for contacts. */
export function inboxOf(event: ChatwootEvent): string | undefined {
	const id = conversationIn(event)?.inbox_id ?? (event.inbox as { id?: number } | undefined)?.id;
	return id === undefined ? undefined : String(id);
}

/**
 * A key that is the same for each repeat of an event. Something is created once, so that its id will do, also for
 * the repeats under another delivery id (chatwoot/chatwoot#11901); of changes the content is part of the key.
 */
export function eventKeyOf(event: ChatwootEvent, body: Buffer): string {
	const key = ['chatwoot', event.account.id, event.event, event.id];
	if (event.event.endsWith('_created')) return key.join(':');
	return [...key, createHash('sha256').update(body).digest('hex').slice(0, 32)].join(':');
}

/** Of conversations the contact is in `meta`; a message's sender is the contact only if it came in. */
function contactIn(event: ChatwootEvent): Contact | undefined {
	if (isContact(event)) return event as unknown as Contact;
	const fromConversation = conversationIn(event)?.meta?.sender;
	if (fromConversation || !isMessage(event)) return fromConversation;
	const { sender, message_type } = messageIn(event);
	return directionOf(message_type) === 'incoming'
		? ((sender as Contact | undefined) ?? undefined)
		: undefined;
}

const toShortConversation = (conversation: Conversation): IDataObject => ({
	id: idText(conversation.id),
	status: conversation.status ?? null,
	inboxId: idText(conversation.inbox_id),
	channel: channelOf(conversation.channel ?? conversation.meta?.channel),
	labels: conversation.labels ?? [],
	customAttributes: conversation.custom_attributes ?? {},
});

/** `[{key: {previous_value, current_value}}]` as `{key: {from, to}}`. */
function changesIn({ changed_attributes: changed }: ChatwootEvent): IDataObject | null {
	if (!Array.isArray(changed)) return null;
	const entries = (changed as Array<Record<string, IDataObject | null>>).flatMap((one) =>
		Object.entries(one),
	);
	return Object.fromEntries(
		entries.map(([key, change]) => [key, { from: change?.previous_value, to: change?.current_value }]),
	) as IDataObject;
}

/** An event in one form, whichever it is: who, where, what was said, what changed. */
export function payloadOf(event: ChatwootEvent): IDataObject {
	const contact = contactIn(event);
	const conversation = conversationIn(event);
	const message = isMessage(event) ? toMessage(messageIn(event)) : undefined;
	return {
		event: event.event,
		contact: contact ? toPerson(contact) : null,
		conversation: conversation ? toShortConversation(conversation) : null,
		message: message
			? {
					...message,
					conversationId: idText(conversation?.id),
					inboxId: inboxOf(event) ?? null,
				}
			: null,
		changes: changesIn(event),
		accountId: String(event.account.id),
	};
}
