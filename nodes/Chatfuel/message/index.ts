import { resource } from '../../../lib/operations';
import type { ChatfuelApi } from '../api';
import { reply } from './reply';
import { sendBlock } from './sendBlock';
import { sendFlow } from './sendFlow';

/** Messages to a bot's user. */
export const message = resource<ChatfuelApi>({
	name: 'Message',
	value: 'message',
	operations: [reply, sendFlow, sendBlock],
});
