import {
	denied,
	invalid,
	isObject,
	isoTime,
	notFound,
	pageOf,
	Refusal,
	timeIn,
	type Json,
} from './calendly-answers';
import { ACCOUNT, connected, CREDENTIALS, TOKENS } from './calendly-account';
import { CalendlyBookings, CapReached, inviteesOf, typeIn } from './calendly-bookings';
import { CalendlyCalendar, type CalendarSettings, type CalendlyEvent } from './calendly-calendar';
import { eventOutput, eventTypeOutput, inviteeOutput, uris, userOutput, uuidIn } from './calendly-resources';
import type { Plan } from './calendly-rules';
import { CalendlyWebhooks, type CalendlyDelivery, type CalendlySubscription } from './calendly-webhooks';
import {
	json,
	readJson,
	type SandboxEntry,
	type SendWebhook,
	type SimRequest,
	type SimResponse,
	type Simulator,
} from './kit';
import { calendlyPanel } from './calendly-panel';

export interface CalendlySettings extends Partial<CalendarSettings> {
	/** Tokens and their scopes; a personal access token has all of them. */
	tokens?: Record<string, string[] | 'all'>;
	plan?: Plan;
	refusesReason?: boolean;
	/** Requests a minute; 500 on paid plans, 50 on the free one. */
	limitPerMinute?: number;
	send?: SendWebhook;
}

/** What a route gets: its path's values, the address and the body. */
interface Call {
	ids: string[];
	url: URL;
	body: Json;
}

type Route = [method: string, path: RegExp, scope: string, answer: (call: Call) => SimResponse];

const MINUTE = 60_000;
const LONGEST_SPAN = 31 * 24 * 60 * MINUTE;

export { ACCOUNT, CREDENTIALS };

/** Calendly's API v2 at its true host (developer documentation of 2026-07): event types, times, events, webhooks. */
export class CalendlySimulator implements Simulator {
	readonly name = 'calendly';
	readonly hosts = ['api.calendly.com'];
	readonly calendar: CalendlyCalendar;
	readonly bookings: CalendlyBookings;
	readonly webhooks: CalendlyWebhooks;
	private readonly tokens: Record<string, string[] | 'all'>;
	private readonly limitPerMinute: number;
	private readonly routes: Route[];
	private window = { until: 0, hits: 0 };
	private links = 0;

	constructor(settings: CalendlySettings = {}) {
		const { plan = 'paid', refusesReason = false, now = () => new Date(), send } = settings;
		this.calendar = new CalendlyCalendar({ ...ACCOUNT, ...settings, now });
		this.webhooks = new CalendlyWebhooks(this.calendar, plan, send);
		this.bookings = new CalendlyBookings(this.calendar, this.webhooks, { plan, refusesReason });
		this.tokens = settings.tokens ?? TOKENS;
		this.limitPerMinute = settings.limitPerMinute ?? (plan === 'free' ? 50 : 500);
		this.routes = [...this.typeRoutes(), ...this.eventRoutes(), ...this.webhookRoutes()];
	}

	handle(request: SimRequest): SimResponse {
		const now = this.calendar.now();
		if (this.window.until <= now) this.window = { until: now + MINUTE, hits: 0 };
		this.window.hits++;
		const seconds = Math.ceil((this.window.until - now) / 1000);
		if (this.window.hits > this.limitPerMinute) return this.rateLimited(seconds);
		const response = this.answer(request);
		return { ...response, headers: { ...this.limitHeaders(seconds), ...response.headers } };
	}

	/** Calendly sends no Retry-After; the wait is in X-RateLimit-Reset (rate limits page). Its body is not documented. */
	rateLimited(seconds: number): SimResponse {
		const body = { title: 'Too Many Requests', message: 'The rate limit has been exceeded.' };
		return json(429, body, { ...this.limitHeaders(seconds), 'x-ratelimit-remaining': '0' });
	}

	reset(): void {
		this.calendar.reset();
		this.webhooks.reset();
		this.bookings.reset();
		this.window = { until: 0, hits: 0 };
		this.links = 0;
	}

	state(): {
		events: CalendlyEvent[];
		subscriptions: CalendlySubscription[];
		deliveries: CalendlyDelivery[];
	} {
		const { subscriptions, deliveries } = this.webhooks;
		return { events: this.calendar.events, subscriptions, deliveries };
	}

	private answer(request: SimRequest): SimResponse {
		try {
			const scopes = this.tokens[/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''];
			if (!scopes) throw new Refusal(401, 'Unauthenticated', 'The access token is invalid');
			const { pathname } = request.url;
			for (const [method, path, scope, answer] of this.routes) {
				const match = path.exec(pathname);
				if (!match || method !== request.method) continue;
				if (!allows(scopes, scope)) {
					throw denied('You do not have permission to access this resource.', [scope]);
				}
				const body = readJson(request);
				const ids = match.slice(1).map((id) => decodeURIComponent(id ?? ''));
				return answer({ ids, url: request.url, body: isObject(body) ? body : {} });
			}
			throw notFound();
		} catch (error) {
			if (error instanceof CapReached) return this.rateLimited(error.seconds);
			if (error instanceof Refusal) return error.response;
			throw error;
		}
	}

	private limitHeaders(seconds: number): Record<string, string> {
		return {
			'x-ratelimit-limit': String(this.limitPerMinute),
			'x-ratelimit-remaining': String(Math.max(0, this.limitPerMinute - this.window.hits)),
			'x-ratelimit-reset': String(seconds),
		};
	}

	private typeRoutes(): Route[] {
		const { eventTypes } = this.calendar.settings;
		return [
			['GET', /^\/users\/me$/, 'users:read', () => json(200, { resource: userOutput(this.calendar) })],
			['GET', /^\/event_types$/, 'event_types:read', ({ url }) => this.eventTypes(url)],
			[
				'GET',
				/^\/event_types\/([^/]+)$/,
				'event_types:read',
				({ ids: [uuid] }) => {
					const type = eventTypes.find((one) => one.uuid === uuid);
					if (!type) throw notFound();
					return json(200, { resource: eventTypeOutput(this.calendar, type) });
				},
			],
			['GET', /^\/event_type_available_times$/, 'availability:read', ({ url }) => this.times(url)],
			['POST', /^\/scheduling_links$/, 'scheduling_links:write', ({ body }) => this.link(body)],
		];
	}

	private eventTypes(url: URL): SimResponse {
		const { users, eventTypes, organization } = this.calendar.settings;
		const query = url.searchParams;
		const [user, asked] = [query.get('user'), query.get('organization')];
		if (!user && !asked) {
			const message = 'user or organization is required';
			throw invalid(...['user', 'organization'].map((parameter) => ({ parameter, message })));
		}
		if (asked && asked !== uris.organization(organization)) throw denied('You do not have permission.');
		if (user && !users.some(({ uuid }) => uris.user(uuid) === user)) throw notFound();
		const found = eventTypes
			.filter(({ hostUuid, team }) => !user || (!team && uris.user(hostUuid) === user))
			.filter(({ active = true }) => !query.has('active') || String(active) === query.get('active'));
		return json(
			200,
			pageOf(
				url,
				found.map((type) => eventTypeOutput(this.calendar, type)),
			),
		);
	}

	private times(url: URL): SimResponse {
		const query = url.searchParams;
		const type = this.calendar.eventType(typeIn(query));
		if (!type) throw notFound();
		const from = timeIn(query.get('start_time'), 'start_time');
		const to = timeIn(query.get('end_time'), 'end_time');
		if (from < this.calendar.now()) {
			throw invalid({ parameter: 'start_time', message: 'start_time must be in the future' });
		}
		if (to <= from || to - from > LONGEST_SPAN) {
			const message = 'The difference between start_time and end_time cannot be greater than 31 days';
			throw invalid({ parameter: 'end_time', message });
		}
		const page = eventTypeOutput(this.calendar, type).scheduling_url;
		const collection = this.calendar.starts(type, from, to).map(({ start, room }) => ({
			status: 'available',
			start_time: isoTime(start).replace('.000000', ''),
			invitees_remaining: room,
			scheduling_url: `${String(page)}/${isoTime(start)}`,
		}));
		return json(200, { collection });
	}

	private link({ max_event_count, owner, owner_type }: Json): SimResponse {
		if (max_event_count !== 1) throw invalid({ parameter: 'max_event_count', message: 'must be 1' });
		if (owner_type !== 'EventType') throw invalid({ parameter: 'owner_type', message: 'must be EventType' });
		const type = this.calendar.eventType(uuidIn(owner));
		if (!type) throw notFound();
		const booking_url = `https://calendly.com/d/${String(++this.links).padStart(4, '0')}/${type.slug}`;
		return json(201, { resource: { booking_url, owner, owner_type } });
	}

	private eventRoutes(): Route[] {
		const [read, write] = ['scheduled_events:read', 'scheduled_events:write'];
		const output = (event: CalendlyEvent): Json => ({
			...eventOutput(this.calendar, event),
			...(event.cancellation && { cancellation: event.cancellation }),
		});
		const { bookings } = this;
		return [
			['POST', /^\/invitees$/, write, ({ body }) => json(201, { resource: bookings.create(body) })],
			[
				'GET',
				/^\/scheduled_events$/,
				read,
				({ url }) => json(200, pageOf(url, bookings.list(url.searchParams).map(output))),
			],
			[
				'GET',
				/^\/scheduled_events\/([^/]+)$/,
				read,
				({ ids: [uuid = ''] }) => json(200, { resource: output(bookings.find(uuid)) }),
			],
			[
				'GET',
				/^\/scheduled_events\/([^/]+)\/invitees$/,
				read,
				({ ids: [uuid = ''], url }) =>
					json(200, pageOf(url, inviteesOf(bookings.find(uuid), url.searchParams).map(inviteeOutput))),
			],
			[
				'POST',
				/^\/scheduled_events\/([^/]+)\/cancellation$/,
				write,
				({ ids: [uuid = ''], body }) => json(201, { resource: bookings.cancel(uuid, body) }),
			],
			[
				'POST',
				/^\/invitee_no_shows$/,
				write,
				({ body }) => json(201, { resource: bookings.markNoShow(body.invitee) }),
			],
			[
				'DELETE',
				/^\/invitee_no_shows\/([^/]+)$/,
				write,
				({ ids: [uuid = ''] }) => {
					bookings.unmarkNoShow(uuid);
					return { status: 204 };
				},
			],
		];
	}

	private webhookRoutes(): Route[] {
		const [all, one] = [/^\/webhook_subscriptions$/, /^\/webhook_subscriptions\/([^/]+)$/];
		const { webhooks } = this;
		return [
			['POST', all, 'webhooks:write', ({ body }) => json(201, { resource: webhooks.create(body) })],
			['GET', all, 'webhooks:read', ({ url }) => json(200, pageOf(url, webhooks.list(url.searchParams)))],
			['GET', one, 'webhooks:read', ({ ids: [id = ''] }) => json(200, { resource: webhooks.get(id) })],
			[
				'DELETE',
				one,
				'webhooks:write',
				({ ids: [id = ''] }) => {
					webhooks.remove(id);
					return { status: 204 };
				},
			],
		];
	}
}

/** Whether a token's scopes cover one: writing includes reading. */
const allows = (scopes: string[] | 'all', scope: string): boolean =>
	scopes === 'all' || scopes.includes(scope) || scopes.includes(scope.replace(/:read$/, ':write'));

/** The sandbox's Calendly: for this package's node, and for n8n's own trigger. */
export const sandbox: SandboxEntry = {
	create: ({ send }) => new CalendlySimulator({ send }),
	panel: calendlyPanel(ACCOUNT),
	credentials: [
		{ name: 'Calendly', type: 'calendlyTokenApi', data: { accessToken: CREDENTIALS.accessToken } },
		{
			name: 'Calendly OAuth2',
			type: 'calendlyBookingOAuth2Api',
			data: connected(CREDENTIALS.bookingToken),
		},
		{ name: 'Calendly Trigger', type: 'calendlyOAuth2Api', data: connected(CREDENTIALS.triggerToken) },
	],
	settings: { calendlyService: 'CONSULTATION0001' },
};
