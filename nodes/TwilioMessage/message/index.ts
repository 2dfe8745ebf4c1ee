import { resource } from '../../../lib/operations';
import type { Connection } from '../connection';
import { cancel } from './cancel';
import { get } from './get';
import { getMany } from './getMany';
import { reply } from './reply';
import { send } from './send';

/** SMS and WhatsApp messages, in and out. */
export const message = resource<Connection>({
	name: 'Message',
	value: 'message',
	operations: [send, reply, get, getMany, cancel],
});
