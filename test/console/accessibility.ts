import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** More stops than the page has. */
const MOST_STOPS = 150;

/** Where the keyboard is. */
export interface Focused {
	words: string;
	/** Whether one can see that it is there. */
	isMarked: boolean;
}

/** What axe finds on a page, serious or not, as one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
	// As text to evaluate: the page's policy allows no script element of ours.
	await page.evaluate(AXE);
	const { violations } = (await page.evaluate('axe.run(document)')) as AxeResults;
	return violations.flatMap(({ id, impact, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${impact} ${id} ${target.join(' ')}: ${failureSummary}`),
	);
}

/** The element that has the focus. */
export const focused = async (page: Page): Promise<Focused> =>
	await page.evaluate(() => {
		const element = document.activeElement ?? document.body;
		const { outlineStyle, outlineWidth } = getComputedStyle(element);
		return {
			words: element.getAttribute('aria-label') ?? (element.textContent ?? '').trim(),
			isMarked: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
		};
	});

/**
 * Presses Tab until something with these words has the focus.
 *
 * @throws Error where it is never reached, or where a stop on the way cannot be seen
 */
export async function tabTo(page: Page, words: string): Promise<void> {
	for (let stop = 0; stop < MOST_STOPS; stop++) {
		await page.keyboard.press('Tab');
		const now = await focused(page);
		const isPage = await page.evaluate(() =>
			['BODY', 'IFRAME'].includes(document.activeElement?.tagName ?? ''),
		);
		if (!isPage && !now.isMarked) throw new Error(`Nobody sees that "${now.words}" has the focus`);
		if (now.words === words) return;
	}
	throw new Error(`"${words}" is not reached by the Tab key`);
}
