/** Schema BookingAttendee (spec 2024-08-13); a seated booking's attendees have a `seatUid` and answers too. */
export interface Attendee {
	name: string;
	email: string;
	displayEmail?: string;
	timeZone: string;
	absent: boolean;
	phoneNumber?: string | null;
	seatUid?: string;
}

/** Schema BookingOutput_2024_08_13, as far as this node looks into it. */
export interface Booking {
	id: number;
	uid: string;
	title: string;
	description?: string | null;
	hosts?: Array<{ id: number | string; name: string; email: string; timeZone: string }>;
	status: 'accepted' | 'pending' | 'cancelled' | 'rejected';
	/** ISO 8601 in UTC. */
	start: string;
	end: string;
	/** Minutes. */
	duration: number;
	eventTypeId?: number;
	eventType?: { id: number; slug: string };
	location?: string | null;
	absentHost?: boolean;
	createdAt?: string | null;
	updatedAt?: string | null;
	metadata?: Record<string, unknown>;
	attendees: Attendee[];
	bookingFieldsResponses?: Record<string, unknown>;
	rescheduledFromUid?: string | null;
	rescheduledToUid?: string | null;
	recurringBookingUid?: string;
}

/** Names an event type in a query or a body: by ID, or by slug and owner (POST /v2/bookings, GET /v2/slots). */
export interface EventTypeRef {
	eventTypeId?: number;
	eventTypeSlug?: string;
	username?: string;
	teamSlug?: string;
	organizationSlug?: string;
}

/** Schema EventTypeOutput_2024_06_14, as far as this node looks into it. */
export interface EventType {
	id: number;
	title: string;
	slug: string;
	description?: string | null;
	/** Minutes. */
	lengthInMinutes: number;
	lengthInMinutesOptions?: number[];
	/** In the currency's smallest unit. */
	price?: number;
	currency?: string;
	hidden?: boolean;
	bookingUrl?: string;
}

/** An entry of GET /v2/slots with format=range; times carry the offset of the zone asked for. */
export interface FreeSlot {
	start: string;
	end?: string;
	attendeesCount?: number;
}

/** Schema ReserveSlotOutput_2024_09_04. */
export interface Reservation {
	eventTypeId: number;
	slotStart: string;
	slotEnd: string;
	slotDuration: number;
	reservationUid: string;
	/** Minutes. */
	reservationDuration: number;
	reservationUntil: string;
}

/** The body of POST /v2/bookings (CreateBookingInput_2024_08_13). */
export interface NewBooking extends EventTypeRef {
	start: string;
	attendee: { name: string; timeZone: string; email?: string; phoneNumber?: string; language?: string };
	metadata?: Record<string, string>;
	bookingFieldsResponses?: Record<string, unknown>;
	guests?: string[];
	location?: Record<string, string>;
	lengthInMinutes?: number;
	recurrenceCount?: number;
	emailVerificationCode?: string;
}
