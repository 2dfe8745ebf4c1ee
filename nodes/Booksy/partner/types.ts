/** A page of a list ("Pagination", Public API reference); some short lists may come without it. */
export interface Page<T> {
	count: number;
	next: string | null;
	previous: string | null;
	results: T[];
}

/** One service within an appointment; times are local to the business, without an offset. */
export interface Subbooking {
	id?: number;
	booked_from: string;
	booked_till?: string;
	/** A resource of type S; -1 lets Booksy choose. */
	staffer_id?: number | string | null;
	/** A resource of type R. */
	appliance_id?: number | null;
	service_variant_id?: number | string | null;
	service_name?: string | null;
}

/**
 * An appointment ("Appointment object", archived reference of 2022-07-06). Times are local to the business,
 * in `business_timezone`, without an offset.
 */
export interface PartnerAppointment {
	id: number;
	business_id: number;
	booked_for_id: number | null;
	booked_from: string;
	booked_till: string;
	/** A, C, D, F, M, N, P or W. */
	status: string;
	/** B by the business, C by the customer, R reservation of a resource. */
	type: string;
	customer_name: string | null;
	customer_phone: string | null;
	customer_email: string | null;
	customer_note: string | null;
	business_note: string | null;
	business_timezone: string;
	import_uid: string | null;
	subbookings: Subbooking[];
	traveling?: { formatted_price?: string; address_line_1?: string; city?: string } | null;
}

/** What `POST appointment/` and `PUT appointment/{id}/` take ("Create body", archived reference). */
export interface AppointmentBody {
	booked_for_id?: number | string | null;
	customer_name?: string | null;
	customer_phone?: string | null;
	customer_email?: string | null;
	business_note?: string | null;
	subbookings: Subbooking[];
	/** Books although a resource is busy. */
	force?: boolean;
}

/** A member of staff (type S) or an appliance such as a chair or a room (type R). */
export interface Resource {
	id: number;
	name?: string;
	type?: string;
	/** Unconfirmed; an absent one counts as active. */
	active?: boolean;
}

/** Fields beyond the id and the name are unconfirmed: the archived reference is known in summary only. */
export interface Variant {
	id: number;
	name?: string | null;
	label?: string | null;
	/** Minutes. */
	duration?: number | string | null;
	price?: number | string | null;
	currency?: string | null;
}

/** As `Variant`: fields beyond the id and the name are unconfirmed, save the words of `padding_time_type`. */
export interface Service {
	id: number;
	name: string;
	/** Spares the request for the variants where it comes along. */
	variants?: Variant[];
	/** Minutes kept free around an appointment … */
	padding_time?: number | null;
	/** … A after it, B before it, C both. */
	padding_time_type?: string | null;
	/** Resources that do it; absent where anybody may. */
	resources?: Array<number | { id: number }>;
}

/**
 * Hours of a day. The reference names `hour_from` and `hour_till` for time off; that schedules use the same
 * names, with `day_of_week` 0 for Sunday or 1 for Monday to 7 for Sunday, is unconfirmed.
 */
export interface ScheduleDay {
	day_of_week?: number;
	/** YYYY-MM-DD, in custom schedules. */
	date?: string;
	hours?: Array<{ hour_from: string; hour_till: string }>;
	hour_from?: string | null;
	hour_till?: string | null;
}

/** An absence ("time_off", archived reference); without hours it takes whole days. */
export interface TimeOff {
	id: number;
	date_from: string;
	date_till: string;
	hour_from?: string | null;
	hour_till?: string | null;
	reason_code?: string;
	approved?: boolean;
}
