import type { INodeProperties } from 'n8n-workflow';

const time = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

/** Which bookings to list. */
export const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Client Email',
			name: 'clientEmail',
			type: 'string',
			default: '',
			placeholder: 'e.g. jane@example.com',
			description: 'Only bookings of this client',
		},
		{
			displayName: 'Client Name',
			name: 'clientName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Jane Kowalska',
			description: 'Only bookings of clients with this name',
		},
		time('Created After', 'createdAfter', 'Only bookings made after this time'),
		time('Created Before', 'createdBefore', 'Only bookings made before this time'),
		{
			displayName: 'Event Type ID',
			name: 'serviceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 123456',
			description: 'Only bookings of this event type',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: [
				{
					name: 'Cancelled',
					value: 'cancelled',
					description: 'Cancelled, declined, or moved to another time',
				},
				{ name: 'Past', value: 'past', description: 'Over' },
				{ name: 'Recurring', value: 'recurring', description: 'One of several recurrences' },
				{ name: 'Unconfirmed', value: 'unconfirmed', description: 'Waiting to be confirmed' },
				{ name: 'Upcoming', value: 'upcoming', description: 'Not over yet' },
			],
			default: [],
			description: 'Only bookings with one of these; all bookings if none is chosen',
		},
		{
			displayName: 'Team ID',
			name: 'teamId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 42',
			description: 'Only bookings of this team',
		},
		time('Updated After', 'updatedAfter', 'Only bookings changed after this time'),
		time('Updated Before', 'updatedBefore', 'Only bookings changed before this time'),
	],
};

/** How to list them. */
export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Paging',
			name: 'paging',
			type: 'options',
			options: [
				{
					name: 'By Cursor',
					value: 'cursor',
					description:
						'API version 2026-05-01, hosted Cal.com only: nothing is missed while bookings come and go',
				},
				{
					name: 'By Page',
					value: 'pages',
					description: 'API version 2024-08-13, hosted and self-hosted',
				},
			],
			default: 'pages',
			description: 'How Cal.com is asked for one page after another',
		},
		{
			displayName: 'Sort',
			name: 'sort',
			type: 'options',
			options: [
				{ name: 'Earliest Start First', value: 'asc' },
				{ name: 'Latest Start First', value: 'desc' },
			],
			default: 'asc',
			description: 'The order when paging by page; by cursor Cal.com lists the newest first',
		},
	],
};
