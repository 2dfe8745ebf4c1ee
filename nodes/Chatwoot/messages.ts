import type { IDataObject } from 'n8n-workflow';
import { path, type HttpClient } from '../../lib/http';
import { unwrap } from './answers';
import { accountPath, type InputFile } from './connection';
import type { Message } from './types';

export interface NewMessage {
	text?: string;
	/** A note that only agents see. */
	private: boolean;
	/** Incoming works in API inboxes only. */
	direction: 'outgoing' | 'incoming';
	replyTo?: string;
	files: InputFile[];
}

/** A WhatsApp template; Chatwoot fills it in only if the inbox has an approved one of this name and language. */
export interface Template extends IDataObject {
	name: string;
	language: string;
	category: string;
	processed_params: IDataObject;
}

const PER_PAGE = 20;

/** The most files a message takes (message_builder.rb). */
export const MOST_FILES = 15;

const messagesPath = (account: string, conversation: string) =>
	accountPath(account) + path`/conversations/${conversation}/messages`;

/** Rails reads text alone from a form, so nested values have bracketed names. */
function formOf({ text, private: isPrivate, direction, replyTo, files }: NewMessage): FormData {
	const form = new FormData();
	if (text !== undefined) form.append('content', text);
	form.append('message_type', direction);
	form.append('private', String(isPrivate));
	if (replyTo !== undefined) form.append('content_attributes[in_reply_to]', replyTo);
	for (const { name, type, bytes } of files) {
		form.append('attachments[]', new Blob([new Uint8Array(bytes)], { type }), name);
	}
	return form;
}

const bodyOf = ({ text, private: isPrivate, direction, replyTo }: NewMessage): IDataObject => ({
	content: text,
	message_type: direction,
	private: isPrivate,
	...(replyTo !== undefined && { content_attributes: { in_reply_to: Number(replyTo) } }),
});

/**
 * POST /conversations/{id}/messages: JSON, or multipart where there are files. Not repeated after a timeout, since
 * the customer would get it twice. The answer says stored, not delivered: sending is a job that follows.
 */
export const sendMessage = async (
	http: HttpClient,
	account: string,
	conversation: string,
	message: NewMessage,
): Promise<Message> =>
	unwrap(
		await http.post(
			messagesPath(account, conversation),
			message.files.length > 0 ? formOf(message) : bodyOf(message),
		),
	);

/**
 * POST /conversations/{id}/messages with `template_params`; not repeated.
 *
 * @param text what agents see in Chatwoot
 */
export const sendTemplate = async (
	http: HttpClient,
	account: string,
	conversation: string,
	{ text, template }: { text: string; template: Template },
): Promise<Message> =>
	unwrap(
		await http.post(messagesPath(account, conversation), {
			content: text,
			message_type: 'outgoing',
			template_params: template,
		}),
	);

/**
 * GET /conversations/{id}/messages: 20 at a time, backwards from the newest.
 *
 * @returns the newest `limit` messages, oldest first
 */
export async function listMessages(
	http: HttpClient,
	account: string,
	conversation: string,
	limit?: number,
): Promise<Message[]> {
	const found = new Map<number, Message>();
	for (let before: number | undefined; limit === undefined || found.size < limit;) {
		const page = unwrap<Message[]>(
			await http.get(messagesPath(account, conversation), before === undefined ? undefined : { before }),
		);
		for (const message of page) found.set(message.id, message);
		if (page.length < PER_PAGE) break;
		before = Math.min(...page.map(({ id }) => id));
	}
	const chronological = [...found.values()].sort((a, b) => a.id - b.id);
	return limit === undefined ? chronological : chronological.slice(-limit);
}
