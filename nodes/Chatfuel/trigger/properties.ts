import type { INodeProperties } from 'n8n-workflow';
import { unreadBody } from '../../../lib/webhook';
import { DEFAULT_RULES } from './lead';

const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [
		{
			name: 'None',
			value: 'none',
			description: 'Whoever knows the address can start the flow and write leads',
		},
		{
			name: 'Shared Secret',
			value: 'sharedSecret',
			description: 'Chatfuel shows a secret with every call; any other call is turned away',
		},
	],
	default: 'sharedSecret',
	description: "How calls from Chatfuel are told from anybody else's",
};

const responseMode: INodeProperties = {
	displayName: 'Respond',
	name: 'responseMode',
	type: 'options',
	options: [
		{
			name: 'Immediately',
			value: 'onReceived',
			description: 'With fixed texts and attributes, or with nothing, before the flow runs',
		},
		{
			name: 'Using Chatfuel Node',
			value: 'responseNode',
			description:
				"With what the Chatfuel node's operation Message: Reply sends. Chatfuel waits 10 seconds for it.",
		},
	],
	default: 'onReceived',
	description: "When and with what Chatfuel's call is answered",
};

const immediateReply: INodeProperties = {
	displayName: 'Immediate Reply',
	name: 'immediateReply',
	type: 'collection',
	placeholder: 'Add content',
	displayOptions: { show: { responseMode: ['onReceived'] } },
	default: {},
	description: 'What the bot does at once; without content it shows nothing',
	options: [
		{
			displayName: 'Attributes',
			name: 'attributes',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add attribute',
			default: {},
			description: 'Attributes to set on the user',
			options: [
				{
					displayName: 'Attribute',
					name: 'attribute',
					values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '' },
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					],
				},
			],
		},
		{
			displayName: 'Texts',
			name: 'texts',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Text' },
			default: [],
			placeholder: 'e.g. Thank you, we will call you.',
			description: 'One message each. For texts that depend on the lead, respond using the Chatfuel node.',
		},
	],
};

const leadFields: INodeProperties = {
	displayName: 'Lead Fields',
	name: 'leadFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add rule',
	default: { rule: DEFAULT_RULES.map((rule) => ({ ...rule })) },
	description:
		'Which attribute fills which field of the lead. Of several rules for one field the first that finds a value counts; other attributes are kept beside the lead. Case, spaces and underscores in names do not matter.',
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				{
					displayName: 'Attribute',
					name: 'attribute',
					type: 'string',
					default: '',
					placeholder: 'e.g. first name',
					description: 'The name of the attribute in Chatfuel',
				},
				{
					displayName: 'Lead Field',
					name: 'leadField',
					type: 'options',
					options: [
						{ name: 'Chat User ID', value: 'chatUserId' },
						{ name: 'Consent GDPR', value: 'consentGdpr' },
						{ name: 'Consent Marketing', value: 'consentMarketing' },
						{ name: 'Email', value: 'email' },
						{ name: 'First Name', value: 'firstName' },
						{ name: 'Instagram', value: 'instagram' },
						{ name: 'Language', value: 'language' },
						{ name: 'Last Name', value: 'lastName' },
						{ name: 'Name', value: 'name' },
						{ name: 'Package', value: 'package' },
						{ name: 'Phone', value: 'phone' },
						{ name: 'Source', value: 'source' },
						{ name: 'Topic', value: 'topic' },
					],
					default: 'name',
				},
			],
		},
	],
};

/** The fields of the Chatfuel Trigger. */
export const properties: INodeProperties[] = [
	authentication,
	responseMode,
	immediateReply,
	leadFields,
	unreadBody,
];
