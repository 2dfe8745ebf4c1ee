import { appointment, type Appointment, type AppointmentStatus } from '../../../lib/appointment';
import { toIso } from '../../../lib/time';
import { phoneOf, textOf } from '../answers';
import type { Move, NewAppointment } from '../diary';
import { fromMillis, toMillis, toNaive } from '../times';
import type { AppointmentBody, PartnerAppointment } from './types';

/** Booksy chooses who does it ("-1 = auto", create body of the archived reference). */
const ANYBODY = -1;

/**
 * Booksy's status letters (Public API reference). What still waits for somebody's word is pending: for the
 * business (W), for the customer (P, proposed by staff), for the business again (M, modified by the customer).
 */
const STATUS: Record<string, AppointmentStatus> = {
	A: 'confirmed',
	C: 'cancelled',
	D: 'cancelled',
	F: 'completed',
	M: 'pending',
	N: 'no_show',
	P: 'pending',
	W: 'pending',
};

/** Booksy keeps no metadata; the business's note is the one text of ours that comes back. */
const LEAD_KEY = /\n?\[lead:([^\]\n]*)\]/;

/** Puts the lead's key at the end of the note for the business. */
export function noteWith(notes: string | undefined, leadKey: string | undefined): string | undefined {
	if (!leadKey) return notes;
	return [notes, `[lead:${leadKey.replace(/[\]\n]/g, '')}]`].filter(Boolean).join('\n');
}

/** Booksy's ids are whole numbers; anything else goes as it is, and Booksy says what it thinks of it. */
const numeric = (id: string): number | string => (/^-?\d{1,15}$/.test(id) ? Number(id) : id);

/**
 * An appointment in the shape of all booking nodes. Of several services the first gives service and staff;
 * start and end are the whole appointment's.
 *
 * @param timeZone of the business, where the appointment itself names none
 * @param country ISO 3166-1 alpha-2 of phone numbers without a country code
 */
export function toAppointment(
	raw: PartnerAppointment,
	timeZone: string,
	country: string | undefined,
): Appointment {
	const zone = raw.business_timezone || timeZone;
	const note = raw.business_note ?? '';
	const first = raw.subbookings[0];
	const names = raw.subbookings.map(({ service_name }) => service_name).filter(Boolean);
	const { address_line_1, city } = raw.traveling ?? {};
	return appointment({
		provider: 'booksy',
		id: String(raw.id),
		status: STATUS[raw.status] ?? 'pending',
		start: toIso(raw.booked_from, zone) ?? raw.booked_from,
		end: raw.booked_till ? (toIso(raw.booked_till, zone) ?? null) : null,
		timeZone: zone,
		title: textOf(names.join(', ')),
		service: first
			? {
					id: textOf(first.service_variant_id),
					name: textOf(first.service_name),
					price: null,
					currency: null,
				}
			: null,
		staff: first?.staffer_id ? { id: String(first.staffer_id), name: null } : null,
		location: textOf([address_line_1, city].filter(Boolean).join(', ')),
		client: {
			id: textOf(raw.booked_for_id),
			name: textOf(raw.customer_name),
			email: textOf(raw.customer_email),
			phone: phoneOf(raw.customer_phone, country),
		},
		leadKey: textOf(LEAD_KEY.exec(note)?.[1]),
		notes: textOf([note.replace(LEAD_KEY, ''), raw.customer_note].filter(Boolean).join('\n')),
	});
}

/** The body of a new appointment; without a length Booksy takes the variant's own. */
export function bodyOf(wanted: NewAppointment, timeZone: string): AppointmentBody {
	const { client, durationMinutes, start } = wanted;
	const end = durationMinutes && fromMillis(toMillis(start) + durationMinutes * 60_000, timeZone);
	return {
		...(client.id && { booked_for_id: numeric(client.id) }),
		customer_name: client.name,
		...(client.phone && { customer_phone: client.phone }),
		...(client.email && { customer_email: client.email }),
		business_note: noteWith(wanted.notes, wanted.leadKey),
		subbookings: [
			{
				booked_from: toNaive(start, timeZone),
				...(end && { booked_till: toNaive(end, timeZone) }),
				service_variant_id: numeric(wanted.service),
				staffer_id: wanted.staff === undefined ? ANYBODY : numeric(wanted.staff),
			},
		],
		...(wanted.force && { force: true }),
	};
}

/** The whole of an appointment with all its services moved by the same stretch of time. */
export function movedBody(raw: PartnerAppointment, move: Move, timeZone: string): AppointmentBody {
	const zone = raw.business_timezone || timeZone;
	const shift = toMillis(move.start) - toMillis(toIso(raw.booked_from, zone) ?? move.start);
	const moved = (local: string) => {
		const iso = toIso(local, zone);
		return iso === undefined ? local : toNaive(fromMillis(toMillis(iso) + shift, zone), zone);
	};
	return {
		booked_for_id: raw.booked_for_id,
		customer_name: raw.customer_name,
		customer_phone: raw.customer_phone,
		customer_email: raw.customer_email,
		business_note: raw.business_note,
		subbookings: raw.subbookings.map(({ service_name: _name, ...part }) => ({
			...part,
			booked_from: moved(part.booked_from),
			...(part.booked_till && { booked_till: moved(part.booked_till) }),
			...(move.staff !== undefined && { staffer_id: numeric(move.staff) }),
		})),
		...(move.force && { force: true }),
	};
}
