import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { SendWebhook, WebhookAnswer } from './kit';
import type { TwilioMessage } from './twilio-messages';

/** What comes with a customer's message besides its text. */
export interface Inbound {
	/** The name in the WhatsApp profile. */
	name?: string;
	media?: Array<{ url: string; contentType: string }>;
	button?: { text: string; payload: string };
	location?: { latitude: number; longitude: number; address?: string; label?: string };
	/** WhatsApp's ID of the user for this business, `ID.…`. */
	externalUserId?: string;
}

/** What was sent, and the status it was answered with; undefined where nobody answered. */
export interface TwilioDelivery {
	url: string;
	headers: Record<string, string>;
	body: string;
	status?: number;
}

type Form = Record<string, string>;

/**
 * Signs a call: the whole address, then every field, sorted by name, name and value run together; HMAC-SHA1 under
 * the Auth Token, in base64 (webhooks security page).
 */
export function signature(authToken: string, url: string, form: Form): string {
	const text = Object.keys(form)
		.sort()
		.reduce((sum, name) => sum + name + form[name], url);
	return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}

interface TwilioCalls {
	authToken: string;
	/** Nobody is called without. */
	send?: SendWebhook;
	/** How many milliseconds an address has for its answer. */
	patience: number;
	/** Gets the answer to each call; undefined where none came in time. */
	answered: (delivery: TwilioDelivery, answer: WebhookAnswer | undefined) => void;
}

/** Calls to the addresses an account has entered: signed, named by a token, each sent once. */
export class TwilioWebhooks {
	readonly deliveries: TwilioDelivery[] = [];
	private pending: Array<Promise<unknown>> = [];

	constructor(private readonly calls: TwilioCalls) {}

	post(url: string, form: Form): void {
		this.deliver({
			url,
			headers: {
				'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
				'user-agent': 'TwilioProxy/1.1',
				accept: '*/*',
				'i-twilio-idempotency-token': randomUUID(),
				'x-twilio-signature': signature(this.calls.authToken, url, form),
			},
			body: new URLSearchParams(form).toString(),
		});
	}

	/** Sends a call again, to the letter, as Twilio does when it got no answer. */
	repeat({ url, headers, body }: TwilioDelivery): void {
		this.deliver({ url, headers, body });
	}

	/** Waits until everything sent so far is answered. */
	async settled(): Promise<void> {
		await Promise.all(this.pending.splice(0));
	}

	reset(): void {
		this.deliveries.length = 0;
	}

	private deliver(delivery: TwilioDelivery): void {
		this.deliveries.push(delivery);
		const { send, answered } = this.calls;
		if (!send) return;
		this.pending.push(
			this.answerTo(delivery, send).then((answer) => {
				delivery.status = answer?.status;
				answered(delivery, answer);
			}),
		);
	}

	private async answerTo(
		{ url, headers, body }: TwilioDelivery,
		send: SendWebhook,
	): Promise<WebhookAnswer | undefined> {
		const answered = new AbortController();
		const late = setTimeout(this.calls.patience, undefined, { signal: answered.signal });
		try {
			return await Promise.race([send(url, { headers, body }), late]);
		} catch {
			return undefined;
		} finally {
			answered.abort();
			await late.catch(() => undefined);
		}
	}
}

const isWhatsApp = ({ from }: TwilioMessage) => from?.startsWith('whatsapp:') ?? false;

/** What only WhatsApp tells (webhook request page, "WhatsApp-specific parameters"). */
function whatsAppFields({ from }: TwilioMessage, { name, button, location, externalUserId }: Inbound): Form {
	return {
		MessageType: button ? 'button' : location ? 'location' : 'text',
		ProfileName: name ?? '',
		WaId: (from ?? '').replace(/\D/g, ''),
		Forwarded: 'false',
		ReferralNumMedia: '0',
		...(externalUserId && { ExternalUserId: `whatsapp:${externalUserId}` }),
		...(button && { ButtonText: button.text, ButtonPayload: button.payload }),
		...(location && {
			Latitude: String(location.latitude),
			Longitude: String(location.longitude),
			...(location.address && { Address: location.address }),
			...(location.label && { Label: location.label }),
		}),
	};
}

/** The carriers' idea of where numbers are; mostly blank, and signed all the same. */
const PLACES: Form = {
	FromCountry: '',
	FromState: '',
	FromCity: '',
	FromZip: '',
	ToCountry: 'US',
	ToState: '',
};

/** The fields of "a message comes in" (webhook request page). */
export function inboundForm(message: TwilioMessage, more: Inbound): Form {
	const media = (more.media ?? []).flatMap(({ url, contentType }, index) => [
		[`MediaUrl${index}`, url],
		[`MediaContentType${index}`, contentType],
	]);
	return {
		...(isWhatsApp(message) ? whatsAppFields(message, more) : PLACES),
		SmsMessageSid: message.sid,
		NumMedia: message.num_media,
		SmsSid: message.sid,
		SmsStatus: 'received',
		Body: message.body,
		To: message.to,
		NumSegments: message.num_segments,
		MessageSid: message.sid,
		AccountSid: message.account_sid,
		From: message.from ?? '',
		ApiVersion: message.api_version,
		...(Object.fromEntries(media) as Form),
	};
}

/** The fields of a status callback (outbound message status in status callbacks page). */
export const statusForm = (message: TwilioMessage, status: string): Form => ({
	SmsSid: message.sid,
	SmsStatus: status,
	MessageStatus: status,
	To: message.to,
	MessageSid: message.sid,
	AccountSid: message.account_sid,
	From: message.from ?? '',
	ApiVersion: message.api_version,
	...(message.messaging_service_sid && { MessagingServiceSid: message.messaging_service_sid }),
	...(message.error_code !== null && { ErrorCode: String(message.error_code) }),
});
