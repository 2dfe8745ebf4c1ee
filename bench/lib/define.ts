import type { Lab } from './lab';

/** What a figure has to reach. */
export interface Aim {
	bound: 'atLeast' | 'atMost';
	value: number;
	/** What follows the number, such as "× as fast" or "ms". */
	unit: string;
	/**
	 * Whether it is a ratio of two measurements of the same run: those hold on any machine, so `--quick` may fail on
	 * them. Absolute times are reported and never fail.
	 */
	isRatio: boolean;
}

/** One row of a table. */
export interface Finding {
	what: string;
	/** As shown, with unit. */
	ours: string;
	/** As shown; absent where there is nothing to compare with. */
	theirs?: string;
	/** What the aim is held against; also what the chart shows. */
	score?: number;
	aim?: Aim;
}

/** How something grows with the number of items. */
export interface Series {
	name: string;
	points: Array<{ items: number; millisecondsAnItem: number; kilobytesAnItem?: number }>;
}

export interface Outcome {
	findings: Finding[];
	series?: Series[];
}

/** The tables of the page, in their order. */
export type Section = 'aims' | 'growth' | 'queue' | 'settings';

/** A bench: one file in `bench/cases`, exported as `bench`. */
export interface Bench {
	/** What is done, as the table names it. */
	title: string;
	/** What it is compared with. */
	against: string;
	section: Section;
	/** Its place in the table. */
	order: number;
	/** Left out of `--quick`: it takes long, or gives no ratio. */
	slow?: boolean;
	/** Folders of the flows it needs, besides those that they call. */
	flows?: string[];
	measure(lab: Lab): Promise<Outcome>;
}

/** A bench with the name it is called by: its file's. */
export interface NamedBench extends Bench {
	name: string;
}

/** A bench's results in a run. */
export interface Result extends Outcome {
	bench: Pick<NamedBench, 'name' | 'title' | 'against' | 'section' | 'order'>;
}

/** Whether a finding reaches its aim; undefined where it has none. */
export function isMet({ aim, score }: Finding): boolean | undefined {
	if (!aim || score === undefined) return undefined;
	return aim.bound === 'atLeast' ? score >= aim.value : score <= aim.value;
}

/** Whether a ratio misses its aim by more than half, which no busy machine explains. */
export function isFarOff({ aim, score }: Finding): boolean {
	if (!aim?.isRatio || score === undefined) return false;
	return aim.bound === 'atLeast' ? score < aim.value / 2 : score > aim.value * 2;
}
