import { operation } from '../../../lib/operations';
import { getPayments, getVisit } from '../api';
import type { AltegioApi } from '../connection';
import * as fields from '../fields';
import { toVisit } from '../shape';

/** Reads a visit with services and payments: GET /visits/{id} and /visit/details of its first appointment. */
export const get = operation<AltegioApi>({
	name: 'Get',
	value: 'get',
	action: 'Get visit',
	description: 'Read one visit with its appointments, services and payments',
	fields: [fields.location, fields.visit, fields.timeZone, ...fields.outputFields],
	run: async ({ api, input }) => {
		const company = fields.numericId(input, 'location');
		const id = fields.numericId(input, 'visitId');
		const reading = await fields.readingFor(api, input, company);
		const visit = await getVisit(api, id);
		const [first] = visit.records;
		const payments = first ? await getPayments(api, company, first, id) : [];
		if (!input.boolean('simplify')) return { ...visit, payment_transactions: payments };
		const records = await Promise.all(
			visit.records.map((record) => fields.withClientFields(api, company, record, reading)),
		);
		return toVisit(id, records, payments, reading);
	},
});
