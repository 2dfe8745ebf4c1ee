import { readPages, type Paged } from '../../../nodes/Altegio/pages';

type Row = { id: number };

const rows = (count: number): Row[] => Array.from({ length: count }, (_, index) => ({ id: index + 1 }));

/** A list whose pages answer later the earlier they were asked for. */
function listOf(all: Row[], more: Partial<Paged<Row, number>> & { cap?: number; total?: boolean } = {}) {
	const { cap = Infinity, total = true, ...rest } = more;
	const asked: number[] = [];
	const list: Paged<Row, number> = {
		size: 10,
		id: ({ id }) => String(id),
		keep: ({ id }) => id,
		stopped: () => false,
		read: async (page, size) => {
			asked.push(page);
			const count = Math.min(size, cap);
			await new Promise((resolve) => setTimeout(resolve, Math.max(0, 6 - page)));
			return { rows: all.slice((page - 1) * count, page * count), total: total ? all.length : undefined };
		},
		...rest,
	};
	return { list, asked };
}

const ids = (count: number) => rows(count).map(({ id }) => id);

describe('readPages', () => {
	it.each([0, 1, 9, 10, 11, 95])('reads %i rows completely and in order', async (count) => {
		expect(await readPages(listOf(rows(count)).list)).toEqual(ids(count));
	});

	it('goes by the length of the first page where fewer rows come than were asked for', async () => {
		expect(await readPages(listOf(rows(33), { cap: 4 }).list)).toEqual(ids(33));
	});

	it.each([0, 10, 25, 30])('reads %i rows of a list that does not tell its length', async (count) => {
		expect(await readPages(listOf(rows(count), { total: false }).list)).toEqual(ids(count));
	});

	it('reads no more pages than the limit needs', async () => {
		const { list, asked } = listOf(rows(1000), { limit: 25 });
		expect(await readPages(list)).toEqual(ids(25));
		expect(asked.length).toBeLessThanOrEqual(7);
	});

	it('counts to the limit what is kept, not what is read', async () => {
		const keep = ({ id }: Row) => (id % 10 === 0 ? id : undefined);
		expect(await readPages(listOf(rows(100), { limit: 7, keep }).list)).toEqual([10, 20, 30, 40, 50, 60, 70]);
	});

	it('reads a list again that grew meanwhile, and gives no row twice', async () => {
		const all = rows(30);
		let grown = false;
		const { list } = listOf(all);
		const read = list.read.bind(list);
		list.read = async (page, size) => {
			if (page === 3 && !grown) {
				grown = true;
				all.unshift({ id: 0 });
			}
			return await read(page, size);
		};
		expect(await readPages(list)).toEqual([0, ...ids(30)]);
	});

	it('gives up after three passes over a list that never rests', async () => {
		const all = rows(12);
		const { list, asked } = listOf(all);
		const read = list.read.bind(list);
		list.read = async (page, size) => {
			all.push({ id: all.length + 1 });
			return await read(page, size);
		};
		await readPages(list);
		expect(asked.filter((page) => page === 1)).toHaveLength(3);
	});

	it('starts no page once it is stopped', async () => {
		let stopped = false;
		const { list, asked } = listOf(rows(1000), { stopped: () => stopped });
		const read = list.read.bind(list);
		list.read = async (page, size) => {
			stopped = page > 1;
			return await read(page, size);
		};
		await readPages(list);
		expect(asked.length).toBeLessThan(7);
	});
});
