import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { availableTimes } from '../api';
import type { Connection } from '../connection';
import { readEventType } from '../eventTypes';
import { limit, returnAll, service, simplify, timeZone } from '../fields';
import { zoneOf } from '../readers';
import { toSlot } from '../shape';
import { uuidOf } from '../uris';

/** GET /event_type_available_times, one item for each time; spans over 31 days take several calls. */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many slots',
	description: 'Get many available times of an event type between two times',
	fields: [
		service,
		{
			displayName: 'From',
			name: 'rangeStart',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'The earliest start; what lies in the past is passed over',
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
	],
	run: async ({ api, input }) => {
		const zone = zoneOf(api, input);
		const from = Date.parse(input.dateTime('rangeStart', zone));
		const until = Date.parse(input.dateTime('rangeEnd', zone));
		if (until <= from) input.refuse('rangeEnd', 'is not after "From"', 'Choose a later time.');
		const type = await readEventType(api, input);
		const most = input.boolean('returnAll') ? Infinity : input.number('limit', { min: 1, integer: true });
		const span = { from, until, minutes: type.duration };
		const free = await availableTimes(api, uuidOf(type.uri), span, most);
		return free.map(
			(time) => ({ ...(input.boolean('simplify') ? toSlot(time, type, zone) : time) }) as IDataObject,
		);
	},
});
