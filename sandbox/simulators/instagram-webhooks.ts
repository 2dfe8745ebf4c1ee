import { createHmac } from 'node:crypto';
import type { SendWebhook } from './kit';

/** What was sent, and the status it was answered with; undefined where nobody answered. */
export interface InstagramDelivery {
	url: string;
	headers: Record<string, string>;
	body: string;
	status?: number;
}

/** An update of an entry's `messaging` list. */
export type InstagramUpdate = Record<string, unknown>;

/** Webhook fields by what an update holds (Instagram webhooks page). */
const FIELDS: Record<string, string> = {
	message: 'messages',
	postback: 'messaging_postbacks',
	reaction: 'message_reactions',
	read: 'messaging_seen',
	// The examples page shows the update; that its field bears the same name is assumed.
	message_edit: 'message_edit',
};

export interface WebhookSettings {
	/** The app's only address, as entered in the App Dashboard; nothing is sent without one. */
	callbackUrl?: string;
	/** Signs the calls. */
	appSecret: string;
	verifyToken: string;
	accountId: string;
	send?: SendWebhook;
	now: () => Date;
}

/** The account's subscription and the app's webhook calls, signed over the bytes as Meta signs them. */
export class InstagramWebhooks {
	/** Undefined: the app is not subscribed to the account. */
	fields?: string[];
	callbackUrl?: string;
	readonly deliveries: InstagramDelivery[] = [];
	private batch?: InstagramUpdate[];
	private underWay: Array<Promise<unknown>> = [];

	constructor(private readonly settings: WebhookSettings) {
		this.reset();
	}

	reset(): void {
		this.fields = undefined;
		this.callbackUrl = this.settings.callbackUrl;
		this.deliveries.length = 0;
		this.batch = undefined;
	}

	/** Waits until everything sent so far is answered. */
	async settled(): Promise<void> {
		await Promise.all(this.underWay.splice(0));
	}

	/** What Meta asks an address before it uses it, as a query; the answer must be the challenge. */
	handshake(challenge = '1158201444'): URLSearchParams {
		return new URLSearchParams({
			'hub.mode': 'subscribe',
			'hub.challenge': challenge,
			'hub.verify_token': this.settings.verifyToken,
		});
	}

	/** Everything that happens meanwhile goes into one call. */
	together(happen: () => void): InstagramDelivery | undefined {
		this.batch = [];
		happen();
		const updates = this.batch;
		this.batch = undefined;
		return updates.length > 0 ? this.post(updates) : undefined;
	}

	/** Tells the app, where it is subscribed to such an update. */
	tell(update: InstagramUpdate): InstagramDelivery | undefined {
		const field = Object.keys(FIELDS).find((key) => key in update);
		if (!field || !this.fields?.includes(FIELDS[field] ?? '')) return undefined;
		if (!this.batch) return this.post([update]);
		this.batch.push(update);
		return undefined;
	}

	/** The App Dashboard's Test button: one field, and the same sample each time. */
	testEvent(): InstagramDelivery {
		const value = {
			sender: { id: '12334' },
			recipient: { id: '23245' },
			timestamp: '1527459824',
			message: { mid: 'random_mid', text: 'random_text' },
		};
		return this.deliver(JSON.stringify({ field: 'messages', value }));
	}

	/** Sends a call again, byte for byte, as after one that was not answered. */
	again({ body }: InstagramDelivery): InstagramDelivery {
		return this.deliver(body);
	}

	private post(updates: InstagramUpdate[]): InstagramDelivery {
		const entry = { id: this.settings.accountId, time: this.settings.now().getTime(), messaging: updates };
		return this.deliver(asciiJson({ object: 'instagram', entry: [entry] }));
	}

	private deliver(body: string): InstagramDelivery {
		const signature = createHmac('sha256', this.settings.appSecret).update(body).digest('hex');
		const delivery: InstagramDelivery = {
			url: this.callbackUrl ?? '',
			headers: {
				'content-type': 'application/json',
				'user-agent': 'Webhooks/1.0 (https://fb.me/webhooks)',
				'x-hub-signature-256': `sha256=${signature}`,
			},
			body,
		};
		this.deliveries.push(delivery);
		if (this.settings.send && this.callbackUrl) {
			const sending = this.settings.send(this.callbackUrl, delivery).then(
				({ status }) => (delivery.status = status),
				() => undefined,
			);
			this.underWay.push(sending);
		}
		return delivery;
	}
}

/** Meta writes letters beyond ASCII as escapes and signs that text (webhooks page: "escaped unicode version"). */
const asciiJson = (value: unknown): string =>
	JSON.stringify(value).replace(
		/[\u0080-\uffff]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
