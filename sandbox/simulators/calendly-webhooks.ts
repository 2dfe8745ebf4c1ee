import { createHmac } from 'node:crypto';
import { denied, invalid, isoTime, notFound, Refusal, type Json } from './calendly-answers';
import type { CalendlyCalendar, CalendlyInvitee } from './calendly-calendar';
import { eventOutput, inviteeOutput, uris } from './calendly-resources';
import type { Plan } from './calendly-rules';
import type { SendWebhook } from './kit';

export interface CalendlySubscription {
	uuid: string;
	url: string;
	events: string[];
	scope: string;
	user: string | null;
	signingKey: string | null;
	createdAt: number;
}

/** What was sent, and the status it was answered with; undefined where nobody answered. */
export interface CalendlyDelivery {
	url: string;
	event: string;
	body: string;
	headers: Record<string, string>;
	status?: number;
}

/** The events of a subscription (create webhook subscription page). */
const EVENTS = [
	'invitee.created',
	'invitee.canceled',
	'invitee_no_show.created',
	'invitee_no_show.deleted',
	'routing_form_submission.created',
	'event_type.created',
	'event_type.updated',
	'event_type.deleted',
];

/** Webhook subscriptions, and what is sent to them, signed as Calendly signs. */
export class CalendlyWebhooks {
	readonly subscriptions: CalendlySubscription[] = [];
	readonly deliveries: CalendlyDelivery[] = [];
	private pending: Promise<unknown>[] = [];

	constructor(
		private readonly calendar: CalendlyCalendar,
		private readonly plan: Plan,
		private readonly send: SendWebhook | undefined,
	) {}

	reset(): void {
		this.subscriptions.length = 0;
		this.deliveries.length = 0;
	}

	/** Waits until everything sent so far is answered. */
	async settled(): Promise<void> {
		await Promise.all(this.pending.splice(0));
	}

	/** POST /webhook_subscriptions. */
	create(body: Json): Json {
		const { url, events, organization, scope, user, signing_key } = body;
		if (this.plan === 'free') throw denied('Please upgrade to a paid plan to use webhooks.');
		if (typeof url !== 'string' || !url.startsWith('https://')) {
			throw invalid({ parameter: 'url', message: 'must be an https address' });
		}
		if (
			!Array.isArray(events) ||
			events.length === 0 ||
			!events.every((one) => EVENTS.includes(String(one)))
		) {
			throw invalid({ parameter: 'events', message: `must be some of ${EVENTS.join(', ')}` });
		}
		if (organization !== uris.organization(this.calendar.settings.organization)) {
			throw invalid({ parameter: 'organization', message: 'is not your organization' });
		}
		if (scope !== 'user' && scope !== 'organization') {
			throw invalid({ parameter: 'scope', message: 'must be user or organization' });
		}
		if (scope === 'user' && typeof user !== 'string') {
			throw invalid({ parameter: 'user', message: 'is required for the user scope' });
		}
		if (this.subscriptions.some((one) => one.url === url && one.scope === scope)) {
			throw new Refusal(409, 'Already Exists', 'Hook with this url already exists');
		}
		const subscription: CalendlySubscription = {
			uuid: this.calendar.nextUuid('subscription'),
			url,
			events: events.map(String),
			scope,
			user: typeof user === 'string' ? user : null,
			signingKey: typeof signing_key === 'string' ? signing_key : null,
			createdAt: this.calendar.now(),
		};
		this.subscriptions.push(subscription);
		return this.output(subscription);
	}

	/** GET /webhook_subscriptions. */
	list(query: URLSearchParams): Json[] {
		if (!query.get('organization') || !query.get('scope')) {
			throw invalid({ parameter: 'organization', message: 'organization and scope are required' });
		}
		return this.subscriptions
			.filter(({ scope }) => scope === query.get('scope'))
			.filter(({ user }) => !query.get('user') || user === query.get('user'))
			.map((one) => this.output(one));
	}

	get(uuid: string): Json {
		return this.output(this.find(uuid));
	}

	/** DELETE /webhook_subscriptions/{uuid}. */
	remove(uuid: string): void {
		this.subscriptions.splice(this.subscriptions.indexOf(this.find(uuid)), 1);
	}

	/** Tells everybody who asked for it what happened to an invitee. Sent once: the sandbox knows no 24 hours. */
	announce(event: string, invitee: CalendlyInvitee): void {
		const scheduled = this.calendar.event(invitee.eventUuid);
		if (!scheduled) return;
		const scheduled_event = eventOutput(this.calendar, scheduled);
		const host = (scheduled_event.event_memberships as Array<{ user: string }>)[0]?.user;
		const now = this.calendar.now();
		const body = JSON.stringify({
			created_at: isoTime(now),
			created_by: uris.user(this.calendar.settings.users[0]?.uuid ?? ''),
			event,
			payload: { ...inviteeOutput(invitee), scheduled_event },
		});
		for (const { url, events, scope, user, signingKey } of this.subscriptions) {
			if (!events.includes(event) || (scope === 'user' && user !== host)) continue;
			this.post({ url, event, body, headers: headersFor(body, signingKey, Math.floor(now / 1000)) });
		}
	}

	private post(delivery: CalendlyDelivery): void {
		const { url, headers, body } = delivery;
		this.deliveries.push(delivery);
		this.pending.push(
			Promise.resolve(this.send?.(url, { headers, body })).then(
				(answer) => (delivery.status = answer?.status),
				() => undefined,
			),
		);
	}

	private find(uuid: string): CalendlySubscription {
		const found = this.subscriptions.find((one) => one.uuid === uuid);
		if (!found) throw notFound();
		return found;
	}

	private output({ uuid, url, events, scope, user, createdAt }: CalendlySubscription): Json {
		const { users, organization } = this.calendar.settings;
		return {
			uri: uris.subscription(uuid),
			callback_url: url,
			created_at: isoTime(createdAt),
			updated_at: isoTime(createdAt),
			retry_started_at: null,
			state: 'active',
			events,
			scope,
			organization: uris.organization(organization),
			user,
			creator: uris.user(users[0]?.uuid ?? ''),
		};
	}
}

/** `t` and `v1`: HMAC-SHA256 of time, dot and raw body (webhook signatures page); none without a key. */
export function headersFor(body: string, signingKey: string | null, t: number): Record<string, string> {
	const headers = { 'content-type': 'application/json' };
	if (!signingKey) return headers;
	const v1 = createHmac('sha256', signingKey).update(`${t}.${body}`).digest('hex');
	return { ...headers, 'calendly-webhook-signature': `t=${t},v1=${v1}` };
}
