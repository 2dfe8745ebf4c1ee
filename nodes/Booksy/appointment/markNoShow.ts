import { operation } from '../../../lib/operations';
import type { Booksy } from '../api';
import { appointmentId, diaryOf, includeRaw, options, shown, simplify, timeZone } from '../fields';

/**
 * Partner API: `PATCH business/{business_id}/appointment/{id}/status/no_show/`. API key: `PATCH /appointments/{id}`
 * with the status (our reading). Answers with the appointment as it stands afterwards.
 */
export const markNoShow = operation<Booksy>({
	name: 'Mark No-Show',
	value: 'markNoShow',
	action: 'Mark appointment as no show',
	description: 'Note that the client did not come',
	fields: [appointmentId, simplify, includeRaw, timeZone, options],
	run: async ({ api, input }) =>
		shown(await diaryOf(api, input).markNoShow(input.id('appointmentId')), input),
});
