import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { OWNER } from '../../sandbox/src/editor-api';

const PLACES = [
	process.env.FRONTDESK_CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser for editor tests; undefined where the machine has none. */
export const chromium = PLACES.find((place) => place !== undefined && existsSync(place));

/** Without its own background talk, and able to run as root in a container. */
export const CHROMIUM_ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Signs in to n8n's editor as its owner. */
export async function signIn(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', OWNER.email);
	await page.fill('input[name=password]', OWNER.password);
	await page.click('[data-test-id="form-submit-button"]');
	await page.waitForURL(/\/home\//);
}
