import { badRequest, isoTime, notFound, Refusal, slotsOutput } from './calcom-answers';
import type { CalCalendar, CalEventType } from './calcom-calendar';
import { insistOnKnown, momentOf, type Call, type Route } from './calcom-rules';

const MINUTE = 60_000;
const HOLD_MINUTES = 5;
const VERSION = '2024-09-04';

/** Finds the event type that a query or a body names, by ID, or by slug and owner. */
export function eventTypeOf(calendar: CalCalendar, given: Record<string, unknown>): CalEventType {
	const { eventTypeId, eventTypeSlug, username, teamSlug } = given;
	const { eventTypes, users, teams } = calendar.settings;
	if (eventTypeId !== undefined) {
		const type = calendar.eventType(Number(eventTypeId));
		if (!type) throw notFound(`Event type with id ${eventTypeId} not found.`);
		return type;
	}
	const isOwners = (type: CalEventType) =>
		teamSlug === undefined
			? type.teamId === undefined && users.find(({ id }) => id === type.hostId)?.username === username
			: teams.find(({ id }) => id === type.teamId)?.slug === teamSlug;
	const type = eventTypes.find((one) => one.slug === eventTypeSlug && isOwners(one));
	if (type) return type;
	const owner = teamSlug === undefined ? `user ${username}` : `team ${teamSlug}`;
	throw notFound(`Event type with slug ${eventTypeSlug} belonging to ${owner} not found.`);
}

/** The length of a booking: the event type's, or one of several that may be chosen. */
export function lengthOf(type: CalEventType, wanted: unknown): number {
	if (wanted === undefined || wanted === null) return type.length;
	if (!type.lengths) {
		throw badRequest(
			"Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths. Please, remove the 'lengthInMinutes' field from the request.",
		);
	}
	if (!type.lengths.includes(Number(wanted))) {
		throw badRequest(
			`Provided 'lengthInMinutes' is not one of the possible lengths for the event type. The possible lengths are: ${type.lengths.join(', ')}`,
		);
	}
	return Number(wanted);
}

/** GET /v2/slots and the reservations, version 2024-09-04; without that header they are not there. */
export class CalSlots {
	constructor(private readonly calendar: CalCalendar) {}

	routes(): Route[] {
		const versioned = (path: string, answer: (call: Call) => object) => (call: Call) => {
			if (call.version !== VERSION) throw notFound(`Cannot ${path}`);
			return answer(call);
		};
		return [
			['GET', /^\/v2\/slots$/, 200, versioned('GET /v2/slots', (call) => this.free(call))],
			[
				'POST',
				/^\/v2\/slots\/reservations$/,
				201,
				versioned('POST /v2/slots/reservations', (call) => this.reserve(call)),
			],
		];
	}

	private free({ query }: Call) {
		const given = Object.fromEntries(query);
		insistOnKnown(given, 'slots');
		const type = eventTypeOf(this.calendar, given);
		const from = momentOf(given.start, 'start');
		const to =
			momentOf(given.end, 'end') + (/^\d{4}-\d{2}-\d{2}$/.test(given.end ?? '') ? 24 * 60 * MINUTE : 0);
		if (to <= from)
			throw badRequest("Invalid time range given - check the 'start' and 'end' query parameters.");
		const length = lengthOf(type, given.duration);
		const slots = this.calendar.slots(type, from, to, length, given.bookingUidToReschedule);
		return { data: slotsOutput(slots, given.timeZone ?? 'UTC', given.format === 'range') };
	}

	private reserve({ body }: Call) {
		const type = eventTypeOf(this.calendar, { eventTypeId: body.eventTypeId });
		const start = momentOf(body.slotStart, 'slotStart');
		const length = lengthOf(type, body.slotDuration);
		const span = { start, end: start + length * MINUTE };
		if (this.calendar.isTaken(type, span)) {
			throw new Refusal(
				422,
				'UnprocessableEntityException',
				"Can't reserve a slot if the event is already booked.",
			);
		}
		if (this.calendar.isReserved(type, span)) {
			throw new Refusal(
				422,
				'UnprocessableEntityException',
				'This time slot is already reserved by another user. Please choose a different time.',
			);
		}
		const minutes = Number(body.reservationDuration ?? HOLD_MINUTES);
		const uid = this.calendar.nextId('reservation').text;
		const until = this.calendar.now() + minutes * MINUTE;
		this.calendar.reservations.push({ uid, eventTypeId: type.id, ...span, until });
		return {
			data: {
				eventTypeId: type.id,
				slotStart: isoTime(span.start),
				slotEnd: isoTime(span.end),
				slotDuration: length,
				reservationUid: uid,
				reservationDuration: minutes,
				reservationUntil: isoTime(until),
			},
		};
	}
}
