import { SECRET_HEADERS } from '../../sandbox/src/sample';
import { publishChain } from '../../sandbox/src/chain';
import type { Bench } from '../lib/define';
import type { Lab } from '../lib/lab';
import { Caller, type Call } from '../lib/load';
import { inTurn } from '../lib/rounds';
import { atLeastTimes, compareRates } from '../lib/statistics';

const CONNECTIONS = 10;
const BODY = JSON.stringify({ 'messenger user id': '1000000000000001', name: 'Anna', phone: '+48601234567' });

/** A flow of our trigger and a node that does nothing. */
async function listening({ house }: Lab, name: string): Promise<{ id: string; url: string }> {
	const flow = await publishChain(house.editor, `Bench: ${name}`, [
		{
			name: 'Chatfuel',
			type: 'n8n-nodes-frontdesk.chatfuelTrigger',
			webhookId: `bench-${name}`,
			credential: ['chatfuelWebhookApi', 'Chatfuel webhook'],
		},
		{ name: 'Nothing', type: 'n8n-nodes-base.noOp' },
	]);
	const path = `bench-${name}/chatfuel`;
	await house.untilListening(path, 'POST');
	return { id: flow.id, url: house.webhook(path) };
}

/** Calls without the secret, against calls with it. */
export const bench: Bench = {
	title: `forged webhooks refused, ${CONNECTIONS} connections`,
	against: 'genuine ones accepted by the same trigger',
	section: 'aims',
	order: 8,
	async measure(lab) {
		const forged = await listening(lab, 'forged');
		const genuine = await listening(lab, 'genuine');
		const count = lab.size(100, 60);
		const caller = new Caller(CONNECTIONS);
		const burst = (call: Call, status: number) => async () => {
			const rate = await caller.all(
				Array.from({ length: count }, () => call),
				status,
			);
			await lab.untilIdle();
			return rate;
		};
		const rates = await inTurn(lab.size(4, 2), {
			ours: burst({ url: forged.url, headers: { 'x-frontdesk-secret': 'guessed' }, body: BODY }, 401),
			theirs: burst({ url: genuine.url, headers: SECRET_HEADERS, body: BODY }, 200),
		});
		caller.close();
		const started = (await lab.house.editor.executions({ workflowId: forged.id })).length;
		if (started > 0) throw new Error(`Forged webhooks started ${started} executions`);
		return {
			findings: [
				compareRates('answers', rates, atLeastTimes(2, 'as many')),
				{ what: 'executions started by forged webhooks', ours: String(started) },
			],
		};
	},
};
