import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium as playwright, type Page } from 'playwright-core';
import { format } from 'prettier';
import { House } from '../../sandbox/src/house';
import { chromium, CHROMIUM_ARGS, signIn } from '../../test/support/chromium';
import { flowNames, readFlow } from '../../workflows/build/files';
import { canvasHash, FLOW_PICTURES, PICTURE_LIST, pictured, stalePictures } from './canvas';

const WIDTH = 1600;
const HEIGHT = 1000;
const MARGIN = 24;
const PATIENCE_MILLISECONDS = 120_000;

/** The canvas alone, over the whole window: no sidebar, no tabs, no buttons. */
const CANVAS_ONLY = `
	body { visibility: hidden !important; }
	.vue-flow { visibility: visible !important; position: fixed !important; inset: 0 !important; width: 100vw !important; height: 100vh !important; z-index: 99999 !important; }
	.vue-flow__panel, .vue-flow__minimap { display: none !important; }
`;

/** Waits until the canvas has come to rest: the same place twice, a moment apart. */
async function untilStill(page: Page): Promise<void> {
	await page.waitForFunction(
		() => {
			const now = document.querySelector('.vue-flow__transformationpane')?.getAttribute('style') ?? '';
			const { before } = document.body.dataset;
			document.body.dataset.before = now;
			return now !== '' && now === before;
		},
		undefined,
		{ polling: 400 },
	);
}

/** What of the window holds nodes and notes, with a margin. */
async function contentOf(page: Page) {
	const boxes = await page.locator('.vue-flow__node').evaluateAll((nodes) =>
		nodes.map((node) => {
			const { top, bottom } = node.getBoundingClientRect();
			return { top, bottom };
		}),
	);
	const top = Math.max(0, Math.min(...boxes.map((box) => box.top)) - MARGIN);
	const bottom = Math.min(HEIGHT, Math.max(...boxes.map((box) => box.bottom)) + MARGIN);
	return { x: 0, y: top, width: WIDTH, height: bottom - top };
}

async function picture(page: Page, url: string, folder: string): Promise<void> {
	await page.goto(url);
	const count = readFlow(folder).nodes.length;
	await page.waitForFunction(
		(expected) => document.querySelectorAll('.vue-flow__node').length >= expected,
		count,
	);
	await page.addStyleTag({ content: CANVAS_ONLY });
	await page.keyboard.press('1');
	await untilStill(page);
	await page.screenshot({
		path: path.join(FLOW_PICTURES, `${folder}.png`),
		clip: await contentOf(page),
	});
}

async function note(hashes: Record<string, string>): Promise<void> {
	const sorted = Object.fromEntries(Object.entries(hashes).sort());
	writeFileSync(PICTURE_LIST, await format(JSON.stringify(sorted), { parser: 'json' }));
}

async function takeAll(folders: string[], house: House): Promise<void> {
	const hashes = pictured();
	const browser = await playwright.launch({ executablePath: chromium, args: CHROMIUM_ARGS });
	try {
		const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
		page.setDefaultTimeout(PATIENCE_MILLISECONDS);
		await signIn(page, house.n8n.url);
		for (const folder of folders) {
			await picture(page, `${house.n8n.url}/workflow/${house.flowIds.get(folder)}`, folder);
			hashes[folder] = canvasHash(folder);
			await note(hashes);
			console.log(`docs/pictures/flows/${folder}.png written`);
		}
	} finally {
		await browser.close();
	}
}

/** `npm run docs:pictures` takes the pictures that are missing or stale; `-- --all` takes every one. */
async function main(): Promise<void> {
	if (!chromium) throw new Error('No Chromium found: set FRONTDESK_CHROMIUM to its path');
	mkdirSync(FLOW_PICTURES, { recursive: true });
	const known = flowNames();
	const stale = process.argv.includes('--all') ? known : stalePictures();
	for (const gone of stale.filter((folder) => !known.includes(folder))) {
		rmSync(path.join(FLOW_PICTURES, `${gone}.png`), { force: true });
		await note(Object.fromEntries(Object.entries(pictured()).filter(([folder]) => folder !== gone)));
	}
	const wanted = stale.filter((folder) => known.includes(folder));
	if (wanted.length === 0) return;
	const house = await House.open();
	try {
		await takeAll(wanted, house);
	} finally {
		await house.close();
	}
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
