import { RecentDeliveries } from '../../../lib/webhook';

const recentAt = (limits: { maxEntries?: number; maxAgeSeconds?: number } = {}) => {
	const clock = { time: 0, now: () => clock.time };
	return { clock, recent: new RecentDeliveries(limits, clock) };
};

describe('RecentDeliveries', () => {
	it('knows a delivery at its second sight', () => {
		const { recent } = recentAt();
		expect([recent.remember('a'), recent.remember('b'), recent.remember('a')]).toEqual([true, true, false]);
	});

	it('forgets by age, which a repeat does not renew', () => {
		const { recent, clock } = recentAt({ maxAgeSeconds: 10 });
		recent.remember('a');
		clock.time = 9_999;
		expect(recent.remember('a')).toBe(false);
		clock.time = 10_000;
		expect(recent.remember('a')).toBe(true);
	});

	it('never holds more than its bound, and drops the oldest first', () => {
		const { recent } = recentAt({ maxEntries: 3 });
		for (let index = 0; index < 1000; index++) recent.remember(`key ${index}`);
		expect(recent.size).toBe(3);
		expect(recent.remember('key 999')).toBe(false);
		expect(recent.remember('key 996')).toBe(true);
	});

	it('lets go of everything that is too old at once', () => {
		const { recent, clock } = recentAt({ maxAgeSeconds: 1 });
		for (let index = 0; index < 100; index++) recent.remember(`key ${index}`);
		clock.time = 1_000;
		expect(recent.size).toBe(0);
	});

	it('takes a delivery again that it was told to forget', () => {
		const { recent } = recentAt();
		recent.remember('a');
		recent.forget('a');
		expect(recent.remember('a')).toBe(true);
	});
});
