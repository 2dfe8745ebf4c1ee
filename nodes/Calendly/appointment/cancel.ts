import { operation } from '../../../lib/operations';
import { cancel as cancelEvent } from '../changes';
import type { Connection } from '../connection';
import { appointmentId, output, reason } from '../fields';
import { eventUuid } from '../readers';
import { present } from '../shape';

/** POST /scheduled_events/{uuid}/cancellation; one that is cancelled already is given back as it is. */
export const cancel = operation<Connection>({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel scheduled event',
	description:
		'Cancel an event, for all its clients where it has several; one that is cancelled already is given back as it is',
	fields: [appointmentId, reason, ...output],
	run: async ({ api, input }) => {
		const booked = await cancelEvent(api, eventUuid(input), input.optionalText('reason'));
		return booked.map((one) => present(api, input, one));
	},
});
