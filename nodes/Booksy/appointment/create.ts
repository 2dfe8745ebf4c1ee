import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import type { Booksy } from '../api';
import {
	clientPhone,
	diaryOf,
	includeRaw,
	options,
	service,
	shown,
	simplify,
	staff,
	timeZone,
} from '../fields';

const fields: INodeProperties[] = [
	service,
	staff,
	{
		displayName: 'Start',
		name: 'start',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'When it begins; without an offset it is a time of the business',
	},
	{
		displayName: 'Client Name',
		name: 'clientName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Anna Kowalska',
	},
	{
		displayName: 'Client Email',
		name: 'clientEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@email.com',
	},
	{
		displayName: 'Client Phone',
		name: 'clientPhone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +48 601 234 567',
		description: "Without a country code it is a number of the credential's country",
	},
	{
		displayName: 'Notes',
		name: 'notes',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description: 'For the business; the client does not see them',
	},
	{
		displayName: 'Lead Key',
		name: 'leadKey',
		type: 'string',
		default: '',
		description:
			'The lead this appointment belongs to; the Partner API has no metadata, so it stands at the end of the note for the business',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Customer ID',
				name: 'customerId',
				type: 'string',
				default: '',
				description: 'The client as the business keeps it in Booksy; Partner API only',
			},
			{
				displayName: 'Duration (Minutes)',
				name: 'duration',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 60,
				description: "Another length than the service's own; Partner API only",
			},
			{
				displayName: 'Force',
				name: 'force',
				type: 'boolean',
				default: false,
				description: 'Whether to book although somebody is busy then; Partner API only',
			},
		],
	},
	simplify,
	includeRaw,
	timeZone,
	options,
];

/**
 * Partner API: `POST business/{business_id}/appointment/` with one subbooking; no staff member means -1, Booksy
 * chooses. API key: `POST /appointments`. A conflict (409) is an error of its own with the next free times.
 */
export const create = operation<Booksy>({
	name: 'Create',
	value: 'create',
	action: 'Create appointment',
	description: 'Book an appointment',
	fields,
	run: async ({ api, input }) => {
		const diary = diaryOf(api, input);
		const more = input.collection('additionalFields');
		const booked = await diary.create({
			service: input.id('service'),
			staff: input.optionalId('staff'),
			start: input.dateTime('start', diary.timeZone),
			durationMinutes: more.optionalNumber('duration', { min: 1, integer: true }),
			client: {
				id: more.optionalId('customerId'),
				name: input.text('clientName'),
				email: input.optionalText('clientEmail'),
				phone: clientPhone(input, diary.country),
			},
			notes: input.optionalText('notes'),
			leadKey: input.optionalText('leadKey'),
			force: more.boolean('force'),
		});
		return shown(booked, input);
	},
});
