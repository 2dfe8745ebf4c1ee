import { operation } from '../../../lib/operations';
import { getContact, type Connection } from '../api';
import { account, contact, numericId, simplify } from '../fields';
import { output, toContact } from '../shape';

/** Reads a contact: GET /contacts/{id}. */
export const get = operation<Connection>({
	name: 'Get',
	value: 'get',
	action: 'Get contact',
	description: 'Read one contact',
	fields: [account, contact, simplify],
	run: async ({ api, input }) =>
		output(
			await getContact(api.http, numericId(input, 'account'), numericId(input, 'contact')),
			input.boolean('simplify'),
			toContact,
		),
});
