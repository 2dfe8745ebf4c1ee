import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import '../../test/support/quiet';
import { FLOW_PAGES, flowPages } from './flows';
import { deadLinks } from './links';
import { bundled, NOTICES, noticesPage } from './notices';
import { FOLDER, providerPages } from './pages';
import { pictureFile, stalePictures } from './pictures/kind';
import { KINDS } from './pictures/kinds';
import { README, readmePage } from './readme';

const ROOT = path.resolve(__dirname, '../..');
const check = process.argv.includes('--check');

const say = (file: string, done: string) => {
	if (check) process.exitCode = 1;
	const name = path.relative(ROOT, file);
	console.log(check ? `${name} is stale: run npm run docs` : `${name} ${done}`);
};

function writePage(file: string, text: string): void {
	if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
	if (!check) writeFileSync(file, text);
	say(file, 'written');
}

function writePages(folder: string, pages: Map<string, string>): void {
	mkdirSync(folder, { recursive: true });
	for (const [page, text] of pages) writePage(path.join(folder, `${page}.md`), text);
}

/** Deletes pages of flows that are gone. */
function forgetPages(folder: string, pages: Map<string, string>): void {
	if (!existsSync(folder)) return;
	for (const name of readdirSync(folder).filter((file) => !pages.has(path.basename(file, '.md')))) {
		if (!check) rmSync(path.join(folder, name));
		say(path.join(folder, name), 'deleted');
	}
}

async function tellStalePictures(): Promise<void> {
	for (const kind of KINDS) {
		for (const name of await stalePictures(kind)) {
			if (check) process.exitCode = 1;
			const file = path.relative(ROOT, pictureFile(kind, name));
			console.log(`${file} is stale: run npm run docs:pictures`);
		}
	}
}

/** Whether written or checked: a dead link is nothing that the generator can mend. */
function tellDeadLinks(): void {
	for (const { file, line, link, why } of deadLinks(ROOT)) {
		process.exitCode = 1;
		console.log(`${file}:${line}: ${link} ${why}`);
	}
}

/** `npm run docs` writes the pages; `npm run docs -- --check` only tells whether pages, pictures and links are right. */
async function main(): Promise<void> {
	const flows = await flowPages();
	writePages(FLOW_PAGES, flows);
	forgetPages(FLOW_PAGES, flows);
	writePages(FOLDER, await providerPages());
	writePage(README, await readmePage());
	writePage(NOTICES, noticesPage(await bundled()));
	await tellStalePictures();
	tellDeadLinks();
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
