import { DateTime } from 'luxon';
import type { BooksySimulator } from '../../sandbox/simulators/booksy';
import type { SentMail } from '../../sandbox/simulators/sendgrid';
import { customer, freshWorld, isoOf, quickReplies, say, stateOf, tap } from '../support/chat';
import { BOOKING_SYSTEMS, swapBookingSystem } from '../support/swap';
import { executionsOf, untilIdle } from '../support/executions';
import { theHouse } from '../support/house';
import { BOOKING_TABLES, countedEvents, items, rows, textMessages, visits, workday } from '../support/salon';

const PATH = 'booking-create/chatfuel';

const booksy = () =>
	theHouse().world.simulators.find(({ name }) => name === 'booksy') as unknown as BooksySimulator;
const mails = () => stateOf<{ outbox: SentMail[] }>('sendgrid').outbox;

const wish = (more: Record<string, unknown> = {}) =>
	customer({
		topic: 'Kuchnia',
		package: 'Premium',
		'booking start': isoOf(workday(4, 10)),
		'booking offer': '1',
		...more,
	});

const refusal = { kind: 'answer', response: { status: 403, body: { detail: 'No.' } } } as const;

describe('Book an appointment from Chatfuel', () => {
	beforeEach(async () => await freshWorld(PATH, BOOKING_TABLES));

	it('books, keeps lead and appointment, and tells monday.com, GA4, inbox and phone', async () => {
		const attributes = wish();
		const turn = await say(PATH, attributes);
		const [visit] = visits();
		expect(turn).toMatchObject({
			status: 200,
			faults: [],
			set: { 'booking status': 'booked', 'booking id': String(visit?.id), 'booking provider': 'booksy' },
		});
		expect(turn.shown[0]).toContain('Zarezerwowano');
		expect(turn.shown[0]).toContain('10:00');
		await untilIdle();
		expect(visits()).toHaveLength(1);
		expect(visit).toMatchObject({
			customer_name: 'Anna Kowalska',
			customer_phone: '+48601234567',
			status: 'A',
		});
		expect(await rows('leads')).toEqual([
			expect.objectContaining({
				leadKey: 'phone:+48601234567',
				status: 'BOOKED',
				bookingProvider: 'booksy',
				bookingId: String(visit?.id),
				chatfuelUserId: '1000000000004711',
				language: 'pl',
				mondayItemId: items()[0]?.id,
			}),
		]);
		expect(await rows('appointments')).toEqual([
			expect.objectContaining({
				appointmentId: String(visit?.id),
				status: 'confirmed',
				leadKey: 'phone:+48601234567',
			}),
		]);
		expect(items()).toHaveLength(1);
		expect(items()[0]).toMatchObject({
			name: 'Anna Kowalska',
			columns: { Status: 'Umówiony', Godzina: '10:00', Temat: 'Kuchnia', Pakiet: 'Premium' },
		});
		expect(JSON.stringify(items()[0])).toContain(String(workday(4, 10).toISODate()));
		expect(countedEvents()).toEqual(['meeting_booked']);
		expect(mails()).toHaveLength(1);
		expect(mails()[0]?.subject).toContain('rezerwacja');
		expect(textMessages()).toEqual([expect.objectContaining({ to: '+48601234567' })]);
		expect(textMessages()[0]?.body).toContain('10:00');
		const deliveries = await rows('deliveries');
		expect(deliveries.map(({ channel, status }) => [channel, status]).sort()).toEqual([
			['email', 'sent'],
			['ga4', 'sent'],
			['monday', 'sent'],
			['sms', 'sent'],
		]);
	});

	it('books a double tap once and answers both', async () => {
		const turns = await Promise.all([1, 2, 3].map(async () => await say(PATH, wish())));
		for (const turn of turns) {
			expect(turn).toMatchObject({ status: 200, faults: [] });
			expect(turn.shown[0]).toContain('10:00');
		}
		await untilIdle();
		expect(visits()).toHaveLength(1);
		const again = await say(PATH, wish());
		expect(again.shown[0]).toContain('Zarezerwowano');
		await untilIdle();
		expect(visits()).toHaveLength(1);
		expect(textMessages()).toHaveLength(1);
		expect(mails()).toHaveLength(1);
		expect(items()).toHaveLength(1);
	});

	it('finds the same time booked already when it is chosen from a newer offer', async () => {
		await say(PATH, wish());
		await untilIdle();
		const turn = await say(PATH, wish({ 'booking offer': '2' }));
		expect(turn.shown[0]).toContain('Zarezerwowano');
		await untilIdle();
		expect(visits()).toHaveLength(1);
		expect(textMessages()).toHaveLength(1);
	});

	it('offers the next free times for a taken one, and books the one that is tapped', async () => {
		await say(PATH, wish({ 'booking staff': '456' }));
		await untilIdle();
		const other = wish({
			name: 'Piotr Nowak',
			email: 'piotr@example.com',
			phone: '+48 602 000 111',
			'messenger user id': '1000000000004712',
			'booking staff': '456',
		});
		const turn = await say(PATH, other);
		expect(turn).toMatchObject({ status: 200, faults: [], set: { 'booking status': 'not booked' } });
		expect(turn.shown[0]).toContain('został właśnie zajęty');
		const offered = quickReplies(turn);
		expect(offered.length).toBeGreaterThan(3);
		expect(offered.map(({ set_attributes: set }) => set['booking start'])).not.toContain(
			isoOf(workday(4, 10)),
		);
		tap(other, offered[0]);
		const booked = await say(PATH, other);
		expect(booked.set['booking status']).toBe('booked');
		await untilIdle();
		expect(visits()).toHaveLength(2);
		expect(await rows('leads')).toEqual([
			expect.objectContaining({ name: 'Anna Kowalska', status: 'BOOKED' }),
			expect.objectContaining({ name: 'Piotr Nowak', status: 'BOOKED' }),
		]);
	});

	it('finds the booking whose answer was lost, and books nothing twice', async () => {
		booksy().tokens.forget();
		const world = theHouse().world;
		const deliver = world.deliver.bind(world);
		const create = jest.spyOn(world, 'deliver').mockImplementation(async (request) => {
			const delivery = await deliver(request);
			const isCreate = request.method === 'POST' && /\/appointment\/$/.test(request.url.pathname);
			return isCreate ? { kind: 'reset' } : delivery;
		});
		const turn = await say(PATH, wish());
		create.mockRestore();
		expect(turn.set['booking status']).toBe('booked');
		await untilIdle();
		expect(visits()).toHaveLength(1);
		expect(textMessages()).toHaveLength(1);
	});

	it('says honestly that it is not sure, and asks the salon to look', async () => {
		const world = theHouse().world;
		const deliver = world.deliver.bind(world);
		const lost = jest.spyOn(world, 'deliver').mockImplementation(async (request) => {
			const isCreate = request.method === 'POST' && /\/appointment\/$/.test(request.url.pathname);
			return isCreate ? { kind: 'reset' } : await deliver(request);
		});
		const turn = await say(PATH, wish());
		lost.mockRestore();
		expect(turn).toMatchObject({ status: 200, faults: [], set: { 'booking status': 'not sure' } });
		expect(turn.shown[0]).toContain('nie mamy pewności');
		expect(quickReplies(turn)).toEqual([]);
		await untilIdle();
		const [run] = await executionsOf('booking-create');
		expect(run?.status).toBe('error');
		expect(textMessages()).toEqual([]);
		expect(await rows('leads')).toEqual([expect.objectContaining({ status: 'NEW' })]);
	});

	it('keeps the lead, books nothing and offers to try again when the calendar is down', async () => {
		theHouse().world.misbehave('booksy', ...Array.from({ length: 8 }, () => refusal));
		const attributes = wish();
		const turn = await say(PATH, attributes);
		expect(turn).toMatchObject({ status: 200, faults: [], set: { 'booking status': 'not booked' } });
		expect(turn.shown[0]).toContain('chwilowo nie widzimy');
		await untilIdle();
		expect(visits()).toEqual([]);
		expect(await rows('leads')).toEqual([expect.objectContaining({ status: 'NEW', name: 'Anna Kowalska' })]);
		theHouse().world.reset();
		expect((await say(PATH, attributes)).set['booking status']).toBe('booked');
		await untilIdle();
	});

	it.each(['monday', 'ga4', 'sendgrid', 'twilio'])('goes on and keeps what %s refused', async (provider) => {
		const no = {
			kind: 'answer',
			response: { status: 400, headers: { 'content-type': 'application/json' }, body: { message: 'No' } },
		} as const;
		theHouse().world.misbehave(provider, no);
		expect((await say(PATH, wish())).set['booking status']).toBe('booked');
		await untilIdle();
		const deliveries = await rows('deliveries');
		expect(deliveries).toHaveLength(4);
		expect(deliveries.filter(({ status }) => status === 'sent')).toHaveLength(3);
		expect(deliveries.find(({ status }) => status !== 'sent')?.lastError).toMatch(/.+/);
	});

	it.each([
		['no way to reach them', { phone: '12', email: '' }],
		['no name', { name: '', 'first name': '', 'last name': '' }],
	])('asks for contact details where there is %s', async (_, more) => {
		const turn = await say(PATH, wish(more));
		expect(turn).toMatchObject({ status: 200, faults: [], set: { 'booking status': 'needs contact' } });
		await untilIdle();
		expect(theHouse().world.exchanges).toEqual([]);
	});

	it.each(['', 'jutro o dziesiątej', '2020-01-01T10:00:00+01:00'])(
		'offers times where the time is "%s"',
		async (start) => {
			const turn = await say(PATH, wish({ 'booking start': start }));
			expect(turn).toMatchObject({ status: 200, faults: [], set: { 'booking status': 'not booked' } });
			expect(quickReplies(turn).length).toBeGreaterThan(3);
			await untilIdle();
			expect(visits()).toEqual([]);
		},
	);

	it('carries quotes, braces and expressions in a name as they were typed', async () => {
		const name = 'O"Brien {{ 1 + 1 }} {date} $& 😀';
		const turn = await say(PATH, wish({ name }));
		expect(turn.set['booking status']).toBe('booked');
		await untilIdle();
		expect(visits()[0]?.customer_name).toBe(name);
		expect(items()[0]?.name).toBe(name);
		expect(textMessages()[0]?.body).toContain(name);
	});

	describe('with another booking system behind it', () => {
		afterAll(async () => await swapBookingSystem('booksy'));

		it.each(Object.keys(BOOKING_SYSTEMS))('books with %s by changing nothing here', async (provider) => {
			await swapBookingSystem(provider);
			const attributes = customer({ 'booking date': String(workday(4, 10).toISODate()) });
			const offered = quickReplies(await say('booking-availability/chatfuel', attributes));
			expect(offered.length).toBeGreaterThan(0);
			tap(attributes, offered[0]);
			const turn = await say(PATH, attributes);
			expect(turn).toMatchObject({
				status: 200,
				faults: [],
				set: { 'booking status': 'booked', 'booking provider': provider },
			});
			await untilIdle();
			const [row] = await rows('appointments');
			expect(row).toMatchObject({ provider, status: 'confirmed', leadKey: 'phone:+48601234567' });
			expect(DateTime.fromISO(String(row?.start)).toMillis()).toBe(
				DateTime.fromISO(String(offered[0]?.set_attributes['booking start'])).toMillis(),
			);
			expect(textMessages()).toHaveLength(1);
			const again = await say(PATH, { ...attributes, 'booking offer': 'another' });
			expect(again.set['booking id']).toBe(turn.set['booking id']);
			await untilIdle();
			expect(textMessages()).toHaveLength(1);
		});
	});
});
