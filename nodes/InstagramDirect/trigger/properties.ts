import type { INodeProperties } from 'n8n-workflow';
import { unreadBody } from '../../../lib/webhook';

/** The fields of the Instagram Direct Trigger. */
export const properties: INodeProperties[] = [
	{
		displayName:
			"Switch the flow on, then enter this trigger's production URL and the credential's verify token in the App Dashboard under Instagram, Webhooks. The app must be Live.",
		name: 'setupNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{ name: 'Message', value: 'message', description: 'Somebody writes, or sends media or a story reply' },
			{
				name: 'Postback',
				value: 'postback',
				description: 'Somebody taps an icebreaker, the menu or a button of a template',
			},
			{ name: 'Quick Reply', value: 'quickReply', description: 'Somebody taps a quick reply' },
			{
				name: 'Reaction',
				value: 'reaction',
				description: 'Somebody reacts to a message, or takes it back',
			},
		],
		default: ['message', 'postback', 'quickReply'],
		description: 'What starts the flow; what the account itself writes never does',
	},
	{
		displayName: 'Additional Options',
		name: 'additionalOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Raw',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description: "Whether to add Instagram's own event as raw",
			},
			{
				displayName: 'Only Account IDs',
				name: 'accountIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 17841400000000001',
				description:
					'Comma-separated, for an app that serves several professional accounts; all of them if left empty',
			},
		],
	},
	unreadBody,
];
