import type { INodeProperties } from 'n8n-workflow';

/** Which events to list. */
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
			description: 'Only events of this client',
		},
		{
			displayName: 'Event Type ID',
			name: 'serviceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 7a049681-d0cd-4c2a-95b5-ca50139015a0',
			description: 'Only events of this event type',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Active', value: 'active', description: 'To come, or over' },
				{ name: 'Canceled', value: 'canceled', description: 'Cancelled, or moved to another time' },
			],
			default: 'active',
			description: 'Only events with this status',
		},
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
			displayName: 'Sort',
			name: 'sort',
			type: 'options',
			options: [
				{ name: 'Earliest Start First', value: 'asc' },
				{ name: 'Latest Start First', value: 'desc' },
			],
			default: 'asc',
			description: 'The order of the events',
		},
		{
			displayName: 'Without Clients',
			name: 'withoutClients',
			type: 'boolean',
			default: false,
			description: 'Whether to leave the clients out, which saves one request for each event',
		},
	],
};
