import { operation } from '../../../lib/operations';
import { confirmBooking } from '../api';
import { settle, whenAll } from '../changes';
import type { Connection } from '../connection';
import { appointmentId, output } from '../fields';
import { present } from '../shape';

const isConfirmed = whenAll(({ status }) => status === 'accepted');

/** POST /v2/bookings/{uid}/confirm; one that is confirmed already is given back as it is. */
export const confirm = operation<Connection>({
	name: 'Confirm',
	value: 'confirm',
	action: 'Confirm booking',
	description: 'Confirm a booking that waits for it',
	fields: [appointmentId, ...output],
	run: async ({ api, input }) =>
		present(
			api,
			input,
			await settle(
				api,
				input.id('appointmentId'),
				async (uid) => await confirmBooking(api, uid),
				isConfirmed,
			),
		),
});
