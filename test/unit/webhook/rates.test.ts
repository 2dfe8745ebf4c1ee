import { CallRates } from '../../../lib/webhook/rates';

describe('CallRates', () => {
	it('admits so many calls a minute of each sender, and tells how long to wait', () => {
		let now = 0;
		const rates = new CallRates({ callsPerMinute: 3 }, { now: () => now });
		const waits = ['a', 'a', 'a', 'b', 'a'].map((sender) => rates.secondsToWait(sender));
		expect(waits).toEqual([0, 0, 0, 0, 60]);
		now = 59_001;
		expect(rates.secondsToWait('a')).toBe(1);
		now = 60_000;
		expect(rates.secondsToWait('a')).toBe(0);
	});

	it('counts no more senders than it may, and forgets the one that came longest ago', () => {
		const rates = new CallRates({ callsPerMinute: 1, maxSenders: 2 }, { now: () => 0 });
		for (const sender of ['a', 'b', 'a', 'c']) rates.secondsToWait(sender);
		expect(rates.size).toBe(2);
		expect(rates.secondsToWait('a')).toBe(60);
		expect(rates.secondsToWait('b')).toBe(0);
	});
});
