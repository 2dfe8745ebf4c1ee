import type { IDataObject } from 'n8n-workflow';
import type { StoredValue } from './columns';
import { ask, askOne, askWithKey, type Answer, type Connection } from './connection';
import type { Call, RootField } from './graphql';

export { columnsOf, groupsOf, listBoards } from './boards';
export { connect, connectEditor, type Connection } from './connection';

/** An item as monday.com answers it. */
export interface Item {
	id: string;
	name: string;
	url: string;
	/** ISO 8601, UTC. */
	created_at: string | null;
	/** ISO 8601, UTC. */
	updated_at: string | null;
	board: { id: string; name: string } | null;
	group: { id: string; title: string } | null;
	column_values: StoredValue[];
}

export interface Page {
	/** Null on the last page; good for 60 minutes. */
	cursor: string | null;
	items: Item[];
}

/** Connected boards and mirrors have no `value` since 2025-04, so they are asked for by type. */
const ITEM = `fragment item on Item {
	id name url created_at updated_at
	board { id name }
	group { id title }
	column_values {
		id type text value
		column { title }
		... on BoardRelationValue { linked_item_ids display_value }
		... on MirrorValue { display_value }
	}
}`;

const PAGE = 'fragment page on ItemsResponse { cursor items { ...item } }';

/** The fragments of a field that gives items, and of one that gives pages of them. */
export const ITEM_FRAGMENTS = [ITEM];
export const PAGE_FRAGMENTS = [PAGE, ITEM];

const CREATE: RootField = {
	kind: 'mutation',
	text: `create_item(board_id: $board, group_id: $group, item_name: $name, column_values: $columns, create_labels_if_missing: $labels) { ...item }`,
	variables: { board: 'ID!', group: 'String', name: 'String!', columns: 'JSON', labels: 'Boolean' },
	fragments: ITEM_FRAGMENTS,
};

const CHANGE: RootField = {
	kind: 'mutation',
	text: `change_multiple_column_values(board_id: $board, item_id: $item, column_values: $columns, create_labels_if_missing: $labels) { ...item }`,
	variables: { board: 'ID!', item: 'ID!', columns: 'JSON!', labels: 'Boolean' },
	fragments: ITEM_FRAGMENTS,
};

const COMMENT: RootField = {
	kind: 'mutation',
	text: 'create_update(item_id: $item, body: $body) { id body created_at }',
	variables: { item: 'ID!', body: 'String!' },
	fragments: [],
};

const BY_ID: RootField = {
	kind: 'query',
	text: 'items(ids: [$item]) { ...item }',
	variables: { item: 'ID!' },
	fragments: ITEM_FRAGMENTS,
};

const BOARD_PAGE: RootField = {
	kind: 'query',
	text: 'boards(ids: [$board]) { items_page(limit: $limit, query_params: $query) { ...page } }',
	variables: { board: 'ID!', limit: 'Int!', query: 'ItemsQuery' },
	fragments: PAGE_FRAGMENTS,
};

const NEXT_PAGE: RootField = {
	kind: 'query',
	text: 'next_items_page(cursor: $cursor, limit: $limit) { ...page }',
	variables: { cursor: 'String!', limit: 'Int!' },
	fragments: PAGE_FRAGMENTS,
};

/** The most items monday.com gives on a page. */
export const MAX_PAGE = 500;

export interface NewItem {
	board: string;
	/** The board's top group where absent. */
	group?: string;
	name: string;
	/** Column values by column ID. */
	columns: IDataObject;
	/** Whether monday.com shall add labels that a column does not have. */
	createLabels: boolean;
}

export interface ItemChange {
	board: string;
	id: string;
	/** Column values by column ID; `name` renames the item. */
	columns: IDataObject;
	createLabels: boolean;
}

const creation = ({ board, group, name, columns, createLabels }: NewItem): Call => ({
	field: CREATE,
	values: { board, group, name, columns: JSON.stringify(columns), labels: createLabels },
});

/**
 * create_item, all in one request, which counts as one call of the day.
 *
 * @param idempotencyKey covers the request, so all of the items; random unless given
 * @returns for each the item as written, or why it was not
 */
export async function createItems(
	api: Connection,
	items: NewItem[],
	idempotencyKey?: string,
): Promise<Array<Item | Error>> {
	return await ask<Item>(api, items.map(creation), idempotencyKey);
}

/** create_item under a key that others may use too. @returns for each the item and whether it was there before */
export async function createItemsOnce(
	api: Connection,
	items: NewItem[],
	idempotencyKey: string,
): Promise<Array<Answer<Item> | Error>> {
	return await askWithKey<Item>(api, items.map(creation), idempotencyKey);
}

/** change_multiple_column_values, all in one request. @returns for each the item as it is now, or why not */
export async function changeItems(api: Connection, changes: ItemChange[]): Promise<Array<Item | Error>> {
	const calls = changes.map(({ board, id, columns, createLabels }) => ({
		field: CHANGE,
		values: { board, item: id, columns: JSON.stringify(columns), labels: createLabels },
	}));
	return await ask<Item>(api, calls);
}

/**
 * create_update, all in one request.
 *
 * @param comments `body` is HTML
 */
export async function addComments(
	api: Connection,
	comments: Array<{ item: string; body: string }>,
): Promise<Array<{ id: string; body: string; created_at: string } | Error>> {
	return await ask(
		api,
		comments.map((values) => ({ field: COMMENT, values })),
	);
}

/** Items by ID, all in one request. @returns for each the item, or an error where it does not exist */
export async function itemsById(api: Connection, ids: string[]): Promise<Array<Item | Error>> {
	const calls = ids.map((item) => ({ field: BY_ID, values: { item } }));
	const answers = await ask<Item[]>(api, calls);
	return answers.map((answer, index) =>
		answer instanceof Error
			? answer
			: (answer[0] ??
				api.http.error({
					status: 404,
					message: `monday.com has no item ${ids[index]} that the token may see`,
					howToFix: 'Check the ID: the item may have been deleted, or be on a board the token does not see.',
				})),
	);
}

/** A call for the first page of a board's items; `pageIn` reads its answer. */
export const boardPage = (board: string, limit: number, query?: IDataObject): Call => ({
	field: BOARD_PAGE,
	values: { board, limit, query },
});

/** The page in an answer: of a board's items, or of a search across the board. Empty for an unknown board. */
export const pageIn = (answer: Page | Array<{ items_page: Page }>): Page =>
	Array.isArray(answer) ? (answer[0]?.items_page ?? { cursor: null, items: [] }) : answer;

/** Reads on from where pages ended, all of them in one request a step. @returns all items of each page */
export async function readOn(api: Connection, pages: Page[], limit: number): Promise<Item[][]> {
	const items = pages.map((page) => [...page.items]);
	let open = pages.map(({ cursor }, index) => ({ cursor, index })).filter(({ cursor }) => cursor);
	while (open.length > 0) {
		const calls = open.map(({ cursor }) => ({ field: NEXT_PAGE, values: { cursor, limit } }));
		const answers = await ask<Page>(api, calls);
		open = open
			.map(({ index }, position) => {
				const answer = answers[position] as Page | Error;
				if (answer instanceof Error) throw answer;
				items[index]?.push(...answer.items);
				return { cursor: answer.cursor, index };
			})
			.filter(({ cursor }) => cursor);
	}
	return items;
}

/**
 * A board's items in the board's order.
 *
 * @param options `limit`: how many at most, all where absent; `query`: monday.com's ItemsQuery
 * @throws ProviderError also where the board is unknown
 */
export async function listItems(
	api: Connection,
	board: string,
	{ limit = Infinity, query }: { limit?: number; query?: IDataObject },
): Promise<Item[]> {
	const boards = await askOne<Array<{ items_page: Page }>>(
		api,
		boardPage(board, Math.min(limit, MAX_PAGE), query),
	);
	if (boards.length === 0) {
		throw api.http.error({
			status: 404,
			message: `monday.com has no board ${board} that the token may see`,
			howToFix: 'Choose the board from the list, or give the user of the token access to it.',
		});
	}
	let page = pageIn(boards);
	const items = [...page.items];
	while (page.cursor && items.length < limit) {
		const values = { cursor: page.cursor, limit: Math.min(limit - items.length, MAX_PAGE) };
		page = await askOne<Page>(api, { field: NEXT_PAGE, values });
		items.push(...page.items);
	}
	return items.slice(0, limit);
}
