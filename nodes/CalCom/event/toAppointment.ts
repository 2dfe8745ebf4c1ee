import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import type { Connection } from '../connection';
import { includeRaw } from '../fields';
import { appointmentFrom, unwrap } from './shape';

/** Turns an item of the built-in Cal.com Trigger into the shape that all booking operations answer with. */
export const toAppointment = operation<Connection>({
	name: 'Convert to Appointment',
	value: 'toAppointment',
	action: 'Convert event to appointment',
	description: 'Turn an event of the built-in Cal.com Trigger into a booking as Get would show it',
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
		const event = unwrap(given);
		if (event.bookingUid && !event.startTime) {
			input.refuse(
				'event',
				`tells no time (${event.triggerEvent})`,
				'This kind of event names the booking only: use Booking: Get with its bookingUid.',
			);
		}
		const converted = appointmentFrom(event);
		if (!converted) {
			return input.refuse(
				'event',
				'is not an event on a Cal.com booking',
				'Map the item of a Cal.com Trigger, without a payload template of your own.',
			);
		}
		const raw = input.boolean('includeRaw') ? { raw: given } : {};
		return { ...converted, ...raw } as IDataObject;
	},
});
