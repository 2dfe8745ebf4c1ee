import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { House } from '../../../sandbox/src/house';
import { hasRow, inParts, quote, scenarios, untilArrived, type Line } from '../../../sandbox/src/scenario';

const FOLDER = path.resolve(__dirname, '../../../sandbox/scenarios');
const line = (what: string, arrived = true): Line => ({ where: 'Twilio', what, arrived });

/** A house of which only this much is there. */
const houseWith = (parts: object) => parts as unknown as House;
const idle = houseWith({ untilIdle: async () => undefined });

describe('a story in parts', () => {
	it('gives the lines of all parts, in order', async () => {
		const lines = await inParts(
			async () => [line('a'), line('b')],
			async () => [line('c')],
		);
		expect(lines.map(({ what }) => what)).toEqual(['a', 'b', 'c']);
	});

	it('ends where something did not arrive, and shows what did', async () => {
		const next = jest.fn();
		expect(await inParts(async () => [line('a'), line('b', false)], next)).toEqual([
			line('a'),
			line('b', false),
		]);
		expect(next).not.toHaveBeenCalled();
	});

	it('ends with the reason where it cannot be played on', async () => {
		const next = jest.fn();
		const broken = async () => await Promise.reject<Line[]>(new Error('n8n hung up'));
		expect(await inParts(async () => [line('a')], broken, next)).toEqual([
			line('a'),
			{ where: 'Scenario', what: 'n8n hung up', arrived: false },
		]);
		expect(next).not.toHaveBeenCalled();
	});
});

describe('a receipt', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	/** Lets minutes pass while something is waited for. */
	async function inAMinute<T>(waited: Promise<T>): Promise<T> {
		await jest.advanceTimersByTimeAsync(60_000);
		return await waited;
	}

	it('waits for what is late', async () => {
		const start = Date.now();
		const receipt = () => [line('SMS', Date.now() - start > 20_000)];
		expect(await inAMinute(untilArrived(idle, receipt))).toEqual([line('SMS')]);
	});

	it('says what did not arrive within half a minute', async () => {
		const start = Date.now();
		const receipt = () => [line('SMS', Date.now() - start > 30_000), line('e-mail')];
		const waited = untilArrived(idle, receipt);
		await jest.advanceTimersByTimeAsync(29_000);
		expect(await waited).toEqual([line('SMS', false), line('e-mail')]);
	});

	it('does not take for arrived what arrives twice before n8n is idle', async () => {
		const sent = ['SMS'];
		const busy = houseWith({ untilIdle: async () => void sent.push('SMS') });
		const receipt = () => [line('one SMS', sent.length === 1)];
		expect(await inAMinute(untilArrived(busy, receipt))).toEqual([line('one SMS', false)]);
	});

	it('looks for exactly one row of a table', async () => {
		const tables: Record<string, object[]> = {
			frontdesk_leads: [
				{ leadKey: 'a', status: 'NEW' },
				{ leadKey: 'b', status: 'BOOKED' },
				{ leadKey: 'b', status: 'BOOKED' },
			],
		};
		const house = houseWith({ editor: { rows: async (table: string) => tables[table] } });
		expect(await hasRow(house, 'leads', { leadKey: 'a', status: 'NEW' })).toBe(true);
		expect(await hasRow(house, 'leads', { leadKey: 'a', status: 'BOOKED' })).toBe(false);
		expect(await hasRow(house, 'leads', { leadKey: 'b', status: 'BOOKED' })).toBe(false);
	});

	it.each([
		['Hola', '"Hola"'],
		['1) a\n2) b', '"1) a 2) b"'],
		[undefined, '""'],
		['😀'.repeat(81), `"${'😀'.repeat(80)}…"`],
	])('shows the beginning of %j on one line', (text, shown) => {
		expect(quote(text)).toBe(shown);
	});
});

describe('the scenarios', () => {
	it('are found by themselves, each under a title of its own', async () => {
		const titles = (await scenarios()).map(({ title }) => title);
		expect(titles).toHaveLength(readdirSync(FOLDER).length);
		expect(new Set(titles).size).toBe(titles.length);
	});
});
