import { eventTypeOutput, notFound, Refusal, refused } from './calcom-answers';
import { CalBookings } from './calcom-bookings';
import { CalCalendar, type CalBooking, type CalendarSettings } from './calcom-calendar';
import { isObject, type Route } from './calcom-rules';
import { CalSlots } from './calcom-slots';
import { CalWebhooks, type CalDelivery, type CalWebhook } from './calcom-webhooks';
import {
	json,
	readJson,
	type SandboxEntry,
	type SendWebhook,
	type SimRequest,
	type SimResponse,
	type Simulator,
} from './kit';
import { calcomPanel } from './calcom-panel';

/** What the sandbox's Cal.com takes. */
export const CREDENTIALS = { apiKey: 'cal_live_frontdesk_sandbox' };

/** The account of the sandbox: one studio, four event types, and a team with one more. */
export const ACCOUNT: Omit<CalendarSettings, 'now'> = {
	users: [
		{
			id: 1,
			username: 'studio',
			name: 'Example Studio',
			email: 'studio@example.com',
			timeZone: 'Europe/Warsaw',
		},
		{ id: 2, username: 'marta', name: 'Marta Nowak', email: 'marta@example.com', timeZone: 'Europe/Warsaw' },
	],
	teams: [{ id: 7, name: 'Piercing', slug: 'piercing' }],
	eventTypes: [
		{ id: 101, slug: 'consultation', title: 'Consultation', length: 30, hostId: 1 },
		{
			id: 102,
			slug: 'session',
			title: 'Session',
			length: 60,
			lengths: [60, 120],
			price: 15000,
			currency: 'pln',
			hostId: 1,
		},
		{ id: 103, slug: 'on-request', title: 'On Request', length: 30, requiresConfirmation: true, hostId: 1 },
		{ id: 201, slug: 'piercing', title: 'Piercing', length: 30, hostId: 2, teamId: 7 },
	],
};

export interface CalComSettings extends Partial<CalendarSettings> {
	apiKeys?: string[];
	send?: SendWebhook;
	/** Requests a minute and key; 120 at Cal.com. */
	limitPerMinute?: number;
	/** The versions of bookings known here; self-hosting knows 2024-08-13 alone. */
	bookingVersions?: string[];
	hosts?: string[];
}

const MINUTE = 60_000;

interface Window {
	until: number;
	hits: number;
	isBlocked: boolean;
}

/**
 * Cal.com's API v2 at its true hosts (OpenAPI of 2026-03, webhooks page, open code of 2026-07): event types,
 * slots, bookings with their life, webhooks.
 */
export class CalComSimulator implements Simulator {
	readonly name = 'calcom';
	readonly hosts: string[];
	readonly calendar: CalCalendar;
	readonly webhooks: CalWebhooks;
	private readonly apiKeys: string[];
	private readonly limitPerMinute: number;
	private readonly routes: Route[];
	private readonly windows = new Map<string, Window>();

	constructor(settings: CalComSettings = {}) {
		const {
			apiKeys = [CREDENTIALS.apiKey],
			hosts = ['api.cal.com', 'api.cal.eu'],
			limitPerMinute = 120,
		} = settings;
		this.apiKeys = apiKeys;
		this.hosts = hosts;
		this.limitPerMinute = limitPerMinute;
		const { users, teams, eventTypes, now = () => new Date() } = settings;
		this.calendar = new CalCalendar({
			users: users ?? ACCOUNT.users,
			teams: teams ?? ACCOUNT.teams,
			eventTypes: eventTypes ?? ACCOUNT.eventTypes,
			now,
		});
		this.webhooks = new CalWebhooks(this.calendar, settings.send);
		const versions = settings.bookingVersions ?? ['2024-08-13', '2026-02-25', '2026-05-01'];
		const bookings = new CalBookings(this.calendar, this.webhooks, versions);
		const slots = new CalSlots(this.calendar);
		this.routes = [...this.accountRoutes(), ...slots.routes(), ...bookings.routes(), ...this.webhookRoutes()];
	}

	handle(request: SimRequest): SimResponse {
		this.passTime();
		const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
		const limits = this.count(key ?? 'nobody');
		if (limits.isBlocked) return this.rateLimited(Math.ceil((limits.until - this.calendar.now()) / 1000));
		const response = this.answer(request, key);
		return { ...response, headers: { ...response.headers, ...this.limitHeaders(limits) } };
	}

	/** X-RateLimit-Reset-Default counts seconds; over the limit, the key is blocked for 60 of them. */
	rateLimited(seconds: number): SimResponse {
		const refusal = new Refusal(
			429,
			'ThrottlerException',
			'CustomThrottlerGuard - Too many requests. Please try again later.',
		);
		const response = refused(refusal, '/v2', this.calendar.settings.now());
		return {
			...response,
			headers: {
				...response.headers,
				'x-ratelimit-limit-default': String(this.limitPerMinute),
				'x-ratelimit-remaining-default': '0',
				'x-ratelimit-reset-default': String(seconds),
			},
		};
	}

	/** Sends what the clock has brought since: the end of meetings. Every request does so; a console may, too. */
	passTime(): void {
		for (const booking of this.calendar.bookings) {
			if (booking.endSent || booking.status !== 'accepted' || booking.end > this.calendar.now()) continue;
			booking.endSent = true;
			this.webhooks.announceEnd(booking);
		}
	}

	reset(): void {
		this.calendar.reset();
		this.webhooks.reset();
		this.windows.clear();
	}

	state(): { bookings: CalBooking[]; webhooks: CalWebhook[]; deliveries: CalDelivery[] } {
		return {
			bookings: this.calendar.bookings,
			webhooks: this.webhooks.webhooks,
			deliveries: this.webhooks.deliveries,
		};
	}

	private answer(request: SimRequest, key: string | undefined): SimResponse {
		const { pathname, search, searchParams } = request.url;
		try {
			if (key !== undefined && !this.apiKeys.includes(key)) {
				throw new Refusal(
					401,
					'UnauthorizedException',
					'ApiAuthStrategy - api key - Your api key is not valid',
				);
			}
			const read = readJson(request);
			for (const [method, path, status, answer] of this.routes) {
				const match = path.exec(pathname);
				if (!match || method !== request.method) continue;
				if (key === undefined && !isPublic(method, pathname)) {
					throw new Refusal(401, 'UnauthorizedException', 'ApiAuthStrategy - no authentication provided');
				}
				const answered = answer({
					ids: match.slice(1).map((id) => decodeURIComponent(id ?? '')),
					query: searchParams,
					body: isObject(read) ? read : {},
					version: request.headers['cal-api-version'],
				});
				return json(status, { status: 'success', ...answered });
			}
			throw notFound(`Cannot ${request.method} ${pathname}${search}`);
		} catch (error) {
			if (error instanceof Refusal) return refused(error, pathname + search, this.calendar.settings.now());
			throw error;
		}
	}

	private count(key: string): Window {
		const now = this.calendar.now();
		let window = this.windows.get(key);
		if (!window || window.until <= now) window = { until: now + MINUTE, hits: 0, isBlocked: false };
		window.hits++;
		if (!window.isBlocked && window.hits > this.limitPerMinute) {
			window.isBlocked = true;
			window.until = now + MINUTE;
		}
		this.windows.set(key, window);
		return window;
	}

	private limitHeaders({ hits, until }: Window): Record<string, string> {
		return {
			'x-ratelimit-limit-default': String(this.limitPerMinute),
			'x-ratelimit-remaining-default': String(Math.max(0, this.limitPerMinute - hits)),
			'x-ratelimit-reset-default': String(Math.ceil((until - this.calendar.now()) / 1000)),
		};
	}

	private accountRoutes(): Route[] {
		const { users, teams, eventTypes } = this.calendar.settings;
		const outputs = (teamId: number | undefined, query: URLSearchParams) => {
			const username = query.get('username');
			const slug = query.get('eventSlug');
			const ownerId = username ? users.find((user) => user.username === username)?.id : users[0]?.id;
			return eventTypes
				.filter((type) => type.teamId === teamId && (teamId !== undefined || type.hostId === ownerId))
				.filter((type) => !slug || type.slug === slug)
				.map((type) => eventTypeOutput(this.calendar, type));
		};
		return [
			['GET', /^\/v2\/me$/, 200, () => ({ data: meOutput(users[0]) })],
			[
				'GET',
				/^\/v2\/event-types$/,
				200,
				({ query, version }) =>
					version === '2024-06-14' ? { data: outputs(undefined, query) } : { data: { eventTypeGroups: [] } },
			],
			[
				'GET',
				/^\/v2\/event-types\/(\d+)$/,
				200,
				({ ids: [id] }) => {
					const type = this.calendar.eventType(Number(id));
					if (!type) throw notFound(`Event type with id ${id} not found`);
					return { data: eventTypeOutput(this.calendar, type) };
				},
			],
			[
				'GET',
				/^\/v2\/teams$/,
				200,
				() => ({ data: teams.map((team) => ({ ...team, isOrganization: false })) }),
			],
			[
				'GET',
				/^\/v2\/teams\/(\d+)\/event-types$/,
				200,
				({ ids: [id], query }) => ({ data: outputs(Number(id), query) }),
			],
		];
	}

	private webhookRoutes(): Route[] {
		const one = /^\/v2(?:\/event-types\/(\d+))?\/webhooks\/([^/]+)$/;
		const all = /^\/v2(?:\/event-types\/(\d+))?\/webhooks$/;
		const typeId = (id: string | undefined) => (id ? Number(id) : undefined);
		const hooks = this.webhooks;
		return [
			['POST', all, 201, ({ ids: [type], body }) => ({ data: hooks.create(body, typeId(type)) })],
			[
				'GET',
				all,
				200,
				({ ids: [type], query }) => ({
					data: hooks.list(typeId(type), Number(query.get('take') ?? 250), Number(query.get('skip') ?? 0)),
				}),
			],
			['GET', one, 200, ({ ids: [type, id = ''] }) => ({ data: hooks.get(id, typeId(type)) })],
			[
				'PATCH',
				one,
				200,
				({ ids: [type, id = ''], body }) => ({ data: hooks.update(id, body, typeId(type)) }),
			],
			['DELETE', one, 200, ({ ids: [type, id = ''] }) => ({ data: hooks.remove(id, typeId(type)) })],
		];
	}
}

/** Slots and bookings are open to the public, as the booking page needs them (OpenAPI: Authorization optional). */
const isPublic = (method: string, pathname: string) =>
	pathname.startsWith('/v2/slots') ||
	(pathname.startsWith('/v2/bookings') &&
		!/\/(confirm|decline|mark-absent)$/.test(pathname) &&
		pathname !== '/v2/bookings') ||
	(method === 'POST' && pathname === '/v2/bookings');

const meOutput = (user = ACCOUNT.users[0]) => ({
	...user,
	avatarUrl: null,
	bio: null,
	timeFormat: 24,
	defaultScheduleId: null,
	weekStart: 'Monday',
	organizationId: null,
});

/** The sandbox's Cal.com: for this package's node, and for n8n's own trigger. */
export const sandbox: SandboxEntry = {
	create: ({ send }) => new CalComSimulator({ send }),
	panel: calcomPanel(ACCOUNT),
	credentials: [
		{
			name: 'Cal.com',
			type: 'calComApi',
			data: { ...CREDENTIALS, region: 'cloud', bookingsVersion: '2024-08-13' },
		},
		{ name: 'Cal.com Trigger', type: 'calApi', data: { ...CREDENTIALS, host: 'https://api.cal.com' } },
	],
	settings: { calcomService: '101' },
};
