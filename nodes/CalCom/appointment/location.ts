import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../../lib/operations';

/** The property that each kind of location carries its value in; others have none (BookingInput…Location schemas). */
const VALUE_KEYS: Record<string, string> = {
	attendeeAddress: 'address',
	attendeeDefined: 'location',
	attendeePhone: 'phone',
	integration: 'integration',
};

/** Where the booking takes place, one of the event type's locations. */
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
						{ name: "Client's Address", value: 'attendeeAddress' },
						{ name: "Client's Choice", value: 'attendeeDefined' },
						{ name: "Client's Phone", value: 'attendeePhone' },
						{ name: 'Link', value: 'link' },
						{ name: "Organizer's Address", value: 'address' },
						{ name: "Organizer's Default App", value: 'organizersDefaultApp' },
						{ name: "Organizer's Phone", value: 'phone' },
						{ name: 'Video App', value: 'integration' },
					],
					default: 'address',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					displayOptions: { show: { kind: Object.keys(VALUE_KEYS) } },
					default: '',
					placeholder: 'e.g. cal-video',
					description: 'The address, the place, the phone number with country code, or the name of the app',
				},
			],
		},
	],
};

/** Reads the location into the object that POST /v2/bookings takes; undefined where none is chosen. */
export function locationOf(input: FieldReader): Record<string, string> | undefined {
	const [place] = input.rows('location', 'place');
	if (!place) return undefined;
	const type = place.text('kind');
	const key = VALUE_KEYS[type];
	return key ? { type, [key]: place.text('value') } : { type };
}
