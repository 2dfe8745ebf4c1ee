import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listServices, listTemplates, type NamedPage } from './api';
import { connectEditor } from './connection';

function results({ entries, next }: NamedPage, filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	return {
		results: entries
			.map(({ sid, friendly_name: name, language }) => ({
				name: language ? `${name} (${language})` : name,
				value: sid,
			}))
			.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
		paginationToken: next,
	};
}

async function searchServices(this: ILoadOptionsFunctions, filter?: string, page?: string) {
	return results(await listServices(await connectEditor(this, 'messaging'), page), filter);
}

async function searchTemplates(this: ILoadOptionsFunctions, filter?: string, page?: string) {
	return results(await listTemplates(await connectEditor(this, 'content'), page), filter);
}

/** Lists for the editor's locators. */
export const listSearch = { searchServices, searchTemplates };
