/** A measurement of one side; the number of the round makes its data another one's. */
export type Measure<T> = (round: number) => Promise<T>;

/**
 * Measures sides in turn, another one beginning each round, after a round that is not counted: caches are warm, code
 * is compiled, and a machine that slows down slows all.
 *
 * @param rounds how many count
 * @returns each side's measurements; those of a round stand at the same position
 */
export async function inTurn<Side extends string, T>(
	rounds: number,
	sides: Record<Side, Measure<T>>,
): Promise<Record<Side, T[]>> {
	const names = Object.keys(sides) as Side[];
	const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Side, T[]>;
	for (let round = 0; round <= rounds; round++) {
		const first = round % names.length;
		for (const name of [...names.slice(first), ...names.slice(0, first)]) {
			const result = await sides[name](round);
			if (round > 0) results[name].push(result);
		}
	}
	return results;
}

/** Picks one figure of each measurement. */
export const pick = <T>(
	{ ours, theirs }: { ours: T[]; theirs: T[] },
	figure: (one: T) => number,
): { ours: number[]; theirs: number[] } => ({ ours: ours.map(figure), theirs: theirs.map(figure) });

/** Runs something and says how many milliseconds the processor worked for it. */
export function worked(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}
