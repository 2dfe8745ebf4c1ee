import Ajv from 'ajv/dist/2020';
import type { IDataObject } from 'n8n-workflow';
import { APPOINTMENT_SCHEMA, SLOT_SCHEMA } from '../../../lib/appointment';
import { booked, byId, finding, on, OPENING, studio, type Studio } from './bench';

const ajv = new Ajv({ allowUnionTypes: true });
const isAppointment = ajv.compile(APPOINTMENT_SCHEMA);
const isSlot = ajv.compile(SLOT_SCHEMA);

let at: Studio;

beforeEach(() => (at = studio({ limitPerMinute: 10_000 })));
afterEach(() => at.stop());

const listing = (more: IDataObject = {}): IDataObject => ({
	resource: 'appointment',
	operation: 'getMany',
	...more,
});

/** Bookings straight into the studio's calendar, one an hour, the first days of it in the past. */
function fill(count: number): void {
	const first = Date.parse('2050-01-01T09:00:00Z');
	for (let index = 0; index < count; index++) {
		const start = first + index * 3_600_000;
		at.simulator.calendar.bookings.push({
			id: index + 1,
			uid: `uid-${index + 1}`,
			eventTypeId: 101,
			status: index % 3 === 0 ? 'cancelled' : 'accepted',
			start,
			end: start + 1_800_000,
			attendees: [
				{ name: 'J', email: 'j@example.com', timeZone: 'Asia/Kolkata', language: 'en', absent: false },
			],
			...{ guests: [], metadata: {}, answers: {}, location: 'x', absentHost: false, endSent: true },
			createdAt: first,
			updatedAt: first,
		});
	}
}

const queries = () =>
	at.world.callsTo('calcom').map(({ request }) => Object.fromEntries(new URL(request.url).searchParams));

describe.each(['pages', 'cursor'])('Booking: Get Many, paging by %s', (paging) => {
	const run = async (more: IDataObject = {}) => await at.items(listing({ options: { paging }, ...more }));

	it('gets every booking once, whatever its status, in the one shape', async () => {
		fill(612);
		const found = await run({ returnAll: true });
		expect(new Set(found.map(({ id }) => id)).size).toBe(612);
		expect(found).toHaveLength(612);
		expect(found.every((one) => isAppointment(one))).toBe(true);
		expect(at.calls()).toHaveLength(paging === 'pages' ? 3 : 7);
	});

	it('asks for no more than the limit', async () => {
		fill(20);
		expect(await run({ limit: 5 })).toHaveLength(5);
		expect(queries()[0]).toMatchObject(paging === 'pages' ? { take: '5', skip: '0' } : { limit: '5' });
	});

	it('takes several statuses', async () => {
		fill(300);
		const found = await run({ returnAll: true, filters: { status: ['past', 'cancelled'] } });
		const upcoming = await run({ returnAll: true, filters: { status: ['upcoming'] } });
		expect(found.length + upcoming.length).toBe(300);
		expect(upcoming.every(({ status }) => status === 'confirmed')).toBe(true);
	});

	it('sends its version, and times in UTC', async () => {
		await run({ rangeStart: OPENING, rangeEnd: '2050-01-11T00:00:00+01:00' });
		const [call] = at.world.callsTo('calcom');
		expect(call?.request.headers['cal-api-version']).toBe(paging === 'pages' ? '2024-08-13' : '2026-05-01');
		expect(queries()[0]).toMatchObject({
			afterStart: '2050-01-10T08:00:00Z',
			beforeEnd: '2050-01-10T23:00:00Z',
		});
	});
});

describe('Slot: Get Many', () => {
	it('gives one item a slot, in the one shape and the zone asked for', async () => {
		const found = await at.items(finding({ timeZone: 'America/New_York', returnAll: true }));
		expect(found).toHaveLength(18);
		expect(found.every((one) => isSlot(one))).toBe(true);
		expect(found[0]).toEqual({
			provider: 'calcom',
			start: '2050-01-10T03:00:00-05:00',
			end: '2050-01-10T03:30:00-05:00',
			timeZone: 'America/New_York',
			service: { id: '101', name: null },
			staff: null,
			capacity: null,
		});
	});

	it('leaves out booked and reserved times; a booking that shall move does not stand in its own way', async () => {
		const id = await booked(at);
		const reserve = { resource: 'slot', operation: 'reserve', service: byId('101') };
		const [held] = await at.items({
			...reserve,
			start: '2050-01-10T09:30:00+01:00',
			timeZone: 'Europe/Warsaw',
		});
		const { reservationId, reservedUntil, ...slot } = held ?? {};
		expect(isSlot(slot)).toBe(true);
		expect(reservationId).toEqual(expect.any(String));
		expect(reservedUntil).toBe('2050-01-10T08:05:00+01:00');
		const starts = async (more: IDataObject) => (await at.items(finding({ limit: 1, ...more })))[0]?.start;
		expect(await starts({})).toBe('2050-01-10T10:00:00+01:00');
		expect(await starts({ options: { rescheduleId: id } })).toBe(OPENING);
		const { error } = await at.run({
			...reserve,
			start: '2050-01-10T09:30:00+01:00',
			timeZone: 'Europe/Warsaw',
		});
		expect(error?.message).toBe('2050-01-10T09:30:00+01:00 (Europe/Warsaw) is taken');
		expect(error?.description).toContain('Next free: 2050-01-10T10:00:00+01:00');
	});

	it('gives nothing where nothing is free', async () => {
		const sunday = { rangeStart: '2050-01-09T09:00:00+01:00', rangeEnd: '2050-01-09T18:00:00+01:00' };
		expect(await at.items(finding(sunday))).toEqual([]);
	});

	it.each([
		['a slug of the account', 'consultation', { eventTypeId: '101' }],
		['user and slug', 'marta/consultation', { username: 'marta', eventTypeSlug: 'consultation' }],
		['an address', 'https://cal.com/studio/session?x=1', { username: 'studio', eventTypeSlug: 'session' }],
		[
			'a team',
			'https://app.cal.com/team/piercing/piercing',
			{ teamSlug: 'piercing', eventTypeSlug: 'piercing' },
		],
	])('takes %s for the event type', async (_, value, query) => {
		await at.run(finding({ service: { __rl: true, mode: 'url', value } }));
		expect(queries().at(-1)).toMatchObject(query);
	});

	it('says which slug is unknown, and asks for the event types once for all items', async () => {
		const service = { __rl: true, mode: 'url', value: 'lost' };
		const { outputs } = await at.run(finding({ service }), {
			items: [{}, {}],
			onError: 'continueRegularOutput',
		});
		expect(outputs[0]?.map(({ json }) => json.error)).toEqual(
			Array(2).fill('This Cal.com account has no event type with the slug "lost"'),
		);
		expect(at.calls()).toEqual(['GET /v2/event-types']);
	});

	it('refuses a range that ends before it starts', async () => {
		const { error } = await at.run(finding({ rangeEnd: '2050-01-10T08:00:00+01:00' }));
		expect(error?.message).toContain('"Until" is not after "From"');
	});
});

describe('Event Type: Get Many', () => {
	it('gives prices in units of the currency', async () => {
		const found = await at.items({ resource: 'service', operation: 'getMany' });
		expect(found.map(({ id }) => id)).toEqual(['101', '102', '103']);
		expect(found[1]).toEqual({
			provider: 'calcom',
			id: '102',
			name: 'Session',
			slug: 'session',
			description: null,
			durationMinutes: 60,
			durationOptions: [60, 120],
			price: 150,
			currency: 'PLN',
			hidden: false,
			url: 'https://cal.com/studio/session',
		});
	});
});

it('reads a booking whose ID climbs no path', async () => {
	const { error } = await at.run(on('get', '../me'));
	expect(error?.message).toContain('could not find');
	expect(at.calls()).toEqual(['GET /v2/bookings/..%2Fme']);
});
