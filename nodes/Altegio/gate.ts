import { systemClock, type Clock } from '../../lib/clock';

/** So many requests in so many milliseconds. */
export interface Quota {
	requests: number;
	milliseconds: number;
}

/**
 * 5 requests a second and 200 a minute for each IP address (developer.alteg.io, API page). The spans are a
 * little longer than the limits', since requests reach Altegio closer together than they were sent.
 */
export const ALTEGIO_QUOTAS: Quota[] = [
	{ requests: 5, milliseconds: 1_030 },
	{ requests: 200, milliseconds: 60_500 },
];

/** A quota that was used up within so many of its spans is asked for steadily. */
const BUSY_SPANS = 1.5;

/**
 * Lets requests through in the order they came, no more than the quotas allow. After a first burst they go one by one at
 * even distances: answers that are read all at once would hold the next requests up, and push them together. It knows
 * of this process alone: other processes behind the same address are met as a 429, which the transport waits out.
 */
export class RateGate {
	/** When the latest requests were let through; as many as the largest quota counts. */
	private readonly passed: number[] = [];
	private last: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly quotas: Quota[] = ALTEGIO_QUOTAS,
		private readonly clock: Clock = systemClock,
	) {}

	/**
	 * Waits for a turn.
	 *
	 * @param signal gives the turn up when it aborts
	 * @returns false where the turn was given up
	 */
	async turn(signal?: AbortSignal): Promise<boolean> {
		const turn = this.last.then(() => this.pass(signal));
		this.last = turn;
		return await turn;
	}

	private async pass(signal?: AbortSignal): Promise<boolean> {
		for (let wait = this.wait(); wait > 0; wait = this.wait()) {
			if (signal?.aborted) return false;
			await this.clock.wait(wait, signal);
		}
		if (signal?.aborted) return false;
		this.passed.push(this.clock.now());
		const most = Math.max(...this.quotas.map(({ requests }) => requests));
		if (this.passed.length > most) this.passed.shift();
		return true;
	}

	/** Milliseconds until every quota has room, and the last request is far enough ahead where many wait. */
	private wait(): number {
		const now = this.clock.now();
		const last = this.passed.at(-1) ?? now;
		const waits = this.quotas.flatMap(({ requests, milliseconds }) => {
			const earliest = this.passed.at(-requests);
			if (earliest === undefined || now - earliest > BUSY_SPANS * milliseconds) return [];
			return [earliest + milliseconds - now, last + milliseconds / requests - now];
		});
		return Math.max(0, ...waits);
	}
}

const gates = new Map<string, RateGate>();

/** The gate of a host, one for the whole process: all flows share the limit of the address. */
export function gateOf(host: string): RateGate {
	const gate = gates.get(host) ?? new RateGate();
	gates.set(host, gate);
	return gate;
}
