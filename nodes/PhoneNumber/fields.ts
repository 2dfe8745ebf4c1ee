import type { INodeProperties } from 'n8n-workflow';

export const phoneNumber: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +48 601 234 567',
	description:
		'The number as it came: typed by hand, from a CRM, or a messenger ID such as 5511987654321 or whatsapp:+48601234567',
};

export const defaultCountry: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'The country of numbers written without a country code. Leave it empty where all numbers come from a messenger, which writes the code without the plus.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a country...',
			typeOptions: { searchListMethod: 'searchCountries', searchable: true },
		},
		{
			displayName: 'By Code',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. PL',
			validation: [
				{
					type: 'regex',
					properties: { regex: '^([a-zA-Z]{2})?$', errorMessage: 'Not a two-letter country code' },
				},
			],
		},
	],
};

export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Invalid Numbers',
			name: 'invalidNumbers',
			type: 'options',
			default: 'refuse',
			description: 'What to do with an item whose number does not exist in its country or is no number',
			options: [
				{
					name: 'Refuse',
					value: 'refuse',
					description: 'Stop, or use the error output where the node continues on fail',
				},
				{
					name: 'Pass Through With Valid=false',
					value: 'passThrough',
					description: 'Give an item with valid: false and the reason',
				},
			],
		},
	],
};
