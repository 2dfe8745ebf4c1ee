import type { ChatsView, Panel, Thread } from './panel';
import type { TwilioMessage } from './twilio-messages';

const isWhatsApp = (address: string | null) => address?.startsWith('whatsapp:') ?? false;
const customerOf = ({ direction, from, to }: TwilioMessage) => (direction === 'inbound' ? (from ?? '') : to);
const ARRIVED = ['delivered', 'received'];

function threads(messages: TwilioMessage[]): Thread[] {
	const customers = [...new Set(messages.map(customerOf))];
	return customers.map((customer) => ({
		id: customer,
		name: customer.replace('whatsapp:', ''),
		about: isWhatsApp(customer) ? 'WhatsApp' : 'SMS',
		facts: [],
		messages: messages
			.filter((message) => customerOf(message) === customer)
			.map((message) => ({
				id: message.sid,
				at: new Date(message.date_created).toISOString(),
				from: message.direction === 'inbound' ? 'customer' : 'business',
				text: message.body,
				...(!ARRIVED.includes(message.status) && { state: message.status }),
				...(message.error_code !== null && {
					problem: `${message.error_code}: ${message.error_message ?? ''}`,
				}),
			})),
	}));
}

const view = (title: string, messages: TwilioMessage[]): ChatsView => ({
	kind: 'chats',
	title,
	threads: threads(messages),
});

/** SMS and WhatsApp, each with its customers. */
export const twilioPanel: Panel = {
	title: 'Twilio',
	views: ({ messages }: { messages: TwilioMessage[] }) => [
		view(
			'SMS',
			messages.filter((message) => !isWhatsApp(customerOf(message))),
		),
		view(
			'WhatsApp',
			messages.filter((message) => isWhatsApp(customerOf(message))),
		),
	],
};
