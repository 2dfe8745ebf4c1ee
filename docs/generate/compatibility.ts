import { readFileSync } from 'node:fs';
import path from 'node:path';
import { table } from './flows';

/** What `npm run test:compat` wrote last. */
export const COMPATIBILITY = path.resolve(__dirname, '../compatibility.json');

/** How the package did in one version of n8n. */
export interface TestedVersion {
	n8n: string;
	/** The Node that n8n ran on. */
	node: string;
	nodes: { loaded: number; all: number };
	/** Imported and, where something starts them, switched on. */
	flows: { imported: number; all: number };
	/** Lines of the demo's receipts. */
	demo: { arrived: number; all: number };
}

/** A run of `npm run test:compat`. */
export interface Compatibility {
	package: string;
	/** YYYY-MM-DD */
	testedOn: string;
	oldestSupported: string;
	/** Oldest first. */
	tested: TestedVersion[];
	/** Versions on npm that name dependencies npm does not have. */
	unavailable: Array<{ version: string; why: string }>;
}

/** The front page's table of tested versions, as Markdown. */
export function compatibilityPart(): string {
	const { tested, testedOn, unavailable, oldestSupported, ...run } = JSON.parse(
		readFileSync(COMPATIBILITY, 'utf8'),
	) as Compatibility;
	const rows = tested.map(({ n8n, node, nodes, flows, demo }) => [
		n8n,
		node,
		`${nodes.loaded} of ${nodes.all}`,
		`${flows.imported} of ${flows.all}`,
		`${demo.arrived} of ${demo.all}`,
	]);
	const missing = [...new Set(unavailable.map(({ version }) => version))];
	return [
		`Needs n8n ${oldestSupported} or newer.`,
		table(['n8n', 'on Node', 'nodes loaded', 'flows imported', 'lines of the demo that arrived'], rows),
		`Tested with version ${run.package} on ${testedOn} by \`npm run test:compat\`: the oldest supported n8n and the ` +
			'newest that npm can install' +
			(missing.length > 0 ? ` (it cannot put together ${missing.join(', ')})` : '') +
			'.',
	].join('\n\n');
}
