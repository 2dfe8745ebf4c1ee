import type { InstagramMessage, InstagramPerson } from './instagram-state';
import type { Panel } from './panel';

const textOf = ({ text, attachment, quickReplies = [], unsent }: InstagramMessage) =>
	unsent
		? '(taken back)'
		: [text ?? `<${attachment?.type} ${attachment?.url}>`, ...quickReplies.map((title) => `[${title}]`)].join(
				'\n',
			);

/** Direct messages, one thread a person. */
export const instagramPanel: Panel = {
	title: 'Instagram',
	views: ({ messages, people }: { messages: InstagramMessage[]; people: InstagramPerson[] }) => [
		{
			kind: 'chats',
			title: 'Direct messages',
			threads: [...new Set(messages.map(({ igsid }) => igsid))].map((igsid) => {
				const person = people.find((one) => one.igsid === igsid);
				return {
					id: igsid,
					name: person?.name ?? person?.username ?? igsid,
					about: `@${person?.username ?? igsid}`,
					facts: [],
					messages: messages
						.filter((message) => message.igsid === igsid)
						.map((message) => ({
							id: message.mid,
							at: new Date(message.at).toISOString(),
							from: message.incoming ? 'customer' : 'business',
							text: textOf(message),
						})),
				};
			}),
		},
	],
};
