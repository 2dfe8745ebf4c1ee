import { operation } from '../../../lib/operations';
import type { ChatfuelApi } from '../api';
import { byField, sendFrom, sendingFields } from './sending';

/** Starts a flow for a user (Broadcasting API page; taken from the web in 2026, the route still answers). */
export const sendFlow = operation<ChatfuelApi>({
	name: 'Send Flow (Legacy)',
	value: 'sendFlow',
	action: 'Send flow to user',
	description: 'Start a flow for a user by the legacy Broadcasting API for Messenger and Instagram bots',
	fields: sendingFields(
		{
			displayName: 'Flow',
			name: 'flow',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Booking confirmed',
			description: 'The exact name of the flow, or its ID; it begins at its starting point',
		},
		byField('Flow'),
	),
	run: async ({ api, input }) => await sendFrom(api, input, 'flow'),
});
