import type { Bench, Finding } from '../lib/define';
import { Lab } from '../lib/lab';
import { CONNECTIONS, REPLYING, repliesASecond } from '../lib/replies';
import { inTurn } from '../lib/rounds';
import { compareRates } from '../lib/statistics';

const NO_SAVING = { EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none' };
const CHEAP_ISOLATES = {
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true',
};

/** What is tried, each alone and then what is safe together. */
const TRIED: Array<Record<string, string>> = [
	NO_SAVING,
	CHEAP_ISOLATES,
	{ N8N_EXPRESSION_ENGINE_POOL_SIZE: '8' },
	{ ...NO_SAVING, ...CHEAP_ISOLATES },
	{ N8N_EXPRESSION_ENGINE: 'legacy' },
];
const ROUNDS = 2;

const nameOf = (env: Record<string, string>) =>
	Object.entries(env)
		.map(([name, value]) => `\`${name}=${value}\``)
		.join(' ');

/** The same flow in two n8n, one of them as it comes. */
export const bench: Bench = {
	title: `free times for Chatfuel, ${CONNECTIONS} connections`,
	against: 'n8n as it comes',
	section: 'settings',
	order: 30,
	slow: true,
	flows: [REPLYING],
	async measure(lab) {
		const findings: Finding[] = [];
		const count = lab.size(25, 10);
		for (const env of TRIED) {
			const other = await Lab.open({ ...lab.options, env, flows: [REPLYING] });
			try {
				const rates = await inTurn(ROUNDS, {
					ours: async () => await repliesASecond(other, count),
					theirs: async () => await repliesASecond(lab, count),
				});
				findings.push(compareRates(nameOf(env), rates));
			} finally {
				await other.close();
			}
		}
		return { findings };
	},
};
