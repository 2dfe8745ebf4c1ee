import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

interface Codex {
	resources?: { primaryDocumentation?: Array<{ url: string }> };
}

/**
 * The page a node is described on: the name in its codex's documentation address.
 *
 * @param nodeFile from the root
 */
export function pageOf(nodeFile: string): string {
	const codex = JSON.parse(
		readFileSync(path.join(ROOT, nodeFile.replace(/\.ts$/, '.json')), 'utf8'),
	) as Codex;
	const url = codex.resources?.primaryDocumentation?.[0]?.url ?? '';
	return (
		/docs\/providers\/([\w-]+)\.md/.exec(url)?.[1] ?? path.basename(path.dirname(nodeFile)).toLowerCase()
	);
}
