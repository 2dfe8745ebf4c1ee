import { denied, invalid, isoTime, notFound, Refusal, type Json } from './calendly-answers';
import type { CalendlyCalendar, CalendlyEvent, CalendlyInvitee } from './calendly-calendar';
import { inviteeOutput, uris, uuidIn } from './calendly-resources';
import { capReached, wantedIn, type Plan, type Wanted } from './calendly-rules';
import type { CalendlyWebhooks } from './calendly-webhooks';

const MINUTE = 60_000;

export interface BookingSettings {
	plan: Plan;
	/** True: a cancellation with a reason is answered with 400 and not done, as seen on 2026-09-01. */
	refusesReason: boolean;
}

/** A booking's cap is reached; the answer says when there is room again. */
export class CapReached extends Error {
	constructor(readonly seconds: number) {
		super('cap reached');
	}
}

/** Scheduled events and their life: booked, moved on Calendly's pages, cancelled, missed. */
export class CalendlyBookings {
	private readonly bookedAt: number[] = [];

	constructor(
		private readonly calendar: CalendlyCalendar,
		private readonly webhooks: CalendlyWebhooks,
		private readonly settings: BookingSettings,
	) {}

	reset(): void {
		this.bookedAt.length = 0;
	}

	/** POST /invitees. */
	create(body: Json): Json {
		const now = this.calendar.now();
		const until = capReached(this.settings.plan, this.bookedAt, now);
		if (until !== undefined) throw new CapReached(Math.ceil(until / 1000));
		const wanted = wantedIn(this.calendar, this.settings.plan, body);
		const invitee = this.book(wanted, 'instant_book');
		this.bookedAt.push(now);
		this.webhooks.announce('invitee.created', invitee);
		return inviteeOutput(invitee);
	}

	/** A client books on Calendly's own page, where no cap holds. */
	bookOnPage(body: Json): CalendlyInvitee {
		const invitee = this.book(wantedIn(this.calendar, 'paid', body), null);
		this.webhooks.announce('invitee.created', invitee);
		return invitee;
	}

	/**
	 * The client moves the event on Calendly's page: the old invitee is cancelled and a new one is made, each knows
	 * the other, and two deliveries go out, in an order that Calendly does not promise.
	 */
	rescheduleOnPage(eventUuid: string, start: number, newFirst = false): CalendlyInvitee {
		const old = this.find(eventUuid);
		const [client] = old.invitees;
		const type = this.calendar.eventType(old.typeUuid);
		if (!client || !type) throw notFound();
		this.cancelAll(old, { canceled_by: client.name, reason: null, canceler_type: 'invitee' });
		const { name, email, timeZone, phone, answers, tracking } = client;
		const wanted: Wanted = {
			...{ type, start, location: old.location, answers, tracking, guests: old.guests },
			client: { name, email, timeZone, phone },
		};
		const next = this.book(wanted, null);
		Object.assign(client, { rescheduled: true, newUri: uris.invitee(next) });
		next.oldUri = uris.invitee(client);
		const announce = [
			() => this.webhooks.announce('invitee.canceled', client),
			() => this.webhooks.announce('invitee.created', next),
		];
		for (const one of newFirst ? announce.reverse() : announce) one();
		return next;
	}

	/** POST /scheduled_events/{uuid}/cancellation. */
	cancel(uuid: string, { reason }: Json): Json {
		const event = this.find(uuid);
		if (event.status === 'canceled') throw denied('Event is already canceled');
		if (reason !== undefined && this.settings.refusesReason) {
			throw new Refusal(400, 'Invalid Argument', 'The supplied parameters are invalid.');
		}
		const host = this.calendar.settings.users[0]?.name ?? '';
		const active = event.invitees.filter(({ status }) => status === 'active');
		this.cancelAll(event, { canceled_by: host, reason: reason ?? null, canceler_type: 'host' });
		for (const invitee of active) this.webhooks.announce('invitee.canceled', invitee);
		return { ...event.cancellation };
	}

	/** POST /invitee_no_shows. */
	markNoShow(inviteeUri: unknown): Json {
		const invitee = this.calendar.events
			.flatMap(({ invitees }) => invitees)
			.find((one) => uris.invitee(one) === inviteeUri);
		if (!invitee) throw invalid({ parameter: 'invitee', message: 'is not an invitee' });
		if (invitee.noShow) throw new Refusal(409, 'Already Exists', 'Invitee is already marked as no show');
		invitee.noShow = { uuid: this.calendar.nextUuid('no show'), createdAt: this.calendar.now() };
		this.webhooks.announce('invitee_no_show.created', invitee);
		return {
			uri: uris.noShow(invitee.noShow.uuid),
			invitee: inviteeUri,
			created_at: isoTime(invitee.noShow.createdAt),
		};
	}

	/** DELETE /invitee_no_shows/{uuid}. */
	unmarkNoShow(uuid: string): void {
		const invitee = this.calendar.events
			.flatMap(({ invitees }) => invitees)
			.find(({ noShow }) => noShow?.uuid === uuid);
		if (!invitee) throw notFound();
		invitee.noShow = null;
		this.webhooks.announce('invitee_no_show.deleted', invitee);
	}

	/** The event of an address's UUID. */
	find(uuid: string): CalendlyEvent {
		const event = this.calendar.event(uuid);
		if (!event) throw notFound();
		return event;
	}

	/** GET /scheduled_events: the events of whom the query names, by its filters. */
	list(query: URLSearchParams): CalendlyEvent[] {
		const { users, organization } = this.calendar.settings;
		const asked = { user: query.get('user'), organization: query.get('organization') };
		if (!asked.user && !asked.organization && !query.get('group')) {
			const message = 'one of user, organization or group is required';
			throw invalid(...['user', 'organization', 'group'].map((parameter) => ({ parameter, message })));
		}
		const isForeign = asked.user && asked.user !== uris.user(users[0]?.uuid ?? '') && !asked.organization;
		if (isForeign || (asked.organization && asked.organization !== uris.organization(organization))) {
			throw denied('You do not have permission to access this resource.');
		}
		const [field, direction] = (query.get('sort') ?? 'start_time:asc').split(':');
		if (field !== 'start_time') throw invalid({ parameter: 'sort', message: 'is not supported' });
		const sign = direction === 'desc' ? -1 : 1;
		return this.calendar.events
			.filter((event) => !asked.user || this.hostUri(event) === asked.user)
			.filter((event) => passes(event, query))
			.sort((a, b) => sign * (a.start - b.start));
	}

	private hostUri({ typeUuid }: CalendlyEvent): string {
		return uris.user(this.calendar.eventType(typeUuid)?.hostUuid ?? '');
	}

	private cancelAll(event: CalendlyEvent, cancellation: Json): void {
		const now = this.calendar.now();
		const said = { ...cancellation, created_at: isoTime(now) };
		Object.assign(event, { status: 'canceled', cancellation: said, updatedAt: now });
		for (const invitee of event.invitees) {
			if (invitee.status === 'active') {
				Object.assign(invitee, { status: 'canceled', cancellation: said, updatedAt: now });
			}
		}
	}

	private book({ type, start, client, ...wanted }: Wanted, method: string | null): CalendlyInvitee {
		if (this.calendar.room(type, start) === 0) {
			throw invalid({
				parameter: 'event.start_time',
				message: 'That start time has been filled',
				code: 'already_filled',
			});
		}
		const now = this.calendar.now();
		const event = this.calendar.shared(type, start) ?? {
			uuid: this.calendar.nextUuid('event'),
			typeUuid: type.uuid,
			status: 'active' as const,
			start,
			end: start + type.duration * MINUTE,
			location: wanted.location,
			guests: wanted.guests,
			invitees: [],
			cancellation: null,
			createdAt: now,
			updatedAt: now,
		};
		if (event.invitees.length === 0) this.calendar.events.push(event);
		const invitee: CalendlyInvitee = {
			...client,
			uuid: this.calendar.nextUuid('invitee'),
			eventUuid: event.uuid,
			status: 'active',
			answers: wanted.answers,
			tracking: wanted.tracking,
			rescheduled: false,
			oldUri: null,
			newUri: null,
			noShow: null,
			cancellation: null,
			createdAt: now,
			updatedAt: now,
			method,
		};
		event.invitees.push(invitee);
		return invitee;
	}
}

/** The filters of both lists that do not depend on who asks. */
function passes(event: CalendlyEvent, query: URLSearchParams): boolean {
	const email = query.get('invitee_email')?.toLowerCase();
	const [min, max] = [query.get('min_start_time'), query.get('max_start_time')];
	return (
		(query.get('status') ?? event.status) === event.status &&
		(!min || event.start >= Date.parse(min)) &&
		(!max || event.start < Date.parse(max)) &&
		(!email || event.invitees.some((invitee) => invitee.email.toLowerCase() === email))
	);
}

/** GET /scheduled_events/{uuid}/invitees: the clients of an event, by its filters. */
export const inviteesOf = (event: CalendlyEvent, query: URLSearchParams): CalendlyInvitee[] =>
	event.invitees
		.filter(({ status }) => (query.get('status') ?? status) === status)
		.filter(({ email }) => (query.get('email') ?? email).toLowerCase() === email.toLowerCase());

/** The event type that a query names by address. */
export const typeIn = (query: URLSearchParams): string => uuidIn(query.get('event_type'));
