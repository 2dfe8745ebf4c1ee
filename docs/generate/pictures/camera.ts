import type { Browser, Page } from 'playwright-core';
import type { House } from '../../../sandbox/src/house';
import { signIn } from '../../../test/support/chromium';

/** Takes the pictures of one kind. */
export interface Camera {
	/** @param file where the picture is written */
	take(name: string, file: string): Promise<void>;
	close(): Promise<void>;
}

/** Sets a camera up in an open sandbox. */
export type OpenCamera = (house: House, browser: Browser) => Promise<Camera>;

const PATIENCE_MILLISECONDS = 120_000;

/** An empty window that waits longer than a busy machine takes. */
export async function openWindow(browser: Browser, width: number, height: number): Promise<Page> {
	const page = await browser.newPage({ viewport: { width, height } });
	page.setDefaultTimeout(PATIENCE_MILLISECONDS);
	return page;
}

/** A window in which n8n's owner is signed in. */
export async function openEditor(
	house: House,
	browser: Browser,
	width: number,
	height: number,
): Promise<Page> {
	const page = await openWindow(browser, width, height);
	await signIn(page, house.n8n.url);
	return page;
}
