import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { getConversation, inTurn, replaceCustomAttributes, type Connection } from '../api';
import { attributesFrom, customAttributes, customAttributesJson } from '../contact';
import { account, conversation, numericId } from '../fields';

const removed: INodeProperties = {
	displayName: 'Attributes to Remove',
	name: 'removed',
	type: 'string',
	default: '',
	placeholder: 'e.g. booking_id, package',
	description: 'Keys, comma-separated',
};

/**
 * Sets some of a conversation's custom attributes. Chatwoot replaces all of them, so they are read and written back
 * together; two items of a run on one conversation do so one after another.
 */
export const setCustomAttributes = operation<Connection>({
	name: 'Set Custom Attributes',
	value: 'setCustomAttributes',
	action: 'Set custom attributes of conversation',
	description: 'Set some custom attributes and keep the others',
	fields: [account, conversation, customAttributes, customAttributesJson, removed],
	run: async ({ api, input }) => {
		const [accountId, id] = [numericId(input, 'account'), numericId(input, 'conversation')];
		const changes = attributesFrom(input);
		const gone = input.list('removed');
		if (!changes && gone.length === 0) {
			input.refuse('customAttributes', 'holds nothing', 'Add an attribute, or name one to remove.');
		}
		const now = await inTurn(api, `${accountId} conversation ${id}`, async () => {
			const { custom_attributes: before } = await getConversation(api.http, accountId, id);
			const merged = Object.entries({ ...before, ...changes }).filter(([key]) => !gone.includes(key));
			return await replaceCustomAttributes(api.http, accountId, id, Object.fromEntries(merged));
		});
		return { id, customAttributes: now };
	},
});
