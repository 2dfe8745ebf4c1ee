/**
 * Maps a list with at most `limit` calls under way, keeping the list's order.
 *
 * @param list what to map
 * @param limit calls at once, 1 or more; 1 maps strictly one after another
 * @param stopped asked before each start; once true nothing further is started
 * @param map the call; what it throws rejects the whole
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
	const work = async () => {
		while (next < list.length && !stopped()) {
			const index = next++;
			results[index] = await map(list[index] as T, index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, list.length) }, work));
	return results;
}
