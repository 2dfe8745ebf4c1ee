import type { INodeProperties } from 'n8n-workflow';
import { operation, type FieldReader } from '../../../lib/operations';
import { personAddress, senderAddress, type Channel } from '../address';
import { listMessages, type MessageFilter } from '../api';
import type { Connection } from '../connection';
import { defaultCountry, limit, limitFrom, returnAll, simplify } from '../fields';
import { output } from '../shape';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Channel',
			name: 'channel',
			type: 'options',
			options: [
				{ name: 'SMS', value: 'sms' },
				{ name: 'WhatsApp', value: 'whatsapp' },
			],
			default: 'sms',
			description: 'Only messages of this channel; From and To are numbers of it',
		},
		defaultCountry,
		{
			displayName: 'From',
			name: 'from',
			type: 'string',
			default: '',
			placeholder: 'e.g. +48601234567',
			description: 'Only messages from this number or sender',
		},
		{
			displayName: 'Sent After',
			name: 'sentAfter',
			type: 'dateTime',
			default: '',
			description: 'Only messages sent at this time or later',
		},
		{
			displayName: 'Sent Before',
			name: 'sentBefore',
			type: 'dateTime',
			default: '',
			description: 'Only messages sent at this time or earlier',
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'string',
			default: '',
			placeholder: 'e.g. +48601234567',
			description: 'Only messages to this number',
		},
	],
};

const millisOf = (moment: string | undefined) => (moment === undefined ? undefined : Date.parse(moment));

/** An address that is written with its prefix says its channel itself. */
const channelOf = (input: FieldReader, name: string, channel: Channel | undefined): Channel =>
	channel ?? (/^\s*whatsapp:/i.test(input.optionalText(name) ?? '') ? 'whatsapp' : 'sms');

function filterFrom(input: FieldReader): MessageFilter {
	const channel = input.optionalText('channel') as Channel | undefined;
	return {
		channel,
		from: senderAddress(input, 'from', channelOf(input, 'from', channel), input),
		to: personAddress(input, 'to', channelOf(input, 'to', channel), input),
		sentAfter: millisOf(input.optionalDateTime('sentAfter')),
		sentBefore: millisOf(input.optionalDateTime('sentBefore')),
	};
}

/** Reads messages in and out, newest first: GET Messages.json. */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many messages',
	description: 'Read many messages, in and out, newest first',
	fields: [returnAll, limit, filters, simplify],
	run: async ({ api, input }) => {
		const filter = filterFrom(input.collection('filters'));
		const messages = await listMessages(await api.account(), filter, limitFrom(input));
		return messages.map((one) => output(one, input.boolean('simplify')));
	},
});
