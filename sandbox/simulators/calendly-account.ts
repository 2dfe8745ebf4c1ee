import type { CalendarSettings } from './calendly-calendar';

/** Scopes of a token: what it may do (authorization scopes page); a write scope may read too. */
const BOOKING = [
	...['users:read', 'event_types:read', 'availability:read'],
	...['scheduled_events:read', 'scheduled_events:write', 'scheduling_links:write'],
];
const TRIGGER = ['users:read', 'webhooks:read', 'webhooks:write', 'scheduled_events:read'];

/** What the sandbox's Calendly takes: a personal access token, and an OAuth2 token each for node and trigger. */
export const CREDENTIALS = {
	accessToken: 'frontdesk-sandbox-calendly-personal',
	bookingToken: 'frontdesk-sandbox-calendly-booking',
	triggerToken: 'frontdesk-sandbox-calendly-trigger',
};

/** The account of the sandbox: one studio with three event types, and a colleague's of a team. */
export const ACCOUNT: Omit<CalendarSettings, 'now'> = {
	organization: 'STUDIOORG0000001',
	users: [
		{
			uuid: 'STUDIOUSER000001',
			name: 'Example Studio',
			email: 'studio@example.com',
			slug: 'example-studio',
			timeZone: 'Europe/Warsaw',
		},
		{
			uuid: 'STUDIOUSER000002',
			name: 'Marta Nowak',
			email: 'marta@example.com',
			slug: 'marta-nowak',
			timeZone: 'Europe/Warsaw',
		},
	],
	eventTypes: [
		{
			uuid: 'CONSULTATION0001',
			name: 'Consultation',
			slug: 'consultation',
			duration: 30,
			hostUuid: 'STUDIOUSER000001',
			questions: [
				{ name: 'Please share anything that will help prepare for our meeting.', type: 'text' },
				{ name: 'Phone', type: 'phone_number' },
			],
			locations: [{ kind: 'physical', location: 'ul. Przykładowa 1, Warszawa' }, { kind: 'outbound_call' }],
		},
		{
			uuid: 'SESSION000000001',
			name: 'Session',
			slug: 'session',
			duration: 60,
			hostUuid: 'STUDIOUSER000001',
		},
		{
			uuid: 'WORKSHOP00000001',
			name: 'Workshop',
			slug: 'workshop',
			duration: 120,
			hostUuid: 'STUDIOUSER000001',
			seats: 3,
		},
		{
			uuid: 'PIERCING00000001',
			name: 'Piercing',
			slug: 'piercing',
			duration: 30,
			hostUuid: 'STUDIOUSER000002',
			team: 'Piercing',
		},
	],
};

/** The tokens and their scopes; a personal access token may do everything. */
export const TOKENS: Record<string, string[] | 'all'> = {
	[CREDENTIALS.accessToken]: 'all',
	[CREDENTIALS.bookingToken]: BOOKING,
	[CREDENTIALS.triggerToken]: TRIGGER,
};

/** An OAuth2 credential as n8n keeps it once the operator has connected it. */
export const connected = (access_token: string) => ({
	clientId: 'frontdesk-sandbox-client',
	clientSecret: 'calendly-app-secret-of-the-sandbox',
	oauthTokenData: {
		access_token,
		refresh_token: 'frontdesk-sandbox-refresh',
		token_type: 'Bearer',
		expires_in: 7200,
	},
});
