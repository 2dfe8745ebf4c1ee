import {
	appointment,
	slot,
	type Appointment,
	type AppointmentStatus,
	type Slot,
} from '../../../lib/appointment';
import { addMinutes, toIso } from '../../../lib/time';
import { numberOf, phoneOf, textOf } from '../answers';
import { toNaive } from '../times';
import type { NewAppointment, SlotQuery } from '../diary';
import type { GatewayAppointment, GatewayBooking, GatewaySlot } from './types';

/** Words gateways may use, without spaces, dashes and underscores. */
const STATUS: Record<string, AppointmentStatus> = {
	accepted: 'confirmed',
	active: 'confirmed',
	booked: 'confirmed',
	confirmed: 'confirmed',
	cancelled: 'cancelled',
	canceled: 'cancelled',
	declined: 'cancelled',
	completed: 'completed',
	finished: 'completed',
	noshow: 'no_show',
	pending: 'pending',
	waiting: 'pending',
};

/** An appointment that says nothing of its status is booked: the contract's own answer has none. */
function statusOf(word: string | undefined): AppointmentStatus {
	const key = (word ?? 'confirmed').toLowerCase().replace(/[\s_-]/g, '');
	return STATUS[key] ?? 'pending';
}

/** A date as the contract writes it, and a time of the business's clock. */
export function dateAndTime(iso: string, timeZone: string): { date: string; time: string } {
	const [date = '', time = ''] = toNaive(iso, timeZone).split('T');
	return { date, time };
}

const currencyOf = (text: string | undefined) =>
	/^[A-Z]{3}$/.test(text?.toUpperCase() ?? '') ? (text?.toUpperCase() ?? null) : null;

/**
 * An appointment in the shape of all booking nodes.
 *
 * @param timeZone of the business, where the gateway names none
 * @param country ISO 3166-1 alpha-2 of phone numbers without a country code
 */
export function toAppointment(
	raw: GatewayAppointment,
	timeZone: string,
	country: string | undefined,
): Appointment {
	const zone = raw.timezone ?? timeZone;
	const start = toIso(`${raw.date}T${raw.time}`, zone) ?? `${raw.date}T${raw.time}`;
	const minutes = numberOf(raw.duration);
	const named = raw.end_time && toIso(`${raw.date}T${raw.end_time}`, zone);
	const stamp = (text: string | undefined) => (text ? (toIso(text, zone) ?? null) : null);
	return appointment({
		provider: 'booksy',
		id: String(raw.id),
		status: statusOf(raw.status),
		start,
		end: named || (minutes === null ? null : addMinutes(start, minutes, zone)),
		timeZone: zone,
		title: textOf(raw.service_name),
		service:
			textOf(raw.service_id) || textOf(raw.service_name)
				? {
						id: textOf(raw.service_id),
						name: textOf(raw.service_name),
						price: numberOf(raw.price),
						currency: currencyOf(raw.currency),
					}
				: null,
		staff:
			textOf(raw.staff_id) || textOf(raw.staff_name)
				? { id: textOf(raw.staff_id), name: textOf(raw.staff_name) }
				: null,
		client: {
			id: textOf(raw.customer_id),
			name: textOf(raw.customer_name),
			email: textOf(raw.customer_email),
			phone: phoneOf(raw.customer_phone, country),
		},
		amount: numberOf(raw.price),
		leadKey: textOf(raw.lead_key),
		notes: textOf(raw.notes),
		createdAt: stamp(raw.created_at),
		updatedAt: stamp(raw.updated_at),
	});
}

/** The body of a new appointment. */
export const bodyOf = (wanted: NewAppointment, timeZone: string): GatewayBooking => ({
	customer_name: wanted.client.name,
	...(wanted.client.email && { customer_email: wanted.client.email }),
	...(wanted.client.phone && { customer_phone: wanted.client.phone }),
	...dateAndTime(wanted.start, timeZone),
	service_id: wanted.service,
	...(wanted.staff && { staff_id: wanted.staff }),
	...(wanted.notes && { notes: wanted.notes }),
	...(wanted.leadKey && { lead_key: wanted.leadKey }),
});

/**
 * A free time in the shape of all booking nodes.
 *
 * @param date YYYY-MM-DD, the day that was asked for
 * @returns undefined where no time can be read
 */
export function toSlot(raw: GatewaySlot, date: string, query: SlotQuery, timeZone: string): Slot | undefined {
	const given = typeof raw === 'string' ? { start: raw } : raw;
	const local = given.start ?? given.time ?? '';
	const at = (text: string) =>
		toIso(/^\d{1,2}:/.test(text) ? `${given.date ?? date}T${text.padStart(5, '0')}` : text, timeZone);
	const start = at(local);
	if (start === undefined) return undefined;
	const end = given.end ?? given.end_time;
	const minutes = numberOf(given.duration);
	const staff = textOf(given.staff_id) ?? query.staff;
	return slot({
		provider: 'booksy',
		start,
		end: (end && at(end)) || (minutes === null ? null : addMinutes(start, minutes, timeZone)),
		timeZone,
		service: { id: query.service, name: null },
		staff: staff ? { id: staff, name: textOf(given.staff_name) } : null,
		capacity: given.capacity ?? null,
	});
}
