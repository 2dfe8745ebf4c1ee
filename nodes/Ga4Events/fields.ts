import type { INodeProperties } from 'n8n-workflow';

const eventName: INodeProperties = {
	displayName: 'Event Name',
	name: 'eventName',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: 'generate_lead' },
	description: 'What happened; up to 40 letters, digits and underscores',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchEventNames', searchable: true },
		},
		{ displayName: 'By Name', name: 'id', type: 'string', placeholder: 'e.g. book_appointment' },
	],
};

const clientIdSource: INodeProperties = {
	displayName: 'Client ID Source',
	name: 'clientIdSource',
	type: 'options',
	options: [
		{
			name: 'Analytics Cookie',
			value: 'cookie',
			description: 'The _ga cookie of the web form the lead came by: ties the event to the visit on the site',
		},
		{ name: 'As Given', value: 'given', description: 'A client ID that is already one' },
		{
			name: 'Lead Key',
			value: 'leadKey',
			description: 'Made from the lead key, the same each time: for leads that never saw the site',
		},
	],
	default: 'leadKey',
	description: 'Where the ID of the visitor comes from; a new one each time would count as a new user',
};

const gaCookie: INodeProperties = {
	displayName: 'Analytics Cookie',
	name: 'gaCookie',
	type: 'string',
	default: '',
	placeholder: 'e.g. GA1.1.1234567890.1700000000',
	description: 'The _ga cookie as the site set it; where it is empty, the lead key is used',
	displayOptions: { show: { clientIdSource: ['cookie'] } },
};

const clientId: INodeProperties = {
	displayName: 'Client ID',
	name: 'clientId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 1234567890.1700000000',
	displayOptions: { show: { clientIdSource: ['given'] } },
};

const leadKey: INodeProperties = {
	displayName: 'Lead Key',
	name: 'leadKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. lead-4711',
	description: 'What the lead is known by in your flows; only a hash of it leaves n8n',
	displayOptions: { show: { clientIdSource: ['cookie', 'leadKey'] } },
};

const specifyParameters: INodeProperties = {
	displayName: 'Specify Parameters',
	name: 'specifyParameters',
	type: 'options',
	options: [
		{ name: 'Using Fields Below', value: 'fields' },
		{ name: 'Using JSON', value: 'json' },
	],
	default: 'fields',
};

const parameters: INodeProperties = {
	displayName: 'Parameters',
	name: 'parameters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Parameter',
	default: {},
	description: 'Details of the event, nothing that could name a person; those without a value are left out',
	displayOptions: { show: { specifyParameters: ['fields'] } },
	options: [
		{
			displayName: 'Parameter',
			name: 'parameter',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. lead_source' },
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Number', value: 'number' },
						{ name: 'Text', value: 'text' },
					],
					default: 'text',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

const parametersJson: INodeProperties = {
	displayName: 'Parameters (JSON)',
	name: 'parametersJson',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"lead_source": "instagram", "value": 120}',
	description: 'Names with text, numbers, true or false; "items" may be a list of objects',
	displayOptions: { show: { specifyParameters: ['json'] } },
};

const CONSENT = [
	{ name: 'Denied', value: 'DENIED' },
	{ name: 'Granted', value: 'GRANTED' },
];

const userProperties: INodeProperties = {
	displayName: 'User Properties',
	name: 'userProperties',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Property',
	default: {},
	options: [
		{
			displayName: 'Property',
			name: 'property',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. customer_tier' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

const validateFirst: INodeProperties = {
	displayName: 'Validate First',
	name: 'validateFirst',
	type: 'boolean',
	default: false,
	description:
		"Whether to ask Google's validation server about each event before it is sent; what it finds fails the item. It does not check the measurement ID nor the API secret.",
};

const eventOptions: INodeProperties[] = [
	{
		displayName: 'Analytics 360 Property',
		name: 'is360',
		type: 'boolean',
		default: false,
		description: 'Whether the property is Analytics 360, which takes values of 500 characters instead of 100',
	},
	{
		displayName: 'Consent for Ad Personalization',
		name: 'adPersonalization',
		type: 'options',
		options: CONSENT,
		default: 'DENIED',
		description: 'Whether the person agreed to personalised advertising',
	},
	{
		displayName: 'Consent for Ad User Data',
		name: 'adUserData',
		type: 'options',
		options: CONSENT,
		default: 'DENIED',
		description: 'Whether the person agreed that their data go to Google for advertising',
	},
	{
		displayName: 'Engagement Time (Milliseconds)',
		name: 'engagementTime',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 100,
		description: 'How long the person was busy with it; reports leave out events without it',
	},
	{
		displayName: 'Event Time',
		name: 'eventTime',
		type: 'dateTime',
		default: '',
		description: 'When it happened, at most 72 hours ago; now if left empty',
	},
	{
		displayName: 'Non-Personalized Ads',
		name: 'nonPersonalizedAds',
		type: 'boolean',
		default: false,
		description: 'Whether to keep the event out of personalised advertising',
	},
	{
		displayName: 'Redact Personal Data',
		name: 'redactPersonalData',
		type: 'boolean',
		default: false,
		description:
			'Whether to put [redacted] for e-mail addresses and phone numbers in values, instead of refusing the item. Google forbids to send them.',
	},
	{
		displayName: 'Session ID',
		name: 'sessionId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1700000000',
		description:
			'Digits, or the _ga_… cookie of the site; without it the event belongs to no session in the reports',
	},
	{
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		default: '',
		description: 'Your own ID of a signed-in user; no e-mail address and no phone number',
	},
	userProperties,
];

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: eventOptions,
};

const eventFields = [
	eventName,
	clientIdSource,
	gaCookie,
	clientId,
	leadKey,
	specifyParameters,
	parameters,
	parametersJson,
];

export const sendFields = [...eventFields, validateFirst, options];

export const validateFields = [...eventFields, options];
