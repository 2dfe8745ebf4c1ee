import type { INodeProperties } from 'n8n-workflow';
import { mapBounded } from '../../../lib/parallel';
import { operation } from '../../../lib/operations';
import { getClient, listClientsByEmail, searchClients } from '../api';
import type { AltegioApi } from '../connection';
import { includeRaw, instagramFrom, instagramIn, location, numericId, rawFrom, simplify } from '../fields';
import { instagramName, instagramOf, toClient, type InstagramPlace } from '../shape';
import { fieldsOf, type Client } from '../types';

const PARALLEL = 5;

const username: INodeProperties = {
	displayName: 'Instagram Username',
	name: 'instagram',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. jane.example',
	description: "With or without @, or the profile's address",
};

const place: INodeProperties = {
	...instagramIn,
	options: instagramIn.options?.filter((option) => 'value' in option && option.value !== 'nowhere'),
	default: 'email',
};

const code: INodeProperties = {
	displayName: 'Instagram Field Code',
	name: 'instagramField',
	type: 'string',
	required: true,
	displayOptions: { show: { instagramIn: ['customField'] } },
	default: '',
	placeholder: 'e.g. instagram',
	description: 'The code (API key) of the custom field',
};

const maxClients: INodeProperties = {
	displayName: 'Max Clients to Read',
	name: 'maxClients',
	type: 'number',
	typeOptions: { minValue: 0 },
	displayOptions: { show: { instagramIn: ['customField'] } },
	default: 500,
	description:
		"How many clients may be read one by one. Altegio's search does not look into custom fields and often leaves them out, and each client read is a request.",
};

type Sought = { company: string; name: string; place: InstagramPlace };

const quick = (value: string) => ({ filters: [{ type: 'quick_search', state: { value } }] });

/** By e-mail: Altegio's quick search, and the old list, since only that is documented to look into e-mails. */
async function byEmail(api: AltegioApi, { company, name, place: where }: Sought): Promise<string[]> {
	const exact = (client: Client) => instagramOf(client, where) === name;
	const keep = (client: Client) => (exact(client) ? String(client.id) : undefined);
	const found = await searchClients(api, company, quick(`${name}@gmail.com`), keep);
	if (found.length > 0) return found;
	const listed = await listClientsByEmail(api, company, `${name}@gmail.com`);
	return listed.filter(exact).map(({ id }) => String(id));
}

/**
 * By custom field: everybody, since no search looks there. Clients whose fields came with the list are judged at
 * once, the others have to be read.
 */
async function byField(api: AltegioApi, { company, name, place: where }: Sought, most: number) {
	const silent: string[] = [];
	const found = await searchClients(api, company, { filters: [] }, (client) => {
		// An empty list may mean that there are none, or that the search left them out.
		if (Object.keys(fieldsOf(client.custom_fields)).length === 0) silent.push(String(client.id));
		return instagramOf(client, where) === name ? String(client.id) : undefined;
	});
	if (found.length > 0) return found;
	if (silent.length > most) {
		throw api.http.error({
			message: `${silent.length} clients would have to be read one by one`,
			howToFix: `Raise Max Clients to Read (now ${most}), or keep usernames in the e-mail as username@gmail.com: that can be searched.`,
		});
	}
	const read = await mapBounded(
		silent,
		PARALLEL,
		api.stopped,
		async (id) => await getClient(api, company, id),
	);
	return read.filter((client) => client && instagramOf(client, where) === name).map(({ id }) => String(id));
}

/** Finds the clients of an Instagram username; the match is exact, whatever the search brings. */
export const findByInstagram = operation<AltegioApi>({
	name: 'Find by Instagram',
	value: 'findByInstagram',
	action: 'Find client by instagram',
	description: 'Find the client with an Instagram username; gives nothing where there is none',
	fields: [location, username, place, code, maxClients, simplify, includeRaw],
	run: async ({ api, input }) => {
		const company = numericId(input, 'location');
		const name =
			instagramName(input.text('instagram')) ??
			input.refuse('instagram', 'is not an Instagram username', 'Use letters, digits, dots and underscores.');
		const where = instagramFrom(input);
		const sought = { company, name, place: where };
		const ids =
			where.in === 'customField'
				? await byField(api, sought, input.number('maxClients', { min: 0 }))
				: await byEmail(api, { ...sought, place: { in: 'email' } });
		const clients = await mapBounded(ids, PARALLEL, api.stopped, (id) => getClient(api, company, id));
		if (!input.boolean('simplify')) return clients.map((client) => ({ ...client }));
		return clients.map((client) => toClient(client, { instagram: where, raw: rawFrom(input) }));
	},
});
