import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import type { Booksy } from '../api';
import { businessId, diaryOf, limit, limitOf, options, returnAll, service, staff, timeZone } from '../fields';
import { datesOf } from '../times';

const MAX_DAYS = 62;
const DEFAULT_STEP = 15;

const fields: INodeProperties[] = [
	service,
	staff,
	{
		displayName: 'Range Start',
		name: 'rangeStart',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'Times from here; without an offset it is a time of the business',
	},
	{
		displayName: 'Range End',
		name: 'rangeEnd',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'Times before here, at most 62 days on',
	},
	returnAll,
	limit,
	timeZone,
	{
		...options,
		options: [
			businessId,
			{
				displayName: 'Step (Minutes)',
				name: 'step',
				type: 'number',
				typeOptions: { minValue: 5 },
				default: DEFAULT_STEP,
				description: 'How far apart two possible times stand; Partner API only',
			},
		],
	},
];

/**
 * Partner API: it has no path for free times, so they are computed from working hours, other hours of single
 * days, time off and appointments, for the length of the variant; without a staff member every time at which
 * anybody is free, with their number as capacity. API key: `GET /availability`, once a day of the range.
 */
export const getMany = operation<Booksy>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many slots',
	description: 'Get many free times of a service',
	fields,
	run: async ({ api, input }) => {
		const diary = diaryOf(api, input);
		const from = input.dateTime('rangeStart', diary.timeZone);
		const till = input.dateTime('rangeEnd', diary.timeZone);
		if (datesOf(from, till, diary.timeZone).length > MAX_DAYS) {
			input.refuse('rangeEnd', `is more than ${MAX_DAYS} days on`, 'Ask for a shorter range.');
		}
		const found = await diary.slots({
			service: input.id('service'),
			staff: input.optionalId('staff'),
			from,
			till,
			stepMinutes: input.collection('options').optionalNumber('step', { min: 5 }) ?? DEFAULT_STEP,
		});
		return found.slice(0, limitOf(input)).map((slot) => ({ ...slot }));
	},
});
