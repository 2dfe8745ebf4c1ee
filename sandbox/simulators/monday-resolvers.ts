import type { MondayBoard, MondayBoards, MondayItem } from './monday-board';
import { isFoundBy, MondayException, type MondayColumn, type MondayValue } from './monday-columns';

interface Rule {
	column_id: string;
	compare_value: unknown;
	operator: 'any_of' | 'not_any_of' | 'contains_text' | 'not_contains_text' | 'is_empty' | 'is_not_empty';
}

interface PageArguments {
	limit: number;
	cursor?: string | null;
	query_params?: { ids?: string[]; operator: 'and' | 'or'; rules?: Rule[] } | null;
}

const EMPTY: MondayValue = { value: null, text: '' };
const MOST_ITEMS_A_PAGE = 500;
const MOST_IDS = 100;
/** Types whose `value` the API gives as null since 2025-04. */
const VALUELESS = new Set(['board_relation', 'mirror']);

const invalid = (message: string) => new MondayException('InvalidArgumentException', message);
const jsonIn = (text: unknown): unknown => {
	if (text === undefined || text === null) return {};
	try {
		return JSON.parse(String(text));
	} catch {
		throw new MondayException('JsonParseException', 'We could not parse the JSON of column_values');
	}
};

const settingsOf = ({ type, labels = [] }: MondayColumn): unknown =>
	type === 'status' || type === 'dropdown'
		? { type, labels: labels.map((label, index) => ({ id: index, label, index, is_deactivated: false })) }
		: {};

/** Answers the fields of monday-schema.ts from the boards' state. */
export class MondayResolvers {
	private readonly cursors = new Map<string, string[]>();

	constructor(
		private readonly state: MondayBoards,
		private readonly version: () => string,
	) {}

	/** The root value of an execution; graphql-js calls its functions with the field's arguments. */
	root(complexity: () => unknown): Record<string, unknown> {
		return {
			me: () => ({ id: '4012689', name: 'Sandbox user', email: 'sandbox@example.com' }),
			version: () => ({ kind: 'current', value: this.version() }),
			complexity,
			boards: ({ ids, limit, page }: { ids?: string[]; limit: number; page: number }) =>
				this.state.boards
					.filter(({ id }) => !ids || ids.includes(id))
					.slice((page - 1) * limit, page * limit)
					.map((board) => this.boardView(board)),
			items: ({ ids = [], limit }: { ids?: string[]; limit: number }) => {
				if (ids.length > MOST_IDS) throw invalid(`You can query at most ${MOST_IDS} items by ID`);
				return this.state.items
					.filter(({ id }) => ids.includes(id))
					.slice(0, limit)
					.map((item) => this.itemView(item));
			},
			items_page_by_column_values: (wanted: Parameters<MondayResolvers['byColumnValues']>[0]) =>
				this.byColumnValues(wanted),
			next_items_page: ({ cursor, limit }: { cursor: string; limit: number }) => this.nextPage(cursor, limit),
			create_item: (fields: Record<string, string | undefined> & { create_labels_if_missing?: boolean }) =>
				this.itemView(
					this.state.create(
						fields.board_id ?? '',
						fields.group_id,
						fields.item_name ?? '',
						jsonIn(fields.column_values),
						fields.create_labels_if_missing ?? false,
					),
				),
			change_multiple_column_values: (
				fields: Record<string, string | undefined> & { create_labels_if_missing?: boolean },
			) =>
				this.itemView(
					this.state.change(
						fields.board_id ?? '',
						fields.item_id,
						jsonIn(fields.column_values),
						fields.create_labels_if_missing ?? false,
					),
				),
			create_update: ({ item_id, body }: { item_id?: string; body: string }) => {
				const { id, createdAt, itemId } = this.state.comment(item_id, body);
				return { id, body, created_at: createdAt, creator_id: '4012689', item_id: itemId, text_body: body };
			},
		};
	}

	private boardView(board: MondayBoard): Record<string, unknown> {
		return {
			...board,
			board_kind: 'public',
			state: 'active',
			items_count: this.state.itemsOf(board).length,
			url: `https://sandbox.monday.com/boards/${board.id}`,
			groups: ({ ids }: { ids?: string[] }) =>
				board.groups
					.filter(({ id }) => !ids || ids.includes(id))
					.map((group, position) => ({
						...group,
						color: '#579bfc',
						position: String(position),
						archived: false,
					})),
			columns: ({ ids, types }: { ids?: string[]; types?: string[] }) =>
				this.state
					.columns(board)
					.filter(({ id, type }) => (!ids || ids.includes(id)) && (!types || types.includes(type)))
					.map((column) => this.columnView(column)),
			items_page: (page: PageArguments) => this.itemsPage(board, page),
		};
	}

	private columnView(column: MondayColumn): Record<string, unknown> {
		const settings = settingsOf(column);
		return { ...column, archived: false, settings, settings_str: JSON.stringify(settings), revision: '1' };
	}

	private itemView(item: MondayItem): Record<string, unknown> {
		const board = this.state.board(item.boardId);
		return {
			id: item.id,
			name: item.name,
			state: 'active',
			created_at: item.createdAt,
			updated_at: item.updatedAt,
			creator_id: '4012689',
			url: `https://sandbox.monday.com/boards/${board.id}/pulses/${item.id}`,
			board: () => this.boardView(board),
			group: () => board.groups.find(({ id }) => id === item.groupId),
			updates: () => item.updates.map(({ id, body, createdAt }) => ({ id, body, created_at: createdAt })),
			column_values: ({ ids, types }: { ids?: string[]; types?: string[] }) =>
				board.columns
					.filter(({ id, type }) => (!ids || ids.includes(id)) && (!types || types.includes(type)))
					.map((column) => this.valueView(column, item.values[column.id] ?? EMPTY)),
		};
	}

	private valueView(column: MondayColumn, { value, text }: MondayValue): Record<string, unknown> {
		const linked = (value as { item_ids?: unknown[] } | null)?.item_ids ?? [];
		const names: Record<string, string> = { board_relation: 'BoardRelationValue', mirror: 'MirrorValue' };
		return {
			__typename: names[column.type] ?? 'AnyValue',
			id: column.id,
			type: column.type,
			column: this.columnView(column),
			is_leaf: true,
			text: VALUELESS.has(column.type) ? null : text,
			value: value === null || VALUELESS.has(column.type) ? null : JSON.stringify(value),
			linked_item_ids: linked.map(String),
			display_value: linked.map((id) => `Item ${String(id)}`).join(', '),
		};
	}

	private byColumnValues(wanted: {
		board_id: string;
		columns?: Array<{ column_id: string; column_values: Array<string | null> }> | null;
		cursor?: string | null;
		limit: number;
	}): unknown {
		const { columns, cursor } = wanted;
		if (cursor && columns) throw invalid('You cannot use both columns and cursor');
		if (cursor) return this.nextPage(cursor, wanted.limit);
		const board = this.state.board(wanted.board_id);
		const found = this.state.itemsOf(board).filter((item) =>
			(columns ?? []).every(({ column_id, column_values }) => {
				const column = this.state.column(board, column_id);
				return column_values.some((text) => isFoundBy(column, this.stored(item, column), text));
			}),
		);
		return this.page(
			found.map(({ id }) => id),
			wanted.limit,
		);
	}

	private itemsPage(board: MondayBoard, { limit, cursor, query_params: query }: PageArguments): unknown {
		if (cursor) return this.nextPage(cursor, limit);
		const rules = query?.rules ?? [];
		const found = this.state.itemsOf(board).filter((item) => {
			if (query?.ids && !query.ids.includes(item.id)) return false;
			const meets = (rule: Rule) => this.meets(board, item, rule);
			return query?.operator === 'or' && rules.length > 0 ? rules.some(meets) : rules.every(meets);
		});
		return this.page(
			found.map(({ id }) => id),
			limit,
		);
	}

	/** Text is compared with what the board shows: an e-mail's label, not its address (e-mail column page). */
	private meets(board: MondayBoard, item: MondayItem, { column_id, compare_value, operator }: Rule): boolean {
		const wanted = [compare_value].flat().map((one) => String(one).toLowerCase());
		const shown =
			column_id === 'group' ? item.groupId : this.stored(item, this.state.column(board, column_id)).text;
		const text = shown.toLowerCase();
		switch (operator) {
			case 'is_empty':
				return text === '';
			case 'is_not_empty':
				return text !== '';
			case 'contains_text':
				return wanted.every((one) => text.includes(one));
			case 'not_contains_text':
				return wanted.every((one) => !text.includes(one));
			case 'not_any_of':
				return !wanted.includes(text);
			default:
				return wanted.includes(text);
		}
	}

	private stored(item: MondayItem, { id }: MondayColumn): MondayValue {
		return id === 'name' ? { value: item.name, text: item.name } : (item.values[id] ?? EMPTY);
	}

	private nextPage(cursor: string, limit: number): unknown {
		const ids = this.cursors.get(cursor);
		if (!ids) throw new MondayException('CursorException', 'CursorExpiredError: the cursor is not valid');
		return this.page(ids, limit);
	}

	private page(ids: string[], limit: number): unknown {
		if (limit < 1 || limit > MOST_ITEMS_A_PAGE) {
			throw invalid(`limit must be from 1 to ${MOST_ITEMS_A_PAGE}`);
		}
		const rest = ids.slice(limit);
		const cursor = rest.length > 0 ? `cursor-${this.cursors.size + 1}` : null;
		if (cursor) this.cursors.set(cursor, rest);
		return { cursor, items: ids.slice(0, limit).map((id) => this.itemView(this.state.item(id))) };
	}
}
