import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { House } from '../../sandbox/src/house';

let house: House | undefined;
let home: string | undefined;

/** Opens the sandbox with all flows, in a folder of its own that goes when it closes. */
export async function openHouse(): Promise<void> {
	home = mkdtempSync(path.join(tmpdir(), 'frontdesk-'));
	house = await House.open({ home });
}

export async function closeHouse(): Promise<void> {
	await house?.close();
	if (home) rmSync(home, { recursive: true, force: true });
}

/** The open sandbox. */
export function theHouse(): House {
	if (!house) throw new Error('The sandbox is not open: call openHouse in beforeAll');
	return house;
}

/** Waits until something holds; ends with the last error where it does not in time. */
export async function eventually<T>(check: () => Promise<T> | T, seconds = 20): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}
