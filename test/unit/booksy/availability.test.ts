import fc from 'fast-check';
import {
	anyStaff,
	freeStarts,
	intersect,
	merge,
	type FreeQuery,
} from '../../../nodes/Booksy/partner/availability';

/** Minutes since the epoch make readable times; the functions think in milliseconds. */
const at = (minute: number) => minute * 60_000;
const span = (start: number, end: number) => ({ start: at(start), end: at(end) });

const query = (more: Partial<FreeQuery> = {}): FreeQuery => ({
	open: [span(0, 120)],
	busy: [],
	from: at(0),
	till: at(1000),
	durationMinutes: 60,
	stepMinutes: 30,
	...more,
});

const starts = (more: Partial<FreeQuery>) => freeStarts(query(more)).map((one) => one / 60_000);

describe('merge', () => {
	it('joins what touches or overlaps, in any order, and drops what is empty', () => {
		expect(merge([span(30, 60), span(0, 30), span(50, 70), span(90, 90), span(80, 85)])).toEqual([
			span(0, 70),
			span(80, 85),
		]);
	});

	it('keeps the longer end of two spans of which one holds the other', () => {
		expect(merge([span(0, 100), span(10, 20)])).toEqual([span(0, 100)]);
	});

	it('leaves its arguments alone', () => {
		const given = [span(0, 30), span(20, 60)];
		merge(given);
		expect(given).toEqual([span(0, 30), span(20, 60)]);
	});
});

describe('intersect', () => {
	it('gives what two lists have in common', () => {
		expect(intersect([span(0, 60), span(120, 180)], [span(30, 150)])).toEqual([span(30, 60), span(120, 150)]);
	});

	it('gives nothing where one of them is empty', () => {
		expect(intersect([span(0, 60)], [])).toEqual([]);
	});
});

describe('freeStarts', () => {
	const cases: Array<[string, Partial<FreeQuery>, number[]]> = [
		['fits the last one exactly before closing', {}, [0, 30, 60]],
		['offers nothing where it is longer than the working hours', { durationMinutes: 121 }, []],
		['offers an appointment as long as the day once', { durationMinutes: 120 }, [0]],
		['may begin the minute another ends', { busy: [span(0, 30)] }, [30, 60]],
		['may end the minute another begins', { busy: [span(60, 120)] }, [0]],
		['keeps clear of a short one in the middle', { busy: [span(70, 75)] }, [0]],
		['keeps its steps after one that ends between two', { busy: [span(0, 40)] }, [60]],
		['begins steps anew in each working span', { open: [span(0, 60), span(75, 140)] }, [0, 75]],
		['works through hours that touch', { open: [span(0, 30), span(30, 90)] }, [0, 30]],
		['begins no earlier than asked, on its steps', { from: at(31) }, [60]],
		['takes the beginning of the range in', { from: at(30) }, [30, 60]],
		['leaves the end of the range out', { till: at(60) }, [0, 30]],
		['offers nothing on a day off', { open: [] }, []],
		['offers nothing without a length', { durationMinutes: 0 }, []],
		['offers nothing without a step', { stepMinutes: 0 }, []],
	];

	it.each(cases)('%s', (_, more, expected) => {
		expect(starts(more)).toEqual(expected);
	});

	it('keeps minutes free before and after, which may lie outside working hours', () => {
		const padding = { before: 15, after: 15 };
		expect(starts({ padding })).toEqual([0, 30, 60]);
		expect(starts({ padding, busy: [span(-10, 0)] })).toEqual([30, 60]);
		expect(starts({ padding, busy: [span(120, 150)] })).toEqual([0, 30]);
	});

	it('never offers what overlaps, starts off its steps or leaves working hours', () => {
		const spans = fc.array(
			fc
				.tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 1, max: 300 }))
				.map(([a, b]) => span(a, a + b)),
			{ maxLength: 6 },
		);
		const lengths = fc.constantFrom(15, 45, 60, 90);
		fc.assert(
			fc.property(spans, spans, lengths, (open, busy, durationMinutes) => {
				const found = freeStarts(query({ open, busy, durationMinutes, stepMinutes: 15, till: at(5000) }));
				for (const start of found) {
					const end = start + at(durationMinutes);
					const within = merge(open).find((one) => one.start <= start && end <= one.end);
					expect((start - (within?.start ?? NaN)) % at(15)).toBe(0);
					expect(busy.filter((one) => one.start < end && start < one.end)).toEqual([]);
				}
				expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
			}),
		);
	});
});

describe('anyStaff', () => {
	it('is the union of everybody, with who is free', () => {
		expect(
			anyStaff([
				{ staffId: 'a', starts: [at(30), at(60)] },
				{ staffId: 'b', starts: [at(0), at(30)] },
			]),
		).toEqual([
			{ start: at(0), staffIds: ['b'] },
			{ start: at(30), staffIds: ['a', 'b'] },
			{ start: at(60), staffIds: ['a'] },
		]);
	});

	it('is empty where nobody works', () => {
		expect(anyStaff([])).toEqual([]);
	});
});
