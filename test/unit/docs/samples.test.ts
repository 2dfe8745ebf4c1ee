import { randomUUID } from 'node:crypto';
import { steadyIds } from '../../../docs/generate/steady';
import { stopClock } from '../../../docs/generate/still';
import { sampleSection } from '../../../docs/generate/samples';
import { systemClock } from '../../../lib/clock';

const FIRST = '00000000-0000-4000-8000-000000000001';
const SECOND = '00000000-0000-4000-8000-000000000002';

it('replaces random ids by numbered ones, the same wherever they stand', () => {
	const [one, two] = [randomUUID(), randomUUID()];
	const steady = steadyIds();
	expect(steady({ id: one, url: `https://example.com/${two}` })).toEqual({
		id: FIRST,
		url: `https://example.com/${SECOND}`,
	});
	expect(steady([two, one, '2-3-4'])).toEqual([SECOND, FIRST, '2-3-4']);
});

describe('a clock that stands still', () => {
	const noon = Date.parse('2027-03-01T12:00:00Z');

	it('stops Date, lets waits pass at once, and gives the true clock back', async () => {
		const before = Date.now();
		const clock = stopClock(noon);
		try {
			expect([Date.now(), new Date().toISOString()]).toEqual([noon, '2027-03-01T12:00:00.000Z']);
			expect(new Date(0)).toBeInstanceOf(Date);
			await systemClock.wait(3_600_000);
			expect(new Date().toISOString()).toBe('2027-03-01T13:00:00.000Z');
			clock.moveTo(noon);
			expect(clock.now()).toBe(noon + 3_600_000);
		} finally {
			clock.release();
		}
		expect(Date.now()).toBeGreaterThanOrEqual(before);
		expect(Date.now()).toBeLessThan(before + 60_000);
	});
});

it('shows the first item, cuts long lists and says so', () => {
	const output = { ids: ['1', '2', '3'], client: { tags: [] } };
	const section = sampleSection({ parameters: { operation: 'getMany' }, output, items: 7 });
	expect(section).toContain('The first of 7 items. Lists are cut to 2 entries.');
	expect(section).toContain(JSON.stringify({ ids: ['1', '2'], client: { tags: [] } }, null, 2));
	expect(section).not.toContain('The item that comes in');
});
