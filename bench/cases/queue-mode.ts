import type { Bench } from '../lib/define';
import { Lab } from '../lib/lab';
import { CONNECTIONS, REPLYING, repliesASecond } from '../lib/replies';
import { inTurn } from '../lib/rounds';
import { compareRates } from '../lib/statistics';

/** The same flow in queue mode, beside one process. It needs Redis and PostgreSQL. */
export const bench: Bench = {
	title: `free times for Chatfuel in queue mode, ${CONNECTIONS} connections`,
	against: 'regular mode',
	section: 'queue',
	order: 25,
	slow: true,
	flows: [REPLYING],
	async measure(lab) {
		const queue = await Lab.open({ ...lab.options, queue: true, flows: [REPLYING] });
		const count = lab.size(25, 10);
		const compare = async (what: string) => {
			const rates = await inTurn(lab.size(2, 1), {
				ours: async () => await repliesASecond(queue, count),
				theirs: async () => await repliesASecond(lab, count),
			});
			return compareRates(what, rates);
		};
		try {
			const two = await compare('replies, webhook process and 2 workers');
			await queue.house.kill('worker 2');
			return { findings: [await compare('replies, webhook process and 1 worker'), two] };
		} finally {
			await queue.close();
		}
	},
};
