import { publishChain } from '../../sandbox/src/chain';
import type { BooksySimulator } from '../../sandbox/simulators/booksy';
import type { Bench } from '../lib/define';
import type { Lab } from '../lib/lab';
import { Caller, type Call } from '../lib/load';
import { startMiddleware } from '../lib/middleware';
import { question, REPLYING } from '../lib/replies';
import { inTurn } from '../lib/rounds';
import { atMost, median, milliseconds, spread } from '../lib/statistics';

const BARE = 'bench-bare';
const ALLOWED_MILLISECONDS = 10;

/** n8n's Webhook node and Respond to Webhook, with nothing between them: what n8n itself takes for an answer. */
async function publishBare({ house }: Lab): Promise<void> {
	await publishChain(house.editor, 'Bench: bare', [
		{
			name: 'Receive',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: BARE,
			parameters: { path: BARE, httpMethod: 'POST', responseMode: 'responseNode', options: {} },
		},
		{
			name: 'Respond',
			type: 'n8n-nodes-base.respondToWebhook',
			typeVersion: 1.5,
			parameters: { respondWith: 'json', responseBody: '{ "success": true }', options: {} },
		},
	]);
	await house.untilListening(BARE, 'POST');
}

/** A customer asks for free times, one after another. */
export const bench: Bench = {
	title: 'free times for Chatfuel, webhook to reply, one at a time',
	against: 'Express middleware doing the same calls',
	section: 'aims',
	order: 6,
	flows: [REPLYING],
	async measure(lab) {
		const { house } = lab;
		await publishBare(lab);
		const caller = new Caller();
		const flow = await question(lab);
		// The first call fetches what is kept for the next ones, such as tokens.
		await caller.call(flow);
		house.world.exchanges.length = 0;
		await caller.call(flow);
		const middleware = await startMiddleware(house, [...house.world.exchanges]);
		const calls = house.world.exchanges.length;
		const count = lab.size(10, 3);
		const each = (call: Call) => async () => {
			const times: number[] = [];
			// One customer after another would soon have asked Booksy more often than it allows in a minute.
			lab.simulated<BooksySimulator>('booksy').newMinute();
			for (let index = 0; index < count; index++) {
				times.push(await caller.call(call));
				// n8n goes on after the reply; the next customer comes later.
				await lab.untilIdle();
			}
			return median(times);
		};
		const to = (url: string): Call => ({ url, headers: {}, body: flow.body });
		const runs = await inTurn(lab.size(6, 2), {
			flow: each(flow),
			middleware: each(to(`${middleware.url}/booking-availability`)),
			bare: each(to(house.webhook(BARE))),
			nothing: each(to(`${middleware.url}/nothing`)),
		});
		middleware.stop();
		caller.close();
		const added = (one: number[], other: number[]) => one.map((time, index) => time - (other[index] ?? NaN));
		const ours = added(runs.flow, runs.middleware);
		const theirs = added(runs.bare, runs.nothing);
		return {
			findings: [
				{
					what: 'time added, beyond what a bare Webhook and Respond add',
					ours: spread(ours, milliseconds),
					theirs: spread(theirs, milliseconds),
					score: median(added(ours, theirs)),
					aim: atMost(ALLOWED_MILLISECONDS, 'ms'),
				},
				{
					what: `whole time, ${calls} API calls`,
					ours: spread(runs.flow, milliseconds),
					theirs: spread(runs.middleware, milliseconds),
				},
				{
					what: 'a bare answer',
					ours: spread(runs.bare, milliseconds),
					theirs: spread(runs.nothing, milliseconds),
				},
			],
		};
	},
};
