import type { IDataObject } from 'n8n-workflow';
import { path } from '../../lib/http';
import type { Connection } from './connection';
import type { AvailableTime, EventType, Invitee, NewInvitee, ScheduledEvent, User } from './types';
import { eventTypeUri, uuidOf } from './uris';

interface Resource<T> {
	resource: T;
}

interface Page<T> {
	collection: T[];
	pagination?: { next_page_token?: string | null };
}

/** The largest `count` that Calendly takes. */
const LARGEST_PAGE = 100;

/** Drops what is not set, so that neither query nor body names it. */
const given = <T extends object>(values: T): IDataObject =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as IDataObject;

/** Reads page after page until the limit; entries that do not pass count for nothing. */
async function collect<T>(
	api: Connection,
	route: string,
	query: IDataObject,
	limit: number,
	passes: (entry: T) => boolean = () => true,
): Promise<T[]> {
	const found: T[] = [];
	for (let page_token: string | undefined, more = true; more && found.length < limit;) {
		const { collection, pagination } = await api.http.get<Page<T>>(route, {
			...query,
			count: LARGEST_PAGE,
			...(page_token && { page_token }),
		});
		found.push(...collection.filter(passes));
		page_token = pagination?.next_page_token ?? undefined;
		more = page_token !== undefined;
	}
	return found.slice(0, limit);
}

/** GET /users/me, once for the run. */
export async function me(api: Connection): Promise<User> {
	api.me ??= api.http.get<Resource<User>>('/users/me').then(({ resource }) => resource);
	api.me.catch(() => (api.me = undefined));
	return await api.me;
}

/** Whose things to list: the credential's owner, or everybody in the organization (owners and admins only). */
export type Scope = 'user' | 'organization';

/** The query of a scope; without one Calendly answers 400. */
async function scoped(api: Connection, scope: Scope): Promise<IDataObject> {
	const { uri, current_organization } = await me(api);
	return scope === 'user' ? { user: uri } : { organization: current_organization };
}

/** GET /event_types. */
export const eventTypes = async (
	api: Connection,
	{ scope = 'user', active, limit = Infinity }: { scope?: Scope; active?: boolean; limit?: number } = {},
): Promise<EventType[]> =>
	await collect(api, '/event_types', { ...(await scoped(api, scope)), ...given({ active }) }, limit);

/** GET /event_types/{uuid}, each once for the run. */
export async function eventType(api: Connection, uuid: string): Promise<EventType> {
	const known = api.eventTypes.get(uuid);
	if (known) return await known;
	const reading = api.http
		.get<Resource<EventType>>(path`/event_types/${uuid}`)
		.then(({ resource }) => resource);
	api.eventTypes.set(uuid, reading);
	reading.catch(() => api.eventTypes.delete(uuid));
	return await reading;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The longest span of one question; it was 7 days before (release notes of 2026-07-09). */
const LONGEST_SPAN = 31 * DAY;

/** Calendly refuses a start in the past, and our clock may be a little behind its own. */
const AHEAD = MINUTE;

export interface Span {
	/** Milliseconds since 1970, both. */
	from: number;
	until: number;
	/** Where it is given, what begins in the span but ends after it is left out. */
	minutes?: number;
}

/**
 * GET /event_type_available_times, as many times as the span needs, since Calendly answers for 31 days at most.
 * What lies in the past is passed over: it refuses to be asked for it.
 *
 * @returns by time
 */
export async function availableTimes(
	api: Connection,
	typeUuid: string,
	{ from, until, minutes = 0 }: Span,
	limit = Infinity,
): Promise<AvailableTime[]> {
	const found = new Map<string, AvailableTime>();
	const passes = ({ status, start_time }: AvailableTime) =>
		status === 'available' && Date.parse(start_time) + minutes * MINUTE <= until;
	let start = Math.max(from, api.now() + AHEAD);
	for (; start < until && found.size < limit; start += LONGEST_SPAN) {
		const { collection } = await api.http.get<Page<AvailableTime>>('/event_type_available_times', {
			event_type: eventTypeUri(typeUuid),
			start_time: new Date(start).toISOString(),
			end_time: new Date(Math.min(start + LONGEST_SPAN, until)).toISOString(),
		});
		// A time on the border between two spans may come with both.
		for (const time of collection.filter(passes)) found.set(time.start_time, time);
	}
	return [...found.values()]
		.sort((a, b) => Date.parse(a.start_time) - Date.parse(b.start_time))
		.slice(0, limit);
}

/** POST /scheduling_links: a booking page that takes one booking. */
export async function createSchedulingLink(api: Connection, typeUuid: string): Promise<string> {
	const { resource } = await api.http.post<Resource<{ booking_url: string }>>('/scheduling_links', {
		max_event_count: 1,
		owner: eventTypeUri(typeUuid),
		owner_type: 'EventType',
	});
	return resource.booking_url;
}

/** POST /invitees (Scheduling API): a write without idempotency key, so it is never repeated here. */
export const createInvitee = async (api: Connection, body: NewInvitee): Promise<Invitee> =>
	(await api.http.post<Resource<Invitee>>('/invitees', given(body))).resource;

export interface EventFilter {
	scope: Scope;
	invitee_email?: string;
	status?: string;
	/** ISO 8601 in UTC, both; of the start. */
	min_start_time?: string;
	max_start_time?: string;
	sort?: 'start_time:asc' | 'start_time:desc';
}

/** GET /scheduled_events, all pages up to the limit. */
export const scheduledEvents = async (
	api: Connection,
	{ scope, ...filter }: EventFilter,
	limit: number,
	passes?: (event: ScheduledEvent) => boolean,
): Promise<ScheduledEvent[]> =>
	await collect(api, '/scheduled_events', { ...(await scoped(api, scope)), ...given(filter) }, limit, passes);

/** GET /scheduled_events/{uuid}. */
export const scheduledEvent = async (api: Connection, uuid: string): Promise<ScheduledEvent> =>
	(await api.http.get<Resource<ScheduledEvent>>(path`/scheduled_events/${uuid}`)).resource;

/** GET /scheduled_events/{uuid}/invitees, all pages up to the limit. */
export const invitees = async (
	api: Connection,
	uuid: string,
	filter: { status?: string; email?: string } = {},
	limit = Infinity,
): Promise<Invitee[]> => await collect(api, path`/scheduled_events/${uuid}/invitees`, given(filter), limit);

/** POST /scheduled_events/{uuid}/cancellation: cancels for all invitees. */
export async function cancelEvent(api: Connection, uuid: string, reason?: string): Promise<void> {
	await api.http.post(path`/scheduled_events/${uuid}/cancellation`, given({ reason }));
}

/** POST /invitee_no_shows. */
export async function markNoShow(api: Connection, inviteeUri: string): Promise<void> {
	await api.http.post('/invitee_no_shows', { invitee: inviteeUri });
}

/** DELETE /invitee_no_shows/{uuid}: takes the mark back. */
export async function unmarkNoShow(api: Connection, noShowUri: string): Promise<void> {
	await api.http.request({ method: 'DELETE', path: path`/invitee_no_shows/${uuidOf(noShowUri)}` });
}
