import { CHATFUEL_SECRET } from '../../sandbox/simulators/chatfuel';
import type { MondaySimulator } from '../../sandbox/simulators/monday';
import { LEAD_WEBHOOK, SECRET_HEADERS } from '../../sandbox/src/sample';
import type { Bench } from '../lib/define';
import { withCalled } from '../../workflows/build/links';
import { Caller } from '../lib/load';
import { giveStockCredential, onBoard } from '../lib/monday';
import { people, type Person } from '../lib/random';
import { inTurn } from '../lib/rounds';
import { atLeastTimes, compareRates } from '../lib/statistics';
import { publishStock, STOCK_PATH } from '../lib/stock';

const FLOW = 'lead-consultation';
const CONNECTIONS = 10;
/** Seeds far apart, so that no lead comes twice. */
const SEEDS = { ours: 20, theirs: 40 };

/** What Chatfuel posts. */
const bodyOf = ({ name, email, phone, topic }: Person, index: number) =>
	JSON.stringify({
		'messenger user id': String(index),
		name,
		email,
		phone,
		topic,
		package: 'Premium',
		language: 'pl',
	});

/** From the webhook to the last effect: e-mail, SMS, GA4, monday.com, all kept in tables. */
export const bench: Bench = {
	title: `the whole way of a lead, ${CONNECTIONS} connections`,
	against: "the same flows with n8n's own nodes in place of ours",
	section: 'aims',
	order: 7,
	slow: true,
	flows: [FLOW],
	async measure(lab) {
		const { house } = lab;
		const monday = lab.simulated<MondaySimulator>('monday');
		await giveStockCredential(lab);
		const secret = { name: 'x-frontdesk-secret', value: CHATFUEL_SECRET };
		await publishStock(house.editor, withCalled([FLOW]), secret);
		await house.untilListening(LEAD_WEBHOOK);
		await house.untilListening(STOCK_PATH, 'POST');
		const count = lab.size(20, 10);
		const caller = new Caller(CONNECTIONS);
		const run = (side: keyof typeof SEEDS, path: string) => async (round: number) => {
			monday.reset();
			const calls = people(count, SEEDS[side] + round).map((person, index) => ({
				url: house.webhook(path),
				headers: SECRET_HEADERS,
				body: bodyOf(person, index),
			}));
			const start = performance.now();
			await caller.all(calls);
			// The reply leaves early; a lead is done when everything about it is.
			await lab.untilIdle();
			const rate = (count / (performance.now() - start)) * 1000;
			onBoard(monday, count);
			return rate;
		};
		const rates = await inTurn(lab.size(3, 1), {
			ours: run('ours', LEAD_WEBHOOK),
			theirs: run('theirs', STOCK_PATH),
		});
		caller.close();
		return { findings: [compareRates('leads', rates, atLeastTimes(1.5, 'as many'))] };
	},
};
