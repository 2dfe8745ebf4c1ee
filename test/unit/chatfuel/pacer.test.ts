import { Pacer } from '../../../nodes/Chatfuel/api';

/** A clock that runs only while somebody waits. */
const handClock = () => {
	const clock = {
		time: 0,
		now: () => clock.time,
		wait: async (milliseconds: number) => {
			clock.time += milliseconds;
		},
		random: () => 0,
	};
	return clock;
};

describe('Pacer', () => {
	it('spaces starts evenly', async () => {
		const clock = handClock();
		const pacer = new Pacer(25, clock);
		const starts: number[] = [];
		for (let call = 0; call < 4; call++) {
			await pacer.turn();
			starts.push(clock.time);
		}
		expect(starts).toEqual([0, 40, 80, 120]);
	});

	it('does not save up what was not used', async () => {
		const clock = handClock();
		const pacer = new Pacer(25, clock);
		await pacer.turn();
		clock.time = 10_000;
		await pacer.turn();
		await pacer.turn();
		expect(clock.time).toBe(10_040);
	});
});
