import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../lib/fit';
import { appointment, type Appointment, type AppointmentStatus } from '../../../lib/appointment';
import { priceOf } from '../price';
import { emailOrNull, firstPhone, firstZone, leadKeyOf, PROVIDER, textOrNull, timeOrNull } from '../shape';

/** What happened, in words that are Cal.com's trigger names made plain. */
const EVENT_TYPES: Record<string, string> = {
	BOOKING_CREATED: 'appointment.created',
	BOOKING_REQUESTED: 'appointment.requested',
	BOOKING_RESCHEDULED: 'appointment.rescheduled',
	BOOKING_CANCELLED: 'appointment.cancelled',
	BOOKING_REJECTED: 'appointment.declined',
	BOOKING_REASSIGNED: 'appointment.reassigned',
	BOOKING_LOCATION_UPDATED: 'appointment.locationChanged',
	BOOKING_PAYMENT_INITIATED: 'appointment.paymentInitiated',
	BOOKING_PAID: 'appointment.paid',
	MEETING_STARTED: 'appointment.started',
	MEETING_ENDED: 'appointment.ended',
};

/** These two come without envelope: the booking's columns beside `triggerEvent` (webhooks page, 2021-10-20). */
const FLAT = new Set(['MEETING_STARTED', 'MEETING_ENDED']);

/** An event as an appointment, with what happened and a key under which the same event is seen twice. */
export type ConvertedEvent = Appointment & {
	eventType: string;
	eventKey: string;
	/** ISO 8601 with offset; null for events that do not tell. */
	eventAt: string | null;
};

const objectOf = (value: unknown): IDataObject => (isObject(value) ? value : {});

const firstOf = (value: unknown): IDataObject => objectOf(Array.isArray(value) ? value[0] : undefined);

/** Takes an event out of a webhook node's `body` and out of its envelope, as the built-in trigger spreads it. */
export function unwrap(item: IDataObject): IDataObject {
	const body = isObject(item.body) && item.triggerEvent === undefined ? item.body : item;
	return isObject(body.payload)
		? { triggerEvent: body.triggerEvent, createdAt: body.createdAt, ...body.payload }
		: body;
}

const answer = (responses: IDataObject, name: string): unknown => objectOf(responses[name]).value;

/** The number may sit in five places (webhooks page; the last one in the open code, 2026-07). */
function phoneOf(event: IDataObject): string | null {
	const responses = objectOf(event.responses);
	const location = objectOf(answer(responses, 'location'));
	return firstPhone(
		firstOf(event.attendees).phoneNumber,
		answer(responses, 'attendeePhoneNumber'),
		answer(responses, 'smsReminderNumber'),
		event.smsReminderNumber,
		location.value === 'phone' ? location.optionValue : undefined,
	);
}

const isAbsent = (event: IDataObject) =>
	event.noShowHost === true ||
	(Array.isArray(event.attendees) && event.attendees.some((one) => objectOf(one).noShow === true));

/** Webhooks write the status in capitals; a meeting that ended has the status it was booked with. */
function statusOf(event: IDataObject): AppointmentStatus {
	const status = String(event.status ?? '').toUpperCase();
	if (status === 'CANCELLED' || status === 'REJECTED' || event.triggerEvent === 'BOOKING_REJECTED')
		return 'cancelled';
	if (status === 'PENDING' || status === 'AWAITING_HOST') return 'pending';
	if (isAbsent(event)) return 'no_show';
	return event.triggerEvent === 'MEETING_ENDED' ? 'completed' : 'confirmed';
}

/** A host who asks the client for another time sends a cancellation with a flag (cal.diy#28543). */
function typeOf(event: IDataObject, trigger: string): string {
	if (trigger === 'BOOKING_CANCELLED' && event.requestReschedule === true)
		return 'appointment.rescheduleRequested';
	return EVENT_TYPES[trigger] ?? `appointment.${trigger.toLowerCase()}`;
}

function moneyOf(event: IDataObject, trigger: string) {
	const payment = firstOf(event.payment);
	const { price, currency } = priceOf(event.price ?? payment.amount, event.currency ?? payment.currency);
	const paid = trigger === 'BOOKING_PAID' ? true : typeof event.paid === 'boolean' ? event.paid : null;
	return { price, currency, paid };
}

const urlOf = (event: IDataObject, uid: string) =>
	textOrNull(event.bookerUrl) &&
	`${String(event.bookerUrl).replace(/\/+$/, '')}/booking/${encodeURIComponent(uid)}`;

/**
 * The one shape out of an event of Cal.com's (webhook version 2021-10-20), envelope taken off.
 *
 * MEETING_STARTED and MEETING_ENDED are a picture of the booking from when it was made: whether the client came is
 * told by reading the booking again. A move of a booking that needs confirmation comes as requested, with
 * `previousId` (cal.diy#21169).
 *
 * @returns undefined for what is no event on a booking
 */
export function appointmentFrom(event: IDataObject): ConvertedEvent | undefined {
	const trigger = textOrNull(event.triggerEvent);
	const uid = textOrNull(event.uid);
	const client = firstOf(event.attendees);
	const host = isObject(event.organizer) ? event.organizer : objectOf(event.user);
	const timeZone = firstZone(client.timeZone, host.timeZone);
	const start = timeOrNull(event.startTime, timeZone);
	if (!trigger || !uid || !start) return undefined;
	const isFlat = FLAT.has(trigger);
	const { price, currency, paid } = moneyOf(event, trigger);
	const responses = objectOf(event.responses);
	const hostId = host.id ?? event.userId;
	return {
		...appointment({
			provider: PROVIDER,
			id: uid,
			status: statusOf(event),
			start,
			end: timeOrNull(event.endTime, timeZone),
			timeZone,
			title: textOrNull(event.title),
			service: {
				id: event.eventTypeId === undefined || event.eventTypeId === null ? null : String(event.eventTypeId),
				name: textOrNull(event.eventTitle) ?? textOrNull(event.type),
				price,
				currency,
			},
			staff: hostId === undefined ? null : { id: String(hostId), name: textOrNull(host.name) },
			location: textOrNull(event.location),
			url: urlOf(event, uid),
			client: { name: textOrNull(client.name), email: emailOrNull(client.email), phone: phoneOf(event) },
			paid,
			amount: price,
			previousId: textOrNull(event.rescheduleUid) ?? textOrNull(event.fromReschedule),
			leadKey: leadKeyOf(event.metadata),
			notes:
				textOrNull(event.additionalNotes) ??
				textOrNull(answer(responses, 'notes')) ??
				textOrNull(event.description),
			createdAt: isFlat ? timeOrNull(event.createdAt, timeZone) : null,
			updatedAt: isFlat ? timeOrNull(event.updatedAt, timeZone) : null,
		}),
		eventType: typeOf(event, trigger),
		eventKey: [PROVIDER, trigger, uid, event.idempotencyKey ?? event.createdAt].filter(Boolean).join(':'),
		eventAt: isFlat ? null : timeOrNull(event.createdAt, timeZone),
	};
}
