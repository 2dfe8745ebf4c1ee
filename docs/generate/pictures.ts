import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chromium as playwright, type Browser } from 'playwright-core';
import { House } from '../../sandbox/src/house';
import { chromium, CHROMIUM_ARGS } from '../../test/support/chromium';
import type { OpenCamera } from './pictures/camera';
import { CONSOLE } from './pictures/console';
import { FLOWS } from './pictures/flows';
import { current, note, pictured, pictureFile, stalePictures, type PictureKind } from './pictures/kind';
import { KINDS } from './pictures/kinds';
import { NODES } from './pictures/nodes';
import { openConsoleCamera } from './pictures/takeConsole';
import { openFlowCamera } from './pictures/takeFlow';
import { openNodeCamera } from './pictures/takeNode';

const CAMERAS = new Map<PictureKind, OpenCamera>([
	[FLOWS, openFlowCamera],
	[NODES, openNodeCamera],
	[CONSOLE, openConsoleCamera],
]);

/** Pictures to take: the stale ones, or all of those that have a subject. Deletes those that have none. */
async function wanted(kind: PictureKind, all: boolean): Promise<string[]> {
	const now = await current(kind);
	const stale = await stalePictures(kind);
	for (const gone of stale.filter((name) => !(name in now))) {
		rmSync(pictureFile(kind, gone), { force: true });
		await note(kind, Object.fromEntries(Object.entries(pictured(kind)).filter(([name]) => name !== gone)));
	}
	return all ? Object.keys(now) : stale.filter((name) => name in now);
}

async function takeKind(kind: PictureKind, names: string[], house: House, browser: Browser): Promise<void> {
	const now = await current(kind);
	const camera = await CAMERAS.get(kind)?.(house, browser);
	if (!camera) throw new Error(`No camera takes ${kind.folder}`);
	try {
		for (const name of names) {
			const file = pictureFile(kind, name);
			mkdirSync(path.dirname(file), { recursive: true });
			await camera.take(name, file);
			await note(kind, { ...pictured(kind), [name]: now[name] ?? '' });
			console.log(`${path.relative(process.cwd(), file)} written`);
		}
	} finally {
		await camera.close();
	}
}

/** `npm run docs:pictures` takes the pictures that are missing or stale; `-- --all` takes every one. */
async function main(): Promise<void> {
	if (!chromium) throw new Error('No Chromium found: set FRONTDESK_CHROMIUM to its path');
	const all = process.argv.includes('--all');
	const work = new Map<PictureKind, string[]>();
	for (const kind of KINDS) work.set(kind, await wanted(kind, all));
	if ([...work.values()].flat().length === 0) return;
	const house = await House.open();
	const browser = await playwright.launch({ executablePath: chromium, args: CHROMIUM_ARGS });
	try {
		for (const [kind, names] of work) if (names.length > 0) await takeKind(kind, names, house, browser);
	} finally {
		await browser.close();
		await house.close();
	}
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
