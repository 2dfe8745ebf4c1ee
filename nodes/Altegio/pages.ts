import { mapBounded } from '../../lib/parallel';

/** A list that is read page by page. */
export interface Paged<Row, Out> {
	/** Reads a page; the first is 1. */
	read(page: number, size: number): Promise<{ rows: Row[]; total?: number }>;
	/** Rows asked for on a page. */
	size: number;
	id(row: Row): string;
	/** Makes of a row what is kept; undefined leaves it out. The row itself is let go, so that memory stays flat. */
	keep(row: Row): Out | undefined;
	/** How many to give at most; all unless given. */
	limit?: number;
	/** True once nothing more should be started. */
	stopped(): boolean;
}

/** Pages under way at once; the gate before them decides how fast they go. */
const PARALLEL = 5;
/** A list that changes while it is read is read anew this often. */
const MAX_PASSES = 3;

interface Pass<Out> {
	kept: Out[];
	/** Rows were added or taken away meanwhile, so one may have slipped between two pages. */
	moved: boolean;
}

async function readOnce<Row, Out>(list: Paged<Row, Out>): Promise<Pass<Out>> {
	const { limit = Infinity } = list;
	const seen = new Set<string>();
	const totals = new Set<number>();
	const parts: Out[][] = [];
	let kept = 0;
	const take = async (page: number) => {
		const { rows, total } = await list.read(page, list.size);
		if (total !== undefined) totals.add(total);
		const fresh = rows.filter((row) => seen.size < seen.add(list.id(row)).size);
		const part = fresh.map((row) => list.keep(row)).filter((out) => out !== undefined);
		parts[page - 1] = part;
		kept += part.length;
		return { count: rows.length, total };
	};
	const stopped = () => kept >= limit || list.stopped();
	const first = await take(1);
	if (first.total === undefined) {
		for (let page = 2, { count } = first; count > 0 && count >= first.count && !stopped(); page++) {
			({ count } = await take(page));
		}
	} else if (first.count > 0) {
		// A page may hold fewer rows than were asked for: the largest count is not documented.
		const pages = Math.ceil(first.total / Math.min(list.size, first.count));
		const rest = Array.from({ length: pages - 1 }, (_, index) => index + 2);
		await mapBounded(rest, PARALLEL, stopped, take);
	}
	return { kept: parts.flat(), moved: totals.size > 1 };
}

/**
 * Reads a list to its end, pages in parallel, in the provider's order, each row once. Pages beyond the limit are
 * not read. If the list's length changes meanwhile it is read again, at most twice.
 *
 * @returns what was kept, at most `limit`
 */
export async function readPages<Row, Out>(list: Paged<Row, Out>): Promise<Out[]> {
	const { limit = Infinity } = list;
	for (let pass = 1; ; pass++) {
		const { kept, moved } = await readOnce(list);
		if (!moved || kept.length >= limit || pass === MAX_PASSES || list.stopped()) return kept.slice(0, limit);
	}
}
