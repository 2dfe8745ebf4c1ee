import type { INodeProperties } from 'n8n-workflow';
import { operation, type ItemInput } from '../../../lib/operations';
import type { Connection } from '../connection';
import { igsidFrom, recipient, sendOptions, tagFrom } from '../fields';
import { sendAll } from './sending';

const mediaType: INodeProperties = {
	displayName: 'Media Type',
	name: 'mediaType',
	type: 'options',
	options: [
		{ name: 'Audio', value: 'audio', description: 'AAC, M4A, MP4 or WAV up to 25 MB' },
		{ name: 'Image', value: 'image', description: 'GIF, JPEG or PNG up to 8 MB' },
		{ name: 'Video', value: 'video', description: 'AVI, MOV, MP4, OGG or WebM up to 25 MB' },
	],
	default: 'image',
};

const url: INodeProperties = {
	displayName: 'Media URL',
	name: 'url',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/before-and-after.jpg',
	description: 'A public address from which Instagram fetches the file',
};

function urlFrom(input: ItemInput): string {
	const address = input.text('url').trim();
	if (URL.canParse(address) && /^https?:\/\//i.test(address)) return address;
	return input.refuse('url', 'is no web address', 'Use a full address that begins with https://.');
}

/** POST /me/messages with an attachment by its address (Messaging API page). */
export const sendMedia = operation<Connection>({
	name: 'Send Media',
	value: 'sendMedia',
	action: 'Send media message',
	description: 'Send an image, audio or video by its address',
	fields: [recipient, mediaType, url, sendOptions],
	run: async ({ api, input }) =>
		await sendAll(api, igsidFrom(input), [
			{
				message: { attachment: { type: input.text('mediaType'), payload: { url: urlFrom(input) } } },
				...tagFrom(input),
			},
		]),
});
