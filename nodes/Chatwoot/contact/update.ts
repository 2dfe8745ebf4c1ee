import { operation } from '../../../lib/operations';
import { updateContact, type Connection } from '../api';
import { account, contact, numericId, simplify } from '../fields';
import { output, toContact } from '../shape';
import { additionalFields, contactName, draftFrom, email, identifier, keysFrom, phone } from './fields';

/** Changes a contact: PUT /contacts/{id}. */
export const update = operation<Connection>({
	name: 'Update',
	value: 'update',
	action: 'Update contact',
	description: 'Change a contact; empty fields stay as they are, custom attributes are merged',
	fields: [account, contact, contactName, phone, email, identifier, additionalFields, simplify],
	run: async ({ api, input }) => {
		const draft = draftFrom(input, keysFrom(input, input.collection('additionalFields')));
		if (Object.keys(draft).length === 0) {
			input.refuse('contactName', 'and all other fields are empty', 'Fill in what shall change.');
		}
		const changed = await updateContact(
			api.http,
			numericId(input, 'account'),
			numericId(input, 'contact'),
			draft,
		);
		return output(changed, input.boolean('simplify'), toContact);
	},
});
