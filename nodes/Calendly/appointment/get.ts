import { operation } from '../../../lib/operations';
import { readBooked } from '../changes';
import type { Connection } from '../connection';
import { appointmentId, output } from '../fields';
import { eventUuid } from '../readers';
import { present } from '../shape';

/** GET /scheduled_events/{uuid} and its invitees; a group event gives one item for each client. */
export const get = operation<Connection>({
	name: 'Get',
	value: 'get',
	action: 'Get scheduled event',
	description: 'Get an event and its client as they stand now',
	fields: [appointmentId, ...output],
	run: async ({ api, input }) =>
		(await readBooked(api, eventUuid(input))).map((booked) => present(api, input, booked)),
});
