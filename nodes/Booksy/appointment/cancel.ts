import { operation } from '../../../lib/operations';
import type { Booksy } from '../api';
import { appointmentId, diaryOf, includeRaw, options, reason, shown, simplify, timeZone } from '../fields';

/**
 * Partner API: `PATCH business/{business_id}/appointment/{id}/status/cancel/`. API key: `PATCH /appointments/{id}`
 * with the status (our reading). Answers with the appointment as it stands afterwards.
 */
export const cancel = operation<Booksy>({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel appointment',
	description: 'Cancel an appointment',
	fields: [appointmentId, reason, simplify, includeRaw, timeZone, options],
	run: async ({ api, input }) => {
		const cancelled = await diaryOf(api, input).cancel(
			input.id('appointmentId'),
			input.optionalText('reason'),
		);
		return shown(cancelled, input);
	},
});
