import { operation } from '../../../lib/operations';
import { cancelBooking } from '../api';
import { isOff, settle, whenAll } from '../changes';
import type { Connection } from '../connection';
import { appointmentId, output, reason } from '../fields';
import { present } from '../shape';

/**
 * POST /v2/bookings/{uid}/cancel. Cal.com refuses to cancel twice (400); here that is the wanted end, and the
 * booking is given back as it is. The old booking of a move is named instead, since the new one still stands.
 */
export const cancel = operation<Connection>({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel booking',
	description: 'Cancel a booking; one that is cancelled already is given back as it is',
	fields: [
		appointmentId,
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
					displayName: 'Cancel Later Recurrences',
					name: 'cancelSubsequent',
					type: 'boolean',
					default: false,
					description: 'Whether to cancel all recurrences after this one too',
				},
				{
					displayName: 'Seat ID',
					name: 'seatUid',
					type: 'string',
					default: '',
					description: 'The UID of the one seat to give up, for event types with seats',
				},
			],
		},
	],
	run: async ({ api, input }) => {
		const options = input.collection('options');
		const body = {
			cancellationReason: input.optionalText('reason'),
			cancelSubsequentBookings: options.boolean('cancelSubsequent') || undefined,
			seatUid: options.optionalId('seatUid'),
		};
		const change = async (uid: string) => await cancelBooking(api, uid, body);
		return present(api, input, await settle(api, input.id('appointmentId'), change, whenAll(isOff)));
	},
});
