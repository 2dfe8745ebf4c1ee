import type { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import { AT_ONCE, contactNode, fillContacts, requestNode } from '../lib/chatwoot';
import type { Bench } from '../lib/define';
import { people } from '../lib/random';
import { inTurn, pick } from '../lib/rounds';
import { atLeastTimes, compareCounts, compareTimes, workOf } from '../lib/statistics';

const search = requestNode(
	'Search',
	"/contacts/search?q={{ encodeURIComponent($('Items').item.json.phone.slice(1)) }}",
);

const filter = requestNode('Filter', '/contacts/filter', {
	method: 'POST',
	sendBody: true,
	specifyBody: 'json',
	jsonBody:
		"={{ { payload: [{ attribute_key: 'email', filter_operator: 'equal_to', values: [$('Items').item.json.email], query_operator: null }] } }}",
});

/** Who is it? One call a person against a search by phone and a filter by address. */
export const bench: Bench = {
	title: `500 contacts matched in Chatwoot, ${AT_ONCE} at once`,
	against: 'HTTP Request nodes: search, then filter, all at once',
	section: 'aims',
	order: 4,
	async measure(lab) {
		const chatwoot = lab.simulated<ChatwootSimulator>('chatwoot');
		const ours = await lab.rig('chatwoot match', [
			contactNode('match', { phone: '={{ $json.phone }}', email: '={{ $json.email }}' }),
		]);
		const theirs = await lab.rig('chatwoot match requests', [search, filter]);
		const persons = people(lab.size(500, 150), 4);
		const run = (rig: typeof ours) => async () => {
			fillContacts(chatwoot, persons);
			const result = await rig.run(persons);
			if (result.items !== persons.length)
				throw new Error(`${result.items} answers for ${persons.length} items`);
			return result;
		};
		const runs = await inTurn(lab.size(4, 1), { ours: run(ours), theirs: run(theirs) });
		return {
			findings: [
				compareTimes(
					'time',
					pick(runs, ({ nodes }) => nodes),
					atLeastTimes(2, 'as fast'),
				),
				compareCounts(
					'API calls',
					pick(runs, ({ calls }) => calls),
					atLeastTimes(2, 'fewer'),
				),
				...workOf(runs),
			],
		};
	},
};
