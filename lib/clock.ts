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

/** Resolves when the signal aborts; `forget` takes the listener off a signal that outlives the wait. */
function abortion(signal: AbortSignal): { happened: Promise<void>; forget(): void } {
	let listener = () => {};
	const happened = new Promise<void>((resolve) => {
		listener = resolve;
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', listener, { once: true });
	});
	return { happened, forget: () => signal.removeEventListener('abort', listener) };
}

/** The machine's own clock. */
export const systemClock: Clock = {
	now: () => Date.now(),
	wait: async (milliseconds, signal) => {
		if (!signal) return await sleep(milliseconds);
		const { happened, forget } = abortion(signal);
		await Promise.race([sleep(milliseconds), happened]);
		forget();
	},
	random: () => Math.random(),
};
