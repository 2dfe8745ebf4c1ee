import { addMinutes, isTimeZone, toIso } from '../../../lib/time';

describe('toIso', () => {
	it.each([
		// An offset in the text wins over the zone, which only decides how the answer is written.
		['2026-01-12T10:00:00Z', 'Europe/Warsaw', '2026-01-12T11:00:00+01:00'],
		['2026-10-03T18:35:12+0300', 'Europe/Kyiv', '2026-10-03T18:35:12+03:00'],
		['2026-10-03 18:35:12+03:00', 'Asia/Kolkata', '2026-10-03T21:05:12+05:30'],
		// Without one the zone decides.
		['2026-10-04 12:00:00', 'Europe/Kyiv', '2026-10-04T12:00:00+03:00'],
		['2026-12-04 12:00', 'Europe/Kyiv', '2026-12-04T12:00:00+02:00'],
		['2021-07-02T18:15', 'Europe/Warsaw', '2021-07-02T18:15:00+02:00'],
		['2026-07-02T18:15', 'America/Mexico_City', '2026-07-02T18:15:00-06:00'],
		['2026-07-02T18:15', 'America/New_York', '2026-07-02T18:15:00-04:00'],
		['2026-07-02T18:15', 'Asia/Kolkata', '2026-07-02T18:15:00+05:30'],
		['2026-07-02', 'Europe/Warsaw', '2026-07-02T00:00:00+02:00'],
	])('reads %s in %s', (text, zone, expected) => {
		expect(toIso(text, zone)).toBe(expected);
	});

	it.each([
		// Clocks go back: 02:30 occurs twice and means the first one.
		['2026-10-25T01:59:59', 'Europe/Warsaw', '2026-10-25T01:59:59+02:00'],
		['2026-10-25T02:30:00', 'Europe/Warsaw', '2026-10-25T02:30:00+02:00'],
		['2026-10-25T03:00:00', 'Europe/Warsaw', '2026-10-25T03:00:00+01:00'],
		['2026-10-25T03:30:00', 'Europe/Kyiv', '2026-10-25T03:30:00+03:00'],
		['2026-11-01T01:30:00', 'America/New_York', '2026-11-01T01:30:00-04:00'],
		['2026-11-01T02:00:00', 'America/New_York', '2026-11-01T02:00:00-05:00'],
		// Clocks go forward: the missing hour is moved on.
		['2026-03-29T01:59:59', 'Europe/Warsaw', '2026-03-29T01:59:59+01:00'],
		['2026-03-29T02:30:00', 'Europe/Warsaw', '2026-03-29T03:30:00+02:00'],
		['2026-03-29T03:00:00', 'Europe/Warsaw', '2026-03-29T03:00:00+02:00'],
		['2026-03-29T03:30:00', 'Europe/Kyiv', '2026-03-29T04:30:00+03:00'],
		['2026-03-08T02:30:00', 'America/New_York', '2026-03-08T03:30:00-04:00'],
		// No clocks are changed here any more.
		['2026-10-25T02:30:00', 'America/Mexico_City', '2026-10-25T02:30:00-06:00'],
		['2026-03-29T02:30:00', 'Asia/Kolkata', '2026-03-29T02:30:00+05:30'],
	])('on switch days reads %s in %s', (text, zone, expected) => {
		expect(toIso(text, zone)).toBe(expected);
	});

	it.each([
		['tomorrow', 'Europe/Warsaw'],
		['2026-13-01T00:00', 'Europe/Warsaw'],
		['', 'Europe/Warsaw'],
		['2026-01-01T00:00', 'Europe/Nowhere'],
	])('refuses %s in %s', (text, zone) => {
		expect(toIso(text, zone)).toBeUndefined();
	});
});

it('adds real minutes across a switch', () => {
	expect(addMinutes('2026-10-25T02:30:00+02:00', 60, 'Europe/Warsaw')).toBe('2026-10-25T02:30:00+01:00');
	expect(addMinutes('2026-03-29T01:30:00+01:00', 60, 'Europe/Warsaw')).toBe('2026-03-29T03:30:00+02:00');
});

it('knows time zones', () => {
	expect(isTimeZone('Europe/Kyiv')).toBe(true);
	expect(isTimeZone('Kyiv')).toBe(false);
});
