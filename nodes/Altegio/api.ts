import type { IDataObject } from 'n8n-workflow';
import { path, ProviderError } from '../../lib/http';
import { ask, type AltegioApi } from './connection';
import { readPages } from './pages';
import type { AltegioRecord, Client, Company, Payment, Service, StaffMember, Visit } from './types';

/** Page size of clients/search (YCLIENTS REST documentation: at most 200). */
const CLIENTS_A_PAGE = 200;

/** Without `fields` a search gives ids alone; these are the documented ones and the names. */
const CLIENT_FIELDS = [
	'id',
	'name',
	'surname',
	'patronymic',
	'phone',
	'email',
	'discount',
	'first_visit_date',
	'last_visit_date',
	'sold_amount',
	'visits_count',
	'custom_fields',
];

/** Keeps what a run has read, but not a failure: the next item may have better luck. */
async function once<T>(known: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
	const reading = known.get(key) ?? read();
	known.set(key, reading);
	return await reading.catch((error: unknown) => {
		known.delete(key);
		throw error;
	});
}

/** Locations that the user manages: GET /companies?my=1. */
export async function listCompanies(api: AltegioApi): Promise<Company[]> {
	return (await ask<Company[]>(api, { method: 'GET', path: '/companies', query: { my: 1 } })).data;
}

/**
 * The ID of the one location that the user manages.
 *
 * @throws ProviderError where there are several, or none
 */
export async function onlyLocation(api: AltegioApi): Promise<string> {
	const [first, ...others] = await listCompanies(api);
	if (first && others.length === 0) return String(first.id);
	throw api.http.error({
		message: first
			? `The user manages ${others.length + 1} locations, and none is chosen`
			: 'The user manages no location',
		howToFix: first
			? 'Choose Location from the list.'
			: 'Give the user access to the location in Altegio, then create the user token anew.',
	});
}

/** A location, read once a run: GET /company/{id}. */
export const getCompany = async (api: AltegioApi, company: string): Promise<Company> =>
	await once(
		api.companies,
		company,
		async () => (await ask<Company>(api, { method: 'GET', path: path`/company/${company}` })).data,
	);

/**
 * A location's IANA time zone, read once a run.
 *
 * @throws ProviderError where the location has none
 */
export async function timeZoneOf(api: AltegioApi, company: string): Promise<string> {
	const { timezone_name: zone } = await getCompany(api, company);
	if (zone) return zone;
	throw api.http.error({
		message: `Altegio does not say the time zone of location ${company}`,
		howToFix: 'Enter it in Time Zone, for instance Europe/Warsaw.',
	});
}

/** Staff of a location, without those who left: GET /company/{id}/staff. */
export async function listStaff(api: AltegioApi, company: string): Promise<StaffMember[]> {
	const { data } = await ask<StaffMember[]>(api, { method: 'GET', path: path`/company/${company}/staff` });
	return data.filter(({ fired }) => Number(fired ?? 0) === 0);
}

/** Services of a location, read once a run: GET /company/{id}/services. */
export const listServices = async (api: AltegioApi, company: string): Promise<Service[]> =>
	await once(
		api.services,
		company,
		async () => (await ask<Service[]>(api, { method: 'GET', path: path`/company/${company}/services` })).data,
	);

/** What to search clients by; see clients/search in the REST documentation. */
export interface ClientSearch {
	filters: Array<{ type: string; state: IDataObject }>;
	orderBy?: string;
	direction?: string;
	limit?: number;
}

/**
 * Searches clients: POST /company/{id}/clients/search, which only reads.
 *
 * @param keep makes of a found client what is given; undefined leaves it out
 */
export async function searchClients<Out = Client>(
	api: AltegioApi,
	company: string,
	{ filters, orderBy = 'id', direction = 'ASC', limit }: ClientSearch,
	keep: (client: Client) => Out | undefined,
): Promise<Out[]> {
	return await readPages<Client, Out>({
		size: Math.min(CLIENTS_A_PAGE, limit ?? CLIENTS_A_PAGE),
		limit,
		stopped: api.stopped,
		id: ({ id }) => String(id),
		keep,
		read: async (page, size) => {
			const { data, meta } = await ask<Client[]>(api, {
				method: 'POST',
				path: path`/company/${company}/clients/search`,
				reads: true,
				body: {
					page,
					page_size: size,
					fields: CLIENT_FIELDS,
					order_by: orderBy,
					order_by_direction: direction,
					operation: 'AND',
					filters,
				},
			});
			return { rows: data, total: meta.total_count };
		},
	});
}

/**
 * Clients whose e-mail holds a text: the old list, GET /clients/{id}?email=. Deprecated, but the only call that is
 * documented to search by e-mail.
 *
 * @returns nothing where Altegio has done away with it
 */
export async function listClientsByEmail(api: AltegioApi, company: string, email: string): Promise<Client[]> {
	const query = { email, count: CLIENTS_A_PAGE, page: 1 };
	const listing = ask<Client[]>(api, { method: 'GET', path: path`/clients/${company}`, query });
	return await listing.then(
		({ data }) => data,
		(error: unknown) => {
			if (error instanceof ProviderError && [404, 405, 410].includes(error.reason.status ?? 0)) return [];
			throw error;
		},
	);
}

/** A client: GET /client/{company}/{id}. */
export async function getClient(api: AltegioApi, company: string, client: string): Promise<Client> {
	return (await ask<Client>(api, { method: 'GET', path: path`/client/${company}/${client}` })).data;
}

/** A client, read once a run. */
export const getClientOnce = async (api: AltegioApi, company: string, client: string): Promise<Client> =>
	await once(api.clients, `${company}/${client}`, () => getClient(api, company, client));

/** Whether an answer was lost: what was asked for may have been done. */
export const isUncertain = (error: unknown): error is ProviderError =>
	error instanceof ProviderError && error.reason.uncertain === true;

/** A phone's digits, to compare it with another spelling of itself. */
export const digitsOf = (phone: unknown): string => String(phone ?? '').replace(/\D/g, '');

async function findClientByPhone(api: AltegioApi, company: string, phone: string) {
	const filters = [{ type: 'quick_search', state: { value: phone } }];
	const same = (client: Client) => (digitsOf(client.phone) === phone ? client : undefined);
	const [found] = await searchClients(api, company, { filters, limit: 1 }, same);
	return found && (await getClient(api, company, String(found.id)));
}

/**
 * Adds a client: POST /clients/{company}. Where the answer was lost the client is looked up by phone, since
 * Altegio keeps no two clients of one phone.
 *
 * @param body with name and phone
 * @throws ProviderError, uncertain where the client is not found afterwards
 */
export async function createClient(api: AltegioApi, company: string, body: IDataObject): Promise<Client> {
	const adding = ask<Client>(api, { method: 'POST', path: path`/clients/${company}`, body });
	const { data } = await adding.catch(async (error: unknown) => {
		const found = isUncertain(error)
			? await findClientByPhone(api, company, digitsOf(body.phone))
			: undefined;
		if (found) return { data: found };
		throw error;
	});
	return data;
}

/** Changes a client: PUT /client/{company}/{id}. @param body with name and phone, which Altegio asks for each time */
export async function updateClient(
	api: AltegioApi,
	company: string,
	client: string,
	body: IDataObject,
): Promise<Client> {
	const request = { method: 'PUT' as const, path: path`/client/${company}/${client}`, body };
	return (await ask<Client>(api, request)).data;
}

/** A visit with its appointments: GET /visits/{id}. */
export async function getVisit(api: AltegioApi, visit: string): Promise<Visit> {
	return (await ask<Visit>(api, { method: 'GET', path: path`/visits/${visit}` })).data;
}

/** What was paid for a visit: GET /visit/details/{company}/{record}/{visit}. */
export async function getPayments(
	api: AltegioApi,
	company: string,
	{ id }: AltegioRecord,
	visit: string,
): Promise<Payment[]> {
	const { data } = await ask<{ payment_transactions?: Payment[] }>(api, {
		method: 'GET',
		path: path`/visit/details/${company}/${id}/${visit}`,
	});
	return data.payment_transactions ?? [];
}
