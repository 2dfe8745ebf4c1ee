import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { listContacts, type Connection } from '../api';
import { account, limit, limitFrom, numericId, returnAll, simplify } from '../fields';
import { output, toContact } from '../shape';

const sort: INodeProperties = {
	displayName: 'Sort By',
	name: 'sort',
	type: 'options',
	options: [
		{ name: 'Email', value: 'email' },
		{ name: 'Last Activity, Newest First', value: '-last_activity_at' },
		{ name: 'Last Activity, Oldest First', value: 'last_activity_at' },
		{ name: 'Name', value: 'name' },
		{ name: 'Phone Number', value: 'phone_number' },
	],
	default: 'name',
};

/** Lists contacts: GET /contacts, 15 a page. Those without phone, e-mail and identifier Chatwoot does not list. */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many contacts',
	description: 'Read many contacts; those without phone, e-mail and identifier are not listed',
	fields: [account, returnAll, limit, sort, simplify],
	run: async ({ api, input }) => {
		const page = { limit: limitFrom(input), sort: input.optionalText('sort') };
		const contacts = await listContacts(api.http, numericId(input, 'account'), page);
		return contacts.map((one) => output(one, input.boolean('simplify'), toContact));
	},
});
