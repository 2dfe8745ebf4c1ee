import type { SentMessage } from './chatfuel';
import { facts, type Panel } from './panel';

interface State {
	sent: SentMessage[];
	contacts: Record<string, Record<string, string>>;
}

/** What the bot was told to send, and the contacts it was given. */
export const chatfuelPanel: Panel = {
	title: 'Chatfuel',
	views: ({ sent, contacts }: State) => [
		{
			kind: 'events',
			title: 'Broadcasts and contacts',
			events: [
				...sent.map(({ userId, flow, block, attributes }, index) => ({
					id: `sent ${index}`,
					name: `Send ${flow ?? block ?? ''}`,
					details: facts({ user: userId, ...attributes }),
				})),
				...Object.entries(contacts).map(([phone, properties]) => ({
					id: phone,
					name: `Contact ${phone}`,
					details: facts(properties),
				})),
			],
		},
	],
};
