import { isoTime, type Json } from './calendly-answers';
import type {
	CalendlyCalendar,
	CalendlyEvent,
	CalendlyEventType,
	CalendlyInvitee,
} from './calendly-calendar';

const API = 'https://api.calendly.com';

/** Addresses, by which Calendly's answers name everything. */
export const uris = {
	user: (uuid: string) => `${API}/users/${uuid}`,
	organization: (uuid: string) => `${API}/organizations/${uuid}`,
	eventType: (uuid: string) => `${API}/event_types/${uuid}`,
	event: (uuid: string) => `${API}/scheduled_events/${uuid}`,
	invitee: ({ eventUuid, uuid }: Pick<CalendlyInvitee, 'eventUuid' | 'uuid'>) =>
		`${API}/scheduled_events/${eventUuid}/invitees/${uuid}`,
	noShow: (uuid: string) => `${API}/invitee_no_shows/${uuid}`,
	subscription: (uuid: string) => `${API}/webhook_subscriptions/${uuid}`,
};

/** The last part of an address. */
export const uuidIn = (uri: unknown): string => String(uri).split('/').pop() ?? '';

/** GET /users/me. */
export function userOutput({ settings }: CalendlyCalendar, [user] = settings.users): Json {
	const since = isoTime(Date.UTC(2026, 0, 1));
	return {
		uri: uris.user(user?.uuid ?? ''),
		name: user?.name,
		slug: user?.slug,
		email: user?.email,
		scheduling_url: `https://calendly.com/${user?.slug}`,
		timezone: user?.timeZone,
		avatar_url: null,
		created_at: since,
		updated_at: since,
		current_organization: uris.organization(settings.organization),
		resource_type: 'User',
		locale: 'en',
	};
}

/** An event type (list event types page). */
export function eventTypeOutput(calendar: CalendlyCalendar, type: CalendlyEventType): Json {
	const host = calendar.host(type);
	const since = isoTime(Date.UTC(2026, 0, 1));
	return {
		uri: uris.eventType(type.uuid),
		name: type.name,
		active: type.active ?? true,
		booking_method: 'instant',
		color: '#0069ff',
		created_at: since,
		updated_at: since,
		custom_questions: (type.questions ?? []).map((question, position) => ({
			name: question.name,
			type: question.type,
			position,
			enabled: true,
			required: question.required ?? false,
			answer_choices: [],
			include_other: false,
		})),
		deleted_at: null,
		description_html: null,
		description_plain: null,
		duration: type.duration,
		duration_options: null,
		internal_note: null,
		kind: (type.seats ?? 1) > 1 ? 'group' : 'solo',
		locations: type.locations ?? null,
		pooling_type: type.team ? 'round_robin' : null,
		profile: type.team
			? { type: 'Team', name: type.team, owner: `${API}/teams/${type.team}` }
			: { type: 'User', name: host.name, owner: uris.user(host.uuid) },
		scheduling_url: `https://calendly.com/${host.slug}/${type.slug}`,
		secret: false,
		slug: type.slug,
		type: 'StandardEventType',
	};
}

/** A scheduled event; deliveries show it without its cancellation. */
export function eventOutput(calendar: CalendlyCalendar, event: CalendlyEvent): Json {
	const type = calendar.eventType(event.typeUuid) as CalendlyEventType;
	const host = calendar.host(type);
	const createdAt = isoTime(event.createdAt);
	const updatedAt = isoTime(event.updatedAt);
	return {
		uri: uris.event(event.uuid),
		name: type.name,
		meeting_notes_plain: null,
		meeting_notes_html: null,
		status: event.status,
		start_time: isoTime(event.start),
		end_time: isoTime(event.end),
		event_type: uris.eventType(type.uuid),
		location: event.location,
		invitees_counter: {
			total: event.invitees.length,
			active: event.invitees.filter(({ status }) => status === 'active').length,
			limit: type.seats ?? 1,
		},
		created_at: createdAt,
		updated_at: updatedAt,
		event_memberships: [{ user: uris.user(host.uuid), user_email: host.email, user_name: host.name }],
		event_guests: event.guests.map((email) => ({ email, created_at: createdAt, updated_at: createdAt })),
	};
}

/** An invitee (create event invitee page). */
export function inviteeOutput(invitee: CalendlyInvitee): Json {
	const { noShow, cancellation } = invitee;
	return {
		uri: uris.invitee(invitee),
		email: invitee.email,
		first_name: null,
		last_name: null,
		name: invitee.name,
		status: invitee.status,
		questions_and_answers: invitee.answers,
		timezone: invitee.timeZone,
		event: uris.event(invitee.eventUuid),
		created_at: isoTime(invitee.createdAt),
		updated_at: isoTime(invitee.updatedAt),
		tracking: invitee.tracking,
		text_reminder_number: invitee.phone,
		rescheduled: invitee.rescheduled,
		old_invitee: invitee.oldUri,
		new_invitee: invitee.newUri,
		cancel_url: `https://calendly.com/cancellations/${invitee.uuid}`,
		reschedule_url: `https://calendly.com/reschedulings/${invitee.uuid}`,
		routing_form_submission: null,
		...(cancellation && { cancellation }),
		payment: null,
		no_show: noShow && { uri: uris.noShow(noShow.uuid), created_at: isoTime(noShow.createdAt) },
		reconfirmation: null,
		scheduling_method: invitee.method,
		invitee_scheduled_by: null,
	};
}
