import type { Clock } from '../../../lib/clock';
import { gateOf, RateGate } from '../../../nodes/Altegio/gate';

const handClock = () => {
	let now = 0;
	const clock: Clock = {
		now: () => now,
		wait: async (milliseconds) => {
			// What was let through goes its way before the clock moves on.
			await new Promise((resolve) => setImmediate(resolve));
			now += milliseconds;
		},
		random: () => 0,
	};
	return clock;
};

/** The most calls that fall into any window of this length. */
const busiest = (times: number[], milliseconds: number) =>
	Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + milliseconds).length));

describe('RateGate', () => {
	it('lets 5 a second and 200 a minute through, in any window, in order', async () => {
		const clock = handClock();
		const gate = new RateGate(undefined, clock);
		const times: number[] = [];
		const order: number[] = [];
		await Promise.all(
			Array.from({ length: 450 }, async (_, index) => {
				await gate.turn();
				times.push(clock.now());
				order.push(index);
			}),
		);
		expect(busiest(times, 1000)).toBe(5);
		expect(busiest(times, 60_000)).toBe(200);
		expect(order).toEqual([...order].sort((a, b) => a - b));
	});

	it('sends a few at once, and many at even distances after the first', async () => {
		const clock = handClock();
		const gate = new RateGate([{ requests: 5, milliseconds: 1000 }], clock);
		const times: number[] = [];
		for (let call = 0; call < 9; call++) {
			await gate.turn();
			times.push(clock.now());
		}
		expect(times).toEqual([0, 0, 0, 0, 0, 1000, 1200, 1400, 1600]);
	});

	it('does not hold up what comes slowly', async () => {
		const clock = handClock();
		const gate = new RateGate([{ requests: 2, milliseconds: 1000 }], clock);
		for (let call = 0; call < 10; call++) {
			await gate.turn();
			await clock.wait(600);
		}
		expect(clock.now()).toBe(6000);
	});

	it('gives a turn up when the execution is cancelled, and goes on for the next', async () => {
		const clock = handClock();
		const gate = new RateGate([{ requests: 1, milliseconds: 1000 }], clock);
		await gate.turn();
		const aborted = AbortSignal.abort();
		expect(await gate.turn(aborted)).toBe(false);
		expect(await gate.turn()).toBe(true);
		expect(clock.now()).toBe(1000);
	});

	it('is one for a host and another for the next', () => {
		expect(gateOf('https://a.example')).toBe(gateOf('https://a.example'));
		expect(gateOf('https://a.example')).not.toBe(gateOf('https://b.example'));
	});
});
