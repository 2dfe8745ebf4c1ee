import { createHash } from 'node:crypto';

/** Numbers from 0 up to 1; the same for the same words, whatever else goes on. */
export type Random = () => number;

/**
 * A small generator (mulberry32), so that a run repeats.
 *
 * @param words what the numbers depend on, such as the seed and a request
 */
export function randomOf(...words: Array<string | number>): Random {
	let state = createHash('sha256').update(words.join('\0')).digest().readInt32LE(0);
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** One of several, each as likely as the others. */
export const pick = <T>(random: Random, choices: readonly T[]): T =>
	choices[Math.floor(random() * choices.length)] as T;

/** The same things in another order (Fisher and Yates). */
export function shuffled<T>(random: Random, things: readonly T[]): T[] {
	const order = [...things];
	for (let last = order.length - 1; last > 0; last--) {
		const other = Math.floor(random() * (last + 1));
		[order[last], order[other]] = [order[other] as T, order[last] as T];
	}
	return order;
}
