import type { Page } from 'playwright-core';
import { readFlow } from '../../../workflows/build/files';
import { openEditor, type OpenCamera } from './camera';

const WIDTH = 1600;
const HEIGHT = 1000;
const MARGIN = 24;

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

/** Takes a flow's canvas. */
export const openFlowCamera: OpenCamera = async (house, browser) => {
	const page = await openEditor(house, browser, WIDTH, HEIGHT);
	return {
		async take(folder, file) {
			await page.goto(`${house.n8n.url}/workflow/${house.flowIds.get(folder)}`);
			const count = readFlow(folder).nodes.length;
			await page.waitForFunction(
				(expected) => document.querySelectorAll('.vue-flow__node').length >= expected,
				count,
			);
			await page.addStyleTag({ content: CANVAS_ONLY });
			await page.keyboard.press('1');
			await untilStill(page);
			await page.screenshot({ path: file, clip: await contentOf(page) });
		},
		close: async () => await page.close(),
	};
};
