import { operation } from '../../../lib/operations';
import { getBooking } from '../api';
import type { Connection } from '../connection';
import { appointmentId, output } from '../fields';
import { present } from '../shape';

/** GET /v2/bookings/{uid}; a recurring booking's uid gives one item for each recurrence. */
export const get = operation<Connection>({
	name: 'Get',
	value: 'get',
	action: 'Get booking',
	description: 'Get a booking as it stands now',
	fields: [appointmentId, ...output],
	run: async ({ api, input }) => present(api, input, await getBooking(api, input.id('appointmentId'))),
});
