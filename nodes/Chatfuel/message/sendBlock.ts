import { operation } from '../../../lib/operations';
import type { ChatfuelApi } from '../api';
import { byField, sendFrom, sendingFields } from './sending';

/** Sends a block to a user (Broadcasting API page; taken from the web in 2026, the route still answers). */
export const sendBlock = operation<ChatfuelApi>({
	name: 'Send Block (Legacy)',
	value: 'sendBlock',
	action: 'Send block to user',
	description: 'Send a block to a user by the legacy Broadcasting API for Messenger and Instagram bots',
	fields: sendingFields(
		{
			displayName: 'Block',
			name: 'block',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Reminder',
			description: 'The exact name of the block, or its ID',
		},
		byField('Block'),
	),
	run: async ({ api, input }) => await sendFrom(api, input, 'block'),
});
