import type { INodeProperties } from 'n8n-workflow';
import { operation, type ItemInput } from '../../../lib/operations';
import type { Connection } from '../connection';
import { humanAgent, igsidFrom, recipient, tagFrom } from '../fields';
import { sendAll } from './sending';
import { byteLength, MOST_BYTES, splitText } from './split';

const text: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. See you tomorrow at 10:00',
	description: 'At most 1000 bytes: 1000 Latin letters, or about 500 Cyrillic ones',
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		humanAgent,
		{
			displayName: 'When Too Long',
			name: 'tooLong',
			type: 'options',
			options: [
				{ name: 'Refuse', value: 'refuse', description: 'Send nothing and fail the item' },
				{ name: 'Split', value: 'split', description: 'Send several messages, split between words' },
			],
			default: 'split',
			description: 'What to do with a text of more than 1000 bytes',
		},
	],
};

function partsFrom(input: ItemInput): string[] {
	const written = input.text('text');
	const length = byteLength(written);
	if (length > MOST_BYTES && input.collection('options').optionalText('tooLong') === 'refuse') {
		input.refuse(
			'text',
			`has ${length} bytes, and Instagram takes ${MOST_BYTES}`,
			'Shorten the text, or set When Too Long to Split. Letters other than Latin ones take 2 to 4 bytes each.',
		);
	}
	return splitText(written);
}

/** POST /me/messages with a text (Messaging API page). */
export const sendText = operation<Connection>({
	name: 'Send Text',
	value: 'sendText',
	action: 'Send text message',
	description: 'Send a text to somebody who has written within the last 24 hours',
	fields: [recipient, text, options],
	run: async ({ api, input }) =>
		await sendAll(
			api,
			igsidFrom(input),
			partsFrom(input).map((part) => ({ message: { text: part }, ...tagFrom(input) })),
		),
});
