import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';
import { OWNER } from '../../sandbox/src/editor-api';
import { flowNames, readFlow } from '../../sandbox/src/flows';
import { chromium, CHROMIUM_ARGS } from '../support/chromium';
import { closeHouse, openHouse, theHouse } from '../support/house';

const ROOT = path.resolve(__dirname, '../..');
const PICTURES = path.join(ROOT, 'artifacts', 'editor');
const describeWithBrowser = chromium ? describe : describe.skip;

/** What n8n calls our nodes in its panel: their display names. */
function displayNames(): string[] {
	const { n8n } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
	return n8n.nodes.map((file) => {
		const source = readFileSync(path.join(ROOT, file.replace(/^dist\//, '').replace(/\.js$/, '.ts')), 'utf8');
		return /displayName: '([^']+)'/.exec(source)?.[1] ?? file;
	});
}

describeWithBrowser('the editor in a real browser', () => {
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		await openHouse();
		mkdirSync(PICTURES, { recursive: true });
		browser = await playwright.launch({ executablePath: chromium, args: CHROMIUM_ARGS });
		page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
		await page.goto(`${theHouse().n8n.url}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', OWNER.email);
		await page.fill('input[name=password]', OWNER.password);
		await page.click('[data-test-id="form-submit-button"]');
		await page.waitForURL(/\/home\//);
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await closeHouse();
	}, 60_000);

	it('lists every node of the package in the nodes panel', async () => {
		await page.goto(`${theHouse().n8n.url}/workflow/new`);
		await page.keyboard.press('Escape');
		for (const name of displayNames()) {
			await page.waitForSelector('[data-test-id="canvas-background"], .vue-flow');
			await page.keyboard.press('Tab');
			const search = page.locator('[data-test-id="node-creator-search-bar"]');
			await search.waitFor({ timeout: 10_000 });
			await search.fill(name.replace(/ Trigger$/, ''));
			await page.locator('[data-test-id="node-creator-item-name"]', { hasText: name }).first().waitFor({ timeout: 10_000 });
			await page.keyboard.press('Escape');
		}
		await page.screenshot({ path: path.join(PICTURES, 'nodes-panel.png') });
	}, 120_000);

	it.each(flowNames())('opens the flow %s without a red mark', async (name) => {
		const id = theHouse().flowIds.get(name);
		await page.goto(`${theHouse().n8n.url}/workflow/${id}`);
		const shown = readFlow(name).nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').length;
		await page.waitForFunction(
			(count) => document.querySelectorAll('[data-test-id="canvas-node"]').length >= count,
			shown,
			{ timeout: 30_000 },
		);
		await page.keyboard.press('1');
		await page.waitForTimeout(1500);
		await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
		expect(await page.locator('[data-test-id="node-issues"]').count()).toBe(0);
		expect(await page.getByText('Install this node').count()).toBe(0);
	}, 90_000);
});
