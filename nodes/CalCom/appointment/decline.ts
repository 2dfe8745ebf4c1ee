import { operation } from '../../../lib/operations';
import { declineBooking } from '../api';
import { settle, whenAll } from '../changes';
import type { Connection } from '../connection';
import { appointmentId, output, reason } from '../fields';
import { present } from '../shape';

const isDeclined = whenAll(({ status }) => status === 'rejected');

/** POST /v2/bookings/{uid}/decline; one that is declined already is given back as it is. */
export const decline = operation<Connection>({
	name: 'Decline',
	value: 'decline',
	action: 'Decline booking',
	description: 'Decline a booking that waits to be confirmed',
	fields: [appointmentId, reason, ...output],
	run: async ({ api, input }) => {
		const body = { reason: input.optionalText('reason') };
		const change = async (uid: string) => await declineBooking(api, uid, body);
		return present(api, input, await settle(api, input.id('appointmentId'), change, isDeclined));
	},
});
