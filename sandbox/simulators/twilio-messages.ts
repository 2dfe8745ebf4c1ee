import { createHash } from 'node:crypto';

/** A message as the API shows it (schema api.v2010.account.message). */
export interface TwilioMessage {
	sid: string;
	account_sid: string;
	api_version: '2010-04-01';
	body: string;
	date_created: string;
	date_sent: string | null;
	date_updated: string;
	direction: 'inbound' | 'outbound-api' | 'outbound-reply';
	error_code: number | null;
	error_message: string | null;
	from: string | null;
	messaging_service_sid: string | null;
	num_media: string;
	num_segments: string;
	price: null;
	price_unit: null;
	status: string;
	subresource_uris: { media: string };
	to: string;
	uri: string;
}

/** What becomes of a message after it was accepted. */
export interface Fate {
	status: string;
	error?: { code: number; message: string };
}

interface Draft {
	to: string;
	from?: string;
	messagingServiceSid?: string;
	body: string;
	media: string[];
	status: string;
	direction: TwilioMessage['direction'];
	/** Decided when it is sent, which for a scheduled message is later. */
	fate: () => Fate;
	/** Milliseconds since 1970; at once unless given. */
	sendAt?: number;
	statusCallback?: string;
	/** Whom a Messaging Service chooses to send it from. */
	chosen?: string;
}

/** What a message waits for. */
type Pending = Pick<Draft, 'fate' | 'sendAt' | 'statusCallback' | 'chosen'>;

/** A message whose status changed, for whoever asked to be told. */
export interface Settled {
	message: TwilioMessage;
	statusCallback?: string;
}

/** RFC 2822 in GMT, as all of Twilio's dates. */
export const twilioDate = (milliseconds: number): string =>
	new Date(milliseconds).toUTCString().replace('GMT', '+0000');

const DAY = 24 * 60 * 60 * 1000;
const GSM_7 = /^[\n\r !-~¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ€]*$/;

/** Parts an SMS is cut into: 160 or 153 characters of GSM-7, else 70 or 67 of UCS-2 (glossary, "SMS character limit"). */
export function segments(body: string): number {
	const [alone, joined] = GSM_7.test(body) ? [160, 153] : [70, 67];
	return body.length <= alone ? 1 : Math.ceil(body.length / joined);
}

/** All messages of one account, and what follows from them: who wrote when, and who wants no more. */
export class MessageLog {
	readonly messages: TwilioMessage[] = [];
	private readonly pending = new Map<string, Pending>();
	private readonly lastInbound = new Map<string, number>();
	private readonly optedOut = new Set<string>();
	/** Goes on after a reset: an SID names one message for ever, and triggers remember those they had. */
	private made = 0;

	constructor(
		private readonly accountSid: string,
		private readonly now: () => number,
	) {}

	/** Keeps a message; the answer shows it as it is now, later reads show what became of it. */
	add(draft: Draft): TwilioMessage {
		const { to, from, messagingServiceSid, body, media, status, direction } = draft;
		const digest = createHash('md5').update(`${this.made++} ${to} ${body}`).digest('hex');
		const sid = `${media.length > 0 ? 'MM' : 'SM'}${digest}`;
		const uri = `/2010-04-01/Accounts/${this.accountSid}/Messages/${sid}`;
		const date = twilioDate(this.now());
		const message: TwilioMessage = {
			sid,
			account_sid: this.accountSid,
			api_version: '2010-04-01',
			body,
			date_created: date,
			date_sent: direction === 'inbound' ? date : null,
			date_updated: date,
			direction,
			error_code: null,
			error_message: null,
			from: from ?? null,
			messaging_service_sid: messagingServiceSid ?? null,
			num_media: String(media.length),
			num_segments: messagingServiceSid && !from ? '0' : String(segments(body)),
			price: null,
			price_unit: null,
			status,
			subresource_uris: { media: `${uri}/Media.json` },
			to,
			uri: `${uri}.json`,
		};
		this.messages.push(message);
		this.pending.set(sid, draft);
		return { ...message };
	}

	/**
	 * Lets every message that is due meet its fate, as the carriers would between two requests.
	 *
	 * @returns those that changed, oldest first
	 */
	settle(): Settled[] {
		const due = this.messages.filter(({ sid }) => {
			const pending = this.pending.get(sid);
			return pending && (pending.sendAt ?? 0) <= this.now();
		});
		return due.map((message) => {
			const { fate, statusCallback, chosen } = this.pending.get(message.sid) as Pending;
			const { status, error } = fate();
			const date = twilioDate(this.now());
			const arrived = status === 'delivered' || status === 'received';
			Object.assign(message, {
				status,
				from: message.from ?? chosen ?? null,
				num_segments: String(segments(message.body)),
				date_updated: date,
				date_sent: message.date_sent ?? (arrived ? date : null),
				error_code: error?.code ?? null,
				error_message: error?.message ?? null,
			});
			this.pending.delete(message.sid);
			return { message, statusCallback };
		});
	}

	/** Keeps a scheduled message from being sent; false where it is none, or none any more. */
	cancel(message: TwilioMessage): boolean {
		if (message.status !== 'scheduled') return false;
		this.pending.delete(message.sid);
		Object.assign(message, { status: 'canceled', date_updated: twilioDate(this.now()) });
		return true;
	}

	/** A customer writes to one of our addresses: opens WhatsApp's 24 hours; STOP and START do what they say. */
	receive(from: string, to: string, body: string, media: string[] = []): TwilioMessage {
		this.lastInbound.set(`${from} ${to}`, this.now());
		const word = body.trim().toUpperCase();
		if (['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'].includes(word)) this.optedOut.add(from);
		if (['START', 'YES', 'UNSTOP'].includes(word)) this.optedOut.delete(from);
		const fate = () => ({ status: 'received' });
		return this.add({ to, from, body, media, status: 'received', direction: 'inbound', fate });
	}

	wantsNoMore(customer: string): boolean {
		return this.optedOut.has(customer);
	}

	/** Whether the customer wrote to one of these addresses within the last 24 hours. */
	windowIsOpen(customer: string, ours: string[]): boolean {
		return ours.some((address) => {
			const at = this.lastInbound.get(`${customer} ${address}`);
			return at !== undefined && this.now() - at < DAY;
		});
	}

	reset(): void {
		this.messages.length = 0;
		this.pending.clear();
		this.lastInbound.clear();
		this.optedOut.clear();
	}
}
