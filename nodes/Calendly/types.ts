/** Tracking of a booking (Create Event Invitee page): where any key is sent, all six are. */
export interface Tracking {
	utm_campaign: string | null;
	utm_source: string | null;
	utm_medium: string | null;
	utm_content: string | null;
	utm_term: string | null;
	salesforce_uuid: string | null;
}

/** GET /users/me. */
export interface User {
	/** Calendly names everything by its full address. */
	uri: string;
	name: string;
	email: string;
	timezone: string;
	current_organization: string;
}

export interface CustomQuestion {
	name: string;
	type: 'string' | 'text' | 'phone_number' | 'single_select' | 'multi_select';
	position: number;
	enabled: boolean;
	required: boolean;
	answer_choices?: string[];
}

/** Where a meeting of an event type may take place. */
export interface TypeLocation {
	kind: string;
	location?: string | null;
}

/** GET /event_types/{uuid}, as far as this node looks into it. */
export interface EventType {
	uri: string;
	name: string;
	active: boolean;
	slug?: string | null;
	/** Minutes. */
	duration: number;
	duration_options?: number[] | null;
	/** `solo` or `group`. */
	kind: string;
	description_plain?: string | null;
	scheduling_url: string;
	profile?: { type: 'User' | 'Team'; name: string; owner: string } | null;
	custom_questions?: CustomQuestion[];
	locations?: TypeLocation[] | null;
}

/** An entry of GET /event_type_available_times. */
export interface AvailableTime {
	status: string;
	/** ISO 8601 in UTC. */
	start_time: string;
	invitees_remaining: number;
	scheduling_url: string;
}

export interface Cancellation {
	canceled_by: string;
	reason: string | null;
	canceler_type: 'host' | 'invitee';
}

/** GET /scheduled_events/{uuid}. */
export interface ScheduledEvent {
	uri: string;
	name: string;
	status: 'active' | 'canceled';
	/** ISO 8601 in UTC. */
	start_time: string;
	end_time: string;
	event_type: string | null;
	location?: { type: string; location?: string | null; join_url?: string | null } | null;
	event_memberships?: Array<{ user: string; user_email?: string; user_name?: string }>;
	event_guests?: Array<{ email: string }>;
	created_at?: string | null;
	updated_at?: string | null;
	cancellation?: Cancellation | null;
}

export interface Answer {
	/** Exactly the question's text. */
	question: string;
	answer: string;
	position: number;
}

/** An invitee of a scheduled event: the client. */
export interface Invitee {
	uri: string;
	email: string;
	name: string;
	status: 'active' | 'canceled';
	timezone: string;
	/** The scheduled event's address. */
	event: string;
	questions_and_answers?: Answer[];
	tracking?: Partial<Tracking> | null;
	text_reminder_number?: string | null;
	rescheduled: boolean;
	/** Address of the invitee that this one replaced, or is replaced by. */
	old_invitee?: string | null;
	new_invitee?: string | null;
	cancel_url?: string;
	reschedule_url?: string;
	created_at?: string | null;
	updated_at?: string | null;
	cancellation?: Cancellation | null;
	payment?: { amount?: number; currency?: string; successful?: boolean } | null;
	no_show?: { uri: string } | null;
}

/** The body of POST /invitees. */
export interface NewInvitee {
	event_type: string;
	/** ISO 8601 in UTC. */
	start_time: string;
	invitee: { name: string; email: string; timezone: string; text_reminder_number?: string };
	location?: { kind: string; location?: string };
	questions_and_answers?: Answer[];
	tracking?: Tracking;
	event_guests?: string[];
}

/** A scheduled event and one of its clients. */
export interface Booked {
	event: ScheduledEvent;
	/** Undefined where clients were not read. */
	invitee?: Invitee;
	/** The event that this one replaced, where this node knows better than Calendly. */
	previousId?: string;
}
