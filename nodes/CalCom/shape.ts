import type { IDataObject } from 'n8n-workflow';
import {
	appointment,
	slot,
	type Appointment,
	type AppointmentStatus,
	type Slot,
} from '../../lib/appointment';
import type { ItemInput } from '../../lib/operations';
import { parsePhone } from '../../lib/phone';
import { isTimeZone, toIso } from '../../lib/time';
import type { Booked } from './api';
import type { Connection } from './connection';
import type { Attendee, Booking, FreeSlot } from './types';

/** The provider's name in every shape. */
export const PROVIDER = 'calcom';

/** Cal.com gives clients without e-mail `<digits>@sms.cal.com`, which nobody reads (open code, 2026-07). */
const NO_MAILBOX = /@sms\.cal\.com$/i;

/** Text, or null for anything else and for nothing. */
export const textOrNull = (value: unknown): string | null =>
	typeof value === 'string' && value.trim() !== '' ? value : null;

/** An e-mail address that somebody reads, or null. */
export const emailOrNull = (value: unknown): string | null => {
	const email = textOrNull(value);
	return email && !NO_MAILBOX.test(email) ? email : null;
};

/** The first of several values that is a phone number, in E.164; null where none is. */
export function firstPhone(...values: unknown[]): string | null {
	for (const value of values) {
		if (typeof value !== 'string' || value.trim() === '') continue;
		try {
			return parsePhone(value).e164;
		} catch {
			// Custom fields hold anything; what cannot be read as a number is none.
		}
	}
	return null;
}

/** The first IANA zone among several values; UTC where there is none. */
export const firstZone = (...values: unknown[]): string =>
	values.find((value): value is string => typeof value === 'string' && isTimeZone(value)) ?? 'UTC';

/** A time of Cal.com's in a zone: ISO 8601 with its offset; null where there is none. */
export const timeOrNull = (value: unknown, timeZone: string): string | null =>
	(typeof value === 'string' && toIso(value, timeZone)) || null;

/** The lead key that Create put into `metadata`. */
export const leadKeyOf = (metadata: unknown): string | null =>
	textOrNull((metadata as IDataObject | null | undefined)?.leadKey);

/**
 * Cal.com has no word for a visit that took place: an accepted booking whose time is over, with nobody marked
 * absent, counts as completed.
 */
function statusOf(booking: Booking, now: number): AppointmentStatus {
	if (booking.status === 'cancelled') return booking.rescheduledToUid ? 'rescheduled' : 'cancelled';
	if (booking.status === 'rejected') return 'cancelled';
	if (booking.status === 'pending') return 'pending';
	if (booking.absentHost || booking.attendees.some(({ absent }) => absent)) return 'no_show';
	return Date.parse(booking.end) <= now ? 'completed' : 'confirmed';
}

const phoneOf = (attendee: Attendee | undefined, answers: Record<string, unknown> = {}) =>
	firstPhone(attendee?.phoneNumber, answers.attendeePhoneNumber, answers.smsReminderNumber, answers.phone);

/**
 * A booking in the one shape. Times are in the zone of the client, which Cal.com's own messages use too.
 *
 * @param api for the moment, and for the site that shows the booking to the client
 */
export function toAppointment(api: Pick<Connection, 'now' | 'site'>, booking: Booking): Appointment {
	const { attendees, hosts = [], bookingFieldsResponses: answers, eventType } = booking;
	const [client] = attendees;
	const [host] = hosts;
	const timeZone = firstZone(client?.timeZone, host?.timeZone);
	const serviceId = eventType?.id ?? booking.eventTypeId;
	return appointment({
		provider: PROVIDER,
		id: booking.uid,
		status: statusOf(booking, api.now()),
		start: toIso(booking.start, timeZone) ?? booking.start,
		end: timeOrNull(booking.end, timeZone),
		timeZone,
		title: textOrNull(booking.title),
		service:
			serviceId === undefined
				? null
				: { id: String(serviceId), name: textOrNull(eventType?.slug), price: null, currency: null },
		staff: host ? { id: String(host.id), name: textOrNull(host.name) } : null,
		location: textOrNull(booking.location),
		url: api.site ? `${api.site}/booking/${encodeURIComponent(booking.uid)}` : null,
		client: {
			name: textOrNull(client?.name),
			email: emailOrNull(client?.displayEmail) ?? emailOrNull(client?.email),
			phone: phoneOf(client, answers),
		},
		previousId: textOrNull(booking.rescheduledFromUid),
		leadKey: leadKeyOf(booking.metadata),
		notes: textOrNull(answers?.notes) ?? textOrNull(booking.description),
		createdAt: timeOrNull(booking.createdAt, timeZone),
		updatedAt: timeOrNull(booking.updatedAt, timeZone),
	});
}

/** A free slot in the one shape; `serviceId` names the event type as the operator did. */
export const toSlot = (free: FreeSlot, timeZone: string, serviceId: string): Slot =>
	slot({
		provider: PROVIDER,
		start: toIso(free.start, timeZone) ?? free.start,
		end: timeOrNull(free.end, timeZone),
		timeZone,
		service: { id: serviceId, name: null },
	});

/**
 * Bookings as *Simplify* and *Include Raw* ask for them.
 *
 * @param booked one booking gives one item, a recurring or listed one gives several
 */
export function present(api: Connection, input: ItemInput, booked: Booked): IDataObject | IDataObject[] {
	const simplify = input.boolean('simplify');
	const includeRaw = simplify && input.boolean('includeRaw');
	const one = (booking: Booking) =>
		(simplify
			? { ...toAppointment(api, booking), ...(includeRaw && { raw: booking }) }
			: booking) as unknown as IDataObject;
	return Array.isArray(booked) ? booked.map(one) : one(booked);
}
