import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { batchOperation, type ItemInput } from '../../../lib/operations';
import type { ChatfuelApi } from '../api';
import { attributes } from '../fields';
import { buildReply } from '../reply/build';
import { messages, quickReplies, redirectToBlocks } from '../reply/fields';
import { faultOf, joinReplies, type Reply } from '../reply/format';

const mode: INodeProperties = {
	displayName: 'Content',
	name: 'content',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Define Below',
			value: 'fields',
			description: 'Messages, quick replies and attributes as fields',
		},
		{ name: 'JSON', value: 'json', description: 'A reply object of your own' },
	],
	default: 'fields',
	description: 'How the reply is written',
};

const json: INodeProperties = {
	displayName: 'JSON',
	name: 'json',
	type: 'json',
	displayOptions: { show: { content: ['json'] } },
	default: '{\n  "messages": [{ "text": "Hello" }]\n}',
	description: 'An object with messages, set_attributes and redirect_to_blocks, all optional',
};

const shownForFields = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { content: ['fields'] } },
});

function replyFrom(input: ItemInput): Reply {
	const isJson = input.text('content') === 'json';
	const written = isJson ? (input.optionalJson('json') ?? {}) : buildReply(input);
	const fault = faultOf(written as IDataObject);
	if (fault) input.refuse(isJson ? 'json' : 'messages', fault.what, fault.howToFix);
	return written as Reply;
}

/**
 * Answers the Chatfuel call that started the execution (JSON API page). A call is answered once, so the items'
 * replies become one. Where an item is refused and the node goes on, the others' parts are sent.
 */
export const reply = batchOperation<ChatfuelApi, Reply>({
	name: 'Reply',
	value: 'reply',
	action: 'Reply to message',
	description:
		'Answer the waiting Chatfuel Trigger once, with the messages of all items in order. Chatfuel waits 10 seconds.',
	fields: [mode, ...[messages, quickReplies, attributes, redirectToBlocks].map(shownForFields), json],
	batchSize: () => Number.MAX_SAFE_INTEGER,
	prepare: ({ input }) => replyFrom(input),
	runBatch: async (api, replies) => {
		await api.reply(joinReplies(replies));
		return replies.map((one) => ({ ...one }));
	},
});
