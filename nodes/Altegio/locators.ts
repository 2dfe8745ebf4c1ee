import { DateTime } from 'luxon';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listCompanies, listServices, listStaff, searchClients as findClients } from './api';
import { connectPlainly } from './connection';
import { listRecords } from './records';
import { idText, type AltegioRecord, type Id } from './types';

const CLIENTS_SHOWN = 50;

/** Sorted by name; the filter may be a part of the name or of the id. */
function results(rows: Array<{ id: Id; name?: string }>, filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	return {
		results: rows
			.map(({ id, name }) => ({ name: name || String(id), value: String(id) }))
			.filter(({ name, value }) => name.toLowerCase().includes(wanted) || value.includes(wanted))
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
}

const locationOf = (context: ILoadOptionsFunctions) =>
	String(context.getCurrentNodeParameter('location', { extractValue: true }) ?? '');

/** Lists the locations of the credential's user. */
export async function searchLocations(this: ILoadOptionsFunctions, filter?: string) {
	const companies = await listCompanies(await connectPlainly(this));
	return results(
		companies.map(({ id, title }) => ({ id, name: title })),
		filter,
	);
}

/** Lists the chosen location's services. */
export async function searchServices(this: ILoadOptionsFunctions, filter?: string) {
	const services = await listServices(await connectPlainly(this), locationOf(this));
	return results(
		services.map(({ id, title }) => ({ id, name: title })),
		filter,
	);
}

/** Lists the chosen location's staff. */
export async function searchStaff(this: ILoadOptionsFunctions, filter?: string) {
	return results(await listStaff(await connectPlainly(this), locationOf(this)), filter);
}

/** Lists the chosen location's clients as Altegio's own search finds them. */
export async function searchClients(this: ILoadOptionsFunctions, filter?: string) {
	const filters = filter ? [{ type: 'quick_search', state: { value: filter } }] : [];
	const search = { filters, orderBy: 'name', limit: CLIENTS_SHOWN };
	const api = await connectPlainly(this);
	return results(await findClients(api, locationOf(this), search, (client) => client));
}

/** Lists the chosen location's visits of the last week, with time and client. */
export async function searchVisits(this: ILoadOptionsFunctions, filter?: string) {
	const today = DateTime.now();
	const days = { start_date: today.minus({ days: 7 }).toISODate(), end_date: today.toISODate() };
	const keep = ({ visit_id: id, date, client }: AltegioRecord) =>
		idText(id) === null
			? undefined
			: { id: String(id), name: [date, client?.name].filter(Boolean).join(', ') };
	const visits = await listRecords(await connectPlainly(this), locationOf(this), days, { keep });
	return results([...new Map(visits.map((visit) => [visit.id, visit])).values()], filter);
}

export const listSearch = { searchClients, searchLocations, searchServices, searchStaff, searchVisits };
