import { operation } from '../../../lib/operations';
import { setNoShow } from '../changes';
import type { Connection } from '../connection';
import { appointmentId, output } from '../fields';
import { eventUuid } from '../readers';
import { present } from '../shape';

/** POST /invitee_no_shows, or DELETE of the mark; clients are named by address, so they are looked up first. */
export const markNoShow = operation<Connection>({
	name: 'Mark No-Show',
	value: 'markNoShow',
	action: 'Mark scheduled event as no show',
	description: 'Record that the client did not come',
	fields: [
		appointmentId,
		{
			displayName: 'Client Email',
			name: 'clientEmail',
			type: 'string',
			default: '',
			placeholder: 'e.g. jane@example.com',
			description: 'Which client of a group event; all of them if empty',
		},
		{
			displayName: 'Absent',
			name: 'absent',
			type: 'boolean',
			default: true,
			description: 'Whether they did not come; switch it off to take the mark back',
		},
		...output,
	],
	run: async ({ api, input }) => {
		const booked = await setNoShow(api, eventUuid(input), {
			absent: input.boolean('absent'),
			email: input.optionalId('clientEmail'),
		});
		return booked.map((one) => present(api, input, one));
	},
});
