import { resource } from '../../../lib/operations';
import type { Connection } from '../connection';
import { getMany } from './getMany';
import { sendMedia } from './sendMedia';
import { sendQuickReplies } from './sendQuickReplies';
import { sendText } from './sendText';

/** Direct messages to and from one person. */
export const message = resource<Connection>({
	name: 'Message',
	value: 'message',
	operations: [sendText, sendQuickReplies, sendMedia, getMany],
});
