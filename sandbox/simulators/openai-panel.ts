import type { Conversation } from './openai';
import { facts, type Panel } from './panel';

/** What the model was asked last in each request, and what it said. */
export const openaiPanel: Panel = {
	title: 'OpenAI',
	views: ({ conversations }: { conversations: Conversation[] }) => [
		{
			kind: 'events',
			title: 'Model calls',
			events: conversations.map(({ ask, said }, index) => ({
				id: String(index),
				name: ask.model,
				details: facts({
					asked: ask.messages.findLast(({ role }) => role === 'user')?.text,
					said: said.text,
					calls: said.calls.map((call) => `${call.name} ${call.arguments}`).join('\n'),
				}),
			})),
		},
	],
};
