import type { IDataObject } from 'n8n-workflow';

/** The way a contact can be reached in an inbox (models/_contact.json.jbuilder). */
export interface ContactInbox {
	source_id: string;
	inbox: { id: number; name?: string; channel_type?: string };
}

/** A contact as the API and the webhooks show it. */
export interface Contact {
	id: number;
	name?: string | null;
	email?: string | null;
	/** E.164 with plus. */
	phone_number?: string | null;
	/** Whatever another system calls this person; unique in the account. */
	identifier?: string | null;
	blocked?: boolean;
	additional_attributes?: IDataObject;
	custom_attributes?: IDataObject;
	/** Unix seconds. */
	last_activity_at?: number | null;
	/** Unix seconds. */
	created_at?: number;
	contact_inboxes?: ContactInbox[];
}

/** Who wrote a message. A contact in a webhook has no `type`. */
export interface Sender {
	id?: number;
	name?: string | null;
	type?: string;
}

export interface Attachment {
	id?: number;
	file_type?: string;
	data_url?: string;
	file_size?: number;
	extension?: string | null;
}

/** A message; numbers in the API, words at the top of a webhook. */
export interface Message {
	id: number;
	content?: string | null;
	inbox_id?: number;
	/** The display id. */
	conversation_id?: number;
	/** 0 incoming, 1 outgoing, 2 activity, 3 template, or the word. */
	message_type: number | string;
	content_type?: string | null;
	content_attributes?: IDataObject | null;
	/** Unix seconds, or ISO 8601 in a webhook. */
	created_at?: number | string;
	private?: boolean;
	status?: string | null;
	sender?: Sender | null;
	sender_type?: string | null;
	attachments?: Attachment[];
}

/** A conversation; its `id` is the number shown in the account, not the database's. */
export interface Conversation {
	id: number;
	account_id?: number;
	inbox_id?: number;
	status?: string;
	channel?: string;
	priority?: string | null;
	labels?: string[];
	custom_attributes?: IDataObject;
	additional_attributes?: IDataObject;
	can_reply?: boolean;
	unread_count?: number;
	/** Unix seconds, as all times here; `updated_at` with decimals. */
	snoozed_until?: number | null;
	last_activity_at?: number;
	created_at?: number;
	updated_at?: number;
	meta?: {
		sender?: Contact;
		channel?: string;
		assignee?: { id: number; name?: string } | null;
		team?: { id: number; name?: string } | null;
	};
}

/** A webhook of the account. */
export interface Webhook {
	id: number;
	url: string;
	/** Absent where the installation is too old to keep one. */
	name?: string | null;
	subscriptions?: string[];
	/** Made by Chatwoot since 4.12; absent before. */
	secret?: string | null;
}

export interface Named {
	id: number;
	name: string;
}

export interface Inbox extends Named {
	channel_type?: string;
}
