import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import '../../test/support/quiet';
import { FOLDER, providerPages } from './pages';

/** `npm run docs` writes the pages; `npm run docs -- --check` only tells whether they are up to date. */
async function main(): Promise<void> {
	const check = process.argv.includes('--check');
	mkdirSync(FOLDER, { recursive: true });
	for (const [page, text] of await providerPages()) {
		const file = path.join(FOLDER, `${page}.md`);
		const isStale = !existsSync(file) || readFileSync(file, 'utf8') !== text;
		if (!isStale) continue;
		if (check) {
			process.exitCode = 1;
			console.log(`docs/providers/${page}.md is stale: run npm run docs`);
		} else {
			writeFileSync(file, text);
			console.log(`docs/providers/${page}.md written`);
		}
	}
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
