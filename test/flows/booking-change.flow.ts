import { DateTime } from 'luxon';
import { callFlowOnce } from '../support/callFlow';
import { customer, freshWorld, isoOf, quickReplies, say, tap } from '../support/chat';
import { BOOKING_SYSTEMS, swapBookingSystem } from '../support/swap';
import { untilIdle } from '../support/executions';
import { theHouse } from '../support/house';
import { BOOKING_TABLES, countedEvents, items, rows, textMessages, visits, workday } from '../support/salon';

const PATH = 'booking-change/chatfuel';
const BOOK = 'booking-create/chatfuel';
const WARSAW = 'Europe/Warsaw';

/** A customer who has just booked for ten o'clock; what their bot knows, and how many messages they have had. */
async function booked(more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
	const attributes = customer({ 'booking start': isoOf(workday(4, 10)), 'booking offer': '1', ...more });
	const turn = await say(BOOK, attributes);
	expect(turn.set['booking status']).toBe('booked');
	await untilIdle();
	return attributes;
}

describe('Change an appointment from Chatfuel', () => {
	beforeEach(async () => {
		await freshWorld(PATH, BOOKING_TABLES);
		await theHouse().untilListening(BOOK);
	});

	it('moves the appointment, keeps everything up to date and tells the customer once', async () => {
		const attributes = await booked();
		const before = textMessages().length;
		const turn = await say(PATH, {
			...attributes,
			'booking action': 'reschedule',
			'booking start': isoOf(workday(4, 14)),
		});
		expect(turn).toMatchObject({ status: 200, faults: [], set: { 'booking status': 'booked' } });
		expect(turn.shown[0]).toContain('14:00');
		await untilIdle();
		expect(visits()).toHaveLength(1);
		expect(visits()[0]?.booked_from).toBe(workday(4, 14).toFormat("yyyy-LL-dd'T'HH:mm"));
		const [lead] = await rows('leads');
		expect(lead).toMatchObject({ status: 'BOOKED', bookingId: String(visits()[0]?.id) });
		expect(DateTime.fromISO(String(lead?.bookedAt)).toMillis()).toBe(workday(4, 14).toMillis());
		const [row] = await rows('appointments');
		expect(DateTime.fromISO(String(row?.start)).toMillis()).toBe(workday(4, 14).toMillis());
		expect(items()).toHaveLength(1);
		expect(items()[0]?.columns).toMatchObject({ Godzina: '14:00', Status: 'Umówiony' });
		expect(countedEvents()).toEqual(['meeting_booked', 'reschedule_appointment']);
		expect(textMessages()).toHaveLength(before + 1);
	});

	it('cancels, sets the lead back and tells the customer once, also when tapped twice', async () => {
		const attributes = await booked();
		const before = textMessages().length;
		const turns = await Promise.all(
			[1, 2].map(async () => await say(PATH, { ...attributes, 'booking action': 'cancel' })),
		);
		expect(turns.map(({ set }) => set['booking status']).filter(Boolean)).toContain('cancelled');
		for (const { shown } of turns) expect(shown).toHaveLength(1);
		await untilIdle();
		expect(visits()[0]).toMatchObject({ status: 'C' });
		expect(await rows('leads')).toEqual([
			expect.objectContaining({ status: 'QUALIFIED', bookingId: String(visits()[0]?.id), bookedAt: null }),
		]);
		expect(await rows('appointments')).toEqual([expect.objectContaining({ status: 'cancelled' })]);
		expect(items()[0]?.columns).toMatchObject({ Status: 'Zakwalifikowany' });
		expect(countedEvents()).toEqual(['meeting_booked', 'cancel_appointment']);
		expect(textMessages()).toHaveLength(before + 1);
		const again = await say(PATH, { ...attributes, 'booking action': 'cancel' });
		expect(again.shown[0]).toContain('została odwołana');
		await untilIdle();
		expect(textMessages()).toHaveLength(before + 1);
	});

	it('sends no second notice when the booking system reports the change too', async () => {
		const attributes = await booked();
		await say(PATH, { ...attributes, 'booking action': 'cancel' });
		await untilIdle();
		const before = textMessages().length;
		const told = await callFlowOnce<{ status: string }>('notify', {
			tenant: 'main',
			notificationKey: `booking:booksy:${String(attributes['booking id'])}:cancelled`,
			leadKey: 'phone:+48601234567',
			template: 'bookingCancelled',
			values: { start: isoOf(workday(4, 10)), timeZone: WARSAW },
			channels: '',
			marketing: false,
			contact: {},
		});
		expect(told).toBeDefined();
		await untilIdle();
		expect(textMessages()).toHaveLength(before);
	});

	it('asks what to do, offers times, and moves to the one that is tapped', async () => {
		const attributes = await booked();
		const asked = await say(PATH, attributes);
		expect(asked.shown[0]).toContain('10:00');
		const [move, cancel] = quickReplies(asked);
		expect([move?.title, cancel?.title]).toEqual(['Przełóż', 'Odwołaj']);
		tap(attributes, move);
		const offered = await say(PATH, attributes);
		expect(offered.shown[0]).toContain('Na kiedy przenieść');
		tap(attributes, quickReplies(offered)[1]);
		const moved = await say(PATH, attributes);
		expect(moved.set['booking status']).toBe('booked');
		await untilIdle();
		expect(visits()).toHaveLength(1);
		expect(await rows('leads')).toEqual([expect.objectContaining({ status: 'BOOKED' })]);
	});

	it('offers other times where the new one is taken, and leaves the appointment where it was', async () => {
		const attributes = await booked({ 'booking staff': '456' });
		await booked({
			name: 'Piotr Nowak',
			email: 'piotr@example.com',
			phone: '+48 602 000 111',
			'messenger user id': '1000000000004712',
			'booking start': isoOf(workday(4, 14)),
			'booking staff': '456',
		});
		const turn = await say(PATH, {
			...attributes,
			'booking action': 'reschedule',
			'booking start': isoOf(workday(4, 14)),
		});
		expect(turn).toMatchObject({ status: 200, faults: [] });
		expect(turn.shown[0]).toContain('został właśnie zajęty');
		expect(quickReplies(turn).length).toBeGreaterThan(3);
		await untilIdle();
		expect(visits().map(({ booked_from: from }) => String(from).slice(11))).toEqual(['10:00', '14:00']);
	});

	it.each<[string, Record<string, unknown>]>([
		[
			'knows only the phone number',
			{ 'messenger user id': '1000000000009999', 'chatfuel user id': '1000000000009999' },
		],
		['has no booking ID', { 'booking id': '' }],
		['has the booking ID of another', { 'booking id': '999999' }],
	])('changes nothing for somebody who %s', async (_, more) => {
		const attributes = await booked();
		const turn = await say(PATH, { ...attributes, 'booking action': 'cancel', ...more });
		expect(turn).toMatchObject({ status: 200, faults: [], set: { 'booking status': 'none' } });
		await untilIdle();
		expect(visits()[0]).toMatchObject({ status: 'A' });
		expect(await rows('leads')).toEqual([expect.objectContaining({ status: 'BOOKED' })]);
	});

	it('apologises when the calendar is down, and changes nothing', async () => {
		const attributes = await booked();
		const refusal = { kind: 'answer', response: { status: 503, body: 'No' } } as const;
		theHouse().world.misbehave('booksy', ...Array.from({ length: 8 }, () => refusal));
		const turn = await say(PATH, { ...attributes, 'booking action': 'cancel' });
		expect(turn).toMatchObject({ status: 200, faults: [] });
		expect(turn.shown).toHaveLength(1);
		await untilIdle();
		expect(visits()[0]).toMatchObject({ status: 'A' });
		expect(await rows('leads')).toEqual([expect.objectContaining({ status: 'BOOKED' })]);
	});

	it('finds the cancellation whose answer was lost', async () => {
		const attributes = await booked();
		const world = theHouse().world;
		const deliver = world.deliver.bind(world);
		const lost = jest.spyOn(world, 'deliver').mockImplementation(async (request) => {
			const delivery = await deliver(request);
			return request.url.pathname.endsWith('/status/cancel/') ? { kind: 'reset' } : delivery;
		});
		const turn = await say(PATH, { ...attributes, 'booking action': 'cancel' });
		lost.mockRestore();
		expect(turn.set['booking status']).toBe('cancelled');
		await untilIdle();
		expect(await rows('leads')).toEqual([expect.objectContaining({ status: 'QUALIFIED' })]);
	});

	describe('with another booking system behind it', () => {
		afterAll(async () => await swapBookingSystem('booksy'));

		it.each(Object.keys(BOOKING_SYSTEMS))(
			'moves and cancels with %s by changing nothing here',
			async (provider) => {
				await swapBookingSystem(provider);
				const attributes = customer({ 'booking date': String(workday(4, 10).toISODate()) });
				const offered = quickReplies(await say('booking-availability/chatfuel', attributes));
				tap(attributes, offered[0]);
				expect((await say(BOOK, attributes)).set['booking status']).toBe('booked');
				await untilIdle();
				Object.assign(attributes, { 'booking action': 'reschedule' });
				tap(attributes, offered.at(-1));
				const moved = await say(PATH, attributes);
				expect(moved).toMatchObject({ faults: [], set: { 'booking status': 'booked' } });
				await untilIdle();
				expect(await rows('leads')).toEqual([
					expect.objectContaining({ status: 'BOOKED', bookingId: moved.set['booking id'] }),
				]);
				const cancelled = await say(PATH, { ...attributes, 'booking action': 'cancel' });
				expect(cancelled.set['booking status']).toBe('cancelled');
				await untilIdle();
				expect(await rows('leads')).toEqual([expect.objectContaining({ status: 'QUALIFIED' })]);
				const open = (await rows('appointments')).filter(({ status }) => status === 'confirmed');
				expect(open).toEqual([]);
			},
		);
	});
});
