import type { Mode } from './lab';
import type { Size } from './plan';

export interface Choice {
	modes: Mode[];
	seeds: number[];
	leads: number;
	/** Whether a day of traffic is played as well, time compressed. */
	day: boolean;
	/** Whether docs/reliability.md is to be written. */
	write: boolean;
}

/** How a choice travels from the command line into jest. */
export const CHOICE_VARIABLE = 'FRONTDESK_FAULTS';

/** Without a choice: small enough for every `npm test`. */
const QUICK: Choice = { modes: ['regular'], seeds: [1], leads: 40, day: false, write: false };

/** What `npm run test:faults` plays, unless told otherwise. */
export const FULL: Choice = {
	modes: ['regular', 'queue'],
	seeds: [1, 2, 3],
	leads: 1000,
	day: true,
	write: false,
};

/** What this run was asked for. */
export const choice = (): Choice => ({
	...QUICK,
	...(JSON.parse(process.env[CHOICE_VARIABLE] ?? '{}') as Partial<Choice>),
});

const KILLS: Record<Mode, string[]> = {
	regular: ['main', 'main', 'main'],
	queue: ['worker 1', 'redis', 'main', 'postgres', 'worker 2'],
};

/** The shares of the aim: 20% faults, 10% duplicates, 10% forgeries, three kills; one in the quick version. */
export const sizeOf = (mode: Mode, leads: number): Size => ({
	leads,
	faults: 0.2,
	duplicates: 0.1,
	forgeries: 0.1,
	kills: leads > QUICK.leads ? KILLS[mode] : KILLS[mode].slice(0, 1),
});
