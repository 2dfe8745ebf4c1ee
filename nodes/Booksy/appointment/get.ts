import { operation } from '../../../lib/operations';
import type { Booksy } from '../api';
import { appointmentId, diaryOf, includeRaw, options, shown, simplify, timeZone } from '../fields';

/** Partner API: `GET business/{business_id}/appointment/{id}/`. API key: `GET /appointments/{id}` (our reading). */
export const get = operation<Booksy>({
	name: 'Get',
	value: 'get',
	action: 'Get appointment',
	description: 'Get one appointment by its ID',
	fields: [appointmentId, simplify, includeRaw, timeZone, options],
	run: async ({ api, input }) => shown(await diaryOf(api, input).get(input.id('appointmentId')), input),
});
