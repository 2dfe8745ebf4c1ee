import type { Column } from './columns';
import { askOne, type Connection } from './connection';
import type { RootField } from './graphql';

interface RawColumn {
	id: string;
	title: string;
	type: string;
	archived: boolean;
	settings: unknown;
}

interface RawLabel {
	label?: string;
	name?: string;
	is_deactivated?: boolean;
}

const BOARDS: RootField = {
	kind: 'query',
	text: 'boards(limit: $limit, page: $page, order_by: used_at) { id name url }',
	variables: { limit: 'Int', page: 'Int' },
	fragments: [],
};

const COLUMNS: RootField = {
	kind: 'query',
	text: 'boards(ids: [$board]) { columns { id title type archived settings } }',
	variables: { board: 'ID!' },
	fragments: [],
};

const GROUPS: RootField = {
	kind: 'query',
	text: 'boards(ids: [$board]) { groups { id title } }',
	variables: { board: 'ID!' },
	fragments: [],
};

/** How many boards the list shows at a time. */
const BOARDS_PER_PAGE = 100;

/** The board itself: monday.com answers an unknown or hidden one with an empty list instead of an error. */
function onlyBoard<T>(api: Connection, boards: T[], id: string): T {
	const [board] = boards;
	if (board) return board;
	throw api.http.error({
		message: `monday.com has no board ${id} that the token may see`,
		howToFix: 'Choose the board from the list, or give the user of the token access to it.',
	});
}

/** Labels of a status or dropdown column, from `settings` (a list) or the form before 2025-10 (by index). */
function labelsOf({ settings }: RawColumn): string[] {
	const parsed = (typeof settings === 'string' ? JSON.parse(settings) : settings) as {
		labels?: Array<RawLabel | string> | Record<string, string>;
	} | null;
	return Object.values(parsed?.labels ?? {})
		.map((label): RawLabel => (typeof label === 'string' ? { label } : label))
		.filter((label) => !label.is_deactivated)
		.map(({ label, name }) => label ?? name ?? '')
		.filter((label) => label !== '');
}

/**
 * The columns of a board, read once for a run.
 *
 * @throws ProviderError also where the board is unknown
 */
export async function columnsOf(api: Connection, board: string): Promise<Column[]> {
	const known = api.columns.get(board);
	if (known) return await known;
	const reading = readColumns(api, board);
	api.columns.set(board, reading);
	return await reading;
}

async function readColumns(api: Connection, id: string): Promise<Column[]> {
	const boards = await askOne<Array<{ columns: RawColumn[] }>>(api, {
		field: COLUMNS,
		values: { board: id },
	});
	return onlyBoard(api, boards, id)
		.columns.filter(({ archived }) => !archived)
		.map((column) => ({ id: column.id, title: column.title, type: column.type, labels: labelsOf(column) }));
}

/** Groups of a board, top first. */
export async function groupsOf(api: Connection, id: string): Promise<Array<{ id: string; title: string }>> {
	const call = { field: GROUPS, values: { board: id } };
	return onlyBoard(api, await askOne<Array<{ groups: Array<{ id: string; title: string }> }>>(api, call), id)
		.groups;
}

/**
 * One page of boards, last used first.
 *
 * @param page from 1
 * @returns `more` is false on the last page
 */
export async function listBoards(
	api: Connection,
	page: number,
): Promise<{ boards: Array<{ id: string; name: string; url: string }>; more: boolean }> {
	const call = { field: BOARDS, values: { limit: BOARDS_PER_PAGE, page } };
	const boards = await askOne<Array<{ id: string; name: string; url: string }>>(api, call);
	return { boards, more: boards.length === BOARDS_PER_PAGE };
}
