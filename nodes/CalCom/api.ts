import type { IDataObject } from 'n8n-workflow';
import { path } from '../../lib/http';
import { VERSIONS, type Connection } from './connection';
import type { Booking, EventType, EventTypeRef, FreeSlot, NewBooking, Reservation } from './types';

interface Envelope<T> {
	data: T;
}

/** A single booking, or, for a recurring event type, one for each recurrence. */
export type Booked = Booking | Booking[];

const version = (value: string) => ({ headers: { 'cal-api-version': value } });

/** Drops what is not set, so that neither query nor body names it. */
const given = <T extends object>(values: T): IDataObject =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as IDataObject;

export interface SlotQuery extends EventTypeRef {
	/** ISO 8601 in UTC, both. */
	start: string;
	end: string;
	/** IANA zone of the answer. */
	timeZone: string;
	/** Minutes; only for event types with several lengths. */
	duration?: number;
	/** The booking that would be moved: its own time counts as free. */
	bookingUidToReschedule?: string;
}

/**
 * GET /v2/slots with format=range, as one list by time (the answer has one list a day and leaves out days
 * without slots).
 */
export async function freeSlots(api: Connection, query: SlotQuery): Promise<FreeSlot[]> {
	const { data } = await api.http.get<Envelope<Record<string, FreeSlot[]>>>(
		'/v2/slots',
		{ ...given(query), format: 'range' },
		version(VERSIONS.slots),
	);
	return Object.values(data)
		.flat()
		.sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

/** POST /v2/slots/reservations: holds a slot for some minutes (5 unless said), so that nobody else books it. */
export async function reserveSlot(
	api: Connection,
	body: { eventTypeId: number; slotStart: string; slotDuration?: number; reservationDuration?: number },
): Promise<Reservation> {
	const { data } = await api.http.post<Envelope<Reservation>>(
		'/v2/slots/reservations',
		given(body),
		version(VERSIONS.slots),
	);
	return data;
}

/** POST /v2/bookings: a write without idempotency key, so it is never repeated here. */
export async function createBooking(api: Connection, body: NewBooking): Promise<Booked> {
	const { data } = await api.http.post<Envelope<Booked>>(
		'/v2/bookings',
		given(body),
		version(api.bookingsVersion),
	);
	return data;
}

/** GET /v2/bookings/{uid}: a list where the uid is a recurring booking's. */
export async function getBooking(api: Connection, uid: string): Promise<Booked> {
	const { data } = await api.http.get<Envelope<Booked>>(
		path`/v2/bookings/${uid}`,
		undefined,
		version(api.bookingsVersion),
	);
	return data;
}

const change = async (api: Connection, route: string, body: object): Promise<Booked> =>
	(await api.http.post<Envelope<Booked>>(route, given(body), version(api.bookingsVersion))).data;

export interface Move {
	/** ISO 8601 in UTC. */
	start: string;
	reschedulingReason?: string;
	/** An e-mail address; the owner's confirms at once where the event type asks for confirmation. */
	rescheduledBy?: string;
	seatUid?: string;
}

/** POST /v2/bookings/{uid}/reschedule: answers with a new booking that has a new uid. */
export const rescheduleBooking = async (api: Connection, uid: string, body: Move): Promise<Booked> =>
	await change(api, path`/v2/bookings/${uid}/reschedule`, body);

export interface Cancellation {
	cancellationReason?: string;
	cancelSubsequentBookings?: boolean;
	seatUid?: string;
}

/** POST /v2/bookings/{uid}/cancel: refuses with 400 what is cancelled already. */
export const cancelBooking = async (api: Connection, uid: string, body: Cancellation): Promise<Booked> =>
	await change(api, path`/v2/bookings/${uid}/cancel`, body);

/** POST /v2/bookings/{uid}/confirm, for bookings that wait for it. */
export const confirmBooking = async (api: Connection, uid: string): Promise<Booked> =>
	await change(api, path`/v2/bookings/${uid}/confirm`, {});

/** POST /v2/bookings/{uid}/decline, for bookings that wait to be confirmed. */
export const declineBooking = async (
	api: Connection,
	uid: string,
	body: { reason?: string },
): Promise<Booked> => await change(api, path`/v2/bookings/${uid}/decline`, body);

export interface Absence {
	host?: boolean;
	attendees?: Array<{ email: string; absent: boolean }>;
}

/** POST /v2/bookings/{uid}/mark-absent. */
export const markAbsent = async (api: Connection, uid: string, body: Absence): Promise<Booked> =>
	await change(api, path`/v2/bookings/${uid}/mark-absent`, body);

/** GET /v2/event-types: the account's own, or a user's public ones. */
export async function eventTypes(
	api: Connection,
	query: { username?: string; eventSlug?: string; orgSlug?: string } = {},
): Promise<EventType[]> {
	const { data } = await api.http.get<Envelope<EventType[]>>(
		'/v2/event-types',
		given(query),
		version(VERSIONS.eventTypes),
	);
	return data;
}

/** GET /v2/teams: the teams that the key's owner belongs to. */
export async function teams(api: Connection): Promise<Array<{ id: number; name: string; slug?: string }>> {
	return (await api.http.get<Envelope<Array<{ id: number; name: string; slug?: string }>>>('/v2/teams')).data;
}

/** GET /v2/teams/{teamId}/event-types. */
export async function teamEventTypes(api: Connection, teamId: string | number): Promise<EventType[]> {
	return (await api.http.get<Envelope<EventType[]>>(path`/v2/teams/${teamId}/event-types`)).data;
}
