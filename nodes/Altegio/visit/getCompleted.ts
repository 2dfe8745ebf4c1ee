import { mapBounded } from '../../../lib/parallel';
import { operation } from '../../../lib/operations';
import type { AltegioApi } from '../connection';
import * as fields from '../fields';
import { firstDay, lastDay, startsWithin } from '../local';
import { listRecords } from '../records';
import { attendanceOf, isDeleted, toVisit } from '../shape';
import type { AltegioRecord } from '../types';

const PARALLEL = 5;
const CAME = 1;

/** Appointments of one coming together, in the order of the list; without a visit each is one of its own. */
function byVisit(records: AltegioRecord[]): Array<{ id: string; records: AltegioRecord[] }> {
	const visits = new Map<string, AltegioRecord[]>();
	for (const record of records) {
		const key = Number(record.visit_id ?? 0) ? `visit ${record.visit_id}` : `record ${record.id}`;
		visits.set(key, [...(visits.get(key) ?? []), record]);
	}
	return [...visits].map(([key, list]) => ({ id: key.replace(/^\w+ /, ''), records: list }));
}

/**
 * Reads the visits of a time at which the client came: GET /records/{company} with finance transactions, attendance
 * 1. The filter of /records knows days alone, so the times are compared here.
 */
export const getCompleted = operation<AltegioApi>({
	name: 'Get Completed',
	value: 'getCompleted',
	action: 'Get completed visits',
	description: 'Read the visits of a time at which the client came, with services and payment',
	fields: [
		fields.location,
		fields.staff,
		fields.rangeStart,
		fields.rangeEnd,
		fields.returnAll,
		fields.limit,
		fields.timeZone,
		...fields.outputFields,
	],
	run: async ({ api, input }) => {
		const company = fields.numericId(input, 'location');
		const reading = await fields.readingFor(api, input, company);
		const range = fields.rangeFrom(input, reading.timeZone);
		const cameThen = (record: AltegioRecord) =>
			attendanceOf(record) === CAME && !isDeleted(record) && startsWithin(record, range);
		const filter = {
			start_date: firstDay(range.from, reading.timeZone),
			end_date: lastDay(range.to, reading.timeZone),
			staff_id: fields.optionalNumericId(input, 'staff'),
			include_finance_transactions: 1 as const,
		};
		const keep = (record: AltegioRecord) => (cameThen(record) ? record : undefined);
		const visits = byVisit(await listRecords(api, company, filter, { keep }));
		const wanted = visits.slice(0, fields.limitFrom(input));
		if (!input.boolean('simplify')) return wanted.map(({ id, records }) => ({ visit_id: id, records }));
		return await mapBounded(wanted, PARALLEL, api.stopped, async ({ id, records }) => {
			const full = await Promise.all(
				records.map((record) => fields.withClientFields(api, company, record, reading)),
			);
			const payments = records.flatMap(({ finance_transactions: paid = [] }) => paid);
			return toVisit(id, full, payments, reading);
		});
	},
});
