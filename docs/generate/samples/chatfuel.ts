import { ChatfuelBroadcastApi } from '../../../credentials/ChatfuelBroadcastApi.credentials';
import { ChatfuelContactsApi } from '../../../credentials/ChatfuelContactsApi.credentials';
import { ChatfuelSimulator, CREDENTIALS } from '../../../sandbox/simulators/chatfuel';
import type { Samples } from './kind';

const { botId, token, automationId, contactsToken } = CREDENTIALS;
const attributes = { attribute: [{ name: 'visit time', value: 'Tuesday 10:00' }] };

/** Chatfuel: an answer in the chat, two ways to write first, and a contact. */
export const samples = (): Samples => ({
	credentials: [
		{ type: new ChatfuelBroadcastApi(), data: { botId, token } },
		{ type: new ChatfuelContactsApi(), data: { automationId, token: contactsToken } },
	],
	simulators: [new ChatfuelSimulator()],
	runs: [
		{
			resource: 'message',
			operation: 'reply',
			parameters: { messages: { message: [{ type: 'text', text: 'Thank you, see you on Tuesday!' }] } },
		},
		{
			resource: 'message',
			operation: 'sendFlow',
			parameters: { userId: '1000000000000001', flow: 'Reminder', attributes },
		},
		{
			resource: 'message',
			operation: 'sendBlock',
			parameters: { userId: '1000000000000001', block: 'Reminder', attributes },
		},
		{ resource: 'contact', operation: 'add', parameters: { phones: '+48601234567' } },
	],
});
