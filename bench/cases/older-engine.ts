import type { Bench, Finding } from '../lib/define';
import { Lab } from '../lib/lab';
import { bench as client } from './chatwoot-client';
import { bench as forged } from './forged';
import { bench as lead } from './lead-flow';

/** Those whose figures are mostly the time that n8n's isolates take. */
const BENCHES = [lead, forged, client];

/** The same benches where expressions need no isolate: what is left is the flows', the nodes' and n8n's other work. */
export const bench: Bench = {
	title: 'with `N8N_EXPRESSION_ENGINE=legacy`',
	against: 'as above',
	section: 'settings',
	order: 31,
	slow: true,
	async measure({ options }) {
		const flows = BENCHES.flatMap((one) => one.flows ?? []);
		const lab = await Lab.open({ ...options, env: { N8N_EXPRESSION_ENGINE: 'legacy' }, flows });
		const findings: Finding[] = [];
		try {
			for (const { title, measure } of BENCHES) {
				const outcome = await measure(lab);
				findings.push(...outcome.findings.map((one) => ({ ...one, what: `${title}: ${one.what}` })));
			}
		} finally {
			await lab.close();
		}
		return { findings };
	},
};
