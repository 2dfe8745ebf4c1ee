import { systemClock } from '../../../lib/clock';

/** A clock that stands still until somebody waits; waiting moves it on at once. */
export interface FakeClock {
	now(): number;
	date(): Date;
	advance(milliseconds: number): void;
	/** All waits so far, in milliseconds. */
	waited: number;
}

const breathe = async () => await new Promise<void>((resolve) => setTimeout(resolve, 5));

/**
 * Puts the process's clock under the test's hand; `jest.restoreAllMocks` gives it back. `settle` lets requests
 * that are under way arrive before the clock moves on.
 */
export function fakeClock(start = '2026-03-02T08:00:00Z', settle = breathe): FakeClock {
	let time = Date.parse(start);
	const clock: FakeClock = {
		waited: 0,
		now: () => time,
		date: () => new Date(time),
		advance: (milliseconds) => {
			time += milliseconds;
		},
	};
	jest.spyOn(systemClock, 'now').mockImplementation(() => time);
	jest.spyOn(systemClock, 'wait').mockImplementation(async (milliseconds) => {
		await settle();
		time += milliseconds;
		clock.waited += milliseconds;
	});
	return clock;
}
