import { operation } from '../../../lib/operations';
import { getMessage } from '../api';
import type { Connection } from '../connection';
import { messageSid, sidFrom, simplify } from '../fields';
import { output } from '../shape';

/** Reads one message, in or out: GET Messages/{Sid}.json. */
export const get = operation<Connection>({
	name: 'Get',
	value: 'get',
	action: 'Get message',
	description: 'Read one message: whether it arrived, what it cost, what went wrong with it',
	fields: [messageSid, simplify],
	run: async ({ api, input }) =>
		output(await getMessage(await api.account(), sidFrom(input)), input.boolean('simplify')),
});
