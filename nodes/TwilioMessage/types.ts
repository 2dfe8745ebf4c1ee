import type { IDataObject } from 'n8n-workflow';

/** A message as the API shows it (schema api.v2010.account.message), as far as it is read here. */
export interface Message extends IDataObject {
	sid: string;
	body: string | null;
	/** RFC 2822 in GMT, as all dates here. */
	date_created: string | null;
	date_sent: string | null;
	direction: string;
	error_code: number | null;
	error_message: string | null;
	/** Null as long as a Messaging Service has not chosen it. */
	from: string | null;
	messaging_service_sid: string | null;
	num_media: string;
	num_segments: string;
	/** Negative: what it cost. Null until Twilio knows. */
	price: string | null;
	price_unit: string | null;
	status: string;
	to: string;
}

export interface MessagePage {
	messages: Message[];
	/** With a path, without a host; null on the last page. */
	next_page_uri: string | null;
}

/** One of the account's Messaging Services or content templates. */
export interface Named {
	sid: string;
	friendly_name: string;
	/** Of a template. */
	language?: string;
}

/** What a new message says. */
export type Content =
	{ body: string; mediaUrls: string[] } | { contentSid: string; variables: Record<string, string> };

/** A message to be sent. */
export interface Draft {
	/** E.164, with `whatsapp:` before it where it goes that way. */
	to: string;
	/** An address like `to`, a short code or a name; or the service that chooses one. */
	sender: { from: string } | { messagingServiceSid: string };
	content: Content;
	/** ISO 8601 in UTC. */
	sendAt?: string;
	statusCallback?: string;
	/** Seconds it may wait in Twilio's queue. */
	validityPeriod?: number;
}
