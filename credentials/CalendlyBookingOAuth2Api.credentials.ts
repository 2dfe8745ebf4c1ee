import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

const hidden = (displayName: string, name: string, value: string): INodeProperties => ({
	displayName,
	name,
	type: 'hidden',
	default: value,
});

/** Scopes of the calls that the node makes; each page of the API reference names its own (2026-07). */
const SCOPES = [
	'users:read',
	'event_types:read',
	'availability:read',
	'scheduled_events:read',
	'scheduled_events:write',
	'scheduling_links:write',
];

/** An OAuth2 app of Calendly's with the scopes to book; n8n's own credential has those of its trigger only. */
export class CalendlyBookingOAuth2Api implements ICredentialType {
	name = 'calendlyBookingOAuth2Api';

	displayName = 'Calendly Booking OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = {
		light: 'file:../nodes/Calendly/calendly.svg',
		dark: 'file:../nodes/Calendly/calendly.dark.svg',
	};

	documentationUrl = 'https://developer.calendly.com/docs/authentication/scopes';

	properties: INodeProperties[] = [
		hidden('Grant Type', 'grantType', 'authorizationCode'),
		hidden('Authorization URL', 'authUrl', 'https://auth.calendly.com/oauth/authorize'),
		hidden('Access Token URL', 'accessTokenUrl', 'https://auth.calendly.com/oauth/token'),
		hidden('Scope', 'scope', SCOPES.join(' ')),
		hidden('Auth URI Query Parameters', 'authQueryParameters', ''),
		hidden('Authentication', 'authentication', 'header'),
	];
}
