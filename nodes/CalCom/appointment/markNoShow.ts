import { operation } from '../../../lib/operations';
import { getBooking, markAbsent } from '../api';
import { settle, whenAll } from '../changes';
import type { Connection } from '../connection';
import { appointmentId, output } from '../fields';
import { present } from '../shape';

/** POST /v2/bookings/{uid}/mark-absent; clients are named by e-mail address, so they are looked up first. */
export const markNoShow = operation<Connection>({
	name: 'Mark No-Show',
	value: 'markNoShow',
	action: 'Mark booking as no show',
	description: 'Record that the client, or the staff, did not come',
	fields: [
		appointmentId,
		{
			displayName: 'Who',
			name: 'who',
			type: 'options',
			options: [
				{ name: 'Client', value: 'client', description: 'The client and everybody booked along' },
				{ name: 'Staff', value: 'staff', description: 'The host of the booking' },
			],
			default: 'client',
			description: 'Who did not come',
		},
		{
			displayName: 'Absent',
			name: 'absent',
			type: 'boolean',
			default: true,
			description: 'Whether they did not come; switch it off to take the mark back',
		},
		...output,
	],
	run: async ({ api, input }) => {
		const uid = input.id('appointmentId');
		const absent = input.boolean('absent');
		const isStaff = input.text('who') === 'staff';
		const attendees = isStaff
			? []
			: [await getBooking(api, uid)].flat().flatMap((booking) => booking.attendees);
		const body = isStaff
			? { host: absent }
			: { attendees: attendees.map(({ email }) => ({ email, absent })) };
		const isMarked = whenAll((booking) =>
			isStaff
				? booking.absentHost === absent
				: booking.attendees.every((attendee) => attendee.absent === absent),
		);
		const change = async () => await markAbsent(api, uid, body);
		return present(api, input, await settle(api, uid, change, isMarked));
	},
});
