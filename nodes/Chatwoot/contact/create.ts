import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { createContact, type Connection } from '../api';
import { account, numericId, optionalInbox, optionalNumericId, simplify } from '../fields';
import { output, toContact } from '../shape';
import { additionalFields, contactName, draftFrom, email, identifier, keysFrom, phone } from './fields';

const sourceId: INodeProperties = {
	displayName: 'Source ID',
	name: 'sourceId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 17841400000000123',
	description:
		'Who the contact is in the inbox. Needed for Instagram, Facebook, Telegram and Line; Chatwoot makes it for the others.',
};

/** Creates a contact: POST /contacts; a duplicate is refused, and the refusal names the contact that is there. */
export const create = operation<Connection>({
	name: 'Create',
	value: 'create',
	action: 'Create contact',
	description: 'Add a new contact; refused where phone, e-mail or identifier are taken',
	fields: [
		account,
		contactName,
		phone,
		email,
		identifier,
		optionalInbox,
		sourceId,
		additionalFields,
		simplify,
	],
	run: async ({ api, input }) => {
		const keys = keysFrom(input, input.collection('additionalFields'));
		const inboxId = optionalNumericId(input, 'inbox');
		const source = input.optionalText('sourceId')?.trim();
		const draft = {
			...draftFrom(input, keys),
			...(inboxId !== undefined && { inbox_id: Number(inboxId) }),
			...(source !== undefined && { source_id: source }),
		};
		const { contact } = await createContact(api.http, numericId(input, 'account'), {
			draft,
			keys,
			takeExisting: false,
		});
		return output(contact, input.boolean('simplify'), toContact);
	},
});
