import type { SendWebhook } from './kit';

/** A channel of the account. */
export interface SimInbox {
	id: number;
	name: string;
	/** Such as Channel::Whatsapp. */
	channel_type: string;
	provider?: string;
	phone_number?: string;
	lock_to_single_conversation?: boolean;
	/** WhatsApp templates as synced from Meta. */
	message_templates?: Array<{ name: string; language: string; status: string }>;
}

/** Somebody with an access token. */
export interface SimUser {
	id: number;
	name: string;
	email: string;
	token: string;
	role: 'administrator' | 'agent' | 'bot';
	/** Ids of the accounts the user belongs to. */
	accounts: number[];
}

export interface SimContact {
	id: number;
	name: string;
	email: string | null;
	phone_number: string | null;
	identifier: string | null;
	blocked: boolean;
	additional_attributes: Record<string, unknown>;
	custom_attributes: Record<string, unknown>;
	last_activity_at: number | null;
	created_at: number;
	inboxes: Array<{ source_id: string; inbox_id: number }>;
}

export interface SimAttachment {
	id: number;
	file_type: string;
	data_url: string;
	file_size: number;
	name: string;
}

export interface SimMessage {
	id: number;
	content: string | null;
	/** 0 incoming, 1 outgoing, 2 activity, 3 template. */
	message_type: 0 | 1 | 2 | 3;
	private: boolean;
	content_type: string;
	content_attributes: Record<string, unknown>;
	additional_attributes: Record<string, unknown>;
	status: 'sent' | 'delivered' | 'read' | 'failed';
	source_id: string | null;
	created_at: number;
	sender: { type: 'contact' | 'user' | 'agent_bot'; id: number } | null;
	attachments: SimAttachment[];
}

export interface SimConversation {
	id: number;
	inbox_id: number;
	contact_id: number;
	source_id: string;
	status: string;
	snoozed_until: number | null;
	assignee_id: number | null;
	team_id: number | null;
	labels: string[];
	priority: string | null;
	custom_attributes: Record<string, unknown>;
	additional_attributes: Record<string, unknown>;
	messages: SimMessage[];
	created_at: number;
	last_activity_at: number;
}

export interface SimWebhook {
	id: number;
	name: string | null;
	url: string;
	subscriptions: string[];
	secret: string;
}

/** An account and everything in it. */
export interface SimAccount {
	id: number;
	name: string;
	inboxes: SimInbox[];
	teams: Array<{ id: number; name: string }>;
	contacts: Map<number, SimContact>;
	conversations: Map<number, SimConversation>;
	webhooks: SimWebhook[];
}

/** Something that happened, and what it happened to. */
export interface SimEvent {
	event: string;
	account: SimAccount;
	contact?: SimContact;
	conversation?: SimConversation;
	message?: SimMessage;
	changed?: Array<Record<string, unknown>>;
}

/** What kind of installation it is. */
export interface ChatwootSettings {
	send?: SendWebhook;
	/** Milliseconds since 1970. */
	now?: () => number;
	/** Whether it is 4.12 or later: makes secrets and signs with them. */
	signs?: boolean;
	/** Whether webhooks have names. */
	keepsNames?: boolean;
	/** Whether the filter takes phone numbers with their plus (chatwoot/chatwoot#10386, 2024-11). */
	stripsPlus?: boolean;
	/** Whether an nginx stands before it that drops headers with underscores. */
	dropsUnderscores?: boolean;
}

/** A request that was let in. */
export interface Call {
	method: string;
	query: URLSearchParams;
	body: Record<string, unknown>;
	account: SimAccount;
	user: SimUser;
	users: SimUser[];
	settings: Required<ChatwootSettings>;
	/** Unix seconds. */
	now: () => number;
	/** The next id of a kind of thing. */
	nextId: (kind: string) => number;
	emit: (event: SimEvent) => void;
}

/** What the simulator has before anybody writes. */
export const INBOXES: SimInbox[] = [
	{
		id: 9,
		name: 'WhatsApp',
		channel_type: 'Channel::Whatsapp',
		provider: 'whatsapp_cloud',
		phone_number: '+15005550006',
		message_templates: [
			{ name: 'appointment_reminder', language: 'en', status: 'APPROVED' },
			{ name: 'appointment_reminder', language: 'pl', status: 'APPROVED' },
			{ name: 'offer', language: 'en', status: 'PENDING' },
		],
	},
	{ id: 10, name: 'Website', channel_type: 'Channel::WebWidget' },
	{ id: 11, name: 'Flows', channel_type: 'Channel::Api' },
	{ id: 12, name: 'Instagram', channel_type: 'Channel::Instagram' },
];

/** An empty account with the usual inboxes and a team. */
export const emptyAccount = (id: number, name: string): SimAccount => ({
	id,
	name,
	inboxes: INBOXES.map((inbox) => ({ ...inbox })),
	teams: [{ id: 2, name: 'front desk' }],
	contacts: new Map(),
	conversations: new Map(),
	webhooks: [],
});

/** A refusal in the course of a request: status and body as Chatwoot sends them. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly body: unknown,
	) {
		super(JSON.stringify(body));
	}
}

/** 404, in Chatwoot's words. */
export const missing = () => new Refusal(404, { error: 'Resource could not be found' });

/** 422 of a record that is not valid: all messages, and the fields they are about. */
export const invalid = (faults: Array<{ message: string; attribute: string }>) =>
	new Refusal(422, {
		message: faults.map(({ message }) => message).join(', '),
		attributes: faults.map(({ attribute }) => attribute),
	});

/** 422 of anything else. */
export const refused = (error: string) => new Refusal(422, { error });

/** 401 for a role that is too low: not 403 (request_exception_handler.rb). */
export const forbidden = () => new Refusal(401, { error: 'You are not authorized to do this action' });
