import type { INodeProperties } from 'n8n-workflow';
import { simplify } from '../../lib/fields';

export { limit, returnAll, simplify } from '../../lib/fields';

/** The event type: from the list, by ID, or by slug or address of its booking page. */
export const service: INodeProperties = {
	displayName: 'Event Type',
	name: 'service',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'What is booked',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchEventTypes', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 123456',
		},
		{
			displayName: 'By Slug or URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://cal.com/jane/consultation',
			hint: 'A slug of your own, user/slug, team/name/slug, or the address of the booking page',
		},
	],
};

/** The booking's uid. */
export const appointmentId: INodeProperties = {
	displayName: 'Booking ID',
	name: 'appointmentId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 2NtaeaVcKfpmSZ4CthFdfk',
	description: 'The UID of the booking; it changes when the booking is rescheduled',
};

/** For answers, and for times that come without an offset. */
export const timeZone: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Warsaw',
	description: "The client's time zone, as an IANA name; the workflow's own if empty",
};

/** Why; shown to client and staff. */
export const reason: INodeProperties = {
	displayName: 'Reason',
	name: 'reason',
	type: 'string',
	default: '',
	placeholder: 'e.g. The client asked for another day',
	description: 'Shown to the client and to the staff',
};

/** Cal.com's own answer beside the simplified one. */
export const includeRaw: INodeProperties = {
	displayName: 'Include Raw',
	name: 'includeRaw',
	type: 'boolean',
	displayOptions: { show: { simplify: [true] } },
	default: false,
	description: "Whether to add Cal.com's own answer as the field raw",
};

/** How bookings come out; every operation that answers with bookings has both. */
export const output: INodeProperties[] = [simplify, includeRaw];
