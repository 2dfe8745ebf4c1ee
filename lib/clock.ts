import { sleep } from 'n8n-workflow';

/** Time and chance, so that tests can turn them by hand. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Waits; ends early, without throwing, when the signal aborts. */
	wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** From 0 up to, not including, 1. */
	random(): number;
}

const aborted = (signal: AbortSignal) =>
	new Promise<void>((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});

/** The machine's own clock. */
export const systemClock: Clock = {
	now: () => Date.now(),
	wait: async (milliseconds, signal) => {
		await (signal ? Promise.race([sleep(milliseconds), aborted(signal)]) : sleep(milliseconds));
	},
	random: () => Math.random(),
};
