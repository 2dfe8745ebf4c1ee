import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../lib/fit';
import { appointment, type Appointment, type AppointmentStatus } from '../../../lib/appointment';
import { factsOf, isMoved, PROVIDER, textOrNull, timeOrNull } from '../shape';
import type { Invitee, ScheduledEvent } from '../types';
import { eventUuidOf, uuidOf } from '../uris';

/** A delivery of Calendly's webhooks (webhook payload page): invitee and event in one. */
export interface Delivery {
	event?: string;
	created_at?: string;
	payload?: Partial<Invitee> & { scheduled_event?: ScheduledEvent };
}

/** An event as an appointment, with what happened and a key under which the same event is seen twice. */
export type ConvertedEvent = Appointment & {
	eventType: string;
	eventKey: string;
	/** ISO 8601 with offset. */
	eventAt: string | null;
	/** True for the old one of a move, which is no cancellation. */
	rescheduled: boolean;
	/** The appointment that replaces this one, where Calendly names it. */
	nextId: string | null;
};

/** Takes a delivery out of a webhook node's `body`; the built-in trigger hands it on as it came. */
export const unwrap = (item: IDataObject): Delivery =>
	isObject(item.body) && item.payload === undefined ? item.body : item;

/**
 * What happened. A move is two deliveries, in either order: `appointment.rescheduled` with the new one, whose
 * `previousId` names the old, and `appointment.replaced` with the old. A flow acts on the first alone.
 */
function typeOf(trigger: string, isReplaced: boolean, previousId: string | null): string {
	switch (trigger) {
		case 'invitee.created':
			return previousId ? 'appointment.rescheduled' : 'appointment.created';
		case 'invitee.canceled':
			return isReplaced ? 'appointment.replaced' : 'appointment.cancelled';
		case 'invitee_no_show.created':
			return 'appointment.noShow';
		default:
			return 'appointment.noShowUndone';
	}
}

const TRIGGERS = [
	'invitee.created',
	'invitee.canceled',
	'invitee_no_show.created',
	'invitee_no_show.deleted',
];

function statusOf(trigger: string, isReplaced: boolean): AppointmentStatus {
	if (trigger === 'invitee.canceled') return isReplaced ? 'rescheduled' : 'cancelled';
	return trigger === 'invitee_no_show.created' ? 'no_show' : 'confirmed';
}

/** The same delivery again has the same key; marks can be set and taken back, so theirs tells the time too. */
function keyOf(trigger: string, inviteeUri: string, createdAt: string | undefined): string {
	const parts = [PROVIDER, trigger, eventUuidOf(inviteeUri), uuidOf(inviteeUri)];
	return [...parts, trigger.startsWith('invitee_no_show') && createdAt].filter(Boolean).join(':');
}

/**
 * The one shape out of a delivery. `payload.event` names the event, by address; its times are in
 * `payload.scheduled_event`.
 *
 * @returns undefined for what is no delivery on an invitee
 */
export function appointmentFrom({
	event: trigger,
	created_at,
	payload,
}: Delivery): ConvertedEvent | undefined {
	const event = payload?.scheduled_event;
	if (!trigger || !TRIGGERS.includes(trigger) || !event || !payload.uri) return undefined;
	const invitee = payload as Invitee;
	const id = eventUuidOf(invitee.event) ?? eventUuidOf(event.uri);
	if (!id || !timeOrNull(event.start_time, 'UTC')) return undefined;
	const isCancelled = trigger === 'invitee.canceled';
	const isReplaced = isCancelled && (invitee.rescheduled || isMoved(invitee.cancellation));
	const facts = factsOf(event, invitee);
	return {
		...appointment({ ...facts, id, status: statusOf(trigger, isReplaced) }),
		eventType: typeOf(trigger, isReplaced, facts.previousId),
		eventKey: keyOf(trigger, invitee.uri, textOrNull(created_at) ?? undefined),
		eventAt: timeOrNull(created_at, facts.timeZone),
		rescheduled: isReplaced,
		nextId: eventUuidOf(invitee.new_invitee),
	};
}
