import type { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import { AT_ONCE, contactNode, fillContacts, requestNode } from '../lib/chatwoot';
import type { Bench } from '../lib/define';
import { people } from '../lib/random';
import { inTurn, pick } from '../lib/rounds';
import { atMostTimes, compareCounts, compareTimes, workOf } from '../lib/statistics';

/** Nothing to save calls with: one GET an item, the same one on both sides. */
export const bench: Bench = {
	title: `one call an item, 200 items, ${AT_ONCE} at once`,
	against: 'HTTP Request node, all at once',
	section: 'aims',
	order: 5,
	async measure(lab) {
		const chatwoot = lab.simulated<ChatwootSimulator>('chatwoot');
		const ours = await lab.rig('one call', [
			contactNode('get', { contact: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }),
		]);
		const theirs = await lab.rig('one call request', [requestNode('Get', '/contacts/{{ $json.id }}')]);
		const items = fillContacts(chatwoot, people(lab.size(200, 100), 5)).map(({ id }) => ({ id: String(id) }));
		const run = (rig: typeof ours) => async () => {
			const result = await rig.run(items);
			if (result.items !== items.length) throw new Error(`${result.items} answers for ${items.length} items`);
			return result;
		};
		const runs = await inTurn(lab.size(6, 3), { ours: run(ours), theirs: run(theirs) });
		return {
			findings: [
				compareTimes(
					'time',
					pick(runs, ({ nodes }) => nodes),
					atMostTimes(1.1, 'the time'),
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
