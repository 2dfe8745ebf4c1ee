import { operation } from '../../../lib/operations';
import { createClient } from '../api';
import type { AltegioApi } from '../connection';
import {
	includeRaw,
	instagramField,
	instagramFrom,
	instagramIn,
	location,
	numericId,
	rawFrom,
	simplify,
} from '../fields';
import { toClient } from '../shape';
import { clientDetails, clientName, clientPhone, detailsFrom, phoneFrom } from './fields';

/** Adds a client: POST /clients/{company} (REST documentation, clients). */
export const create = operation<AltegioApi>({
	name: 'Create',
	value: 'create',
	action: 'Create client',
	description: 'Add a client to the client base',
	fields: [
		location,
		clientName,
		clientPhone,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: clientDetails,
		},
		instagramIn,
		instagramField,
		simplify,
		includeRaw,
	],
	run: async ({ api, input }) => {
		const client = await createClient(api, numericId(input, 'location'), {
			name: input.text('clientName'),
			phone: phoneFrom(input, 'clientPhone') ?? input.text('clientPhone'),
			...detailsFrom(input.collection('additionalFields')),
		});
		if (!input.boolean('simplify')) return { ...client };
		return toClient(client, { instagram: instagramFrom(input), raw: rawFrom(input) });
	},
});
