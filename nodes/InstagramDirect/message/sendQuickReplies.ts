import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { operation, type ItemInput } from '../../../lib/operations';
import type { Connection } from '../connection';
import { igsidFrom, recipient, sendOptions, tagFrom } from '../fields';
import { sendAll } from './sending';
import { byteLength, MOST_BYTES } from './split';

/** Quick replies page. */
const MOST_REPLIES = 13;
const LONGEST_TITLE = 20;

const text: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 2 },
	required: true,
	default: '',
	placeholder: 'e.g. When would you like to come?',
	description: 'Shown above the quick replies; at most 1000 bytes',
};

const quickReplies: INodeProperties = {
	displayName: 'Quick Replies',
	name: 'quickReplies',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add quick reply',
	default: {},
	description: 'Up to 13 buttons, shown in the mobile app only. Rows without a title are left out.',
	options: [
		{
			displayName: 'Quick Reply',
			name: 'reply',
			values: [
				{
					displayName: 'Title',
					name: 'title',
					type: 'string',
					default: '',
					placeholder: 'e.g. Morning',
					description: 'What the button says, and what the person then seems to write; at most 20 characters',
				},
				{
					displayName: 'Payload',
					name: 'payload',
					type: 'string',
					default: '',
					placeholder: 'e.g. SLOT_MORNING',
					description: 'What the trigger gives as message.quickReplyPayload; the title if left empty',
				},
			],
		},
	],
};

function repliesFrom(input: ItemInput): IDataObject[] {
	const replies = input.rows('quickReplies', 'reply').flatMap((row): IDataObject[] => {
		const title = row.optionalText('title');
		if (title === undefined) return [];
		return [{ content_type: 'text', title, payload: row.optionalText('payload') ?? title }];
	});
	if (replies.length === 0) {
		input.refuse('quickReplies', 'is empty', 'Add at least one, or use Send Text.');
	}
	if (replies.length > MOST_REPLIES) {
		input.refuse('quickReplies', `has ${replies.length} rows`, `Instagram shows at most ${MOST_REPLIES}.`);
	}
	const long = replies.find(({ title }) => Array.from(String(title)).length > LONGEST_TITLE);
	if (long) {
		input.refuse(
			'quickReplies',
			`has the title "${String(long.title)}", which Instagram would cut off`,
			`Use at most ${LONGEST_TITLE} characters.`,
		);
	}
	return replies;
}

function promptFrom(input: ItemInput): string {
	const prompt = input.text('text');
	if (byteLength(prompt) <= MOST_BYTES) return prompt;
	return input.refuse(
		'text',
		`has ${byteLength(prompt)} bytes, and Instagram takes ${MOST_BYTES}`,
		'Shorten it, or send the long part before it with Send Text.',
	);
}

/** POST /me/messages with `quick_replies` (Quick Replies page); Meta wants `RESPONSE` with them. */
export const sendQuickReplies = operation<Connection>({
	name: 'Send Quick Replies',
	value: 'sendQuickReplies',
	action: 'Send quick replies message',
	description: 'Send a text with buttons to answer by',
	fields: [recipient, text, quickReplies, sendOptions],
	run: async ({ api, input }) => {
		const { tag } = tagFrom(input);
		return await sendAll(api, igsidFrom(input), [
			{
				message: { text: promptFrom(input), quick_replies: repliesFrom(input) },
				// A tag says that it is no response within 24 hours.
				...(tag ? { tag } : { messagingType: 'RESPONSE' }),
			},
		]);
	},
});
