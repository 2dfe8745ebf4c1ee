import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import type { Connection } from '../connection';
import { includeRaw } from '../fields';
import { appointmentFrom, unwrap } from './shape';

/** Turns an item of the built-in Calendly Trigger into the shape that all booking operations answer with. */
export const toAppointment = operation<Connection>({
	name: 'Convert to Appointment',
	value: 'toAppointment',
	action: 'Convert event to appointment',
	description:
		'Turn a delivery of the built-in Calendly Trigger into an appointment as Get would show it; of the two that a move sends, the old one has the status rescheduled and the new one its previousId',
	fields: [
		{
			displayName: 'Event',
			name: 'event',
			type: 'json',
			default: '={{ $json }}',
			required: true,
			description: 'The item as it came from the trigger, or the body of the webhook',
		},
		{ ...includeRaw, displayOptions: undefined, description: 'Whether to add the event as the field raw' },
	],
	run: ({ input }) => {
		const given: IDataObject = input.optionalJson('event') ?? {};
		const converted = appointmentFrom(unwrap(given));
		if (!converted) {
			return input.refuse(
				'event',
				'is not a delivery on a Calendly invitee',
				'Map the item of a Calendly Trigger on invitee.created or invitee.canceled.',
			);
		}
		const raw = input.boolean('includeRaw') ? { raw: given } : {};
		return { ...converted, ...raw } as IDataObject;
	},
});
