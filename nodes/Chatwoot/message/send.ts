import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { MOST_FILES, sendMessage, type Connection } from '../api';
import { account, conversation, numericId, optionalNumericId, simplify } from '../fields';
import { output, toMessage } from '../shape';

const text: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. See you tomorrow at ten',
	description: 'May be left empty where there is a file',
};

const isPrivate: INodeProperties = {
	displayName: 'Private Note',
	name: 'private',
	type: 'boolean',
	default: false,
	description: 'Whether only agents see it, as a note, and the customer does not',
};

const attachments: INodeProperties = {
	displayName: 'Attachments',
	name: 'attachments',
	type: 'string',
	default: '',
	placeholder: 'e.g. data, invoice',
	hint: 'The names of binary fields of the input item',
	description: `Comma-separated, up to ${MOST_FILES} files`,
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Incoming', value: 'incoming', description: 'As if the contact wrote it; API inboxes only' },
				{ name: 'Outgoing', value: 'outgoing' },
			],
			default: 'outgoing',
		},
		{
			displayName: 'Reply To',
			name: 'replyTo',
			type: 'string',
			default: '',
			placeholder: 'e.g. 9001',
			description: 'ID of the message this one answers, where the channel shows such a thing',
		},
	],
};

/** Sends a message, or leaves a note for the agents: POST /conversations/{id}/messages. */
export const send = operation<Connection>({
	name: 'Send',
	value: 'send',
	action: 'Send message',
	description:
		'Send a message or leave a private note. Chatwoot answers before it is delivered: what became of it is in the event Message Updated.',
	fields: [account, conversation, text, isPrivate, attachments, options, simplify],
	run: async ({ api, input }) => {
		const properties = input.list('attachments');
		if (properties.length > MOST_FILES) {
			input.refuse(
				'attachments',
				`names ${properties.length} files`,
				`Chatwoot takes ${MOST_FILES} at once.`,
			);
		}
		const content = input.optionalText('text');
		if (content === undefined && properties.length === 0) {
			input.refuse('text', 'is empty', 'Write a text, or attach a file.');
		}
		const more = input.collection('options');
		const sent = await sendMessage(api.http, numericId(input, 'account'), numericId(input, 'conversation'), {
			text: content,
			private: input.boolean('private'),
			direction: more.optionalText('direction') === 'incoming' ? 'incoming' : 'outgoing',
			replyTo: optionalNumericId(more, 'replyTo'),
			files: await Promise.all(properties.map((property) => api.file(input.itemIndex, property))),
		});
		return output(sent, input.boolean('simplify'), toMessage);
	},
});
