/**
 * A free time as a gateway writes it: "10:00", "2026-03-30T10:00", or an object. The contract shows
 * `{ available_slots }` alone and says nothing of what is in it.
 */
export type GatewaySlot =
	| string
	| {
			date?: string;
			time?: string;
			start?: string;
			end?: string;
			end_time?: string;
			duration?: number | string;
			staff_id?: string | number;
			staff_name?: string;
			capacity?: number;
	  };

/**
 * An appointment. `customer_*`, `date`, `time`, `service_id` and `staff_id` are what the contract sends, `id`,
 * `date`, `time`, `service_name` and `staff_name` what it answers; the rest is our reading of it.
 */
export interface GatewayAppointment {
	id: string | number;
	/** YYYY-MM-DD, local to the business. */
	date: string;
	/** HH:MM, local to the business. */
	time: string;
	end_time?: string;
	/** Minutes. */
	duration?: number | string;
	/** IANA zone, where the gateway names one. */
	timezone?: string;
	status?: string;
	service_id?: string | number;
	service_name?: string;
	staff_id?: string | number | null;
	staff_name?: string | null;
	customer_id?: string | number;
	customer_name?: string;
	customer_email?: string;
	customer_phone?: string;
	price?: number | string;
	currency?: string;
	notes?: string;
	lead_key?: string;
	created_at?: string;
	updated_at?: string;
}

/** The body of `POST /appointments`; `notes` and `lead_key` are ours and go only where they are filled in. */
export interface GatewayBooking {
	customer_name: string;
	customer_email?: string;
	customer_phone?: string;
	date: string;
	time: string;
	service_id: string;
	staff_id?: string;
	notes?: string;
	lead_key?: string;
}

/** The body of `PATCH /appointments/{id}`: only what changes. */
export interface GatewayChange {
	date?: string;
	time?: string;
	staff_id?: string;
	status?: 'cancelled' | 'confirmed' | 'no_show';
	reason?: string;
}

export interface GatewayService {
	id: string | number;
	name: string;
	/** Minutes. */
	duration?: number | string;
	price?: number | string;
	currency?: string;
	staff_ids?: Array<string | number>;
}

export interface GatewayStaff {
	id: string | number;
	name: string;
}
