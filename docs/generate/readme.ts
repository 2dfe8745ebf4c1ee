import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { compatibilityPart } from './compatibility';
import { flowGroups, table } from './flows';
import { nodeRows } from './pages';
import { FLOWS } from './pictures/flows';
import { pictureFile } from './pictures/kind';

const ROOT = path.resolve(__dirname, '../..');
/** The front page, of which some parts are made. */
export const README = path.join(ROOT, 'README.md');

/** What an operator never starts by hand has no place in the gallery. */
const CALLED = 'Called by the flows above';

const gallery = () =>
	flowGroups()
		.filter(({ task }) => task !== CALLED)
		.flatMap(({ task, flows }) => [
			`### ${task}`,
			table(
				['', ''],
				flows.map(({ folder, name, gist }) => [
					existsSync(pictureFile(FLOWS, folder))
						? `<a href="docs/flows/${folder}.md"><img src="docs/pictures/flows/${folder}.png" width="320" alt="Canvas of ${name}"></a>`
						: '',
					`**[${name}](docs/flows/${folder}.md)**<br>${gist}`,
				]),
			),
		])
		.join('\n\n');

const nodes = async () => table(['node', 'what it does'], await nodeRows());

const PARTS: Record<string, () => string | Promise<string>> = {
	flows: gallery,
	nodes,
	compatibility: compatibilityPart,
};

/**
 * The front page with its made parts made anew. Each stands between `<!-- name: made by npm run docs -->` and
 * `<!-- /name -->`; everything else is a person's.
 *
 * @throws Error where the page lacks the marks of a part
 */
export async function readmePage(): Promise<string> {
	let page = readFileSync(README, 'utf8');
	for (const [name, make] of Object.entries(PARTS)) {
		const [begin, end] = [`<!-- ${name}: made by npm run docs -->`, `<!-- /${name} -->`];
		const [before, rest = ''] = page.split(begin);
		const [, after] = rest.split(end);
		if (before === undefined || after === undefined) throw new Error(`README.md has no part "${name}"`);
		page = [before, begin, '\n\n', await make(), '\n\n', end, after].join('');
	}
	return await format(page, { parser: 'markdown' });
}
