import { parse } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';
import type { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import type { SimContact } from '../../sandbox/simulators/chatwoot-store';
import { fillContacts } from '../lib/chatwoot';
import type { Bench } from '../lib/define';
import type { Lab } from '../lib/lab';
import { people } from '../lib/random';
import { atMost, median, milliseconds, spread } from '../lib/statistics';

const FLOW = 'chatwoot-link-client';
const TABLES = ['frontdesk_leads', 'frontdesk_events', 'frontdesk_errors'];
/** What has to be done to know who writes; it asks no provider. */
const MATCHING = ['Read the phone number', 'Read by the key', 'Known by the key?', 'Look for the client'];
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

/** How long those of the matching nodes took that ran in the newest execution, in milliseconds. */
async function matchingTime({ house }: Lab): Promise<number> {
	const [newest] = await house.editor.executions({ workflowId: house.flowIds.get(FLOW) });
	const { data } = await house.editor.execution(newest?.id ?? '');
	const { runData } = (parse(data) as IRunExecutionData).resultData;
	if (!runData['Link client and contact']) throw new Error('Nobody was recognised');
	return MATCHING.reduce((sum, name) => sum + (runData[name]?.[0]?.executionTime ?? 0), 0);
}

/** Each writes once; how long Chatwoot waited for its answer, and how long it took to know them. */
async function write(lab: Lab, writers: SimContact[]): Promise<{ answered: number[]; matched: number[] }> {
	const chatwoot = lab.simulated<ChatwootSimulator>('chatwoot');
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
	return { answered, matched };
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
		const count = lab.size(30, 6);
		const { answered, matched } = await write(lab, fillContacts(chatwoot, persons.slice(0, count)));
		const mailers = persons.slice(count, 2 * count).map((person) => ({ ...person, phone: undefined }));
		const byEmail = await write(lab, fillContacts(chatwoot, mailers));
		return {
			findings: [
				{
					what: 'matching by phone, network excluded',
					ours: spread(matched, milliseconds),
					theirs: '50 ms claimed',
					score: median(matched),
					aim: atMost(50, 'ms'),
				},
				{
					what: 'matching of those without a phone number, by the sub-flow _Find a lead_',
					ours: spread(byEmail.matched, milliseconds),
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
