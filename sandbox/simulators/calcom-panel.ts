import { DateTime } from 'luxon';
import type { CalBooking, CalEventType, CalUser } from './calcom-calendar';
import type { AppointmentState, Panel } from './panel';

const STATES: Record<CalBooking['status'], AppointmentState> = {
	accepted: 'confirmed',
	pending: 'pending',
	cancelled: 'cancelled',
	rejected: 'cancelled',
};

function stateOf({ status, rescheduledToUid, attendees }: CalBooking): AppointmentState {
	if (rescheduledToUid !== undefined) return 'rescheduled';
	return status === 'accepted' && attendees[0]?.absent ? 'no_show' : STATES[status];
}

/** The account's bookings, in its owner's time zone. */
export const calcomPanel = ({
	users,
	eventTypes,
}: {
	users: CalUser[];
	eventTypes: CalEventType[];
}): Panel => {
	const timeZone = users[0]?.timeZone ?? 'UTC';
	const at = (milliseconds: number) =>
		DateTime.fromMillis(milliseconds, { zone: timeZone }).toISO({ suppressMilliseconds: true }) ?? '';
	return {
		title: 'Cal.com',
		views: ({ bookings }: { bookings: CalBooking[] }) => [
			{
				kind: 'calendar',
				title: users[0]?.name ?? '',
				timeZone,
				appointments: bookings.map((booking) => {
					const type = eventTypes.find(({ id }) => id === booking.eventTypeId);
					return {
						id: booking.uid,
						start: at(booking.start),
						end: at(booking.end),
						what: type?.title ?? '',
						who: booking.attendees.map(({ name }) => name).join(', '),
						with: users.find(({ id }) => id === type?.hostId)?.name,
						state: stateOf(booking),
					};
				}),
			},
		],
	};
};
