import { MondayException, writeColumn, type MondayColumn, type MondayValue } from './monday-columns';

export interface MondayItem {
	id: string;
	boardId: string;
	groupId: string;
	name: string;
	createdAt: string;
	updatedAt: string;
	values: Record<string, MondayValue>;
	updates: Array<{ id: string; body: string; createdAt: string }>;
}

export interface MondayBoard {
	id: string;
	name: string;
	groups: Array<{ id: string; title: string }>;
	/** Without the item's name, which monday.com lists first. */
	columns: MondayColumn[];
}

const NAME_COLUMN: MondayColumn = { id: 'name', title: 'Name', type: 'name' };
const ITEMS_LIMIT = 10_000;

/** The board of the first scenario, and one with every column type the API can write. */
export const seedBoards = (): MondayBoard[] => [
	{
		id: '1234567890',
		name: 'Leads',
		groups: [
			{ id: 'topics', title: 'Nowe leady' },
			{ id: 'group_booked', title: 'Umówione spotkania' },
		],
		columns: [
			{ id: 'email', title: 'Email', type: 'email' },
			{ id: 'phone', title: 'Telefon', type: 'phone' },
			{ id: 'text1', title: 'Temat', type: 'text' },
			{
				id: 'status1',
				title: 'Źródło',
				type: 'status',
				labels: ['Chatfuel', 'Instagram', 'WhatsApp', 'Strona internetowa', 'Telefon'],
			},
			{ id: 'date', title: 'Data spotkania', type: 'date' },
			{ id: 'time', title: 'Godzina', type: 'hour' },
			{ id: 'status2', title: 'Pakiet', type: 'status', labels: ['Podstawowy', 'Standard', 'Premium'] },
			{
				id: 'status',
				title: 'Status',
				type: 'status',
				labels: ['Nowy', 'W kontakcie', 'Zakwalifikowany', 'Umówiony', 'Zakończony'],
			},
		],
	},
	{
		id: '2234567890',
		name: 'Every column',
		groups: [{ id: 'topics', title: 'Items' }],
		columns: [
			{ id: 'text', title: 'Text', type: 'text' },
			{ id: 'long_text', title: 'Notes', type: 'long_text' },
			{ id: 'email', title: 'E-mail', type: 'email' },
			{ id: 'phone', title: 'Phone', type: 'phone' },
			{ id: 'status', title: 'Stage', type: 'status', labels: ['New', 'Working on it', 'Done'] },
			{ id: 'dropdown', title: 'Services', type: 'dropdown', labels: ['Cut', 'Colour', 'Cut, wash and dry'] },
			{ id: 'date', title: 'Visit', type: 'date' },
			{ id: 'hour', title: 'Hour', type: 'hour' },
			{ id: 'people', title: 'Owner', type: 'people' },
			{ id: 'numbers', title: 'Amount', type: 'numbers' },
			{ id: 'link', title: 'Page', type: 'link' },
			{ id: 'checkbox', title: 'Consent', type: 'checkbox' },
			{ id: 'tags', title: 'Tags', type: 'tags' },
			{ id: 'board_relation', title: 'Visits', type: 'board_relation' },
			{ id: 'mirror', title: 'From visits', type: 'mirror' },
		],
	},
];

/** Boards with their items: what the API reads and writes. */
export class MondayBoards {
	readonly boards: MondayBoard[];
	readonly items: MondayItem[] = [];
	private nextId = 5_000_000_001;

	constructor(
		boards: MondayBoard[],
		private readonly now: () => number,
	) {
		this.boards = structuredClone(boards);
	}

	board(id: string): MondayBoard {
		return (
			this.boards.find((board) => board.id === id) ??
			this.fail('InvalidBoardIdException', `Board ${id} does not exist, or you do not have access to it`)
		);
	}

	item(id: string | undefined): MondayItem {
		return (
			this.items.find((item) => item.id === id) ??
			this.fail('ResourceNotFoundException', `Item ${String(id)} not found`)
		);
	}

	columns(board: MondayBoard): MondayColumn[] {
		return [NAME_COLUMN, ...board.columns];
	}

	column(board: MondayBoard, id: string): MondayColumn {
		return (
			this.columns(board).find((column) => column.id === id) ??
			this.fail('InvalidColumnIdException', `Column ${id} does not exist on board ${board.id}`)
		);
	}

	itemsOf(board: MondayBoard): MondayItem[] {
		return this.items.filter(({ boardId }) => boardId === board.id);
	}

	/** create_item: checks everything before anything is stored. */
	create(
		boardId: string,
		groupId: string | undefined,
		name: string,
		values: unknown,
		labels: boolean,
	): MondayItem {
		const board = this.board(boardId);
		const group = groupId === undefined ? board.groups[0] : board.groups.find(({ id }) => id === groupId);
		if (!group) this.fail('ResourceNotFoundException', `Group ${String(groupId)} not found`);
		if (this.itemsOf(board).length >= ITEMS_LIMIT) {
			this.fail('ItemsLimitationException', 'You have reached the limit of items on this board');
		}
		const at = this.timestamp();
		const item: MondayItem = {
			id: this.newId(),
			boardId,
			groupId: group?.id ?? '',
			name: this.checkedName(name),
			createdAt: at,
			updatedAt: at,
			values: this.written(board, values, labels),
			updates: [],
		};
		this.items.push(item);
		return item;
	}

	/** change_multiple_column_values: a key `name` renames the item. */
	change(boardId: string, itemId: string | undefined, values: unknown, labels: boolean): MondayItem {
		const board = this.board(boardId);
		const item = this.item(itemId);
		if (item.boardId !== boardId) this.fail('ResourceNotFoundException', `Item ${item.id} not found`);
		const { name, ...columns } = (values ?? {}) as Record<string, unknown>;
		const written = this.written(board, columns, labels);
		if (name !== undefined) item.name = this.checkedName(String(name));
		Object.assign(item.values, written);
		item.updatedAt = this.timestamp();
		return item;
	}

	/** create_update. */
	comment(itemId: string | undefined, body: string): MondayItem['updates'][number] & { itemId: string } {
		const item = this.item(itemId);
		if (body.trim() === '') this.fail('InvalidArgumentException', 'Update body cannot be empty');
		const update = { id: this.newId(), body, createdAt: this.timestamp() };
		item.updates.push(update);
		return { ...update, itemId: item.id };
	}

	private written(board: MondayBoard, values: unknown, labels: boolean): Record<string, MondayValue> {
		return Object.fromEntries(
			Object.entries((values ?? {}) as Record<string, unknown>).map(([id, input]) => [
				id,
				writeColumn(this.column(board, id), input, labels),
			]),
		);
	}

	private checkedName(name: string): string {
		if (name.length < 1 || name.length > 255) {
			this.fail('ItemNameTooLongException', 'Item name must be 1 to 255 characters long');
		}
		return name;
	}

	private timestamp(): string {
		return `${new Date(this.now()).toISOString().slice(0, 19)}Z`;
	}

	private newId(): string {
		return String(this.nextId++);
	}

	private fail(code: string, message: string): never {
		throw new MondayException(code, message);
	}
}
