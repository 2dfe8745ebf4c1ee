import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';
import { flowNames, readFlow } from '../../workflows/build/files';
import { chromium, CHROMIUM_ARGS, signIn } from '../support/chromium';
import { closeHouse, openHouse, theHouse } from '../support/house';

const ROOT = path.resolve(__dirname, '../..');
const PICTURES = path.join(ROOT, 'artifacts', 'editor');
const describeWithBrowser = chromium ? describe : describe.skip;

/** What the nodes panel shows: display names, an action node and its trigger as one entry. */
function panelNames(): string[] {
	const { n8n } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	const names = n8n.nodes.map((file) => {
		const source = readFileSync(path.join(ROOT, file.replace(/^dist\//, '').replace(/\.js$/, '.ts')), 'utf8');
		return /displayName: '([^']+)'/.exec(source)?.[1]?.replace(/ Trigger$/, '') ?? file;
	});
	return [...new Set(names)];
}

jest.setTimeout(120_000);

describeWithBrowser('the editor in a real browser', () => {
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		await openHouse();
		mkdirSync(PICTURES, { recursive: true });
		browser = await playwright.launch({ executablePath: chromium, args: CHROMIUM_ARGS });
		page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
		await signIn(page, theHouse().n8n.url);
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await closeHouse();
	}, 60_000);

	it('lists every node of the package in the nodes panel', async () => {
		const [first] = theHouse().flowIds.values();
		await page.goto(`${theHouse().n8n.url}/workflow/${first}`);
		await page.locator('[data-test-id="node-creator-plus-button"]').click();
		const search = page.locator('[data-test-id="node-creator-search-bar"]');
		for (const name of panelNames()) {
			await search.fill(name);
			const entry = page.locator('[data-test-id="node-creator-item-name"]').getByText(name, { exact: true });
			await entry.first().waitFor();
		}
		await page.screenshot({ path: path.join(PICTURES, 'nodes-panel.png') });
	});

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
	});
});
