import { resource } from '../../../lib/operations';
import type { Connection } from '../api';
import { getMany } from './getMany';
import { send } from './send';
import { sendFromTemplate } from './sendTemplate';

/** What is said in a conversation. */
export const message = resource<Connection>({
	name: 'Message',
	value: 'message',
	operations: [send, sendFromTemplate, getMany],
});
