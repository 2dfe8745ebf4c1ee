import type { Browser } from 'playwright-core';
import { openConsole } from '../../../sandbox/console/console';
import { openWindow, type OpenCamera } from './camera';
import { WIDTHS } from './console';

const HEIGHTS: Record<keyof typeof WIDTHS, number> = { desktop: 1000, phone: 844 };
const PATIENCE_SECONDS = 120;

/** Books the last time that the bot offers, and waits until it has come everywhere. */
async function book(browser: Browser, url: string): Promise<void> {
	const page = await openWindow(browser, WIDTHS.desktop, HEIGHTS.desktop);
	await page.goto(url);
	const customer = page.getByRole('region', { name: 'Be the customer' });
	await page.getByRole('button', { name: 'Book a time', exact: true }).click();
	await customer.locator('.choices button').last().click();
	await customer.getByText('You are booked').first().waitFor();
	await page.getByRole('region', { name: 'Inbox', exact: true }).locator('iframe').first().waitFor();
	await page.close();
}

/** Takes the console after a booking by chat. */
export const openConsoleCamera: OpenCamera = async (house, browser) => {
	const { url, close } = await openConsole(house, { patienceSeconds: PATIENCE_SECONDS });
	await book(browser, url);
	return {
		async take(name, file) {
			const width = name as keyof typeof WIDTHS;
			const page = await openWindow(browser, WIDTHS[width], HEIGHTS[width]);
			await page.goto(url);
			await page.getByText('You are booked').first().waitFor();
			await page.screenshot({ path: file });
			await page.close();
		},
		close,
	};
};
