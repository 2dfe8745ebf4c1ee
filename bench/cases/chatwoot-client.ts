import { parse } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';
import type { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import { publishChain } from '../../sandbox/src/chain';
import { fillContacts } from '../lib/chatwoot';
import type { Bench } from '../lib/define';
import type { Lab } from '../lib/lab';
import { people } from '../lib/random';
import type { Rig } from '../lib/rig';
import { atMost, median, milliseconds, spread } from '../lib/statistics';

const FLOW = 'chatwoot-link-client';
const TABLES = ['frontdesk_leads', 'frontdesk_events', 'frontdesk_errors'];
/** What has to be done to know who writes; it asks no provider. */
const MATCHING = ['Read the phone number', 'Look for the client'];
const LEADS_AT_ONCE = 100;

async function giveLeads({ house: { editor } }: Lab, persons: ReturnType<typeof people>): Promise<void> {
	const rows = persons.map(({ name, email, phone }) => ({
		tenant: 'main',
		leadKey: `phone:${phone}`,
		name,
		email,
		phone,
		status: 'NEW',
	}));
	await editor.clearTables(...TABLES);
	for (let start = 0; start < rows.length; start += LEADS_AT_ONCE) {
		await editor.insertRows('frontdesk_leads', rows.slice(start, start + LEADS_AT_ONCE));
	}
}

/** How long the matching nodes took in the newest execution, in milliseconds. */
async function matchingTime({ house }: Lab): Promise<number> {
	const [newest] = await house.editor.executions({ workflowId: house.flowIds.get(FLOW) });
	const { data } = await house.editor.execution(newest?.id ?? '');
	const { runData } = (parse(data) as IRunExecutionData).resultData;
	return MATCHING.reduce((sum, name) => sum + (runData[name]?.[0]?.executionTime ?? NaN), 0);
}

/** A sub-flow that reads one row and does nothing else, called by a flow: the least that a look-up in n8n takes. */
async function bareLookUp(lab: Lab, [person]: ReturnType<typeof people>): Promise<Rig> {
	const { id } = await publishChain(lab.house.editor, 'Bench: read one lead', [
		{
			name: 'Called',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			parameters: { inputSource: 'passthrough' },
		},
		{
			name: 'Read',
			type: 'n8n-nodes-base.dataTable',
			typeVersion: 1.1,
			parameters: {
				operation: 'get',
				dataTableId: { __rl: true, mode: 'name', value: 'frontdesk_leads' },
				filters: { conditions: [{ keyName: 'phone', condition: 'eq', keyValue: person?.phone }] },
				limit: 1,
			},
		},
	]);
	const call = {
		name: 'Look up',
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.2,
		parameters: { workflowId: { __rl: true, mode: 'id', value: id }, options: {} },
	};
	return await lab.rig('bare look-up', [call]);
}

/** A client writes in Chatwoot, among a thousand leads. */
export const bench: Bench = {
	title: 'a client recognised on a Chatwoot message, among 1,000 leads',
	against: "the claims of the second seed's middleware",
	section: 'aims',
	order: 9,
	flows: [FLOW],
	async measure(lab) {
		const chatwoot = lab.simulated<ChatwootSimulator>('chatwoot');
		const persons = people(1000, 9);
		await giveLeads(lab, persons);
		const writers = fillContacts(chatwoot, persons.slice(0, lab.size(30, 6)));
		const answered: number[] = [];
		const matched: number[] = [];
		for (const [index, contact] of writers.entries()) {
			const start = performance.now();
			chatwoot.receive(contact, 'Good morning');
			await chatwoot.settled();
			const time = performance.now() - start;
			await lab.untilIdle();
			// The first ones warm n8n up.
			if (index < 3) continue;
			answered.push(time);
			matched.push(await matchingTime(lab));
		}
		const bare = await bareLookUp(lab, persons);
		const bareTimes: number[] = [];
		for (let run = 0; run < answered.length; run++) bareTimes.push((await bare.run([{}])).nodes);
		return {
			findings: [
				{
					what: 'matching, network excluded',
					ours: spread(matched, milliseconds),
					theirs: '50 ms claimed',
					score: median(matched),
					aim: atMost(50, 'ms'),
				},
				{
					what: "a bare sub-flow that reads one row with n8n's own node, one at a time",
					ours: '',
					theirs: spread(bareTimes, milliseconds),
				},
				{
					what: 'webhook answered',
					ours: spread(answered, milliseconds),
					theirs: '100 ms claimed',
					score: median(answered),
					aim: atMost(100, 'ms'),
				},
			],
		};
	},
};
