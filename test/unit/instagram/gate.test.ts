import type { Clock } from '../../../lib/clock';
import { Gate, gatesOf } from '../../../nodes/InstagramDirect/gate';

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

/** The most starts that fall into any second. */
const busiest = (times: number[]) =>
	Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length));

describe('Gate', () => {
	it.each([2, 10, 100])('lets %i a second through, in any second, in order', async (perSecond) => {
		const clock = handClock();
		const gate = new Gate(perSecond, clock);
		const times: number[] = [];
		const order: number[] = [];
		await Promise.all(
			Array.from({ length: perSecond * 4 + 1 }, async (_, index) => {
				await gate.turn();
				times.push(clock.now());
				order.push(index);
			}),
		);
		expect(busiest(times)).toBe(perSecond);
		expect(order).toEqual([...order].sort((a, b) => a - b));
		expect(clock.now()).toBeLessThan(4200);
	});

	it('does not hold up what comes slowly', async () => {
		const clock = handClock();
		const gate = new Gate(2, clock);
		for (let call = 0; call < 10; call++) {
			await gate.turn();
			await clock.wait(600);
		}
		expect(clock.now()).toBe(6000);
	});

	it('waits no longer once the execution is cancelled', async () => {
		const clock = handClock();
		const gate = new Gate(1, clock);
		await gate.turn();
		await gate.turn(AbortSignal.abort());
		expect(clock.now()).toBe(0);
	});

	it('is one for an account and another for the next', () => {
		expect(gatesOf('a')).toBe(gatesOf('a'));
		expect(gatesOf('a').messages).not.toBe(gatesOf('b').messages);
	});
});
