import { operation } from '../../../lib/operations';
import { getClient } from '../api';
import type { AltegioApi } from '../connection';
import { client, instagramFrom, location, numericId, rawFrom, outputFields } from '../fields';
import { toClient } from '../shape';

/** Reads a client with custom fields: GET /client/{company}/{id}. */
export const get = operation<AltegioApi>({
	name: 'Get',
	value: 'get',
	action: 'Get client',
	description: 'Read one client with all fields',
	fields: [location, client, ...outputFields],
	run: async ({ api, input }) => {
		const found = await getClient(api, numericId(input, 'location'), numericId(input, 'client'));
		if (!input.boolean('simplify')) return { ...found };
		return toClient(found, { instagram: instagramFrom(input), raw: rawFrom(input) });
	},
});
