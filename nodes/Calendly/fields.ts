import type { INodeProperties } from 'n8n-workflow';
import { simplify } from '../../lib/fields';

export { limit, returnAll, simplify } from '../../lib/fields';

/** Which of the two credentials signs the requests. */
export const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	displayOptions: { hide: { resource: ['event'] } },
	options: [
		{ name: 'Access Token', value: 'accessToken' },
		{ name: 'OAuth2', value: 'oAuth2' },
	],
	default: 'accessToken',
};

/** The event type: from the list, by UUID or address of the API, or by its booking page. */
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
			placeholder: 'e.g. 7a049681-d0cd-4c2a-95b5-ca50139015a0',
			hint: 'The UUID, or the address https://api.calendly.com/event_types/…',
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://calendly.com/studio/consultation',
			hint: 'The address of the booking page',
		},
	],
};

/** The scheduled event's UUID. */
export const appointmentId: INodeProperties = {
	displayName: 'Event UUID or URI',
	name: 'appointmentId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. GBGBDCAADAEDCRZ2',
	description: 'The ID of the appointment, which is the last part of the scheduled event URI',
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
	description: 'Shown to the client and to the staff; left out where Calendly does not take one',
};

/** Calendly's own answers beside the simplified one. */
export const includeRaw: INodeProperties = {
	displayName: 'Include Raw',
	name: 'includeRaw',
	type: 'boolean',
	displayOptions: { show: { simplify: [true] } },
	default: false,
	description: "Whether to add Calendly's own answers (event and invitee) as the field raw",
};

/** How events come out; every operation that answers with events has both. */
export const output: INodeProperties[] = [simplify, includeRaw];

/** Whose things a list shows. */
export const scope: INodeProperties = {
	displayName: 'Scope',
	name: 'scope',
	type: 'options',
	options: [
		{
			name: 'Organization',
			value: 'organization',
			description: "Of everybody in the organization; the credential must be an owner's or an admin's",
		},
		{ name: 'User', value: 'user', description: "Of the credential's owner only" },
	],
	default: 'user',
	description: 'Whose to list',
};
