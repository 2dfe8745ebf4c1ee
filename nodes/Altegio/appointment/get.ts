import { operation } from '../../../lib/operations';
import type { AltegioApi } from '../connection';
import { appointmentId, location, numericId, outputFields, readingFor, timeZone } from '../fields';
import { getRecord } from '../records';
import { answerWith } from './answer';

/** Reads one appointment: GET /record/{company}/{id}. */
export const get = operation<AltegioApi>({
	name: 'Get',
	value: 'get',
	action: 'Get appointment',
	description: 'Read one appointment',
	fields: [location, appointmentId, timeZone, ...outputFields],
	run: async ({ api, input }) => {
		const company = numericId(input, 'location');
		const id = numericId(input, 'appointmentId');
		const reading = await readingFor(api, input, company);
		const record = await getRecord(api, company, id);
		return await answerWith(api, input, { company, record, reading });
	},
});
