import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { searchContacts, type Connection } from '../api';
import { account, limit, limitFrom, numericId, returnAll, simplify } from '../fields';
import { output, toContact } from '../shape';

const text: INodeProperties = {
	displayName: 'Search Text',
	name: 'searchText',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. jane',
	description:
		'A part of a name, e-mail, phone or identifier. It finds everybody who has it, so use Match to learn who somebody is.',
};

/** Searches contacts by a part of what they are called: GET /contacts/search. */
export const search = operation<Connection>({
	name: 'Search',
	value: 'search',
	action: 'Search contacts',
	description: 'Find contacts by a part of name, e-mail, phone or identifier',
	fields: [account, text, returnAll, limit, simplify],
	run: async ({ api, input }) => {
		const contacts = await searchContacts(
			api.http,
			numericId(input, 'account'),
			input.text('searchText').trim(),
			limitFrom(input),
		);
		return contacts.map((one) => output(one, input.boolean('simplify'), toContact));
	},
});
