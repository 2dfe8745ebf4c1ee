import { operation } from '../../../lib/operations';
import { move } from '../changes';
import type { Connection } from '../connection';
import { appointmentId, output, reason, timeZone } from '../fields';
import { eventUuid, utc, zoneOf } from '../readers';
import { present } from '../shape';

/** Book, then cancel: Calendly has no call to move an event (FAQ page). */
export const reschedule = operation<Connection>({
	name: 'Reschedule',
	value: 'reschedule',
	action: 'Reschedule scheduled event',
	description:
		'Book another time for the same client, then cancel the old event, since Calendly cannot move one by API; the new event has a new ID',
	fields: [
		appointmentId,
		{
			displayName: 'New Start',
			name: 'newStart',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'The start of an available time, which must not overlap the old event',
		},
		timeZone,
		reason,
		...output,
	],
	run: async ({ api, input }) => {
		const booked = await move(api, eventUuid(input), {
			start: utc(input.dateTime('newStart', zoneOf(api, input))),
			reason: input.optionalText('reason'),
		});
		return present(api, input, booked);
	},
});
