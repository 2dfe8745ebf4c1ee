import type { Aim, Finding } from './define';
import { pick } from './rounds';

/** The middle value; NaN of none. */
export function median(values: number[]): number {
	return quantile(values, 0.5);
}

/** The value that a share of the others lies under, between two of them where need be; NaN of none. */
export function quantile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const position = (sorted.length - 1) * share;
	const below = sorted[Math.floor(position)] ?? NaN;
	const above = sorted[Math.ceil(position)] ?? NaN;
	return below + (above - below) * (position - Math.floor(position));
}

/** Three significant digits at most, without an exponent. */
export function round(value: number): string {
	if (!Number.isFinite(value)) return '–';
	if (Math.abs(value) >= 100) return String(Math.round(value));
	return String(Number(value.toPrecision(3)));
}

/** A time as people read it. */
export function milliseconds(value: number): string {
	if (Math.abs(value) >= 1000) return `${round(value / 1000)} s`;
	return Math.abs(value) < 1 ? `${round(value * 1000)} µs` : `${round(value)} ms`;
}

/** Median and, in brackets, the smallest and the largest. */
export function spread(values: number[], show: (value: number) => string): string {
	const middle = show(median(values));
	if (values.length < 2) return middle;
	return `${middle} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}

/** Measurements of both sides, taken in turn: the same position was measured at about the same time. */
export interface Pairs {
	ours: number[];
	theirs: number[];
}

/** The median of `theirs / ours`, pair by pair, so that a machine whose speed drifts changes little. */
export const timesFaster = ({ ours, theirs }: Pairs): number =>
	median(theirs.map((value, index) => value / (ours[index] ?? NaN)));

/** An aim held against the ratio of two sides. */
export const atLeastTimes = (value: number, unit: string): Aim => ({
	bound: 'atLeast',
	value,
	unit: `× ${unit}`,
	isRatio: true,
});

/** An aim that a ratio may not pass. */
export const atMostTimes = (value: number, unit: string): Aim => ({
	bound: 'atMost',
	value,
	unit: `× ${unit}`,
	isRatio: true,
});

/** An aim for an absolute figure, which only a quiet machine can judge. */
export const atMost = (value: number, unit: string): Aim => ({
	bound: 'atMost',
	value,
	unit,
	isRatio: false,
});

/** Compares times (less is better). */
export const compareTimes = (what: string, pairs: Pairs, aim?: Aim): Finding => ({
	what,
	ours: spread(pairs.ours, milliseconds),
	theirs: spread(pairs.theirs, milliseconds),
	score: aim?.bound === 'atMost' ? 1 / timesFaster(pairs) : timesFaster(pairs),
	aim,
});

/** Compares counts (less is better). */
export const compareCounts = (what: string, pairs: Pairs, aim?: Aim): Finding => ({
	what,
	ours: String(median(pairs.ours)),
	theirs: String(median(pairs.theirs)),
	score: timesFaster(pairs),
	aim,
});

/** Compares how much gets done in a second (more is better). */
export const compareRates = (what: string, pairs: Pairs, aim?: Aim): Finding => ({
	what,
	ours: `${spread(pairs.ours, round)} /s`,
	theirs: `${spread(pairs.theirs, round)} /s`,
	score: 1 / timesFaster(pairs),
	aim,
});

/** Compares how long processors worked for n8n, which a busy machine changes least; nothing where the system does not say. */
export function workOf(runs: { ours: Worked[]; theirs: Worked[] }): Finding[] {
	const pairs = pick(runs, ({ work = NaN }) => work);
	return [...pairs.ours, ...pairs.theirs].some(Number.isNaN)
		? []
		: [compareTimes("n8n's processor time", pairs)];
}

interface Worked {
	/** Milliseconds. */
	work?: number;
}
