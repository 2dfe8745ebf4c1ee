import type { IDataObject } from 'n8n-workflow';
import type { Appointment, AppointmentStatus, Slot } from '../../lib/appointment';

/** An appointment in the shape of all booking nodes, and as Booksy or the gateway wrote it. */
export interface Booked {
	appointment: Appointment;
	raw: IDataObject;
}

/** Something that can be booked: a service variant of the Partner API, a service of a gateway. */
export interface Offer {
	id: string;
	name: string;
	durationMinutes: number | null;
	price: number | null;
	/** ISO 4217. */
	currency: string | null;
	/** Who does it; null where that is not said, and anybody may. */
	staffIds: string[] | null;
	raw: IDataObject;
}

/** Somebody who works there. */
export interface Member {
	id: string;
	name: string;
	raw: IDataObject;
}

export interface SlotQuery {
	service: string;
	/** Anybody where absent. */
	staff?: string;
	/** ISO 8601 with offset; times that begin from here … */
	from: string;
	/** … and before here. */
	till: string;
	/** Minutes between two possible beginnings, where they are computed. */
	stepMinutes: number;
}

export interface NewAppointment {
	service: string;
	/** Anybody where absent. */
	staff?: string;
	/** ISO 8601 with offset. */
	start: string;
	/** The service's own length where absent. */
	durationMinutes?: number;
	client: { id?: string; name: string; email?: string; phone?: string };
	notes?: string;
	leadKey?: string;
	/** Books although somebody is busy. */
	force: boolean;
}

export interface Move {
	/** ISO 8601 with offset. */
	start: string;
	staff?: string;
	reason?: string;
	force: boolean;
}

export interface AppointmentQuery {
	/** ISO 8601 with offset; appointments that begin from here … */
	from?: string;
	/** … and before here. */
	till?: string;
	staff?: string;
	/** All where empty. */
	statuses: AppointmentStatus[];
	/** All where absent. */
	limit?: number;
}

/**
 * One business's diary, the same for both ways in. Every method throws ProviderError in two parts; times are
 * ISO 8601 with offset.
 */
export interface Diary {
	/** IANA zone of the business, for times that come without one. */
	timeZone: string;
	/** ISO 3166-1 alpha-2, where known: the country of phone numbers written without a country code. */
	country?: string;
	slots(query: SlotQuery): Promise<Slot[]>;
	create(wanted: NewAppointment): Promise<Booked>;
	get(id: string): Promise<Booked>;
	list(query: AppointmentQuery): Promise<Booked[]>;
	reschedule(id: string, move: Move): Promise<Booked>;
	cancel(id: string, reason?: string): Promise<Booked>;
	confirm(id: string): Promise<Booked>;
	markNoShow(id: string): Promise<Booked>;
	offers(): Promise<Offer[]>;
	staff(): Promise<Member[]>;
}
