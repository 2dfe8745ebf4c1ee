import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { mapBounded } from '../../../lib/parallel';
import { operation, type ItemInput } from '../../../lib/operations';
import type { AltegioApi } from '../connection';
import * as fields from '../fields';
import { firstDay, lastDay, startsWithin } from '../local';
import { listRecords, type RecordFilter } from '../records';
import { statusOf, toAppointment } from '../shape';
import type { AltegioRecord } from '../types';
import { answerWith } from './answer';

const PARALLEL = 5;

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Changed After',
			name: 'changedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only what was made or changed since',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			description: 'Only appointments of this client',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: [
				{ name: 'Cancelled', value: 'cancelled' },
				{ name: 'Completed', value: 'completed' },
				{ name: 'Confirmed', value: 'confirmed' },
				{ name: 'No-Show', value: 'no_show' },
				{ name: 'Pending', value: 'pending' },
			],
			default: [],
			description: 'Only appointments that stand so; all but cancelled ones where empty',
		},
	],
};

type Wanted = { from: string; to: string; statuses: string[] };

/** Days are all that Altegio filters by, so the exact times are left to `isWanted`. */
function filterFrom(input: ItemInput, { from, to, statuses }: Wanted, zone: string): RecordFilter {
	const chosen = input.collection('filters');
	const changedAfter = chosen.optionalDateTime('changedAfter', zone);
	return {
		start_date: firstDay(from, zone),
		end_date: lastDay(to, zone),
		staff_id: fields.optionalNumericId(input, 'staff'),
		client_id: fields.optionalNumericId(chosen, 'clientId'),
		changed_after: changedAfter?.slice(0, 19),
		with_deleted: statuses.includes('cancelled') ? 1 : undefined,
	};
}

function isWanted(record: AltegioRecord, { statuses, ...range }: Wanted): boolean {
	const status = statusOf(record);
	const statusFits = statuses.length > 0 ? statuses.includes(status) : status !== 'cancelled';
	return statusFits && startsWithin(record, range);
}

/** Reads the appointments of a time: GET /records/{company}, all pages, five at once, in Altegio's order. */
export const getMany = operation<AltegioApi>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many appointments',
	description: 'Read many appointments of a time',
	fields: [
		fields.location,
		fields.staff,
		fields.rangeStart,
		fields.rangeEnd,
		fields.returnAll,
		fields.limit,
		filters,
		fields.timeZone,
		...fields.outputFields,
	],
	run: async ({ api, input }) => {
		const company = fields.numericId(input, 'location');
		const reading = await fields.readingFor(api, input, company);
		const simple = input.boolean('simplify');
		const statuses = input.collection('filters').list('status');
		const wanted = { ...fields.rangeFrom(input, reading.timeZone), statuses };
		const filter = filterFrom(input, wanted, reading.timeZone);
		const limit = fields.limitFrom(input);
		const fits = (record: AltegioRecord) => isWanted(record, wanted);
		if (reading.instagram.in !== 'customField') {
			const keep = (record: AltegioRecord) =>
				fits(record) ? ({ ...(simple ? toAppointment(record, reading) : record) } as IDataObject) : undefined;
			return await listRecords(api, company, filter, { limit, keep });
		}
		const keep = (record: AltegioRecord) => (fits(record) ? record : undefined);
		const records = await listRecords(api, company, filter, { limit, keep });
		return await mapBounded(records, PARALLEL, api.stopped, (record) =>
			answerWith(api, input, { company, record, reading }),
		);
	},
});
