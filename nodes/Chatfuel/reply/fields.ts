import type { INodeProperties } from 'n8n-workflow';
import { attributes } from '../fields';

const title: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	description: 'At most 20 characters',
};

const blocks = (show: string[]): INodeProperties => ({
	displayName: 'Blocks',
	name: 'blocks',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Block' },
	displayOptions: { show: { type: show } },
	default: [],
	description: 'Exact names of the blocks to show, in order',
});

const url = (show: string[], description: string): INodeProperties => ({
	displayName: 'URL',
	name: 'url',
	type: 'string',
	displayOptions: { show: { type: show } },
	default: '',
	placeholder: 'e.g. https://example.com/visit',
	description,
});

const buttons: INodeProperties = {
	displayName: 'Buttons',
	name: 'buttons',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add button',
	default: {},
	description: 'At most 3 buttons',
	options: [
		{
			displayName: 'Button',
			name: 'button',
			values: [
				title,
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{
							name: 'Call JSON API',
							value: 'json_plugin_url',
							description: 'Calls an address for another reply',
						},
						{ name: 'Call Phone', value: 'phone_number' },
						{ name: 'Open Website', value: 'web_url' },
						{ name: 'Show Blocks', value: 'show_block' },
					],
					default: 'show_block',
				},
				blocks(['show_block']),
				url(['web_url', 'json_plugin_url'], 'Where the button leads'),
				{
					displayName: 'Phone Number',
					name: 'phone',
					type: 'string',
					displayOptions: { show: { type: ['phone_number'] } },
					default: '',
					placeholder: 'e.g. +12025550123',
				},
			],
		},
	],
};

const cards: INodeProperties = {
	displayName: 'Cards',
	name: 'cards',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add card',
	displayOptions: { show: { type: ['gallery'] } },
	default: {},
	description: 'At most 10 cards',
	options: [
		{
			displayName: 'Card',
			name: 'card',
			values: [
				{ displayName: 'Title', name: 'title', type: 'string', default: '' },
				{ displayName: 'Subtitle', name: 'subtitle', type: 'string', default: '' },
				{ displayName: 'Image URL', name: 'imageUrl', type: 'string', default: '' },
				buttons,
			],
		},
	],
};

/** The reply's messages, in order; read them with `buildReply`. */
export const messages: INodeProperties = {
	displayName: 'Messages',
	name: 'messages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add message',
	default: {},
	description: 'What the bot shows, in order',
	options: [
		{
			displayName: 'Message',
			name: 'message',
			values: [
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Audio', value: 'audio' },
						{ name: 'Buttons', value: 'buttons' },
						{ name: 'File', value: 'file' },
						{ name: 'Gallery', value: 'gallery' },
						{ name: 'Image', value: 'image' },
						{ name: 'Text', value: 'text' },
						{ name: 'Video', value: 'video' },
					],
					default: 'text',
				},
				{
					displayName: 'Text',
					name: 'text',
					type: 'string',
					typeOptions: { rows: 3 },
					displayOptions: { show: { type: ['text', 'buttons'] } },
					default: '',
				},
				url(['audio', 'file', 'image', 'video'], 'Where the file lies; audio and video may have 25 MB'),
				{ ...buttons, displayOptions: { show: { type: ['buttons'] } } },
				cards,
				{
					displayName: 'Image Shape',
					name: 'imageShape',
					type: 'options',
					displayOptions: { show: { type: ['gallery'] } },
					options: [
						{ name: 'Horizontal', value: 'horizontal' },
						{ name: 'Square', value: 'square' },
					],
					default: 'horizontal',
				},
			],
		},
	],
};

/** Quick replies under the last message. */
export const quickReplies: INodeProperties = {
	displayName: 'Quick Replies',
	name: 'quickReplies',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add quick reply',
	default: {},
	description: 'Answers to choose from, under the last message; at most 11',
	options: [
		{
			displayName: 'Quick Reply',
			name: 'quickReply',
			values: [
				title,
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{
							name: 'Call JSON API',
							value: 'json_plugin_url',
							description: 'Calls an address for another reply',
						},
						{ name: 'Set Attributes', value: 'set_attributes' },
						{ name: 'Show Blocks', value: 'show_block' },
					],
					default: 'show_block',
				},
				blocks(['show_block']),
				url(['json_plugin_url'], 'The address to call'),
				{ ...attributes, displayOptions: { show: { type: ['set_attributes'] } } },
			],
		},
	],
};

/** Where the bot goes on after the reply. */
export const redirectToBlocks: INodeProperties = {
	displayName: 'Redirect to Blocks',
	name: 'redirectToBlocks',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Block' },
	default: [],
	description: 'Exact names of the blocks the bot goes on with, in order',
};
