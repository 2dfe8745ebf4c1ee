import { operation } from '../../../lib/operations';
import { move } from '../changes';
import type { Connection } from '../connection';
import { appointmentId, output, reason, timeZone } from '../fields';
import { present } from '../shape';
import { utc, zoneOf } from '../readers';

/** POST /v2/bookings/{uid}/reschedule: a new booking, whose `previousId` is the old one's ID. */
export const reschedule = operation<Connection>({
	name: 'Reschedule',
	value: 'reschedule',
	action: 'Reschedule booking',
	description: 'Move a booking to another time; Cal.com answers with a new booking that has a new ID',
	fields: [
		appointmentId,
		{
			displayName: 'New Start',
			name: 'newStart',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'The start of a free slot',
		},
		timeZone,
		reason,
		...output,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Rescheduled By',
					name: 'rescheduledBy',
					type: 'string',
					default: '',
					placeholder: 'e.g. owner@example.com',
					description:
						"E-mail address of who moves it. Where the event type asks for confirmation, only the owner's confirms the new time at once.",
				},
				{
					displayName: 'Seat ID',
					name: 'seatUid',
					type: 'string',
					default: '',
					description: 'The UID of the one seat to move, for event types with seats',
				},
			],
		},
	],
	run: async ({ api, input }) => {
		const options = input.collection('options');
		const booking = await move(api, input.id('appointmentId'), {
			start: utc(input.dateTime('newStart', zoneOf(api, input))),
			reschedulingReason: input.optionalText('reason'),
			rescheduledBy: options.optionalId('rescheduledBy'),
			seatUid: options.optionalId('seatUid'),
		});
		return present(api, input, booking);
	},
});
