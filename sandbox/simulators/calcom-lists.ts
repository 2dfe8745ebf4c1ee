import { badRequest, bookingOutput } from './calcom-answers';
import type { CalBooking, CalCalendar } from './calcom-calendar';
import { momentOf } from './calcom-rules';

const STATUSES = ['upcoming', 'recurring', 'past', 'cancelled', 'unconfirmed'];

/** Whether a booking is of one of the list's statuses; nothing recurs in this account. */
function isOf(status: string, { status: state, end }: CalBooking, now: number): boolean {
	const isOn = state === 'accepted' || state === 'pending';
	return (
		{
			upcoming: isOn && end >= now,
			past: isOn && end < now,
			cancelled: !isOn,
			unconfirmed: state === 'pending' && end >= now,
		}[status] === true
	);
}

function numberFrom(
	query: URLSearchParams,
	name: string,
	fallback: number,
	min: number,
	max: number,
): number {
	const value = Number(query.get(name) ?? fallback);
	if (!Number.isInteger(value) || value < min || value > max) {
		throw badRequest(`${name} must not be greater than ${max}, ${name} must not be less than ${min}`);
	}
	return value;
}

const has = (text: string, part: string | null) => part === null || text.toLowerCase() === part.toLowerCase();

/** The filters that both lists have. */
function filtered(calendar: CalCalendar, query: URLSearchParams): CalBooking[] {
	const time = (name: string, fallback: number) =>
		query.has(name) ? momentOf(query.get(name), name) : fallback;
	const within = (value: number, after: string, before: string) =>
		value >= time(after, -Infinity) && value <= time(before, Infinity);
	return calendar.bookings.filter(
		(booking) =>
			booking.attendees.some(
				({ email, name }) => has(email, query.get('attendeeEmail')) && has(name, query.get('attendeeName')),
			) &&
			has(String(booking.eventTypeId), query.get('eventTypeId')) &&
			has(booking.uid, query.get('bookingUid')) &&
			has(String(calendar.eventType(booking.eventTypeId)?.teamId), query.get('teamId')) &&
			booking.start >= time('afterStart', -Infinity) &&
			booking.end <= time('beforeEnd', Infinity) &&
			within(booking.createdAt, 'afterCreatedAt', 'beforeCreatedAt') &&
			within(booking.updatedAt, 'afterUpdatedAt', 'beforeUpdatedAt'),
	);
}

function statusesOf(query: URLSearchParams): string[] {
	const wanted = query.getAll('status').flatMap((value) => value.split(','));
	const wrong = wanted.find((status) => !STATUSES.includes(status));
	if (wrong) throw badRequest(`Invalid status. Allowed are ${STATUSES.join(', ')}`);
	return wanted;
}

/**
 * The list of 2024-08-13: take and skip; no status means upcoming only.
 *
 * @param isKnown false: the version of 2024-04-15, which overlooks the filters it does not know (cal.diy#28512)
 */
export function listByPages(calendar: CalCalendar, query: URLSearchParams, isKnown: boolean): object {
	const take = numberFrom(query, 'take', 100, 1, 250);
	const skip = numberFrom(query, 'skip', 0, 0, Number.MAX_SAFE_INTEGER);
	const given = statusesOf(query);
	const statuses = given.length > 0 ? given : ['upcoming'];
	const all = (isKnown ? filtered(calendar, query) : calendar.bookings).filter((booking) =>
		statuses.some((status) => isOf(status, booking, calendar.now())),
	);
	const order = query.get('sortStart') === 'desc' ? -1 : 1;
	all.sort((a, b) => order * (a.start - b.start));
	const data = all.slice(skip, skip + take).map((booking) => bookingOutput(calendar, booking));
	const remainingItems = Math.max(0, all.length - (skip + take));
	return {
		data,
		pagination: {
			totalItems: all.length,
			remainingItems,
			returnedItems: data.length,
			itemsPerPage: take,
			currentPage: Math.floor(skip / take) + 1,
			totalPages: Math.ceil(all.length / take),
			hasNextPage: remainingItems > 0,
			hasPreviousPage: skip > 0,
		},
	};
}

/** The list of 2026-05-01: a cursor, one status at most, newest first; no status means all. */
export function listByCursor(calendar: CalCalendar, query: URLSearchParams): object {
	const limit = numberFrom(query, 'limit', 50, 1, 100);
	const statuses = statusesOf(query);
	if (statuses.length > 1) throw badRequest('status must be a single value');
	const all = filtered(calendar, query)
		.filter((booking) => statuses.every((status) => isOf(status, booking, calendar.now())))
		.sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
	const cursor = query.get('cursor');
	const last = cursor === null ? Infinity : Number(Buffer.from(cursor, 'base64url').toString());
	if (Number.isNaN(last)) throw badRequest('Invalid cursor');
	const rest = all.filter(({ id }) => id < last);
	const shown = rest.slice(0, limit);
	const hasMore = rest.length > shown.length;
	const next = shown.at(-1)?.id;
	return {
		data: shown.map((booking) => bookingOutput(calendar, booking)),
		pagination: {
			nextCursor: hasMore && next !== undefined ? Buffer.from(String(next)).toString('base64url') : null,
			hasMore,
		},
	};
}
