import type { INodeProperties } from 'n8n-workflow';
import { defaultCountry, mediaUrls } from '../fields';

const channel: INodeProperties = {
	displayName: 'Channel',
	name: 'channel',
	type: 'options',
	options: [
		{ name: 'SMS', value: 'sms' },
		{ name: 'WhatsApp', value: 'whatsapp' },
	],
	default: 'sms',
};

const to: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +48601234567',
	description:
		"The recipient's number in any spelling, with a country code unless Default Country is set; no prefix is needed for WhatsApp",
};

const sender: INodeProperties = {
	displayName: 'Send From',
	name: 'sender',
	type: 'options',
	options: [
		{
			name: 'Messaging Service',
			value: 'service',
			description: 'Twilio chooses one of its senders; needed for scheduled messages',
		},
		{ name: 'Sender', value: 'number', description: 'A number or sender name of the account' },
	],
	default: 'number',
};

const from: INodeProperties = {
	displayName: 'Sender',
	name: 'from',
	type: 'string',
	displayOptions: { show: { sender: ['number'] } },
	required: true,
	default: '',
	placeholder: 'e.g. +15005550006',
	description: 'A number of the account; for SMS also a short code or a sender name',
};

const locator = (
	displayName: string,
	name: string,
	list: string,
	[prefix, example]: [string, string],
): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: list, searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: `e.g. ${example}`,
			validation: [
				{
					type: 'regex',
					properties: {
						regex: `^\\s*${prefix}[0-9a-fA-F]{32}\\s*$`,
						errorMessage: `A ${displayName} SID is ${prefix} and 32 digits and letters a to f`,
					},
				},
			],
		},
	],
});

const service: INodeProperties = {
	...locator('Messaging Service', 'service', 'searchServices', ['MG', `MG${'a'.repeat(32)}`]),
	displayOptions: { show: { sender: ['service'] } },
};

const content: INodeProperties = {
	displayName: 'Content',
	name: 'content',
	type: 'options',
	options: [
		{
			name: 'Content Template',
			value: 'template',
			description: 'Needed for WhatsApp when the customer has not written within 24 hours',
		},
		{ name: 'Text and Media', value: 'text' },
	],
	default: 'text',
};

const body: INodeProperties = {
	displayName: 'Text',
	name: 'body',
	type: 'string',
	typeOptions: { rows: 3 },
	displayOptions: { show: { content: ['text'] } },
	default: '',
	placeholder: 'e.g. Your appointment is tomorrow at ten',
	description: 'Up to 1600 characters; may be left empty where there is a file',
};

const media: INodeProperties = { ...mediaUrls, displayOptions: { show: { content: ['text'] } } };

const template: INodeProperties = {
	...locator('Content Template', 'template', 'searchTemplates', ['HX', `HX${'a'.repeat(32)}`]),
	displayOptions: { show: { content: ['template'] } },
};

const variables: INodeProperties = {
	displayName: 'Variables',
	name: 'variables',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add variable',
	displayOptions: { show: { content: ['template'] } },
	default: {},
	description:
		"What fills the template's placeholders; its own defaults fill those left out. Empty rows are passed over.",
	options: [
		{
			displayName: 'Variable',
			name: 'variable',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1',
					description: 'What stands between the braces of the placeholder',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		defaultCountry,
		{
			displayName: 'Send At',
			name: 'sendAt',
			type: 'dateTime',
			default: '',
			description:
				'When to send it, from 15 minutes to 35 days ahead; at once if left empty. It needs a Messaging Service.',
		},
		{
			displayName: 'Status Callback URL',
			name: 'statusCallback',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/1a2b/twilio',
			description:
				'Where Twilio reports what becomes of the message, such as the address of a Twilio Message Trigger',
		},
		{
			displayName: 'Validity Period (Seconds)',
			name: 'validityPeriod',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 36000 },
			default: 36000,
			description:
				'How long the message may wait in the queue before it is given up, such as a code that expires',
		},
	],
};

/** The fields of *Send*, in the order they are filled in. */
export const sendFields: INodeProperties[] = [
	channel,
	to,
	sender,
	from,
	service,
	content,
	body,
	media,
	template,
	variables,
	options,
];
