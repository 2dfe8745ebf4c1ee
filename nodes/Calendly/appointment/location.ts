import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../../lib/operations';
import { KINDS_WITH_TEXT } from '../locations';
import type { NewInvitee } from '../types';

/** Where the event takes place, one of the event type's locations. */
export const location: INodeProperties = {
	displayName: 'Location',
	name: 'location',
	type: 'fixedCollection',
	placeholder: 'Add Location',
	default: {},
	description: "One of the event type's locations; its first one if empty",
	options: [
		{
			displayName: 'Location',
			name: 'place',
			values: [
				{
					displayName: 'Kind',
					name: 'kind',
					type: 'options',
					options: [
						{ name: 'Call to Client', value: 'outbound_call', description: 'The staff calls the client' },
						{ name: 'Call to Staff', value: 'inbound_call', description: 'The client calls the staff' },
						{ name: "Client's Choice", value: 'ask_invitee' },
						{ name: 'Custom', value: 'custom' },
						{ name: 'Google Meet', value: 'google_conference' },
						{ name: 'GoTo Meeting', value: 'gotomeeting_conference' },
						{ name: 'In Person', value: 'physical' },
						{ name: 'Microsoft Teams', value: 'microsoft_teams_conference' },
						{ name: 'Webex', value: 'webex_conference' },
						{ name: 'Zoom', value: 'zoom_conference' },
					],
					default: 'physical',
				},
				{
					displayName: 'Place',
					name: 'value',
					type: 'string',
					displayOptions: { show: { kind: KINDS_WITH_TEXT } },
					default: '',
					placeholder: 'e.g. 123 Main St',
					description: 'The address, the place, or the phone number to call with country code',
				},
			],
		},
	],
};

/** Reads the location into the object that POST /invitees takes; undefined where none is chosen. */
export function locationOf(input: FieldReader): NewInvitee['location'] {
	const [place] = input.rows('location', 'place');
	if (!place) return undefined;
	const text = place.optionalText('value');
	return { kind: place.text('kind'), ...(text && { location: text }) };
}
