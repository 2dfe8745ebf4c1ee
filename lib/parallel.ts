/**
 * Maps a list with at most `limit` calls under way, keeping the list's order.
 *
 * @param list what to map
 * @param limit calls at once, 1 or more; 1 maps strictly one after another
 * @param stopped asked before each start; once true nothing further is started
 * @param map the call; what it throws rejects the whole, and nothing further is started
 * @returns one result an entry, in order; entries never started have none
 */
export async function mapBounded<T, R>(
	list: readonly T[],
	limit: number,
	stopped: () => boolean,
	map: (entry: T, index: number) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	let next = 0;
	let failed = false;
	const work = async () => {
		while (next < list.length && !failed && !stopped()) {
			const index = next++;
			const mapping = map(list[index] as T, index);
			mapping.catch(() => (failed = true));
			results[index] = await mapping;
		}
	};
	// A limit from an expression may be no number at all; the list must not be passed over for that.
	const workers = Math.min(Math.max(1, limit || 1), list.length);
	await Promise.all(Array.from({ length: workers }, work));
	return results;
}
