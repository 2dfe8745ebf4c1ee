import { DateTime } from 'luxon';
import { callFlowOnce } from '../support/callFlow';
import { customer, freshWorld, isoOf, say } from '../support/chat';
import { untilIdle } from '../support/executions';
import { eventually, theHouse } from '../support/house';
import { runAt } from '../support/runAt';
import { BOOKING_TABLES, rows, textMessages, workday, type Row } from '../support/salon';

const BOOK = 'booking-create/chatfuel';

/** Two in the afternoon, some days ahead. */
const start = () => workday(5, 14);

/** Runs the flow as if it were that moment. */
const remindAt = async (now: DateTime) => {
	await runAt('appointment-reminders', isoOf(now));
	await untilIdle();
};

/** Reminders that were sent; WhatsApp is tried first and refuses people who have not written lately. */
const reminders = async () =>
	(await rows('deliveries')).filter(
		({ deliveryKey, status }) => status === 'sent' && String(deliveryKey).startsWith('reminder:'),
	);
const sentTexts = () => textMessages().map(({ body }) => body);

/** Anna has booked; the confirmation is out of the way. */
async function booked(more: Record<string, unknown> = {}): Promise<{ id: string }> {
	const turn = await say(BOOK, customer({ 'booking start': isoOf(start()), 'booking offer': '1', ...more }));
	expect(turn.set['booking status']).toBe('booked');
	await untilIdle();
	return { id: String(turn.set['booking id']) };
}

const EMPTY = Object.fromEntries(
	['service', 'staff', 'from', 'till', 'start', 'leadKey', 'name', 'email', 'phone', 'notes', 'reason'].map(
		(key) => [key, ''],
	),
);

/** As the flows that call it gather them. */
const SETTINGS = { timeZone: 'Europe/Warsaw' };

const ask = async (operation: string, id: string, to = '') =>
	await callFlowOnce<{ ok: boolean }>('booking-system', {
		...EMPTY,
		settings: SETTINGS,
		operation,
		appointmentId: id,
		start: to,
	});

/** The appointment as the booking system has it. */
const standing = async (id: string) =>
	(
		await callFlowOnce<{ appointment: Row }>('booking-system', {
			...EMPTY,
			settings: SETTINGS,
			operation: 'get',
			appointmentId: id,
		})
	).appointment;

describe('Remind clients of their appointments', () => {
	beforeEach(async () => await freshWorld(BOOK, BOOKING_TABLES));

	it('reminds the day before, once however often it runs', async () => {
		const { id } = await booked();
		const before = sentTexts().length;
		await remindAt(start().minus({ hours: 25 }));
		expect(await reminders()).toEqual([]);
		await remindAt(start().minus({ hours: 23 }));
		await eventually(async () => expect(await reminders()).toHaveLength(1));
		const [reminder] = await reminders();
		expect(reminder).toMatchObject({
			status: 'sent',
			leadKey: 'phone:+48601234567',
			template: 'appointmentReminder',
		});
		expect(reminder?.deliveryKey).toContain(`reminder:booksy:${id}:${String(start().toUTC().toISO())}`);
		expect(sentTexts()).toHaveLength(before + 1);
		expect(sentTexts().at(-1)).toContain('14:00');
		expect(sentTexts().at(-1)).toContain('przypominamy');
		await remindAt(start().minus({ hours: 22 }));
		await Promise.all([remindAt(start().minus({ hours: 3 })), remindAt(start().minus({ hours: 2 }))]);
		expect(sentTexts()).toHaveLength(before + 1);
	});

	it('keeps silent in the quiet hours and sends when they are over', async () => {
		await booked({ 'booking start': isoOf(start().set({ hour: 9 })) });
		const before = sentTexts().length;
		const eve = start().minus({ days: 1 });
		// Due from nine the day before; the machine was away until late in the evening.
		for (const [hour, minute] of [
			[21, 0],
			[23, 30],
		] as const)
			await remindAt(eve.set({ hour, minute }));
		await remindAt(start().set({ hour: 7, minute: 45 }));
		expect(sentTexts()).toHaveLength(before);
		await remindAt(start().set({ hour: 8, minute: 0 }));
		expect(sentTexts()).toHaveLength(before + 1);
	});

	it('asks the booking system first and does not remind of what was cancelled there', async () => {
		const { id } = await booked();
		const before = sentTexts().length;
		await ask('cancel', id);
		expect(await rows('appointments')).toEqual([expect.objectContaining({ status: 'confirmed' })]);
		await remindAt(start().minus({ hours: 23 }));
		expect(sentTexts()).toHaveLength(before);
		expect(await reminders()).toEqual([]);
		expect(await rows('appointments')).toEqual([expect.objectContaining({ status: 'cancelled' })]);
	});

	it('reminds of a moved appointment at its own time', async () => {
		const { id } = await booked();
		await remindAt(start().minus({ hours: 23 }));
		const before = sentTexts().length;
		const later =
			start().plus({ days: 1 }).weekday === 7 ? start().plus({ days: 2 }) : start().plus({ days: 1 });
		await ask('move', id, isoOf(later));
		// The salon moved it in its own calendar: the row still has the old time, which was reminded of already.
		await remindAt(start().minus({ hours: 22 }));
		expect(sentTexts()).toHaveLength(before);
		await callFlowOnce('appointment-save', {
			tenant: 'main',
			appointment: { ...(await standing(id)) },
			leadKey: 'phone:+48601234567',
			eventAt: DateTime.now().toISO(),
		});
		await remindAt(later.minus({ hours: 25 }));
		expect(sentTexts()).toHaveLength(before);
		await remindAt(later.minus({ hours: 23 }));
		await remindAt(later.minus({ hours: 22 }));
		expect(sentTexts()).toHaveLength(before + 1);
		expect((await reminders()).map(({ deliveryKey }) => String(deliveryKey))).toEqual([
			expect.stringContaining(String(start().toUTC().toISO())),
			expect.stringContaining(String(later.toUTC().toISO())),
		]);
	});

	it('does not remind of a time that was moved in the calendar, and keeps the new one', async () => {
		const { id } = await booked();
		const before = sentTexts().length;
		const later = start().plus({ hours: 3 });
		await ask('move', id, isoOf(later));
		await remindAt(start().minus({ hours: 23 }));
		expect(sentTexts()).toHaveLength(before);
		const [row] = await rows('appointments');
		expect(DateTime.fromISO(String(row?.start)).toMillis()).toBe(later.toMillis());
		await remindAt(start().minus({ hours: 20 }));
		expect(sentTexts()).toHaveLength(before + 1);
		expect(sentTexts().at(-1)).toContain('17:00');
	});

	it('sends nothing while the booking system cannot be asked, and sends at a later run', async () => {
		await booked();
		const before = sentTexts().length;
		const { world } = theHouse();
		const deliver = world.deliver.bind(world);
		const down = jest
			.spyOn(world, 'deliver')
			.mockImplementation(async (request) =>
				request.url.hostname.endsWith('booksy.com')
					? { kind: 'answer', response: { status: 403, body: { detail: 'No.' } } }
					: await deliver(request),
			);
		await remindAt(start().minus({ hours: 23 }));
		down.mockRestore();
		expect(sentTexts()).toHaveLength(before);
		expect(await reminders()).toEqual([]);
		await remindAt(start().minus({ hours: 22.75 }));
		expect(sentTexts()).toHaveLength(before + 1);
	});

	it('leaves alone who has just booked', async () => {
		await booked();
		const before = sentTexts().length;
		await remindAt(DateTime.now());
		expect(sentTexts()).toHaveLength(before);
	});
});
