import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { setStatus, type Connection, type Status } from '../api';
import { account, conversation, numericId } from '../fields';
import { momentOf } from '../shape';

const status: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Open', value: 'open' },
		{ name: 'Pending', value: 'pending', description: 'Left to the bot' },
		{ name: 'Resolved', value: 'resolved' },
		{ name: 'Snoozed', value: 'snoozed' },
	],
	default: 'open',
};

const snoozedUntil: INodeProperties = {
	displayName: 'Snoozed Until',
	name: 'snoozedUntil',
	type: 'dateTime',
	displayOptions: { show: { status: ['snoozed'] } },
	default: '',
	description: "When it comes back; at the contact's next message if left empty",
};

/** Sets a conversation's status: POST /conversations/{id}/toggle_status. */
export const changeStatus = operation<Connection>({
	name: 'Set Status',
	value: 'setStatus',
	action: 'Set status of conversation',
	description: 'Open, snooze or resolve a conversation, or leave it to the bot',
	fields: [account, conversation, status, snoozedUntil],
	run: async ({ api, input }) => {
		const wanted = input.text('status') as Status;
		const until = wanted === 'snoozed' ? input.optionalDateTime('snoozedUntil') : undefined;
		const id = numericId(input, 'conversation');
		const now = await setStatus(api.http, numericId(input, 'account'), id, {
			status: wanted,
			snoozedUntil: until === undefined ? undefined : Math.floor(Date.parse(until) / 1000),
		});
		return { id, status: now.current_status, snoozedUntil: momentOf(now.snoozed_until) };
	},
});
