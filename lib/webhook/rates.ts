import { systemClock, type Clock } from '../clock';
import { dropOldest } from './oldest';

export interface CallLimits {
	callsPerMinute: number;
	/** How many senders are counted at once; of more, the one that came longest ago is forgotten. */
	maxSenders: number;
}

/**
 * More than twice what one n8n process handles (about 30 executions a second on two cores), so that no provider
 * meets it, also where a reverse proxy makes all of them look like one sender. It bounds what a stranger can
 * make this process read and check.
 */
const DEFAULT_LIMITS: CallLimits = { callsPerMinute: 6000, maxSenders: 1000 };

const MINUTE = 60_000;

/**
 * Counts calls by sender, minute by minute, in this process alone. Finer limits (by path, across processes) are a
 * reverse proxy's work; docs/security.md tells which.
 */
export class CallRates {
	private readonly minutes = new Map<string, { began: number; calls: number }>();
	private readonly limits: CallLimits;

	constructor(
		limits: Partial<CallLimits> = {},
		private readonly clock: Pick<Clock, 'now'> = systemClock,
	) {
		this.limits = { ...DEFAULT_LIMITS, ...limits };
	}

	/** How many senders are counted. */
	get size(): number {
		return this.minutes.size;
	}

	/**
	 * Counts a call.
	 *
	 * @param sender names who calls and what, such as an address and a node
	 * @returns 0 where it may go on, else the seconds after which the sender may call again
	 */
	secondsToWait(sender: string): number {
		const now = this.clock.now();
		const known = this.minutes.get(sender);
		const minute = known && now - known.began < MINUTE ? known : { began: now, calls: 0 };
		minute.calls += 1;
		// Taken out and put in again, it is the newest.
		this.minutes.delete(sender);
		this.minutes.set(sender, minute);
		if (this.minutes.size > this.limits.maxSenders) dropOldest(this.minutes);
		if (minute.calls <= this.limits.callsPerMinute) return 0;
		return Math.ceil((minute.began + MINUTE - now) / 1000);
	}
}
