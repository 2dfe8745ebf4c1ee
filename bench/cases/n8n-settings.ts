import { readFileSync } from 'node:fs';
import { SECRET_HEADERS } from '../../sandbox/src/sample';
import { flowFile } from '../../workflows/build/files';
import type { Bench, Finding } from '../lib/define';
import { Lab } from '../lib/lab';
import { Caller } from '../lib/load';
import { inTurn } from '../lib/rounds';
import { compareRates } from '../lib/statistics';

const FLOW = 'booking-availability';
const CONNECTIONS = 10;

const NO_SAVING = { EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none' };
const POOL = { N8N_EXPRESSION_ENGINE_POOL_SIZE: '8' };
const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };
const CACHE = { N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true' };

/** What is tried, each alone and then what is safe together. */
const TRIED: Array<Record<string, string>> = [
	NO_SAVING,
	POOL,
	LAZY,
	CACHE,
	{ ...NO_SAVING, ...POOL, ...LAZY, ...CACHE },
	{ N8N_EXPRESSION_ENGINE: 'legacy' },
];

const nameOf = (env: Record<string, string>) =>
	Object.entries(env)
		.map(([name, value]) => `\`${name}=${value}\``)
		.join(' ');

/** Replies a second of a flow that reads settings, calls two others and asks a booking system. */
async function replies({ house }: Lab, count: number): Promise<number> {
	const body = readFileSync(flowFile(FLOW, 'sample-input.json'), 'utf8');
	const call = { url: house.webhook(`${FLOW}/chatfuel`), headers: SECRET_HEADERS, body };
	const caller = new Caller(CONNECTIONS);
	try {
		return await caller.all(Array.from({ length: count }, () => call));
	} finally {
		caller.close();
	}
}

/** The same flow in two n8n, one of them as it comes. */
export const bench: Bench = {
	title: `free times for Chatfuel, ${CONNECTIONS} connections`,
	against: 'n8n as it comes',
	section: 'settings',
	order: 30,
	slow: true,
	flows: [FLOW],
	async measure(lab) {
		const findings: Finding[] = [];
		const count = lab.size(60, 20);
		await lab.house.untilListening(`${FLOW}/chatfuel`);
		for (const env of TRIED) {
			const other = await Lab.open({ ...lab.options, env, flows: [FLOW] });
			try {
				await other.house.untilListening(`${FLOW}/chatfuel`);
				const rates = await inTurn(3, {
					ours: async () => await replies(other, count),
					theirs: async () => await replies(lab, count),
				});
				findings.push(compareRates(nameOf(env), rates));
			} finally {
				await other.close();
			}
		}
		return { findings };
	},
};
