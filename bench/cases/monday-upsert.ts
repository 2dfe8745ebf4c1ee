import type { MondaySimulator } from '../../sandbox/simulators/monday';
import type { Bench } from '../lib/define';
import { fillBoard, giveStockCredential, onBoard, upsertByStock, upsertByUs } from '../lib/monday';
import { people } from '../lib/random';
import { inTurn, pick } from '../lib/rounds';
import { atLeastTimes, compareCounts, compareTimes, workOf } from '../lib/statistics';

/** Leads every other one of which is on the board. */
export const bench: Bench = {
	title: '200 leads created or updated in monday.com',
	against: 'search, IF, create or update with the built-in nodes',
	section: 'aims',
	order: 2,
	async measure(lab) {
		const monday = lab.simulated<MondaySimulator>('monday');
		await giveStockCredential(lab);
		const ours = await lab.rig('monday upsert', [upsertByUs()]);
		const theirs = await lab.rig('monday upsert stock', upsertByStock());
		const count = lab.size(200, 60);
		const run = (rig: typeof ours) => async (round: number) => {
			const leads = people(count, round);
			monday.reset();
			fillBoard(
				monday,
				leads.filter((_, index) => index % 2 === 0),
			);
			const result = await rig.run(leads);
			onBoard(monday, count);
			return result;
		};
		const runs = await inTurn(lab.size(3, 1), { ours: run(ours), theirs: run(theirs) });
		return {
			findings: [
				compareTimes(
					'time',
					pick(runs, ({ nodes }) => nodes),
					atLeastTimes(12, 'as fast'),
				),
				compareCounts(
					'API calls',
					pick(runs, ({ calls }) => calls),
				),
				...workOf(runs),
			],
		};
	},
};
