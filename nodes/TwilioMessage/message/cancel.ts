import { operation } from '../../../lib/operations';
import { cancelMessage } from '../api';
import type { Connection } from '../connection';
import { messageSid, sidFrom, simplify } from '../fields';
import { output } from '../shape';

/** Cancels a message that is scheduled and not yet on its way: POST Messages/{Sid}.json. */
export const cancel = operation<Connection>({
	name: 'Cancel Scheduled',
	value: 'cancel',
	action: 'Cancel scheduled message',
	description:
		'Keep a scheduled message from being sent, such as the reminder of an appointment that was cancelled',
	fields: [messageSid, simplify],
	run: async ({ api, input }) =>
		output(await cancelMessage(await api.account(), sidFrom(input)), input.boolean('simplify')),
});
