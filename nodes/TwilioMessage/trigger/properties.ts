import type { INodeProperties } from 'n8n-workflow';
import { unreadBody } from '../../../lib/webhook';

const setupNotice: INodeProperties = {
	displayName:
		'Copy the production URL above into the Twilio Console. For SMS: Phone Numbers, your number, Messaging, "A message comes in", Webhook, HTTP POST. For WhatsApp: Messaging, Senders, WhatsApp senders, your sender, Webhook URL for incoming messages, HTTP POST. For a Messaging Service: Integration, Send a webhook. The address must be exactly n8n\'s own, or the signature does not fit.',
	name: 'setupNotice',
	type: 'notice',
	default: '',
};

const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [
		{
			name: 'None',
			value: 'none',
			description: 'Whoever knows the address can start the flow with made-up messages',
		},
		{
			name: 'Signature',
			value: 'signature',
			description: 'Only calls that Twilio signed with the Auth Token of the credential',
		},
	],
	default: 'signature',
};

const events: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: [
		{ name: 'Message Received', value: 'message' },
		{
			name: 'Message Status Changed',
			value: 'status',
			description: 'Sent, delivered, read or not delivered; needs Status Callback URL at Send or in Twilio',
		},
	],
	default: ['message'],
	description: 'What starts the flow; other calls are answered and dropped',
};

const responseMode: INodeProperties = {
	displayName: 'Respond',
	name: 'responseMode',
	type: 'options',
	options: [
		{ name: 'Immediately', value: 'onReceived', description: 'With a fixed text, or with nothing' },
		{
			name: 'Using Twilio Message Node',
			value: 'responseNode',
			description:
				"With what the Twilio Message node's operation Reply sends. Twilio waits 15 seconds for it.",
		},
	],
	default: 'onReceived',
	description: 'When and with what the customer is answered',
};

const replyText: INodeProperties = {
	displayName: 'Reply Text',
	name: 'replyText',
	type: 'string',
	typeOptions: { rows: 3 },
	displayOptions: { show: { responseMode: ['onReceived'] } },
	default: '',
	placeholder: 'e.g. Thank you, we will write back soon.',
	description: 'What every message is answered with, up to 1600 characters; nothing if left empty',
};

/** The fields of the Twilio Message Trigger. */
export const properties: INodeProperties[] = [
	setupNotice,
	authentication,
	events,
	responseMode,
	replyText,
	unreadBody,
];
