import type { INodeProperties } from 'n8n-workflow';
import { unreadBody } from '../../../lib/webhook';
import { instagramIn, location, timeZone } from '../fields';

const place: INodeProperties = {
	...location,
	required: false,
	description:
		"The branch, which Altegio also calls company; where empty, the only one of the credential's user",
};

/** The fields of the Altegio Trigger. */
export const properties: INodeProperties[] = [
	place,
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{
				name: 'Appointment Cancelled',
				value: 'appointmentCancelled',
				description: 'Deleted, or marked as no-show; its status tells which',
			},
			{ name: 'Appointment Changed', value: 'appointmentChanged', description: 'Moved or otherwise edited' },
			{
				name: 'Appointment Created',
				value: 'appointmentCreated',
				description: 'Booked by anybody, anywhere',
			},
			{ name: 'Client Changed', value: 'clientChanged', description: 'A client card was edited' },
			{ name: 'Client Created', value: 'clientCreated', description: 'A client card was added' },
			{
				name: 'Visit Completed',
				value: 'visitCompleted',
				description:
					'The client came; comes again when such an appointment is edited, so tell visits by visitId',
			},
		],
		default: ['appointmentCreated', 'appointmentChanged', 'appointmentCancelled'],
		description:
			'What starts the flow. One change is one event: the most telling one of those chosen, such as Visit Completed rather than Appointment Changed.',
	},
	{
		displayName: 'Debounce (Seconds)',
		name: 'debounce',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 30,
		description:
			'Altegio sends several updates for one edit. The first starts the flow at once, and updates that bring nothing new within this time are dropped; a real change always gets through. It holds within one n8n process: what must happen only once belongs into a table under eventKey.',
	},
	timeZone,
	{
		displayName: 'Additional Options',
		name: 'additionalOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Own Changes',
				name: 'ownChanges',
				type: 'boolean',
				default: false,
				description:
					"Whether Altegio also tells of what the credential's own user changed through the API, such as bookings made by the Altegio node. Altegio keeps this for the location, so other apps get it too.",
			},
			{
				displayName: 'Include Raw',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description: "Whether to add Altegio's own object to the appointment or client, as raw",
			},
			{
				displayName: 'Instagram Field Code',
				name: 'instagramField',
				type: 'string',
				default: '',
				placeholder: 'e.g. instagram',
				description: 'The code (API key) of the custom field, if usernames are in one',
			},
			instagramIn,
		],
	},
	unreadBody,
];
