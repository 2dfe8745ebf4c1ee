import type { AltegioSimulator } from '../../sandbox/simulators/altegio';
import type { ChainNode } from '../../sandbox/src/chain';
import { bookingsOf, CREDENTIAL, listByUs, LOCATION } from '../lib/altegio';
import type { Bench } from '../lib/define';
import { inTurn, pick } from '../lib/rounds';
import { atMostTimes, compareCounts, compareTimes, median, milliseconds, workOf } from '../lib/statistics';

const PAGE = 200;
/** With the 50 ms that an answer takes, one request leaves every 200 ms: as fast as Altegio lets anybody ask in turn. */
const PAUSE_MILLISECONDS = 150;
const REQUESTS_A_SECOND = 5;
const REQUEST_MILLISECONDS = 50;

const pages: ChainNode = {
	name: 'List',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.3,
	credential: CREDENTIAL,
	parameters: {
		url: `https://api.alteg.io/api/v1/records/${LOCATION}`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'altegioApi',
		sendQuery: true,
		queryParameters: {
			parameters: [
				{ name: 'start_date', value: '2026-01-01' },
				{ name: 'end_date', value: '2026-12-31' },
				{ name: 'count', value: String(PAGE) },
			],
		},
		options: {
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
					paginationCompleteWhen: 'other',
					completeExpression: `={{ $response.body.data.length < ${PAGE} || $pageCount * ${PAGE} >= $response.body.meta.total_count }}`,
					requestInterval: PAUSE_MILLISECONDS,
				},
			},
		},
	},
};

const rows: ChainNode = {
	name: 'Appointments',
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: 'data', options: {} },
};

/** A long list: pages side by side, never faster than Altegio allows. */
export const bench: Bench = {
	title: '10,000 Altegio appointments listed',
	against: 'HTTP Request, one page after another at the pace Altegio allows',
	section: 'aims',
	order: 3,
	async measure(lab) {
		const altegio = lab.simulated<AltegioSimulator>('altegio');
		const count = lab.size(10_000, 2_000);
		const rigs = {
			ours: await lab.rig('altegio list', [listByUs]),
			theirs: await lab.rig('altegio list pages', [pages, rows]),
		};
		const run = (side: keyof typeof rigs) => async () => {
			altegio.reset();
			altegio.salon.bookings.clear();
			for (const booking of bookingsOf(count)) altegio.salon.bookings.set(booking.id, booking);
			const result = await rigs[side].run([{}]);
			if (result.items !== count) throw new Error(`${result.items} appointments instead of ${count}`);
			return result;
		};
		const runs = await inTurn(lab.size(2, 1), { ours: run('ours'), theirs: run('theirs') });
		const times = pick(runs, ({ nodes }) => nodes);
		const calls = pick(runs, (one) => one.calls);
		const bound = Math.floor((median(calls.ours) - 1) / REQUESTS_A_SECOND) * 1000 + REQUEST_MILLISECONDS;
		return {
			findings: [
				{
					what: `time, against the bound of ${REQUESTS_A_SECOND} requests a second`,
					ours: milliseconds(median(times.ours)),
					theirs: milliseconds(bound),
					score: median(times.ours) / bound,
					aim: atMostTimes(1.05, 'the bound'),
				},
				compareTimes('time', times),
				compareCounts('API calls', calls),
				...workOf(runs),
			],
		};
	},
};
