import type { MondaySimulator } from '../../sandbox/simulators/monday';
import type { Bench } from '../lib/define';
import { createByStock, createByUs, giveStockCredential, onBoard } from '../lib/monday';
import { people } from '../lib/random';
import { inTurn, pick } from '../lib/rounds';
import { atLeastTimes, compareCounts, compareTimes, workOf } from '../lib/statistics';

/** New leads: batches of ours, one call after another by the built-in node. */
export const bench: Bench = {
	title: '200 leads created in monday.com',
	against: "n8n's monday.com node",
	section: 'aims',
	order: 1,
	async measure(lab) {
		const monday = lab.simulated<MondaySimulator>('monday');
		await giveStockCredential(lab);
		const ours = await lab.rig('monday create', [createByUs()]);
		const theirs = await lab.rig('monday create stock', [createByStock()]);
		const count = lab.size(200, 60);
		const run = (rig: typeof ours) => async (round: number) => {
			monday.reset();
			const result = await rig.run(people(count, round));
			onBoard(monday, count);
			return result;
		};
		const runs = await inTurn(lab.size(3, 1), { ours: run(ours), theirs: run(theirs) });
		return {
			findings: [
				compareTimes(
					'time',
					pick(runs, ({ nodes }) => nodes),
					atLeastTimes(8, 'as fast'),
				),
				compareCounts(
					'API calls',
					pick(runs, ({ calls }) => calls),
					atLeastTimes(15, 'fewer'),
				),
				...workOf(runs),
			],
		};
	},
};
