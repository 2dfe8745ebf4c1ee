import type { INodeProperties } from 'n8n-workflow';
import { questions } from '../questions';
import { location } from './location';

const mark = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
});

/** What only Calendly knows of a new event. */
export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Default Country',
			name: 'defaultCountry',
			type: 'string',
			default: '',
			placeholder: 'e.g. PL',
			description: 'Two letters of ISO 3166: the country of a phone number without a country code',
		},
		{
			displayName: 'Guests',
			name: 'guests',
			type: 'string',
			default: '',
			placeholder: 'e.g. anna@example.com, piotr@example.com',
			description: 'Comma-separated e-mail addresses of up to 10 people who come along',
		},
		location,
		questions,
		{
			displayName: 'Tracking',
			name: 'tracking',
			type: 'fixedCollection',
			placeholder: 'Add Tracking',
			default: {},
			description: 'Kept with the event and shown in its deliveries; utm_content is taken by Lead Key',
			options: [
				{
					displayName: 'Tracking',
					name: 'marks',
					values: [
						mark('Salesforce UUID', 'salesforce_uuid', 'e.g. 0015g00000FhZ3QAAV'),
						mark('UTM Campaign', 'utm_campaign', 'e.g. spring'),
						mark('UTM Medium', 'utm_medium', 'e.g. chat'),
						mark('UTM Source', 'utm_source', 'e.g. instagram'),
						mark('UTM Term', 'utm_term', 'e.g. consultation'),
					],
				},
			],
		},
	],
};
