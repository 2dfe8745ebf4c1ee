/** A span of time in milliseconds since 1970; the end is no part of it. */
export interface Interval {
	start: number;
	end: number;
}

/** When one member of staff can begin. */
export interface StaffStarts {
	staffId: string;
	/** Milliseconds since 1970, ascending. */
	starts: number[];
}

export interface FreeQuery {
	/** Working hours, in any order; touching and overlapping ones count as one. */
	open: Interval[];
	/** Appointments and absences, in any order. */
	busy: Interval[];
	/** Beginnings from here … */
	from: number;
	/** … and before here. */
	till: number;
	durationMinutes: number;
	/** Beginnings stand this far apart, counted from the beginning of each working span. */
	stepMinutes: number;
	/** Minutes to stay free before and after, which may lie outside the working hours. */
	padding?: { before: number; after: number };
}

const MINUTE = 60_000;

/** Joins spans that touch or overlap; empty ones are left out. */
export function merge(intervals: Interval[]): Interval[] {
	const sorted = intervals.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start);
	const merged: Interval[] = [];
	for (const { start, end } of sorted) {
		const last = merged.at(-1);
		if (last && start <= last.end) last.end = Math.max(last.end, end);
		else merged.push({ start, end });
	}
	return merged;
}

/** What two lists of spans have in common. */
export const intersect = (a: Interval[], b: Interval[]): Interval[] =>
	merge(
		a.flatMap((one) =>
			b.map((other) => ({ start: Math.max(one.start, other.start), end: Math.min(one.end, other.end) })),
		),
	);

/**
 * Finds the beginnings at which an appointment fits: within working hours from its first to its last minute,
 * and clear of everything busy, padding included. Lengths are true minutes, so an hour that clocks leave out or
 * repeat is neither offered nor lost.
 *
 * @returns milliseconds since 1970, ascending
 */
export function freeStarts(query: FreeQuery): number[] {
	const { from, till, padding = { before: 0, after: 0 } } = query;
	const [length, step] = [query.durationMinutes * MINUTE, query.stepMinutes * MINUTE];
	if (length <= 0 || step <= 0) return [];
	const busy = merge(query.busy);
	const starts: number[] = [];
	for (const { start, end } of merge(query.open)) {
		const skipped = Math.max(0, Math.ceil((from - start) / step));
		for (let at = start + skipped * step; at + length <= end && at < till; at += step) {
			const needs = { start: at - padding.before * MINUTE, end: at + length + padding.after * MINUTE };
			if (!busy.some((span) => span.start < needs.end && needs.start < span.end)) starts.push(at);
		}
	}
	return starts;
}

/**
 * Beginnings at which anybody is free.
 *
 * @returns one entry a beginning, ascending, with everybody who is free then
 */
export function anyStaff(all: StaffStarts[]): Array<{ start: number; staffIds: string[] }> {
	const free = new Map<number, string[]>();
	for (const { staffId, starts } of all) {
		for (const start of starts) free.set(start, [...(free.get(start) ?? []), staffId]);
	}
	return [...free].map(([start, staffIds]) => ({ start, staffIds })).sort((a, b) => a.start - b.start);
}
