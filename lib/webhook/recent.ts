import { createHash } from 'node:crypto';
import { systemClock, type Clock } from '../clock';
import { dropOldest } from './oldest';

export interface RecentLimits {
	maxEntries: number;
	maxAgeSeconds: number;
}

const DEFAULT_LIMITS: RecentLimits = { maxEntries: 5000, maxAgeSeconds: 600 };

/**
 * Remembers what was delivered lately, in this process alone: a cheap first filter against a provider that
 * delivers twice. Another process does not know of it, and a restart forgets it; what must happen only once is
 * claimed in the flow's own table. Bounded in entries (the oldest leaves first) and in age.
 */
export class RecentDeliveries {
	/** Digest of the key to the time it was remembered; in the order of remembering, so the oldest is first. */
	private readonly entries = new Map<string, number>();
	private readonly limits: RecentLimits;

	constructor(
		limits: Partial<RecentLimits> = {},
		private readonly clock: Pick<Clock, 'now'> = systemClock,
	) {
		this.limits = { ...DEFAULT_LIMITS, ...limits };
	}

	/** How many deliveries are remembered. */
	get size(): number {
		this.dropOld();
		return this.entries.size;
	}

	/**
	 * Remembers a delivery.
	 *
	 * @param key names the delivery and the node that got it, such as workflow, node and the provider's own id
	 * @returns true at first sight, false for a repeat; a repeat does not renew its age
	 */
	remember(key: string): boolean {
		this.dropOld();
		const entry = digestOf(key);
		if (this.entries.has(entry)) return false;
		this.entries.set(entry, this.clock.now());
		if (this.entries.size > this.limits.maxEntries) dropOldest(this.entries);
		return true;
	}

	/** Forgets a delivery, so that the provider's next try is taken: for one that could not be passed on. */
	forget(key: string): void {
		this.entries.delete(digestOf(key));
	}

	private dropOld(): void {
		const oldest = this.clock.now() - this.limits.maxAgeSeconds * 1000;
		for (const [entry, at] of this.entries) {
			if (at > oldest) return;
			this.entries.delete(entry);
		}
	}
}

/** A provider's key can be of any length; its digest is not. */
const digestOf = (key: string) => createHash('sha256').update(key).digest('base64');
