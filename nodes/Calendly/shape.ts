import type { IDataObject } from 'n8n-workflow';
import {
	appointment,
	slot,
	type Appointment,
	type AppointmentStatus,
	type Slot,
} from '../../lib/appointment';
import { fitted, type Kind } from '../../lib/fit';
import type { ItemInput } from '../../lib/operations';
import { parsePhone } from '../../lib/phone';
import { addMinutes, isTimeZone, toIso } from '../../lib/time';
import type { Connection } from './connection';
import { previousIn } from './tracking';
import type {
	Answer,
	AvailableTime,
	Booked,
	Cancellation,
	EventType,
	Invitee,
	ScheduledEvent,
} from './types';
import { eventUuidOf, uuidOf } from './uris';

/** The provider's name in every shape. */
export const PROVIDER = 'calendly';

/** Text, or null for anything else and for nothing. */
export const textOrNull = (value: unknown): string | null =>
	typeof value === 'string' && value.trim() !== '' ? value : null;

/** A phone number in E.164; null for what is none. */
function phoneOrNull(value: unknown): string | null {
	// Answers hold anything; only what is written as an international number is taken for one.
	if (typeof value !== 'string' || !/^\+[\d\s().-]{7,}$/.test(value.trim())) return null;
	try {
		return parsePhone(value).e164;
	} catch {
		return null;
	}
}

/** A zone that is one; UTC otherwise. */
export const zoneOrUtc = (value: unknown): string =>
	typeof value === 'string' && isTimeZone(value) ? value : 'UTC';

/** A time of Calendly's in a zone: ISO 8601 with its offset; null where there is none. */
export const timeOrNull = (value: unknown, timeZone: string): string | null =>
	(typeof value === 'string' && toIso(value, timeZone)) || null;

/**
 * The reason that Reschedule gives for cancelling the old event. Calendly itself marks only moves made on its own
 * pages, so this is how the old one is told from a cancelled one.
 */
export const movedReason = (reason: string | undefined): string =>
	reason ? `Rescheduled: ${reason}` : 'Rescheduled';

/** Whether a cancellation was one half of a move made by Reschedule. */
export const isMoved = (cancellation: Cancellation | null | undefined): boolean =>
	cancellation?.canceler_type === 'host' && /^Rescheduled(:|$)/.test(cancellation.reason ?? '');

/** The client's number: for reminders, for the call, or from the form. */
export function phoneOf(
	invitee: Partial<Invitee> | undefined,
	event: Partial<ScheduledEvent>,
): string | null {
	const answers = (invitee?.questions_and_answers ?? []).map(({ answer }) => answer);
	const call = event.location?.type === 'outbound_call' ? event.location.location : undefined;
	return [invitee?.text_reminder_number, call, ...answers].map(phoneOrNull).find(Boolean) ?? null;
}

/** The form's answers as notes: one as it is, several with their questions; numbers are shown as the phone. */
export function notesOf(answers: Answer[] = []): string | null {
	const written = answers.filter(({ answer }) => textOrNull(answer) && !phoneOrNull(answer));
	if (written.length === 1) return written[0]?.answer ?? null;
	return written.map(({ question, answer }) => `${question}: ${answer}`).join('\n') || null;
}

type Payment = NonNullable<Invitee['payment']>;

const PAYMENT: Kind = { amount: 'number', currency: 'text', successful: 'flag' };

/** What was paid, and in what. */
export function moneyOf(payment: Invitee['payment']) {
	const { amount, currency, successful } = (fitted(payment, PAYMENT) ?? {}) as Partial<Payment>;
	const code = currency && /^[A-Z]{3}$/.test(currency) ? currency : null;
	return { amount: amount ?? null, currency: code, paid: successful ?? null };
}

/**
 * Calendly has no word for a visit that took place: an event whose time is over, with nobody marked as no-show,
 * counts as completed.
 */
function statusOf({ event, invitee }: Booked, now: number): AppointmentStatus {
	if (event.status === 'canceled' || invitee?.status === 'canceled') {
		const cancellation = invitee?.cancellation ?? event.cancellation;
		return invitee?.rescheduled || isMoved(cancellation) ? 'rescheduled' : 'cancelled';
	}
	if (invitee?.no_show) return 'no_show';
	return Date.parse(event.end_time) <= now ? 'completed' : 'confirmed';
}

/** What event and invitee have in common with a delivery of Calendly's webhooks. */
export function factsOf(event: ScheduledEvent, invitee: Invitee | undefined) {
	const timeZone = zoneOrUtc(invitee?.timezone);
	const { amount, currency, paid } = moneyOf(invitee?.payment);
	const [host] = event.event_memberships ?? [];
	return {
		provider: PROVIDER,
		start: timeOrNull(event.start_time, timeZone) ?? event.start_time,
		end: timeOrNull(event.end_time, timeZone),
		timeZone,
		title: textOrNull(event.name),
		service: event.event_type
			? { id: uuidOf(event.event_type), name: textOrNull(event.name), price: amount, currency }
			: null,
		staff: host ? { id: uuidOf(host.user), name: textOrNull(host.user_name) } : null,
		location: textOrNull(event.location?.location) ?? textOrNull(event.location?.join_url),
		url: textOrNull(invitee?.reschedule_url),
		client: {
			name: textOrNull(invitee?.name),
			email: textOrNull(invitee?.email),
			phone: phoneOf(invitee, event),
			id: invitee ? uuidOf(invitee.uri) : null,
		},
		paid,
		amount,
		previousId: eventUuidOf(invitee?.old_invitee) ?? previousIn(invitee?.tracking),
		leadKey: textOrNull(invitee?.tracking?.utm_content),
		notes: notesOf(invitee?.questions_and_answers),
		createdAt: timeOrNull(event.created_at, timeZone),
		updatedAt: timeOrNull(event.updated_at, timeZone),
	};
}

/**
 * A scheduled event and its client in the one shape. Times are in the zone of the client, which Calendly's own
 * messages use too.
 */
export function toAppointment(api: Pick<Connection, 'now'>, booked: Booked): Appointment {
	const { event, invitee, previousId } = booked;
	const facts = factsOf(event, invitee);
	return appointment({
		...facts,
		id: uuidOf(event.uri),
		status: statusOf(booked, api.now()),
		previousId: previousId ?? facts.previousId,
	});
}

/** An available time in the one shape; the answer names no end, so it follows from the event type's length. */
export function toSlot(time: AvailableTime, type: EventType, timeZone: string): Slot {
	const start = timeOrNull(time.start_time, timeZone) ?? time.start_time;
	const { profile } = type;
	return slot({
		provider: PROVIDER,
		start,
		end: addMinutes(start, type.duration, timeZone),
		timeZone,
		service: { id: uuidOf(type.uri), name: textOrNull(type.name) },
		staff: profile?.type === 'User' ? { id: uuidOf(profile.owner), name: textOrNull(profile.name) } : null,
		capacity: time.invitees_remaining,
	});
}

/** Booked events as *Simplify* and *Include Raw* ask for them. */
export function present(api: Connection, input: ItemInput, booked: Booked): IDataObject {
	const raw = { event: booked.event, ...(booked.invitee && { invitee: booked.invitee }) };
	if (!input.boolean('simplify')) return raw as unknown as IDataObject;
	const simplified = toAppointment(api, booked);
	return { ...simplified, ...(input.boolean('includeRaw') && { raw }) } as unknown as IDataObject;
}
