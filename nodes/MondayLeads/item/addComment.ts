import type { INodeProperties } from 'n8n-workflow';
import { batchOperation } from '../../../lib/operations';
import { addComments, type Connection } from '../api';
import { board, item, optionsOf } from '../fields';
import { batchSizeOf } from '../input';

const text: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	placeholder: 'e.g. Asked for the Premium package',
	description: 'Plain text; line breaks are kept',
};

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** monday.com reads an update's body as HTML, so text must not be able to become any. */
export const toHtml = (plain: string): string =>
	plain.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '').replace(/\r\n|\r|\n/g, '<br>');

/** Adds a comment (monday.com: update) to an item. */
export const addComment = batchOperation<Connection, { item: string; body: string }>({
	name: 'Add Comment',
	value: 'addComment',
	action: 'Add comment to item',
	description: 'Write a comment, which monday.com calls an update, on an item',
	fields: [board, item, text, optionsOf()],
	batchSize: batchSizeOf,
	prepare: ({ input }) => ({ item: input.id('item'), body: toHtml(input.text('text')) }),
	runBatch: async (api, comments) => {
		const answers = await addComments(api, comments);
		return answers.map((answer, index) =>
			answer instanceof Error
				? answer
				: { id: answer.id, itemId: comments[index]?.item, body: answer.body, createdAt: answer.created_at },
		);
	},
});
