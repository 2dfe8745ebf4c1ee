import { DateTime } from 'luxon';
import type { CalendlyEvent, CalendlyEventType, CalendlyUser } from './calendly-calendar';
import type { AppointmentState, Panel } from './panel';

function stateOf({ status, invitees }: CalendlyEvent): AppointmentState {
	if (status === 'active') return invitees[0]?.noShow ? 'no_show' : 'confirmed';
	return invitees.some(({ rescheduled }) => rescheduled) ? 'rescheduled' : 'cancelled';
}

/** The organization's events, in its first user's time zone. */
export const calendlyPanel = (account: { users: CalendlyUser[]; eventTypes: CalendlyEventType[] }): Panel => {
	const { users, eventTypes } = account;
	const timeZone = users[0]?.timeZone ?? 'UTC';
	const at = (milliseconds: number) =>
		DateTime.fromMillis(milliseconds, { zone: timeZone }).toISO({ suppressMilliseconds: true }) ?? '';
	return {
		title: 'Calendly',
		views: ({ events }: { events: CalendlyEvent[] }) => [
			{
				kind: 'calendar',
				title: users[0]?.name ?? '',
				timeZone,
				appointments: events.map((event) => {
					const type = eventTypes.find(({ uuid }) => uuid === event.typeUuid);
					return {
						id: event.uuid,
						start: at(event.start),
						end: at(event.end),
						what: type?.name ?? '',
						who: event.invitees.map(({ name }) => name).join(', '),
						with: users.find(({ uuid }) => uuid === type?.hostUuid)?.name,
						state: stateOf(event),
					};
				}),
			},
		],
	};
};
