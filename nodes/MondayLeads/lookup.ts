import { ask, type Connection } from './connection';
import { boardPage, MAX_PAGE, pageIn, PAGE_FRAGMENTS, readOn, type Item, type Page } from './api';
import type { Column, Finder, Question, Writing } from './columns';
import type { Call, RootField } from './graphql';

/** A value to look for in a column. */
export interface Lookup {
	board: string;
	column: Column;
	finder: Finder;
	value: string;
	to: Writing;
}

const BY_VALUE: RootField = {
	kind: 'query',
	text: `items_page_by_column_values(board_id: $board, columns: [{ column_id: $column, column_values: [$text] }], limit: $limit) { ...page }`,
	variables: { board: 'ID!', column: 'String!', text: 'String!', limit: 'Int!' },
	fragments: PAGE_FRAGMENTS,
};

/** Few rows share an e-mail or the end of a phone number; small pages keep the complexity of a batch low. */
const LOOKUP_PAGE = 50;

function callFor({ board, column }: Lookup, question: Question): Call {
	const rule = (operator: string, compare_value: string[]) => ({
		column_id: column.id,
		operator,
		compare_value,
	});
	switch (question.by) {
		case 'value':
			return {
				field: BY_VALUE,
				values: { board, column: column.id, text: question.text, limit: LOOKUP_PAGE },
			};
		case 'contains':
			return boardPage(board, LOOKUP_PAGE, { rules: [rule('contains_text', [question.text])] });
		case 'otherLabels':
			return boardPage(board, MAX_PAGE, {
				rules: [rule('is_not_empty', []), rule('not_contains_text', ['@'])],
			});
	}
}

/** What is asked for once even if several lookups need it. */
const signature = ({ field, values }: Call) => JSON.stringify([field.text, values]);

/** How a value is told apart from others in a column of a board. */
export const keyOf = ({ board, column, finder, value, to }: Lookup): string =>
	JSON.stringify([board, column.id, finder.identity(value, to)]);

/**
 * Finds items by column values: all lookups in one request, further pages in one request a step. What
 * monday.com finds are candidates; each is verified by the value it holds (see `Finder`).
 *
 * @returns for each lookup its items, oldest first, or why it could not be done
 */
export async function findItems(api: Connection, lookups: Lookup[]): Promise<Array<Item[] | Error>> {
	const wanted = lookups.map((lookup) =>
		lookup.finder.questions(lookup.value.trim(), lookup.to).map((question) => callFor(lookup, question)),
	);
	const calls = new Map(wanted.flat().map((call) => [signature(call), call]));
	const answers = await ask<Page | Array<{ items_page: Page }>>(api, [...calls.values()]);
	const pages = answers.map((answer) =>
		answer instanceof Error ? { cursor: null, items: [] } : pageIn(answer),
	);
	const items = await readOn(api, pages, MAX_PAGE);
	const positions = new Map([...calls.keys()].map((key, position) => [key, position]));
	return lookups.map((lookup, index) => {
		const asked = (wanted[index] ?? []).map((call) => positions.get(signature(call)) ?? -1);
		const failed = asked.map((position) => answers[position]).find((answer) => answer instanceof Error);
		if (failed instanceof Error) return failed;
		return verified(
			lookup,
			asked.flatMap((position) => items[position] ?? []),
		);
	});
}

/** Oldest first; items of the same second by ID, which grows. */
export const byAge = (a: Pick<Item, 'id' | 'created_at'>, b: Pick<Item, 'id' | 'created_at'>): number =>
	(a.created_at ?? '').localeCompare(b.created_at ?? '') ||
	a.id.length - b.id.length ||
	a.id.localeCompare(b.id);

function verified({ column, finder, value, to }: Lookup, candidates: Item[]): Item[] {
	const identity = finder.identity(value, to);
	const matching = candidates.filter((item) => {
		const stored =
			column.type === 'name'
				? { id: 'name', type: 'name', text: item.name, value: null }
				: item.column_values.find(({ id }) => id === column.id);
		return stored !== undefined && finder.matches(stored, identity);
	});
	return [...new Map(matching.map((item) => [item.id, item])).values()].sort(byAge);
}
