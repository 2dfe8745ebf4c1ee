import type { INodeProperties } from 'n8n-workflow';
import { location } from './location';

/** What only Cal.com knows of a new booking. */
export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Booking Fields',
			name: 'bookingFields',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. {"package": "Premium"}',
			description: "Answers to the event type's own questions, by their slugs",
		},
		{
			displayName: 'Default Country',
			name: 'defaultCountry',
			type: 'string',
			default: '',
			placeholder: 'e.g. PL',
			description: 'Two letters of ISO 3166: the country of a phone number without a country code',
		},
		{
			displayName: 'Duration (Minutes)',
			name: 'duration',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 30,
			description: 'For event types with several lengths only',
		},
		{
			displayName: 'Email Verification Code',
			name: 'emailVerificationCode',
			type: 'string',
			default: '',
			description: 'For event types that ask the client for one',
		},
		{
			displayName: 'Guests',
			name: 'guests',
			type: 'string',
			default: '',
			placeholder: 'e.g. anna@example.com, piotr@example.com',
			description: 'Comma-separated e-mail addresses of people who come along',
		},
		{
			displayName: 'Language',
			name: 'language',
			type: 'string',
			default: '',
			placeholder: 'e.g. pl',
			description: "Language of Cal.com's messages to the client: en, es, pl, ru, uk and others",
		},
		location,
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Entry',
			default: {},
			description: 'Values kept with the booking, as text: at most 50 of up to 500 characters',
			options: [
				{
					displayName: 'Entry',
					name: 'entry',
					values: [
						{
							displayName: 'Key',
							name: 'key',
							type: 'string',
							default: '',
							placeholder: 'e.g. source',
							description: 'At most 40 characters',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. instagram',
						},
					],
				},
			],
		},
		{
			displayName: 'Recurrences',
			name: 'recurrenceCount',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description: 'How many times, for recurring event types only',
		},
	],
};
