import { operation } from '../../../lib/operations';
import type { Booksy } from '../api';
import { appointmentId, diaryOf, includeRaw, options, shown, simplify, timeZone } from '../fields';

/**
 * Partner API: `PATCH business/{business_id}/appointment/{id}/status/confirm/`. API key: `PATCH /appointments/{id}`
 * with the status (our reading). Answers with the appointment as it stands afterwards.
 */
export const confirm = operation<Booksy>({
	name: 'Confirm',
	value: 'confirm',
	action: 'Confirm appointment',
	description: 'Accept an appointment that waits for the business',
	fields: [appointmentId, simplify, includeRaw, timeZone, options],
	run: async ({ api, input }) => shown(await diaryOf(api, input).confirm(input.id('appointmentId')), input),
});
