import { systemClock, type Clock } from '../../../lib/clock';

const MOST_REMEMBERED = 5000;

/**
 * Damps bursts of edits: the online widget and the staff make several updates within seconds. A state is passed on
 * at once; the same state again within the window is not. A different one always is, so the last state of a burst
 * never gets lost. Of this process alone, and bounded: the one that was heard of longest ago leaves first.
 */
export class Bursts {
	private readonly states = new Map<string, { content: string; at: number }>();

	constructor(
		private readonly clock: Pick<Clock, 'now'> = systemClock,
		private readonly most = MOST_REMEMBERED,
	) {}

	/** How many subjects are remembered. */
	get size(): number {
		return this.states.size;
	}

	/**
	 * Judges a state.
	 *
	 * @param subject what it is the state of, such as one appointment for one node
	 * @param content the state's fingerprint
	 * @param seconds the window; 0 passes everything
	 * @returns whether it says anything new
	 */
	isNews(subject: string, content: string, seconds: number): boolean {
		const now = this.clock.now();
		const last = this.states.get(subject);
		if (last?.content === content && now - last.at < seconds * 1000) return false;
		this.states.delete(subject);
		this.states.set(subject, { content, at: now });
		const [oldest] = this.states.keys();
		if (this.states.size > this.most && oldest !== undefined) this.states.delete(oldest);
		return true;
	}

	/** Forgets a subject, for a state that could not be passed on. */
	forget(subject: string): void {
		this.states.delete(subject);
	}
}
