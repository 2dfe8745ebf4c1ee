import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperFields,
} from 'n8n-workflow';
import {
	boardPage,
	columnsOf,
	connectEditor,
	groupsOf,
	listBoards,
	MAX_PAGE,
	pageIn,
	type Page,
} from './api';
import { mapperFields, searchable } from './columns';
import { askOne } from './connection';

/** How many items the list shows at a time. */
const ITEMS_SHOWN = 100;

const contains = (text: string, filter: string | undefined) =>
	text.toLowerCase().includes((filter ?? '').trim().toLowerCase());

const boardOf = (context: ILoadOptionsFunctions): string =>
	String(context.getCurrentNodeParameter('board', { extractValue: true }) ?? '');

async function searchBoards(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const page = Number(paginationToken ?? 1);
	const { boards, more } = await listBoards(await connectEditor(this), page);
	return {
		results: boards
			.filter(({ name, id }) => contains(name, filter) || id === filter)
			.map(({ id, name, url }) => ({ name, value: id, url })),
		paginationToken: more ? String(page + 1) : undefined,
	};
}

async function searchGroups(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const groups = await groupsOf(await connectEditor(this), boardOf(this));
	return {
		results: groups
			.filter(({ title }) => contains(title, filter))
			.map(({ id, title }) => ({ name: title, value: id })),
	};
}

async function searchItems(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const rule = { column_id: 'name', operator: 'contains_text', compare_value: [filter] };
	const call = boardPage(
		boardOf(this),
		filter ? MAX_PAGE : ITEMS_SHOWN,
		filter ? { rules: [rule] } : undefined,
	);
	const { items } = pageIn(await askOne<Array<{ items_page: Page }>>(await connectEditor(this), call));
	return { results: items.map(({ id, name, url }) => ({ name, value: id, url })) };
}

async function getSearchableColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const columns = await columnsOf(await connectEditor(this), boardOf(this));
	return searchable(columns).map(({ id, title, type }) => ({
		name: title,
		value: id,
		description: type === 'name' ? "The item's name" : type,
	}));
}

async function getColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return { fields: mapperFields(await columnsOf(await connectEditor(this), boardOf(this))) };
}

/** What the editor asks the node for: lists of boards, groups, items and columns, and the column mapper's fields. */
export const methods = {
	listSearch: { searchBoards, searchGroups, searchItems },
	loadOptions: { getSearchableColumns },
	resourceMapping: { getColumns },
};
