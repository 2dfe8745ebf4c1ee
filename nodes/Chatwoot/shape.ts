import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { numberOf } from '../../lib/fit';
import { momentText } from '../../lib/time';
import { identityKey, parsePhone } from '../../lib/phone';
import type { Attachment, Contact, Conversation, Message, Sender } from './types';

/** Keys whose values open a customer's widget session: they reach neither logs nor execution data. */
const SESSION_KEYS = new Set(['pubsub_token']);

/** The same without session tokens, however deep they sit. */
export function withoutSessions<Value>(value: Value): Value {
	if (Array.isArray(value)) return value.map(withoutSessions) as Value;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, inner]) =>
			SESSION_KEYS.has(key) ? [] : [[key, withoutSessions(inner) as unknown]],
		),
	) as Value;
}

/** An id as text. */
export const idText = (id: number | undefined | null) =>
	id === undefined || id === null ? null : String(id);

/** ISO 8601 in UTC, from Unix seconds (with or without decimals) or from ISO. */
export function momentOf(value: number | string | null | undefined): string | null {
	if (value === undefined || value === null || value === 0 || value === '') return null;
	const moment =
		typeof value === 'number'
			? DateTime.fromSeconds(value, { zone: 'utc' })
			: DateTime.fromISO(value, { zone: 'utc' });
	return momentText(moment) ?? null;
}

/** `whatsapp` for `Channel::Whatsapp`, `webWidget` for `Channel::WebWidget`. */
export function channelOf(name: string | undefined): string | null {
	const short = name?.replace(/^Channel::/, '');
	return short ? short.charAt(0).toLowerCase() + short.slice(1) : null;
}

const readOrNull = <Value>(read: () => Value): Value | null => {
	try {
		return read();
	} catch {
		return null;
	}
};

/** Who it is: phone in E.164 and the key that is the same for all its spellings; both null where it is no number. */
export function toPerson(contact: Contact): IDataObject {
	const phone = contact.phone_number;
	return {
		id: idText(contact.id),
		name: contact.name ?? null,
		phone: phone ? readOrNull(() => parsePhone(phone).e164) : null,
		phoneKey: phone ? readOrNull(() => identityKey(phone)) : null,
		email: contact.email ?? null,
		identifier: contact.identifier ?? null,
	};
}

/** A contact in one form, whichever call it comes from. */
export const toContact = (contact: Contact): IDataObject => ({
	...toPerson(contact),
	blocked: contact.blocked ?? false,
	customAttributes: contact.custom_attributes ?? {},
	additionalAttributes: contact.additional_attributes ?? {},
	inboxes: (contact.contact_inboxes ?? []).map(({ source_id, inbox }) => ({
		id: idText(inbox.id),
		name: inbox.name ?? null,
		channel: channelOf(inbox.channel_type),
		sourceId: source_id,
	})),
	lastActivityAt: momentOf(contact.last_activity_at),
	createdAt: momentOf(contact.created_at),
});

const toNamed = (one: { id?: number; name?: string | null } | null | undefined) =>
	one?.id === undefined ? null : { id: String(one.id), name: one.name ?? null };

/** A conversation in one form; `id` is the number that addresses it. */
export const toConversation = (conversation: Conversation): IDataObject => ({
	id: idText(conversation.id),
	accountId: idText(conversation.account_id),
	inboxId: idText(conversation.inbox_id),
	channel: channelOf(conversation.meta?.channel ?? conversation.channel),
	status: conversation.status ?? null,
	contact: conversation.meta?.sender ? toPerson(conversation.meta.sender) : null,
	assignee: toNamed(conversation.meta?.assignee),
	team: toNamed(conversation.meta?.team),
	labels: conversation.labels ?? [],
	priority: conversation.priority ?? null,
	customAttributes: conversation.custom_attributes ?? {},
	canReply: conversation.can_reply ?? null,
	unreadCount: conversation.unread_count ?? null,
	snoozedUntil: momentOf(conversation.snoozed_until),
	lastActivityAt: momentOf(conversation.last_activity_at),
	createdAt: momentOf(conversation.created_at),
	updatedAt: momentOf(conversation.updated_at),
});

const DIRECTIONS = ['incoming', 'outgoing', 'activity', 'template'];

/** The word for a message's type, which the API gives as a number and the webhook as a word. */
export function directionOf(type: number | string | undefined): string | null {
	if (type === undefined || type === '') return null;
	return DIRECTIONS[numberOf(type) ?? -1] ?? String(type);
}

const toAttachment = ({ id, file_type, data_url, file_size }: Attachment): IDataObject => ({
	id: idText(id),
	type: file_type ?? null,
	url: data_url ?? null,
	size: file_size ?? null,
});

/** `contact`, `user` or `bot`; webhooks leave the type of a contact out. */
export function senderKind({ type }: Sender, senderType?: string | null): string {
	const said = type ?? senderType ?? 'contact';
	return /bot|captain/i.test(said) ? 'bot' : said.toLowerCase();
}

/** A message in one form, from the API or from a webhook. */
export const toMessage = (message: Message): IDataObject => ({
	id: idText(message.id),
	conversationId: idText(message.conversation_id),
	inboxId: idText(message.inbox_id),
	text: message.content ?? null,
	direction: directionOf(message.message_type),
	private: message.private ?? false,
	contentType: message.content_type ?? null,
	status: message.status ?? null,
	externalError: message.content_attributes?.external_error ?? null,
	attachments: (message.attachments ?? []).map(toAttachment),
	sender: message.sender
		? { ...toNamed(message.sender), type: senderKind(message.sender, message.sender_type) }
		: null,
	createdAt: momentOf(message.created_at),
});

/** What an operation gives: the one form, or Chatwoot's own answer without session tokens. */
export const output = <Value extends object>(
	value: Value,
	simplify: boolean,
	simple: (value: Value) => IDataObject,
): IDataObject => (simplify ? simple(value) : (withoutSessions({ ...value }) as IDataObject));
