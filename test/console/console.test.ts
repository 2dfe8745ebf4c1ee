import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium as playwright, type Browser, type Locator, type Page } from 'playwright-core';
import { openConsole, type OpenConsole } from '../../sandbox/console/console';
import { chromium, CHROMIUM_ARGS } from '../support/chromium';
import { closeHouse, openHouse, theHouse } from '../support/house';
import { accessibilityFaults, focused, tabTo } from './accessibility';

const PICTURES = path.resolve(__dirname, '../../artifacts/console');
/** A machine that is busy with other tests lets flows end late. */
const PATIENCE_MILLISECONDS = 120_000;
const CHANNELS = ['Chatfuel', 'WhatsApp', 'SMS', 'Instagram', 'Web form', 'Chatwoot agent'];
const describeWithBrowser = chromium ? describe : describe.skip;

jest.setTimeout(600_000);

describeWithBrowser('the console in a real browser', () => {
	let browser: Browser;
	let console: OpenConsole;
	let page: Page;

	const open = async (options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> => {
		const opened = await browser.newPage({ viewport: { width: 1440, height: 1000 }, ...options });
		opened.setDefaultTimeout(PATIENCE_MILLISECONDS);
		await opened.goto(console.url);
		await opened.getByRole('heading', { name: 'Be the customer' }).waitFor();
		return opened;
	};
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	const list = (name: string) => page.getByLabel(name).and(page.locator('select'));
	const card = (name: string) => page.getByRole('region', { name, exact: true });
	const customer = () => page.getByRole('region', { name: 'Be the customer' });
	const channel = async (name: string) => await page.getByRole('tab', { name, exact: true }).first().click();
	const shown = async (place: Locator) => await place.filter({ visible: true }).first().waitFor();
	const email = async () => await page.locator('.persona small').last().innerText();
	/** Becomes somebody whom no flow knows. */
	const beNew = async () => {
		const before = await email();
		await button('Somebody new').click();
		await shown(page.locator('.persona').filter({ hasNotText: before }));
		return { email: await email(), name: await page.locator('.persona strong').innerText() };
	};
	const write = async (text: string, label?: string) => {
		const line = label ? page.getByLabel(label) : customer().locator('.composer input').first();
		await line.fill(text);
		await line.press('Enter');
	};
	const leads = async (address: string) =>
		(await theHouse().editor.rows<{ email: string }>('frontdesk_leads')).filter(
			(row) => row.email === address,
		);

	beforeAll(async () => {
		mkdirSync(PICTURES, { recursive: true });
		await openHouse();
		console = await openConsole(theHouse(), { patienceSeconds: PATIENCE_MILLISECONDS / 1000 });
		browser = await playwright.launch({ executablePath: chromium, args: CHROMIUM_ARGS });
	}, 600_000);

	beforeEach(async () => (page = await open()));

	afterEach(async () => await page?.close());

	afterAll(async () => {
		await browser?.close();
		await console?.close();
		await closeHouse();
	}, 60_000);

	it('shows a booking made by chat in the calendar, on the board and in the inbox', async () => {
		const { name, email: address } = await beNew();
		await button('Book a time').click();
		await customer().locator('.choices button').last().click();
		await shown(customer().getByText('You are booked'));
		await shown(card('Calendars').locator('.appointment').filter({ hasText: name }));
		await shown(card('Board').getByRole('row').filter({ hasText: address }));
		await shown(card('Inbox').getByRole('button', { name: `To ${address}` }));
		await shown(card('Messages').locator('.message').filter({ hasText: name }));
		await shown(card('Events').getByText('meeting_booked'));
		await shown(card('A lead’s time line').getByText('Booked, done'));
		await shown(card('What n8n asked').getByText('Booksy'));
		await shown(card('Flows that ran').getByRole('link', { name: 'Book an appointment from Chatfuel' }));
		await page.screenshot({ path: path.join(PICTURES, 'booked.png'), fullPage: true });
	});

	it('renders an e-mail where no script can run', async () => {
		const frame = card('Inbox').locator('iframe').first();
		expect(await frame.getAttribute('sandbox')).toBe('');
		const answer = await page.request.get(new URL(String(await frame.getAttribute('src')), console.url).href);
		expect(answer.headers()['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
		expect(await answer.text()).toContain('your appointment');
	});

	it('sends the website’s form once more and has one lead', async () => {
		const { email: address } = await beNew();
		await channel('Web form');
		await button('Send the form').click();
		await shown(customer().getByText('201', { exact: true }));
		await button('Send again').click();
		await shown(page.getByText(/Sent again at .* answered 200/));
		expect(await leads(address)).toHaveLength(1);
	});

	it('shows what the website’s server is told of a form that is not complete', async () => {
		await channel('Web form');
		await customer().getByLabel('Phone').fill('');
		await customer().getByLabel('E-mail').fill('');
		await button('Send the form').click();
		await shown(customer().getByText('422', { exact: true }));
	});

	it('has WhatsApp’s assistant answer', async () => {
		await beNew();
		await channel('WhatsApp');
		await write('Hello');
		await shown(customer().locator('.message.mine').filter({ hasText: 'Hello' }));
		await shown(customer().locator('.message.theirs'));
		await shown(card('A lead’s time line').getByText('Wrote on WhatsApp'));
	});

	it('lets a colleague answer and resolve in Chatwoot', async () => {
		const { name } = await beNew();
		await channel('Chatwoot agent');
		await write('Is anybody there?', `Write to Chatwoot as ${name}`);
		await shown(customer().locator('.message.theirs').filter({ hasText: 'Is anybody there?' }));
		await write('I am', 'Answer as the agent');
		await shown(customer().locator('.message.mine').filter({ hasText: 'I am' }));
		await button('Resolve').click();
		await shown(button('Open again'));
	});

	it('takes a direct message on Instagram', async () => {
		await channel('Instagram');
		await write('Good morning');
		await shown(customer().locator('.message.mine').filter({ hasText: 'Good morning' }));
		await shown(card('Messages').getByRole('tab', { name: /Instagram/, selected: true }));
	});

	it('plays a scenario from its button', async () => {
		await list('Scenario').selectOption('Contact a consultant');
		await button('Play').click();
		await shown(page.getByText('Playing “Contact a consultant”'));
		await shown(page.getByText('All arrived: Contact a consultant'));
	});

	it('shows a failing provider, and that it recovers', async () => {
		await beNew();
		await list('Provider').selectOption({ label: 'Booksy' });
		await list('How it fails').selectOption({ label: 'Answers 500' });
		await list('For how many requests').selectOption({ label: '50 times' });
		await button('Fail').click();
		await shown(page.locator('.troubles').getByText('Booksy'));
		await button('Book a time').click();
		await shown(card('What n8n asked').locator('li').filter({ hasText: 'Booksy' }).getByText('500'));
		await shown(customer().locator('.message.theirs').nth(1));
		expect(await customer().locator('.choices button').count()).toBe(0);
		await button('Mend Booksy').click();
		await page.locator('.troubles li').waitFor({ state: 'detached' });
		await button('Book a time').click();
		await shown(customer().locator('.choices button'));
	});

	it('moves the clock a day', async () => {
		await button('A day later').click();
		await shown(page.getByRole('progressbar'));
		await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: 2 * PATIENCE_MILLISECONDS });
		await page.getByText(/of \d+ runs of that day/).click();
		const runs = page.getByRole('region', { name: 'Runs of that day' }).locator('li');
		expect(await runs.count()).toBeGreaterThan(6);
		expect(await runs.filter({ hasNotText: 'done' }).allInnerTexts()).toEqual([]);
		await shown(runs.filter({ hasText: '20:00 Report the day' }));
	});

	it('can be worked by keyboard alone, and always shows where one is', async () => {
		await page.keyboard.press('Tab');
		expect(await focused(page)).toMatchObject({ words: 'Skip to what arrived', isMarked: true });
		await tabTo(page, 'Chatfuel');
		for (const name of CHANNELS.slice(1)) {
			await page.keyboard.press('ArrowRight');
			expect(await focused(page)).toMatchObject({ words: name, isMarked: true });
		}
		await page.keyboard.press('Home');
		await tabTo(page, 'Book a time');
		await page.keyboard.press('Enter');
		await shown(customer().locator('.choices button:enabled'));
		// Pressing has disabled the button and focus may be lost with it: the way goes on from the top.
		await page.locator('body').press('Escape');
		await tabTo(page, 'Fail');
		await page.keyboard.press('Enter');
		await shown(page.locator('.troubles li'));
		await tabTo(page, 'Mend Altegio');
		await page.keyboard.press('Space');
		await page.locator('.troubles li').waitFor({ state: 'detached' });
	});

	describe.each([
		['light', 1440],
		['dark', 1440],
		['light', 360],
		['dark', 360],
	] as const)('in %s at %d pixels', (colorScheme, width) => {
		it('has nothing that axe finds, and nothing to scroll sideways', async () => {
			const other = await open({ colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' });
			const found: string[] = [];
			for (const name of CHANNELS) {
				await other.getByRole('tab', { name, exact: true }).first().click();
				found.push(...(await accessibilityFaults(other)).map((fault) => `${name}: ${fault}`));
			}
			await other.screenshot({ path: path.join(PICTURES, `${colorScheme}-${width}.png`), fullPage: true });
			const overflow = await other.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
			await other.close();
			expect(found).toEqual([]);
			expect(overflow).toBeLessThanOrEqual(0);
		});
	});

	it('loads nothing from anywhere else', async () => {
		const asked: string[] = [];
		page.on('request', (request) => asked.push(new URL(request.url()).origin));
		await page.reload();
		await page.getByRole('heading', { name: 'Be the customer' }).waitFor();
		expect([...new Set(asked)]).toEqual([console.url]);
	});

	it('says so when the sandbox has ended', async () => {
		await console.close();
		await shown(page.getByRole('alert').getByText('The sandbox does not answer'));
	});
});
