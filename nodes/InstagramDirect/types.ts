/** A message's sender or receiver. */
export interface Participant {
	/** An IGSID, or the professional account's own id; longer than a number keeps, so always text. */
	id: string;
	username?: string;
}

/** A message as GET /{message_id} gives it; what was not asked for, or is gone, is left out. */
export interface MessageDetails {
	id: string;
	/** Such as 2022-07-12T19:11:07+0000. */
	created_time?: string;
	from?: Participant;
	to?: { data?: Participant[] };
	message?: string;
}

/** A conversation as the list gives it. */
export interface ConversationEntry {
	id: string;
	/** ISO 8601, or Unix seconds as text. */
	updated_time?: string | number;
}

/** What Meta answers to a sending. */
export interface Sent {
	recipient_id?: string;
	message_id?: string;
}

/** The professional account that the token belongs to. */
export interface Account {
	/** The id that webhooks and messages name it by; `id` is another one. */
	user_id: string;
	username?: string;
}

/** An app that gets an account's webhooks. */
export interface Subscription {
	id?: string;
	name?: string;
	subscribed_fields?: string[];
}

/** A list with Graph API paging. */
export interface Page<Entry> {
	data?: Entry[];
	paging?: { cursors?: { after?: string }; next?: string };
}
