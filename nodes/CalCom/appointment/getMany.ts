import type { INodeProperties } from 'n8n-workflow';
import { operation, type ItemInput } from '../../../lib/operations';
import { listBookings, type BookingFilter } from '../bookings';
import type { Connection } from '../connection';
import { limit, output, returnAll } from '../fields';
import { optionalUtc } from '../readers';
import { present } from '../shape';
import { filters, options } from './listFields';

const time = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

function filterOf(input: ItemInput, zone: string): BookingFilter {
	const given = input.collection('filters');
	const filter: BookingFilter = {
		afterStart: optionalUtc(input, 'rangeStart', zone),
		beforeEnd: optionalUtc(input, 'rangeEnd', zone),
		attendeeEmail: given.optionalId('clientEmail'),
		attendeeName: given.optionalText('clientName'),
		eventTypeId: given.optionalId('serviceId'),
		teamId: given.optionalId('teamId'),
		afterCreatedAt: optionalUtc(given, 'createdAfter', zone),
		beforeCreatedAt: optionalUtc(given, 'createdBefore', zone),
		afterUpdatedAt: optionalUtc(given, 'updatedAfter', zone),
		beforeUpdatedAt: optionalUtc(given, 'updatedBefore', zone),
	};
	return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** GET /v2/bookings, all pages up to the limit (Get all bookings page, 2024-08-13 and 2026-05-01). */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many bookings',
	description: 'Get many bookings by time, client, event type or status',
	fields: [
		time('From', 'rangeStart', 'Only bookings that start at or after this time'),
		time('Until', 'rangeEnd', 'Only bookings that end at or before this time'),
		returnAll,
		limit,
		...output,
		filters,
		options,
	],
	run: async ({ api, input }) => {
		const given = input.collection('options');
		const bookings = await listBookings(api, {
			filter: filterOf(input, api.timeZone),
			statuses: input.collection('filters').list('status'),
			paging: given.optionalText('paging') === 'cursor' ? 'cursor' : 'pages',
			sort: given.optionalText('sort') === 'desc' ? 'desc' : 'asc',
			limit: input.boolean('returnAll') ? Infinity : input.number('limit', { min: 1, integer: true }),
		});
		return present(api, input, bookings);
	},
});
