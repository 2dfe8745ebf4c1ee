import { outcomeOf } from '../../../lib/http';
import { operation } from '../../../lib/operations';
import { reserveSlot } from '../api';
import { explained } from '../changes';
import type { Connection } from '../connection';
import { eventTypeId, readEventType } from '../eventTypes';
import { service, simplify, timeZone } from '../fields';
import { utc, zoneOf } from '../readers';
import { timeOrNull, toSlot } from '../shape';

/** POST /v2/slots/reservations; a slot with the reservation's UID and its end (Slots page, 2024-09-04). */
export const reserve = operation<Connection>({
	name: 'Reserve',
	value: 'reserve',
	action: 'Reserve slot',
	description: 'Hold a free slot for some minutes, so that nobody else books it meanwhile',
	fields: [
		service,
		{
			displayName: 'Start',
			name: 'start',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'The start of a free slot',
		},
		timeZone,
		simplify,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Duration (Minutes)',
					name: 'duration',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 30,
					description: 'For event types with several lengths only',
				},
				{
					displayName: 'Hold for (Minutes)',
					name: 'reservationDuration',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 5,
					description: 'How long the slot is held',
				},
			],
		},
	],
	run: async ({ api, input }) => {
		const options = input.collection('options');
		const zone = zoneOf(api, input);
		const start = utc(input.dateTime('start', zone));
		const id = await eventTypeId(api, await readEventType(api, input));
		const duration = options.optionalNumber('duration', { min: 1, integer: true });
		const outcome = await outcomeOf(
			reserveSlot(api, {
				eventTypeId: id,
				slotStart: start,
				slotDuration: duration,
				reservationDuration: options.optionalNumber('reservationDuration', { min: 1, integer: true }),
			}),
		);
		if ('refusal' in outcome) {
			throw await explained(api, outcome.refusal, { eventTypeId: id, start, timeZone: zone, duration });
		}
		const held = outcome.value;
		if (!input.boolean('simplify')) return { ...held };
		return {
			...toSlot({ start: held.slotStart, end: held.slotEnd }, zone, String(held.eventTypeId)),
			reservationId: held.reservationUid,
			reservedUntil: timeOrNull(held.reservationUntil, zone),
		};
	},
});
