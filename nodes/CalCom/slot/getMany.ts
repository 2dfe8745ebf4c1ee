import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { freeSlots } from '../api';
import type { Connection } from '../connection';
import { readEventType } from '../eventTypes';
import { limit, returnAll, service, simplify, timeZone } from '../fields';
import { utc, zoneOf } from '../readers';
import { toSlot } from '../shape';

/** GET /v2/slots, one item for each slot (Slots page, 2024-09-04). */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many slots',
	description: 'Get many free slots of an event type between two times',
	fields: [
		service,
		{
			displayName: 'From',
			name: 'rangeStart',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'The earliest start',
		},
		{
			displayName: 'Until',
			name: 'rangeEnd',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'The latest end',
		},
		timeZone,
		returnAll,
		limit,
		simplify,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Booking ID to Reschedule',
					name: 'rescheduleId',
					type: 'string',
					default: '',
					description: 'The UID of a booking that shall be moved: its own time counts as free',
				},
				{
					displayName: 'Duration (Minutes)',
					name: 'duration',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 30,
					description: 'For event types with several lengths only',
				},
			],
		},
	],
	run: async ({ api, input }) => {
		const options = input.collection('options');
		const zone = zoneOf(api, input);
		const start = utc(input.dateTime('rangeStart', zone));
		const end = utc(input.dateTime('rangeEnd', zone));
		if (end <= start) input.refuse('rangeEnd', 'is not after "From"', 'Choose a later time.');
		const found = await freeSlots(api, {
			...(await readEventType(api, input)),
			start,
			end,
			timeZone: zone,
			duration: options.optionalNumber('duration', { min: 1, integer: true }),
			bookingUidToReschedule: options.optionalId('rescheduleId'),
		});
		const wanted = input.boolean('returnAll') ? found : found.slice(0, input.number('limit', { min: 1 }));
		const serviceId = input.id('service');
		return wanted.map((free) =>
			input.boolean('simplify') ? { ...toSlot(free, zone, serviceId) } : ({ ...free } as IDataObject),
		);
	},
});
