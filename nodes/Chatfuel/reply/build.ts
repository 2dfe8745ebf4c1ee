import type { IDataObject } from 'n8n-workflow';
import type { FieldReader } from '../../../lib/operations';
import { attributesFrom } from '../fields';
import { joinReplies, type Reply } from './format';

const template = (payload: IDataObject): IDataObject => ({ attachment: { type: 'template', payload } });

function target(row: FieldReader): IDataObject {
	const type = row.text('type');
	switch (type) {
		case 'show_block':
			return { block_names: requiredList(row, 'blocks') };
		case 'phone_number':
			return { phone_number: row.text('phone') };
		case 'set_attributes':
			return { set_attributes: attributesFrom(row) };
		default:
			return { url: row.text('url') };
	}
}

function requiredList(row: FieldReader, name: string): string[] {
	const list = row.list(name);
	if (list.length === 0) row.refuse(name, 'is empty', 'Enter the name of at least one block.');
	return list;
}

const button = (row: FieldReader): IDataObject => ({
	type: row.text('type'),
	title: row.text('title'),
	...target(row),
});

/** Unlike a button, a quick reply names its type only where it calls an address. */
const quickReply = (row: FieldReader): IDataObject => ({
	title: row.text('title'),
	...(row.text('type') === 'json_plugin_url' && { type: 'json_plugin_url' }),
	...target(row),
});

function card(row: FieldReader): IDataObject {
	const buttons = row.rows('buttons', 'button').map(button);
	const imageUrl = row.optionalText('imageUrl');
	const subtitle = row.optionalText('subtitle');
	return {
		title: row.text('title'),
		...(imageUrl && { image_url: imageUrl }),
		...(subtitle && { subtitle }),
		...(buttons.length > 0 && { buttons }),
	};
}

function required(row: FieldReader, name: string, group: string): FieldReader[] {
	const rows = row.rows(name, group);
	if (rows.length === 0) row.refuse(name, 'is empty', 'Add at least one, or choose another type of message.');
	return rows;
}

function message(row: FieldReader): IDataObject {
	const type = row.text('type');
	switch (type) {
		case 'text':
			return { text: row.text('text') };
		case 'buttons':
			return template({
				template_type: 'button',
				text: row.text('text'),
				buttons: required(row, 'buttons', 'button').map(button),
			});
		case 'gallery':
			return template({
				template_type: 'generic',
				image_aspect_ratio: row.text('imageShape'),
				elements: required(row, 'cards', 'card').map(card),
			});
		default:
			return { attachment: { type, payload: { url: row.text('url') } } };
	}
}

/**
 * Builds a reply out of the fields Messages, Quick Replies, Attributes and Redirect to Blocks, in the form of
 * the JSON API page. Attributes without a value are left out; so is everything that is empty.
 *
 * @throws NodeOperationError where a field that its kind of message needs is empty
 */
export function buildReply(input: FieldReader): Reply {
	const messages = input.rows('messages', 'message').map(message);
	const quickReplies = input.rows('quickReplies', 'quickReply').map(quickReply);
	const last = messages.at(-1);
	if (quickReplies.length > 0) {
		if (!last) {
			return input.refuse('quickReplies', 'has no message to stand under', 'Add a message, or remove them.');
		}
		last.quick_replies = quickReplies;
	}
	return joinReplies([
		{
			messages,
			set_attributes: attributesFrom(input),
			redirect_to_blocks: input.list('redirectToBlocks'),
		},
	]);
}
