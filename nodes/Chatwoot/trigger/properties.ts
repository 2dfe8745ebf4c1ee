import type { INodeProperties } from 'n8n-workflow';
import { unreadBody } from '../../../lib/webhook';
import { account } from '../fields';

/** The fields of the Chatwoot Trigger. */
export const properties: INodeProperties[] = [
	account,
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		options: [
			{
				name: 'None',
				value: 'none',
				description:
					'For Chatwoot before 4.12, which signs nothing: whoever knows the address can start the flow',
			},
			{
				name: 'Signature',
				value: 'signature',
				description: 'Only calls that Chatwoot signed within the last five minutes (Chatwoot 4.12 and later)',
			},
		],
		default: 'signature',
	},
	{
		displayName:
			'Anybody who learns the address of this trigger can start the flow with made-up customers. Upgrade Chatwoot to 4.12 and choose Signature.',
		name: 'openNotice',
		type: 'notice',
		displayOptions: { show: { authentication: ['none'] } },
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{ name: 'Contact Created', value: 'contact_created' },
			{ name: 'Contact Updated', value: 'contact_updated' },
			{ name: 'Conversation Created', value: 'conversation_created' },
			{ name: 'Conversation Status Changed', value: 'conversation_status_changed' },
			{
				name: 'Conversation Updated',
				value: 'conversation_updated',
				description:
					'Assignee, team, labels, custom attributes, priority or status; a flow that changes these calls itself',
			},
			{ name: 'Message Created', value: 'message_created' },
			{
				name: 'Message Updated',
				value: 'message_updated',
				description: 'Edited, deleted, delivered, read or not delivered',
			},
		],
		default: ['message_created'],
		description: 'What starts the flow',
	},
	{
		displayName: 'Additional Options',
		name: 'additionalOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Messages',
				name: 'include',
				type: 'multiOptions',
				options: [
					{ name: 'Activity', value: 'activity', description: 'Such as "assigned to Anna"' },
					{ name: 'Bot', value: 'bot', description: 'Written by a bot' },
					{
						name: 'Outgoing',
						value: 'outgoing',
						description: "Written by agents and by flows, this one's too",
					},
					{ name: 'Private', value: 'private', description: 'Notes that only agents see' },
				],
				default: [],
				description:
					'Messages to start the flow besides those of contacts. A flow that answers outgoing messages answers itself.',
			},
			{
				displayName: 'Include Raw',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description: "Whether to add Chatwoot's own event, without session tokens, as raw",
			},
			{
				displayName: 'Only Inbox IDs',
				name: 'inboxIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 9, 12',
				description: 'Comma-separated; all inboxes if left empty. Events about contacts have no inbox.',
			},
		],
	},
	unreadBody,
];
