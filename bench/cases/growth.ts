import type { AltegioSimulator } from '../../sandbox/simulators/altegio';
import type { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import type { MondaySimulator } from '../../sandbox/simulators/monday';
import { bookingsOf, listByUs } from '../lib/altegio';
import { contactNode, fillContacts } from '../lib/chatwoot';
import type { Bench, Finding, Series } from '../lib/define';
import type { Lab } from '../lib/lab';
import { createByUs } from '../lib/monday';
import { people } from '../lib/random';
import type { Rig } from '../lib/rig';
import { atMostTimes, median, milliseconds, round } from '../lib/statistics';

/** How many times each size is run; the largest one takes long and is steadier by itself. */
const RUNS = [5, 3, 2];

interface Growing {
	name: string;
	/** Ten times and a hundred times as many. */
	sizes: [number, number, number];
	rig: Rig;
	/** Makes a run's items, and the world they need. */
	items(count: number, run: number): object[];
}

async function rigs(lab: Lab): Promise<Growing[]> {
	const monday = lab.simulated<MondaySimulator>('monday');
	const chatwoot = lab.simulated<ChatwootSimulator>('chatwoot');
	const altegio = lab.simulated<AltegioSimulator>('altegio');
	const match = contactNode('match', { phone: '={{ $json.phone }}', email: '={{ $json.email }}' });
	return [
		{
			name: 'leads created in monday.com',
			// monday.com lets nobody create many more than 900 in a minute (complexity).
			sizes: [8, 80, 800],
			rig: await lab.rig('growth monday', [createByUs()]),
			items: (count, run) => (monday.reset(), people(count, run)),
		},
		{
			name: 'contacts matched in Chatwoot',
			sizes: [20, 200, 2000],
			rig: await lab.rig('growth chatwoot', [match]),
			items: (count, run) => {
				const persons = people(count, run);
				fillContacts(chatwoot, persons);
				return persons;
			},
		},
		{
			name: 'Altegio appointments listed',
			sizes: [100, 1000, 10_000],
			rig: await lab.rig('growth altegio', [listByUs]),
			items: (count) => {
				altegio.reset();
				altegio.salon.bookings.clear();
				for (const booking of bookingsOf(count)) altegio.salon.bookings.set(booking.id, booking);
				return [{}];
			},
		},
		{
			name: 'phone numbers read',
			sizes: [50, 500, 5000],
			rig: await lab.rig('growth phone', [
				{
					name: 'Read',
					type: 'n8n-nodes-frontdesk.phoneNumber',
					parameters: {
						resource: 'phoneNumber',
						operation: 'getIdentityKey',
						phoneNumber: '={{ $json.phone }}',
						defaultCountry: { __rl: true, mode: 'code', value: 'PL' },
						options: {},
					},
				},
			]),
			items: people,
		},
	];
}

async function grow({ name, sizes, rig, items }: Growing): Promise<Series> {
	await rig.run(items(sizes[1], 0));
	const points: Series['points'] = [];
	for (const [index, count] of sizes.entries()) {
		const runs = [];
		for (let run = 1; run <= (RUNS[index] ?? 1); run++) {
			const given = items(count, run);
			await rig.collectGarbage();
			runs.push(await rig.run(given));
		}
		const peak = median(runs.map((one) => one.peak ?? NaN));
		points.push({
			items: count,
			millisecondsAnItem: median(runs.map(({ nodes }) => nodes)) / count,
			...(Number.isFinite(peak) && { kilobytesAnItem: peak / count }),
		});
	}
	return { name, points };
}

function findingsOf({ name, points }: Series): Finding[] {
	const [few, more, many] = points;
	if (!few || !more || !many) return [];
	return [
		{
			what: `${name}: time an item, ${many.items} against ${few.items}`,
			ours: milliseconds(many.millisecondsAnItem),
			theirs: milliseconds(few.millisecondsAnItem),
			score: many.millisecondsAnItem / few.millisecondsAnItem,
			aim: atMostTimes(1.2, 'the time'),
		},
		// Few items weigh less than what n8n happens to allocate meanwhile, so the middle size is compared with.
		...(many.kilobytesAnItem !== undefined && more.kilobytesAnItem !== undefined
			? [
					{
						what: `${name}: most memory an item, ${many.items} against ${more.items}`,
						ours: `${round(many.kilobytesAnItem)} kB`,
						theirs: `${round(more.kilobytesAnItem)} kB`,
						score: many.kilobytesAnItem / more.kilobytesAnItem,
						aim: atMostTimes(1.2, 'the memory'),
					},
				]
			: []),
	];
}

/** The same work for ten and a hundred times as many items. */
export const bench: Bench = {
	title: 'ten and a hundred times as many items',
	against: 'the fewest',
	section: 'growth',
	order: 20,
	slow: true,
	async measure(lab) {
		const series: Series[] = [];
		for (const growing of await rigs(lab)) series.push(await grow(growing));
		return { findings: series.flatMap(findingsOf), series };
	},
};
