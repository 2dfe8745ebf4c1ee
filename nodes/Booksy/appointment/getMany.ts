import type { INodeProperties } from 'n8n-workflow';
import type { AppointmentStatus } from '../../../lib/appointment';
import { operation } from '../../../lib/operations';
import type { Booksy } from '../api';
import {
	businessId,
	diaryOf,
	includeRaw,
	limit,
	limitOf,
	options,
	returnAll,
	shown,
	simplify,
	staff,
	timeZone,
} from '../fields';

const rangeStart: INodeProperties = {
	displayName: 'Range Start',
	name: 'rangeStart',
	type: 'dateTime',
	default: '',
	description: 'Appointments that begin from here; without an offset it is a time of the business',
};

const rangeEnd: INodeProperties = {
	displayName: 'Range End',
	name: 'rangeEnd',
	type: 'dateTime',
	default: '',
	description: 'Appointments that begin before here',
};

const listOptions: INodeProperties = {
	...options,
	options: [
		businessId,
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: [
				{ name: 'Cancelled', value: 'cancelled', description: 'Cancelled or declined' },
				{ name: 'Completed', value: 'completed' },
				{ name: 'Confirmed', value: 'confirmed' },
				{ name: 'No-Show', value: 'no_show' },
				{ name: 'Pending', value: 'pending', description: 'Waits for the business or for the client' },
			],
			default: [],
			description: 'Only appointments that stand like this; all where empty',
		},
	],
};

/**
 * Partner API: `GET business/{business_id}/appointment/` with `booked_from` and `booked_till`, page after page.
 * API key: `GET /appointments` (our reading). Staff and status are filtered here, as neither is documented there.
 */
export const getMany = operation<Booksy>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many appointments',
	description: 'Get many appointments of a period',
	fields: [rangeStart, rangeEnd, staff, returnAll, limit, simplify, includeRaw, timeZone, listOptions],
	run: async ({ api, input }) => {
		const diary = diaryOf(api, input);
		const found = await diary.list({
			from: input.optionalDateTime('rangeStart', diary.timeZone),
			till: input.optionalDateTime('rangeEnd', diary.timeZone),
			staff: input.optionalId('staff'),
			statuses: input.collection('options').list('status') as AppointmentStatus[],
			limit: limitOf(input),
		});
		return found.map((booked) => shown(booked, input));
	},
});
