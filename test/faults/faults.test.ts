import { CHANNELS, RECOGNISABLE, type Finding } from './audit';
import { choice, sizeOf } from './choice';
import { play, type Mode, type Run } from './lab';
import { keep } from './report';
import { hasServerPrograms } from './servers';

const LONGEST_MILLISECONDS = 60 * 60_000;

const { modes, seeds, leads, write } = choice();
const runs = modes
	.filter((mode) => mode === 'regular' || hasServerPrograms)
	.flatMap((mode) => seeds.map((seed): [Mode, number] => [mode, seed]));

const told = (findings: Finding[]) =>
	findings.map(
		({ lead, channel, arrived, status, lastError }) =>
			`${lead.digits} ${channel}: arrived ${arrived}×, ${status ?? 'no row'} ${lastError}`,
	);

describe.each(runs)('%s mode, seed %i', (mode, seed) => {
	let run: Run;
	beforeAll(async () => {
		run = await play(mode, seed, sizeOf(mode, leads));
		if (write) keep(run);
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
