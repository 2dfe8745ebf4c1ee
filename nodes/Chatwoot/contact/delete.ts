import { operation } from '../../../lib/operations';
import { deleteContact, type Connection } from '../api';
import { account, contact, numericId } from '../fields';

/** Deletes a contact: DELETE /contacts/{id}, for administrators. */
export const remove = operation<Connection>({
	name: 'Delete',
	value: 'delete',
	action: 'Delete contact',
	description: 'Delete a contact with all its conversations; needs an administrator',
	fields: [account, contact],
	run: async ({ api, input }) => {
		await deleteContact(api.http, numericId(input, 'account'), numericId(input, 'contact'));
		return { deleted: true, id: numericId(input, 'contact') };
	},
});
