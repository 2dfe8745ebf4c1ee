import type { IDataObject } from 'n8n-workflow';
import { addMinutes, isFree } from '../../../sandbox/simulators/booksy-calendar';
import {
	ANNA,
	asked,
	booked,
	booksyBench,
	byId,
	credential,
	isSlot,
	LONG,
	PIOTR,
	run,
	SHORT,
	WAYS,
	type Bench,
} from './bench';

const DAY = { rangeStart: '2026-06-02T00:00:00', rangeEnd: '2026-06-03T00:00:00', returnAll: true };

const slots = async (more: IDataObject = {}) => {
	const { items, error } = await run('slot.getMany', {
		service: byId(LONG),
		staff: byId(ANNA),
		...DAY,
		...more,
	});
	if (error) throw error;
	return items;
};

const times = async (more: IDataObject = {}) =>
	(await slots(more)).map(({ start }) => String(start).slice(11, 16));

describe('free times from the Partner API', () => {
	let bench: Bench;
	const anna = () => bench.salon.workers[0]!;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	it('reads hours, absences and appointments, and nothing twice', async () => {
		await slots();
		const base = '/public-api/pl/business/123';
		const page = 'offset=0&limit=100';
		const days = `date_from=2026-06-01&date_to=2026-06-02&${page}`;
		expect(bench.calls().map(asked).sort()).toEqual(
			[
				`GET ${base}/service/?${page}`,
				`GET ${base}/service/78/variant/?${page}`,
				`GET ${base}/service/79/variant/?${page}`,
				`GET ${base}/resource/?${page}`,
				`GET ${base}/appointment/?booked_from=2026-06-01T00:00&booked_till=2026-06-04T00:00&${page}`,
				`GET ${base}/schedule/custom/?${days}`,
				`GET ${base}/schedule/resource/${ANNA}/default/?${page}`,
				`GET ${base}/schedule/resource/${ANNA}/custom/?${days}`,
				`GET ${base}/schedule/resource/${ANNA}/time_off/?${page}`,
			].sort(),
		);
	});

	it('offers the working day in steps of a quarter of an hour, in the one shape', async () => {
		const found = await slots();
		expect(found).toHaveLength(33);
		expect(found.every((slot) => isSlot(slot))).toBe(true);
		expect(found[0]).toEqual({
			provider: 'booksy',
			start: '2026-06-02T09:00:00+02:00',
			end: '2026-06-02T10:00:00+02:00',
			timeZone: 'Europe/Warsaw',
			service: { id: LONG, name: 'Haircut, Long hair' },
			staff: { id: ANNA, name: 'Anna' },
			capacity: 1,
		});
		expect(found.at(-1)?.start).toBe('2026-06-02T17:00:00+02:00');
	});

	it('keeps clear of appointments, with the steps and the length that are asked for', async () => {
		await booked('partner', { start: '2026-06-02T10:00:00' });
		expect(await times({ options: { step: 60 } })).toEqual([
			'09:00',
			'11:00',
			'12:00',
			'13:00',
			'14:00',
			'15:00',
			'16:00',
			'17:00',
		]);
		expect((await times({ service: byId(SHORT) })).slice(0, 3)).toEqual(['09:00', '09:15', '11:00']);
	});

	it('keeps clear of time off, and of days with other hours', async () => {
		anna().absences.push({
			id: 1,
			date_from: '2026-06-02',
			date_till: '2026-06-02',
			hour_from: '10:00',
			hour_till: '16:30',
			reason_code: 'training',
			reason: '',
			approved: true,
		});
		expect(await times()).toEqual(['09:00', '16:30', '16:45', '17:00']);
		anna().customDays.push({ date: '2026-06-02', hours: [{ hour_from: '16:00', hour_till: '18:00' }] });
		expect(await times()).toEqual(['16:30', '16:45', '17:00']);
		bench.salon.customDays.push({ date: '2026-06-02', hours: [{ hour_from: '08:00', hour_till: '17:30' }] });
		expect(await times()).toEqual(['16:30']);
	});

	it('keeps the padding of a service free behind it', async () => {
		await booked('partner', { start: '2026-06-02T14:00:00' });
		expect(
			await times({
				service: byId('791'),
				rangeStart: '2026-06-02T11:45:00',
				rangeEnd: '2026-06-02T15:00:00',
			}),
		).toEqual(['11:45']);
	});

	it('is the union of everybody where nobody is chosen, with how many are free', async () => {
		await booked('partner', { start: '2026-06-02T09:00:00', staff: byId(PIOTR) });
		anna().absences.push({
			id: 1,
			date_from: '2026-06-02',
			date_till: '2026-06-02',
			hour_from: '12:00',
			hour_till: null,
			reason_code: 'other',
			reason: '',
			approved: true,
		});
		const found = await slots({ staff: byId(''), options: { step: 60 } });
		expect(found.map(({ start, capacity }) => [String(start).slice(11, 13), capacity])).toEqual([
			['09', 1],
			['10', 2],
			['11', 2],
			['12', 1],
			['13', 1],
			['14', 1],
			['15', 1],
			['16', 1],
			['17', 1],
		]);
		expect(found.every(({ staff }) => staff === null)).toBe(true);
	});

	it('offers nothing that has passed', async () => {
		bench.pass(8.25 * 3600_000);
		expect(await times({ rangeStart: '2026-06-01T00:00:00', rangeEnd: '2026-06-02T00:00:00' })).toEqual([
			'16:15',
			'16:30',
			'16:45',
			'17:00',
		]);
	});

	it('gives as many as are wanted', async () => {
		expect(await slots({ returnAll: false, limit: 3 })).toHaveLength(3);
	});

	it('offers only what Booksy then takes, and everything it takes', async () => {
		await booked('partner', { start: '2026-06-02T10:00:00' });
		await booked('partner', { start: '2026-06-02T13:30:00', service: byId(SHORT) });
		const offered = await times();
		const steps = Array.from({ length: 96 }, (_, quarter) =>
			new Date(quarter * 900_000).toISOString().slice(11, 16),
		);
		const taken = steps.filter((time) => {
			const from = `2026-06-02T${time}`;
			return isFree(bench.salon, Number(ANNA), from, addMinutes(from, 60));
		});
		expect(taken).toEqual(offered);
	});

	const switches: Array<[string, string, string, string, string]> = [
		['Europe/Warsaw', '2027-03-28', '2027-03-29', '2027-03-28T09:00:00+02:00', 'forward'],
		['Europe/Warsaw', '2026-10-25', '2026-10-26', '2026-10-25T09:00:00+01:00', 'back'],
		['Europe/Kyiv', '2026-10-25', '2026-10-26', '2026-10-25T09:00:00+02:00', 'back'],
		['America/New_York', '2026-11-01', '2026-11-02', '2026-11-01T09:00:00-05:00', 'back'],
		['America/Mexico_City', '2026-10-25', '2026-10-26', '2026-10-25T09:00:00-06:00', 'nowhere'],
		['Asia/Kolkata', '2026-10-25', '2026-10-26', '2026-10-25T09:00:00+05:30', 'nowhere'],
	];

	it.each(switches)(
		'opens at nine in %s on %s, when clocks go elsewhere',
		async (timeZone, from, till, first) => {
			anna().week.push({ day_of_week: 0, hours: [{ hour_from: '09:00', hour_till: '12:00' }] });
			const found = await slots({ timeZone, rangeStart: from, rangeEnd: till, options: { step: 60 } });
			expect(found.map(({ start }) => String(start).slice(11, 13))).toEqual(['09', '10', '11']);
			expect(found[0]).toMatchObject({ start: first, timeZone });
		},
	);
});

describe.each(WAYS)('free times, %s', (way) => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	const ask = async (more: IDataObject) =>
		await run('slot.getMany', { service: byId(LONG), staff: byId(ANNA), ...DAY, ...more }, { way });

	it('come in the one shape', async () => {
		const { items } = await ask({});
		expect(items).toHaveLength(33);
		expect(items.every((slot) => isSlot(slot))).toBe(true);
	});

	it('are none on a day off', async () => {
		expect((await ask({ rangeStart: '2026-06-07', rangeEnd: '2026-06-08' })).items).toEqual([]);
	});

	it('are refused for more than 62 days, before anything is asked', async () => {
		const { error } = await ask({ rangeEnd: '2026-08-04T00:00:00' });
		expect(error?.message).toBe('"Range End" is more than 62 days on [Item 0]');
		expect(bench.calls()).toEqual([]);
	});

	it('are refused in a zone that is none, before anything is asked', async () => {
		const { error } = await ask({ timeZone: 'Warsaw' });
		expect(error?.message).toBe('"Time Zone" is no time zone [Item 0]');
		expect(bench.calls()).toEqual([]);
	});
});

describe('free times that cannot be had', () => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	it.each([
		[{ service: byId('78') }, 'Booksy has no service variant 78'],
		[{ staff: byId('499') }, 'Booksy has no member of staff 499'],
	])('says what is missing: %j', async (more, message) => {
		const { error } = await run('slot.getMany', { service: byId(LONG), ...DAY, ...more });
		expect(error?.message).toBe(message);
		expect(error?.description).toBeTruthy();
	});

	it('says where a variant has no length', async () => {
		Object.assign(bench.salon.treatments[0]!.variants[1]!, { duration: null });
		const { error } = await run('slot.getMany', { service: byId(LONG), ...DAY });
		expect(error?.message).toBe('Booksy gives no length for "Haircut, Long hair"');
	});

	it('says where the credential names no time zone', async () => {
		const { error } = await run(
			'slot.getMany',
			{ service: byId(LONG), ...DAY },
			{ credentials: [credential('partner', { timeZone: 'Nowhere' })] },
		);
		expect(error?.message).toBe('"Nowhere" is no time zone');
	});
});
