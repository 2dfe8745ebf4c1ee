import { systemClock, type Clock } from '../../lib/clock';

/**
 * Lets requests start in the order they came, no more than so many in any second. It knows of this process
 * alone: what other processes use up is met as a refusal, which the transport waits out.
 */
export class Gate {
	/** When the latest requests started; as many as one second takes. */
	private readonly passed: number[] = [];
	private last: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly perSecond: number,
		private readonly clock: Clock = systemClock,
	) {}

	/** Waits for one's turn; ends early when the signal aborts. */
	async turn(signal?: AbortSignal): Promise<void> {
		const turn = this.last.then(() => this.pass(signal));
		this.last = turn;
		await turn;
	}

	private async pass(signal?: AbortSignal): Promise<void> {
		const free = (this.passed[this.passed.length - this.perSecond] ?? -Infinity) + SPAN_MILLISECONDS;
		// A timer may fire a little early, so the clock is asked again.
		while (this.clock.now() < free && !signal?.aborted) {
			await this.clock.wait(free - this.clock.now(), signal);
		}
		this.passed.push(this.clock.now());
		if (this.passed.length > this.perSecond) this.passed.shift();
	}
}

/** A little more than a second, since requests reach Instagram closer together than they were sent. */
const SPAN_MILLISECONDS = 1_020;

/** What one professional account may be asked for in a second (Instagram Platform overview, rate limits). */
const PER_SECOND = { conversations: 2, media: 10, messages: 100 };

/** The gates of one account. */
export type Gates = Record<keyof typeof PER_SECOND, Gate>;

const gates = new Map<string, Gates>();

/** The gates of an account: executions that run side by side in this process share its limits. */
export function gatesOf(account: string): Gates {
	const known = gates.get(account) ?? {
		conversations: new Gate(PER_SECOND.conversations),
		media: new Gate(PER_SECOND.media),
		messages: new Gate(PER_SECOND.messages),
	};
	gates.set(account, known);
	return known;
}
