import { refused, type Call, type SimConversation, type SimInbox, type SimMessage } from './chatwoot-store';

const MOST_A_MINUTE = 200;
const DAY = 24 * 60 * 60;
const MOST_FILES = 15;

/** A file of a multipart body. */
interface Upload {
	name: string;
	type: string;
	size: number;
}

/** The fields of a multipart body: texts by name, `a[b]` as Rails nests it, and the files. */
export function readForm(text: string, contentType: string): Record<string, unknown> {
	const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1] ?? '';
	const fields: Record<string, unknown> = {};
	const files: Upload[] = [];
	for (const part of text.split(`--${boundary}`).slice(1, -1)) {
		const [head = '', ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n');
		const content = rest.join('\r\n\r\n').replace(/\r\n$/, '');
		const name = /name="([^"]*)"/.exec(head)?.[1] ?? '';
		const fileName = /filename="([^"]*)"/.exec(head)?.[1];
		const type = /content-type:\s*(\S+)/i.exec(head)?.[1] ?? 'application/octet-stream';
		const nested = /^(\w+)\[(\w+)\]$/.exec(name);
		if (fileName !== undefined) files.push({ name: fileName, type, size: content.length });
		else if (nested) {
			const [, outer = '', inner = ''] = nested;
			fields[outer] = { ...(fields[outer] as object), [inner]: content };
		} else fields[name] = content;
	}
	return { ...fields, ...(files.length > 0 && { attachments: files }) };
}

const kindOf = (type: string) => /^(image|video|audio)\//.exec(type)?.[1] ?? 'file';

/** Whether WhatsApp takes free text: within 24 hours of the contact's last message. */
const windowIsOpen = ({ messages }: SimConversation, now: number) =>
	messages.some(({ message_type, created_at }) => message_type === 0 && now - created_at < DAY);

/** What the background job that sends it finds out: why it is not delivered, if so. */
function fateOf(
	inbox: SimInbox | undefined,
	conversation: SimConversation,
	message: SimMessage,
	now: number,
) {
	if (inbox?.channel_type !== 'Channel::Whatsapp' || message.message_type !== 1 || message.private) {
		return undefined;
	}
	const params = message.additional_attributes.template_params as
		{ name?: string; language?: string } | undefined;
	if (!params)
		return windowIsOpen(conversation, now) ? undefined : 'Template not found or invalid template name';
	const known = inbox.message_templates?.some(
		({ name, language, status }) =>
			name === params.name && language === params.language && status === 'APPROVED',
	);
	return known ? undefined : '132001: Template name does not exist in the translation';
}

/** Reads a message out of a body and stores it; what becomes of it shows later, in its status. */
export function addMessage(call: Call, conversation: SimConversation): SimMessage {
	const { account, body, now, nextId, emit, user } = call;
	const inbox = account.inboxes.find(({ id }) => id === conversation.inbox_id);
	const incoming = body.message_type === 'incoming';
	if (incoming && inbox?.channel_type !== 'Channel::Api') {
		throw refused('Incoming messages are only allowed in Api inboxes');
	}
	const uploads = (Array.isArray(body.attachments) ? body.attachments : []) as Upload[];
	if (uploads.length > MOST_FILES) throw refused('Attachments exceeded maximum allowed');
	const recent = conversation.messages.filter(({ created_at }) => now() - created_at < 60);
	if (recent.length >= MOST_A_MINUTE) throw refused('Too many messages');
	const message: SimMessage = {
		id: nextId('message'),
		content: body.content === undefined ? null : String(body.content),
		message_type: incoming ? 0 : 1,
		private: body.private === true || body.private === 'true',
		content_type: 'text',
		content_attributes: (body.content_attributes ?? {}) as Record<string, unknown>,
		additional_attributes: body.template_params ? { template_params: body.template_params } : {},
		status: 'sent',
		source_id: null,
		created_at: now(),
		sender: incoming
			? { type: 'contact', id: conversation.contact_id }
			: { type: user.role === 'bot' ? 'agent_bot' : 'user', id: user.id },
		attachments: uploads.map(({ name, type, size }) => ({
			id: nextId('attachment'),
			file_type: kindOf(type),
			data_url: `https://chat.frontdesk.example/rails/active_storage/blobs/${encodeURIComponent(name)}`,
			file_size: size,
			name,
		})),
	};
	conversation.messages.push(message);
	conversation.last_activity_at = now();
	emit({ event: 'message_created', account, conversation, message: { ...message } });
	const why = fateOf(inbox, conversation, message, now());
	if (why === undefined) return message;
	const stored = { ...message, attachments: [...message.attachments] };
	message.status = 'failed';
	message.content_attributes = { ...message.content_attributes, external_error: why };
	emit({ event: 'message_updated', account, conversation, message: { ...message } });
	return stored;
}
