import { addMinutes } from '../../lib/time';
import { outcomeOf, type Outcome, type ProviderError } from '../../lib/http';
import {
	createBooking,
	freeSlots,
	getBooking,
	rescheduleBooking,
	type Booked,
	type Move,
	type SlotQuery,
} from './api';
import { listBookings } from './bookings';
import type { Connection } from './connection';
import { utc } from './readers';
import { firstZone, leadKeyOf, timeOrNull } from './shape';
import type { Booking, NewBooking } from './types';

/**
 * What Cal.com says of a time it does not give (400 of bookings, 422 of reservations; bookings' and slots'
 * services of the open code, 2026-07).
 */
const NOT_FREE: Array<[said: RegExp, what: string]> = [
	[/either already has booking at this time|already booked|already reserved|no more seats left/i, 'is taken'],
	[/in the past|can't be booked at the "start" time/i, 'is too soon or too far ahead to be booked'],
];

const notFree = ({ reason }: ProviderError) =>
	NOT_FREE.find(([said]) => (reason.status ?? 500) < 500 && said.test(reason.said ?? ''))?.[1];

const DAY = 24 * 60;
const LOOK_AHEAD_DAYS = 14;
const OFFERED = 3;

async function nextFree(api: Connection, query: Omit<SlotQuery, 'end'>): Promise<string> {
	const now = new Date(api.now()).toISOString();
	const start = query.start > now ? query.start : utc(now);
	const end = addMinutes(start, LOOK_AHEAD_DAYS * DAY, 'UTC');
	const free = await outcomeOf(freeSlots(api, { ...query, start, end }));
	if ('refusal' in free) return 'Find a free time with Slot: Get Many.';
	const offers = free.value.slice(0, OFFERED).map(({ start: time }) => timeOrNull(time, query.timeZone));
	return offers.length > 0
		? `Next free: ${offers.join(', ')}.`
		: `No time is free in the ${LOOK_AHEAD_DAYS} days after it.`;
}

/**
 * Says of a refusal, where it means so, that the time is not free, and which ones are (up to 3 within 14 days).
 *
 * @param query the time refused and its event type
 * @returns the error to throw
 */
export async function explained(
	api: Connection,
	refusal: ProviderError,
	query: Omit<SlotQuery, 'end'>,
): Promise<ProviderError> {
	const what = notFree(refusal);
	if (!what) return refusal;
	return api.http.error({
		...refusal.reason,
		message: `${timeOrNull(query.start, query.timeZone)} (${query.timeZone}) ${what}`,
		howToFix: await nextFree(api, query),
	});
}

const sameTime = (a: string, b: string) => Date.parse(a) === Date.parse(b);
const isGone = ({ status }: Booking) => status === 'cancelled' || status === 'rejected';

/** Looks for the booking that a create may have made: same start, same client, same lead key. */
async function findMade(
	api: Connection,
	{ start, attendee, metadata }: NewBooking,
): Promise<Booked | undefined> {
	const isClient = ({ attendees }: Booking) =>
		attendees.some(({ email, phoneNumber }) =>
			attendee.email
				? email.toLowerCase() === attendee.email.toLowerCase()
				: phoneNumber === attendee.phoneNumber,
		);
	const leadKey = leadKeyOf(metadata);
	const candidates = await listBookings(api, {
		filter: {
			...(attendee.email && { attendeeEmail: attendee.email }),
			afterStart: addMinutes(start, -1, 'UTC'),
			beforeEnd: addMinutes(start, DAY, 'UTC'),
		},
		statuses: ['upcoming', 'unconfirmed'],
		paging: 'pages',
		sort: 'asc',
		limit: 100,
	});
	// Where Cal.com takes the version header for an older one it overlooks filters (cal.diy#28512), so all is checked here.
	const made = candidates.find(
		(booking) =>
			sameTime(booking.start, start) &&
			!isGone(booking) &&
			isClient(booking) &&
			(leadKey === null || leadKeyOf(booking.metadata) === leadKey),
	);
	return made?.recurringBookingUid ? await getBooking(api, made.recurringBookingUid) : made;
}

/**
 * One attempt. Where no sure answer came, or an earlier attempt had none and now the time is taken, the booking is
 * looked for before anything else is concluded.
 */
async function attempt(api: Connection, body: NewBooking, isSecond: boolean): Promise<Outcome<Booked>> {
	const outcome = await outcomeOf(createBooking(api, body));
	if ('value' in outcome) return outcome;
	const { refusal } = outcome;
	if (!refusal.reason.uncertain && !(isSecond && notFree(refusal))) return outcome;
	const made = await outcomeOf(findMade(api, body));
	return 'value' in made && made.value ? { value: made.value } : outcome;
}

/** Seconds a server in trouble is given before the second attempt. */
const BREATH = 1;

/**
 * Books a time. Cal.com has no idempotency key, so what came out of an unsure attempt is looked up first; only a
 * server error (the server is through with it) with no booking to be found is followed by one second attempt.
 *
 * @throws ProviderError; where the time is not free with the next ones that are
 */
export async function book(api: Connection, body: NewBooking): Promise<Booked> {
	const first = await attempt(api, body, false);
	if ('value' in first) return first.value;
	const { uncertain, status } = first.refusal.reason;
	let last = first.refusal;
	if (uncertain && status !== undefined && api.mayRepeat) {
		await api.http.pause(BREATH);
		const second = await attempt(api, body, true);
		if ('value' in second) return second.value;
		last = second.refusal;
	}
	const { eventTypeId, eventTypeSlug, username, teamSlug, organizationSlug, start, attendee } = body;
	throw await explained(api, last, {
		...{ eventTypeId, eventTypeSlug, username, teamSlug, organizationSlug, start },
		timeZone: attendee.timeZone,
		duration: body.lengthInMinutes,
	});
}

const moved = (api: Connection, { uid, rescheduledToUid }: Booking) =>
	api.http.error({
		message: `Booking ${uid} was rescheduled and is now ${rescheduledToUid}`,
		howToFix: `Cal.com gives a booking a new ID when it is moved. Use ${rescheduledToUid}, and keep the new ID from now on.`,
	});

/**
 * Changes a booking. Where no sure answer came, or Cal.com refuses, the booking is read again: what is already as
 * it should be is no refusal, and one that was moved meanwhile is named.
 *
 * @param change the call
 * @param done what to answer where the booking, as it stands, needs no change; undefined where it does
 * @throws ProviderError
 */
export async function settle(
	api: Connection,
	uid: string,
	change: (uid: string) => Promise<Booked>,
	done: (current: Booking[]) => Booked | undefined | Promise<Booked | undefined>,
): Promise<Booked> {
	const outcome = await outcomeOf(change(uid));
	if ('value' in outcome) return outcome.value;
	const { refusal } = outcome;
	if (!refusal.reason.uncertain && refusal.reason.status !== 400) throw refusal;
	const read = await outcomeOf(getBooking(api, uid));
	if ('refusal' in read) throw refusal;
	const current = [read.value].flat();
	const result = await done(current);
	if (result) return result;
	const old = current.find(({ rescheduledToUid }) => rescheduledToUid);
	throw old ? moved(api, old) : refusal;
}

/** For `settle`: the bookings as they are, where all of them pass. */
export const whenAll =
	(passes: (booking: Booking) => boolean) =>
	(current: Booking[]): Booked | undefined =>
		current.every(passes) ? (current.length === 1 ? current[0] : current) : undefined;

/** Whether a booking is off for good, and not merely the old one of a move. */
export const isOff = (booking: Booking): boolean => isGone(booking) && !booking.rescheduledToUid;

/** The booking that a move made, where it has already been made to the time wanted. */
const movedTo = (api: Connection, start: string) => async (current: Booking[]) => {
	const target = current[0]?.rescheduledToUid;
	if (!target) return undefined;
	const [made] = [await getBooking(api, target)].flat();
	return made && !isGone(made) && sameTime(made.start, start) ? made : undefined;
};

/**
 * Moves a booking: Cal.com cancels it and makes a new one with a new uid, which knows the old one's.
 *
 * @throws ProviderError; where the time is not free with the next ones that are
 */
export async function move(api: Connection, uid: string, to: Move): Promise<Booked> {
	const outcome = await outcomeOf(
		settle(api, uid, async () => await rescheduleBooking(api, uid, to), movedTo(api, to.start)),
	);
	if ('value' in outcome) {
		const [made] = [outcome.value].flat();
		return made ? { ...made, rescheduledFromUid: made.rescheduledFromUid ?? uid } : outcome.value;
	}
	if (!notFree(outcome.refusal)) throw outcome.refusal;
	const [current] = [await getBooking(api, uid)].flat();
	throw await explained(api, outcome.refusal, {
		eventTypeId: current?.eventType?.id ?? current?.eventTypeId,
		start: to.start,
		timeZone: firstZone(current?.attendees[0]?.timeZone),
		bookingUidToReschedule: uid,
	});
}
