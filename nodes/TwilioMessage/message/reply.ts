import type { INodeProperties } from 'n8n-workflow';
import { batchOperation, type ItemInput } from '../../../lib/operations';
import type { Connection } from '../connection';
import { bodyFrom, mediaFrom, mediaUrls } from '../fields';
import { twiml, type ReplyMessage } from '../twiml';

const replyWith: INodeProperties = {
	displayName: 'Reply With',
	name: 'replyWith',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Message', value: 'message' },
		{ name: 'Nothing', value: 'nothing', description: "Ends Twilio's call without a message" },
	],
	default: 'message',
};

const text: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 3 },
	displayOptions: { show: { replyWith: ['message'] } },
	default: '',
	placeholder: 'e.g. Thank you, see you tomorrow at ten',
	description: 'Up to 1600 characters; may be left empty where there is a file',
};

const media: INodeProperties = { ...mediaUrls, displayOptions: { show: { replyWith: ['message'] } } };

function messageFrom(input: ItemInput): ReplyMessage | undefined {
	if (input.text('replyWith') === 'nothing') return undefined;
	const body = bodyFrom(input, 'text');
	const urls = mediaFrom(input);
	if (body !== '' || urls.length > 0) return { body, mediaUrls: urls };
	return input.refuse('text', 'is empty', 'Fill it in, or set "Reply With" to Nothing.');
}

/**
 * Answers the call of Twilio that started the execution, in TwiML (Messaging TwiML page). A call is answered once, so
 * the items' messages go together. Where an item is refused and the node goes on, the others' messages are sent.
 */
export const reply = batchOperation<Connection, ReplyMessage | undefined>({
	name: 'Reply',
	value: 'reply',
	action: 'Reply to message',
	description:
		'Answer the waiting Twilio Message Trigger once, with one message an item. Twilio waits 15 seconds.',
	fields: [replyWith, text, media],
	batchSize: () => Number.MAX_SAFE_INTEGER,
	prepare: ({ input }) => messageFrom(input),
	runBatch: async (api, replies) => {
		await api.reply(twiml(replies.filter((one) => one !== undefined)));
		return replies.map((one) => ({ replied: one !== undefined, ...one }));
	},
});
