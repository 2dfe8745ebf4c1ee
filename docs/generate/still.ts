import { systemClock } from '../../lib/clock';

/** A clock that stands still until it is moved. */
export interface StillClock {
	now(): number;
	moveTo(milliseconds: number): void;
	/** Gives the machine's own clock back. */
	release(): void;
}

/**
 * Stops the clock for everything that runs in this process: `Date`, and the waits of `lib/clock`, which pass at
 * once and move the clock on by their length.
 *
 * @param milliseconds since 1970
 */
export function stopClock(milliseconds: number): StillClock {
	let now = milliseconds;
	const RealDate = globalThis.Date;
	const { wait, random } = systemClock;
	globalThis.Date = new Proxy(RealDate, {
		construct: (target, values, created) =>
			Reflect.construct(target, values.length > 0 ? values : [now], created) as Date,
		get: (target, key) => (key === 'now' ? () => now : (Reflect.get(target, key) as unknown)),
	});
	systemClock.wait = async (length) => {
		now += length;
	};
	systemClock.random = () => 0.5;
	return {
		now: () => now,
		moveTo: (time) => {
			now = Math.max(now, time);
		},
		release: () => {
			globalThis.Date = RealDate;
			Object.assign(systemClock, { wait, random });
		},
	};
}
