import type { Interval } from '../../../nodes/Booksy/partner/availability';
import { freeStarts } from '../../../nodes/Booksy/partner/availability';
import { absences, openHours, takenFrom } from '../../../nodes/Booksy/partner/schedule';
import type { PartnerAppointment, ScheduleDay } from '../../../nodes/Booksy/partner/types';
import { datesOf, fromMillis, toMillis, toNaive } from '../../../nodes/Booksy/times';

const WARSAW = 'Europe/Warsaw';

const shown = (intervals: Interval[], timeZone = WARSAW) =>
	intervals.map(({ start, end }) => [fromMillis(start, timeZone), fromMillis(end, timeZone)]);

const hours = (hour_from: string, hour_till: string) => [{ hour_from, hour_till }];
const allWeek = (hour_from: string, hour_till: string): ScheduleDay[] =>
	[0, 1, 2, 3, 4, 5, 6].map((day_of_week) => ({ day_of_week, hours: hours(hour_from, hour_till) }));

const diary = (more: Partial<Parameters<typeof openHours>[0]> = {}) => ({
	week: allWeek('09:00', '18:00'),
	customDays: [],
	businessDays: [],
	...more,
});

describe('openHours', () => {
	it('takes the day of the week, Sunday as 0 or as 7', () => {
		const sunday = '2026-06-07';
		for (const day_of_week of [0, 7]) {
			const week = [{ day_of_week, hours: hours('10:00', '14:00') }];
			expect(shown(openHours(diary({ week }), [sunday, '2026-06-08'], WARSAW))).toEqual([
				['2026-06-07T10:00:00+02:00', '2026-06-07T14:00:00+02:00'],
			]);
		}
	});

	it('takes a day without a weekday for no day at all', () => {
		expect(openHours(diary({ week: [{ hours: hours('10:00', '14:00') }] }), ['2026-06-07'], WARSAW)).toEqual(
			[],
		);
	});

	it('lets a custom day replace the week, and a custom day without hours close it', () => {
		const customDays = [
			{ date: '2026-06-08', hour_from: '12:00', hour_till: '16:00' },
			{ date: '2026-06-09', hours: [] },
		];
		const open = openHours(diary({ customDays }), ['2026-06-08', '2026-06-09'], WARSAW);
		expect(shown(open)).toEqual([['2026-06-08T12:00:00+02:00', '2026-06-08T16:00:00+02:00']]);
	});

	it("keeps everybody within the business's own custom day", () => {
		const businessDays = [
			{ date: '2026-12-24', hours: hours('08:00', '13:00') },
			{ date: '2026-12-25', hours: [] },
		];
		const open = openHours(diary({ businessDays }), ['2026-12-24', '2026-12-25'], WARSAW);
		expect(shown(open)).toEqual([['2026-12-24T09:00:00+01:00', '2026-12-24T13:00:00+01:00']]);
	});

	it('takes several spans a day, and hours that run past midnight', () => {
		const week = [{ day_of_week: 5, hours: [...hours('9:00', '12:00'), ...hours('22:00', '02:00')] }];
		expect(shown(openHours(diary({ week }), ['2026-06-05'], WARSAW))).toEqual([
			['2026-06-05T09:00:00+02:00', '2026-06-05T12:00:00+02:00'],
			['2026-06-05T22:00:00+02:00', '2026-06-06T02:00:00+02:00'],
		]);
	});

	it('takes 24:00 for the end of the day', () => {
		const week = [{ day_of_week: 5, hours: hours('20:00', '24:00') }];
		expect(shown(openHours(diary({ week }), ['2026-06-05'], WARSAW))).toEqual([
			['2026-06-05T20:00:00+02:00', '2026-06-06T00:00:00+02:00'],
		]);
	});

	const switches: Array<[string, string, string, number]> = [
		[WARSAW, '2026-03-29', 'forward', 23],
		[WARSAW, '2026-10-25', 'back', 25],
		['Europe/Kyiv', '2026-03-29', 'forward', 23],
		['Europe/Kyiv', '2026-10-25', 'back', 25],
		['America/New_York', '2026-03-08', 'forward', 23],
		['America/New_York', '2026-11-01', 'back', 25],
		['America/Mexico_City', '2026-03-29', 'nowhere', 24],
		['Asia/Kolkata', '2026-10-25', 'nowhere', 24],
	];

	it.each(switches)('in %s on %s, when clocks go %s, a whole day has %i hours', (zone, date, _, count) => {
		const open = openHours(diary({ week: allWeek('00:00', '24:00') }), [date], zone);
		const starts = freeStarts({
			open,
			busy: [],
			from: 0,
			till: Infinity,
			durationMinutes: 60,
			stepMinutes: 60,
		});
		expect(starts).toHaveLength(count);
		expect(new Set(starts.map((start) => fromMillis(start, zone))).size).toBe(count);
		expect(starts.map((start) => fromMillis(start, zone).slice(0, 10))).toEqual(Array(count).fill(date));
	});

	it('offers no hour that the clocks leave out, and the one that comes twice twice', () => {
		const open = (date: string) =>
			freeStarts({
				open: openHours(diary({ week: allWeek('01:00', '04:00') }), [date], WARSAW),
				busy: [],
				from: 0,
				till: Infinity,
				durationMinutes: 60,
				stepMinutes: 60,
			}).map((start) => fromMillis(start, WARSAW));
		expect(open('2026-03-29')).toEqual(['2026-03-29T01:00:00+01:00', '2026-03-29T03:00:00+02:00']);
		expect(open('2026-10-25')).toEqual([
			'2026-10-25T01:00:00+02:00',
			'2026-10-25T02:00:00+02:00',
			'2026-10-25T02:00:00+01:00',
			'2026-10-25T03:00:00+01:00',
		]);
	});
});

describe('absences', () => {
	const off = { id: 1, date_from: '2026-06-08', date_till: '2026-06-09' };

	it('runs through from the first hour of the first day to the last of the last', () => {
		expect(shown(absences([{ ...off, hour_from: '09:00', hour_till: '13:00' }], WARSAW))).toEqual([
			['2026-06-08T09:00:00+02:00', '2026-06-09T13:00:00+02:00'],
		]);
	});

	it('takes whole days where no hours are given, the last one included', () => {
		expect(shown(absences([off], WARSAW))).toEqual([
			['2026-06-08T00:00:00+02:00', '2026-06-10T00:00:00+02:00'],
		]);
	});

	it('leaves out what nobody approved', () => {
		expect(absences([{ ...off, approved: false }], WARSAW)).toEqual([]);
	});
});

describe('takenFrom', () => {
	const visit = (more: Partial<PartnerAppointment> = {}): PartnerAppointment => ({
		id: 1,
		business_id: 123,
		booked_for_id: null,
		booked_from: '2026-06-08T10:00',
		booked_till: '2026-06-08T11:00',
		status: 'A',
		type: 'C',
		customer_name: null,
		customer_phone: null,
		customer_email: null,
		customer_note: null,
		business_note: null,
		business_timezone: WARSAW,
		import_uid: null,
		subbookings: [
			{ booked_from: '2026-06-08T10:00', booked_till: '2026-06-08T10:30', staffer_id: 456 },
			{ booked_from: '2026-06-08T10:30', booked_till: '2026-06-08T11:00', staffer_id: 457 },
		],
		...more,
	});
	const taken = (more: Partial<PartnerAppointment>, staffId = '456') =>
		shown(takenFrom([visit(more)], staffId, 'UTC'));
	const whole = [['2026-06-08T10:00:00+02:00', '2026-06-08T11:00:00+02:00']];

	it('counts the parts of an appointment that are theirs, in the zone it names', () => {
		expect(taken({})).toEqual([['2026-06-08T10:00:00+02:00', '2026-06-08T10:30:00+02:00']]);
	});

	it.each(['A', 'F', 'M', 'N', 'P', 'W'])('counts status %s', (status) => {
		expect(taken({ status })).toHaveLength(1);
	});

	it.each(['C', 'D'])('frees what is cancelled or declined (%s)', (status) => {
		expect(taken({ status })).toEqual([]);
	});

	it('counts a reservation that names nobody against everybody', () => {
		expect(taken({ type: 'R', subbookings: [] })).toEqual(whole);
		expect(taken({ subbookings: [{ booked_from: '2026-06-08T10:00', staffer_id: -1 }] })).toEqual(whole);
	});

	it("does not count an appliance's reservation against staff", () => {
		expect(taken({ subbookings: [{ booked_from: '2026-06-08T10:00', appliance_id: 499 }] })).toEqual([]);
	});
});

describe('times', () => {
	it('writes a moment as the clock of a zone shows it', () => {
		expect(toNaive('2026-03-29T01:30:00Z', WARSAW)).toBe('2026-03-29T03:30');
		expect(toNaive('2026-03-28T23:30:00-05:00', WARSAW)).toBe('2026-03-29T06:30');
	});

	it('lists the days a span touches, across both switches', () => {
		expect(datesOf('2026-03-28T22:00:00+01:00', '2026-03-30T00:00:00+02:00', WARSAW)).toEqual([
			'2026-03-28',
			'2026-03-29',
		]);
		expect(datesOf('2026-10-24T00:00:00+02:00', '2026-10-26T00:00:01+01:00', WARSAW)).toEqual([
			'2026-10-24',
			'2026-10-25',
			'2026-10-26',
		]);
		expect(datesOf('2026-10-24T10:00:00Z', '2026-10-24T10:00:00Z', WARSAW)).toHaveLength(1);
		expect(datesOf('2026-10-24T10:00:00Z', '2026-10-23T10:00:00Z', WARSAW)).toEqual([]);
		expect(toMillis('1970-01-01T01:00:00+01:00')).toBe(0);
	});
});
