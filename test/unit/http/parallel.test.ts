import { systemClock } from '../../../lib/clock';
import { mapBounded } from '../../../lib/parallel';

const tick = () => new Promise((resolve) => setImmediate(resolve));
const never = () => false;

/** Maps while counting what runs at once; later entries finish first. */
const counting = () => {
	const state = { running: 0, most: 0, started: [] as number[] };
	const map = async (entry: number) => {
		state.started.push(entry);
		state.most = Math.max(state.most, ++state.running);
		for (let ticks = 0; ticks < 10 - entry; ticks++) await tick();
		state.running--;
		return entry * 10;
	};
	return { state, map };
};

describe('mapBounded', () => {
	it.each([1, 2, 3, 5, 50])('keeps the order with at most %i at once', async (limit) => {
		const { state, map } = counting();
		expect(await mapBounded([1, 2, 3, 4, 5], limit, never, map)).toEqual([10, 20, 30, 40, 50]);
		expect(state.most).toBe(Math.min(limit, 5));
	});

	it('starts one only after the other has ended when the limit is 1', async () => {
		const order: string[] = [];
		await mapBounded(['a', 'b'], 1, never, async (entry) => {
			order.push(`${entry} starts`);
			await tick();
			order.push(`${entry} ends`);
		});
		expect(order).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
	});

	it.each([0, -1, NaN])('takes a limit of %d for 1', async (limit) => {
		const { state, map } = counting();
		expect(await mapBounded([1, 2], limit, never, map)).toEqual([10, 20]);
		expect(state.most).toBe(1);
	});

	it('hands the position on, and maps nothing to nothing', async () => {
		expect(await mapBounded(['a', 'b'], 2, never, async (_, index) => index)).toEqual([0, 1]);
		expect(await mapBounded([], 5, never, async () => 1)).toEqual([]);
	});

	it('starts nothing more once it is stopped; what was never started has no result', async () => {
		const { state, map } = counting();
		const results = await mapBounded([1, 2, 3, 4], 1, () => state.started.length >= 2, map);
		expect(state.started).toEqual([1, 2]);
		expect(results).toEqual([10, 20]);
	});

	it('rejects with what a call throws and starts nothing more', async () => {
		const { state, map } = counting();
		const mapping = mapBounded([1, 2, 3, 4, 5, 6], 2, never, async (entry) => {
			if (entry === 2) throw new Error('two');
			return await map(entry);
		});
		await expect(mapping).rejects.toThrow('two');
		for (let ticks = 0; ticks < 20; ticks++) await tick();
		expect(state.started).toEqual([1]);
	});
});

describe('systemClock', () => {
	it('waits, and ends the wait early when the signal aborts', async () => {
		const controller = new AbortController();
		const started = systemClock.now();
		setTimeout(() => controller.abort(), 10);
		await systemClock.wait(10_000, controller.signal);
		expect(systemClock.now() - started).toBeLessThan(5000);
	});

	it('waits without a signal, and to the end with a quiet one', async () => {
		const started = performance.now();
		await systemClock.wait(10);
		await systemClock.wait(10, new AbortController().signal);
		expect(performance.now() - started).toBeGreaterThan(18);
	});

	it('leaves no listener on a signal that outlives the wait', async () => {
		const { signal } = new AbortController();
		const added = jest.spyOn(signal, 'addEventListener');
		const removed = jest.spyOn(signal, 'removeEventListener');
		await systemClock.wait(1, signal);
		expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1]);
	});

	it('throws dice from 0 up to 1', () => {
		const dice = Array.from({ length: 100 }, () => systemClock.random());
		expect(dice.every((value) => value >= 0 && value < 1)).toBe(true);
	});
});
