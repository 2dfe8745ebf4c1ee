import { CHANNELS, RECOGNISABLE, type Finding } from './audit';
import { choice, sizeOf } from './choice';
import { playDay, type Day } from './day';
import { play, type Mode, type Run } from './lab';
import { writeDay, writeRun } from './report';
import { hasServerPrograms } from './servers';

const LONGEST_MILLISECONDS = 60 * 60_000;

const { modes, seeds, leads, day, write } = choice();
const runs = modes
	.filter((mode) => mode === 'regular' || hasServerPrograms)
	.flatMap((mode) => seeds.map((seed): [Mode, number] => [mode, seed]));

const told = (findings: Finding[]) =>
	findings.map(
		({ lead, channel, arrived, status, lastError }) =>
			`${lead.digits} ${channel}: arrived ${arrived}×, ${status ?? 'no row'} ${lastError}`,
	);

for (const [mode, seed] of runs) {
	describe(`${mode} mode, seed ${seed}`, () => {
		let run: Run;
		beforeAll(async () => {
			run = await play(mode, seed, sizeOf(mode, leads));
			if (write) writeRun(run);
		}, LONGEST_MILLISECONDS);

		it('gets an answer to every lead', () => {
			const open = run.outcomes.filter(({ status }) => status === undefined);
			expect(open).toEqual([]);
			expect(run.withoutLeadRow).toEqual([]);
		});

		it('loses nothing', () => {
			expect(run.findings).toHaveLength(leads * CHANNELS.length);
			expect(told(run.lost)).toEqual([]);
		});

		it('takes no forgery', () => expect(run.forgedAccepted).toEqual([]));

		it('sends nothing twice where a repeat can be told', () => {
			expect(told(run.doubled.filter(({ channel }) => RECOGNISABLE.includes(channel)))).toEqual([]);
		});

		it('elsewhere sends twice at most what was in flight at a kill', () => {
			const others = run.doubled.filter(({ channel }) => !RECOGNISABLE.includes(channel));
			expect(others.length).toBeLessThanOrEqual(run.inFlight);
		});
	});
}

/** Leads of a whole day: some an hour, so that it ends within minutes. */
const LEADS_OF_A_DAY = 120;

for (const seed of day ? seeds.slice(0, 1) : []) {
	describe(`a day of 24 hours, seed ${seed}`, () => {
		let played: Day;
		beforeAll(async () => {
			played = await playDay(seed, LEADS_OF_A_DAY);
			if (write) writeDay(played);
		}, LONGEST_MILLISECONDS);

		it('leaves no row stuck and loses nothing', () => {
			expect(played.stuck).toEqual([]);
			expect(told(played.lost)).toEqual([]);
		});

		it('leaves memory flat', () => {
			const [afterWarmUp, atTheEnd] = [played.heap.slice(4, 12), played.heap.slice(16)].map((hours) =>
				Math.min(...hours),
			) as [number, number];
			expect(atTheEnd / afterWarmUp).toBeLessThan(1.1);
		});
	});
}
