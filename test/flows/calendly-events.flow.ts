import type { CalendlySimulator } from '../../sandbox/simulators/calendly';
import type { CalendlyDelivery } from '../../sandbox/simulators/calendly-webhooks';
import type { TwilioSimulator } from '../../sandbox/simulators/twilio';
import { executionsOf, lastErrorOf, untilIdle } from '../support/executions';
import { eventually, postByHand, simulated, theHouse } from '../support/house';
import { republish } from '../support/temporary';
import { ANNA, ANNA_KEY, BOOKING_TABLES, FREE_DAY, lead, rows, saveAnna } from '../support/salon';

const ZONE = 'Europe/Warsaw';
const TYPE = 'https://api.calendly.com/event_types/SESSION000000001';
const at = (hour: number) => FREE_DAY.set({ hour });

const calendly = () => simulated<CalendlySimulator>('calendly');
const sent = () => simulated<TwilioSimulator>('twilio').state().messages;

async function settled(): Promise<void> {
	await calendly().webhooks.settled();
	await untilIdle();
}

/** A client books on Calendly's page. @returns the event's ID */
async function book(hour: number, invitee: object = {}): Promise<string> {
	const { eventUuid } = calendly().bookings.bookOnPage({
		event_type: TYPE,
		start_time: at(hour).toUTC().toISO(),
		invitee: {
			name: 'Anna Kowalska',
			email: 'anna@example.com',
			timezone: ZONE,
			text_reminder_number: ANNA.phone,
			...invitee,
		},
	});
	await settled();
	return eventUuid;
}

async function move(uuid: string, hour: number, newFirst = false): Promise<string> {
	const { eventUuid } = calendly().bookings.rescheduleOnPage(uuid, at(hour).toMillis(), newFirst);
	await settled();
	return eventUuid;
}

async function cancel(uuid: string): Promise<void> {
	calendly().bookings.cancel(uuid, { reason: 'Ill' });
	await settled();
}

async function deliver(delivery: CalendlyDelivery): Promise<number> {
	const status = await postByHand(delivery.url, delivery);
	await untilIdle();
	return status;
}

/** Runs the flow by hand, and waits for its end. */
async function sync(): Promise<void> {
	const { editor, flowIds } = theHouse();
	const id = await editor.run(flowIds.get('calendly-events') ?? '', 'Sync by hand');
	await eventually(async () => expect((await editor.execution(id)).status).toMatch(/success|error/), 40);
	await untilIdle();
}

describe('Follow appointments at Calendly', () => {
	beforeEach(async () => {
		const { editor, world } = theHouse();
		await untilIdle();
		await republish('calendly-events', () => world.reset());
		await eventually(() => expect(calendly().webhooks.subscriptions).toHaveLength(1));
		await editor.changeSettings({ calendlyNewLeads: 'yes' });
		await editor.clearTables(...BOOKING_TABLES);
		await saveAnna();
	});

	afterAll(async () => await republish('calendly-events', () => theHouse().world.reset()));

	it('created: a row, the lead BOOKED, one notice', async () => {
		const id = await book(10);
		expect(await lead()).toMatchObject({ status: 'BOOKED', bookingProvider: 'calendly', bookingId: id });
		expect(await rows('appointments')).toEqual([
			expect.objectContaining({
				provider: 'calendly',
				appointmentId: id,
				leadKey: ANNA_KEY,
				status: 'confirmed',
				clientName: 'Anna Kowalska',
				phone: ANNA.phone,
			}),
		]);
		expect(sent().map(({ to, body }) => [to, body])).toEqual([
			[ANNA.phone, expect.stringContaining('you are booked') as string],
		]);
	});

	it.each([
		['the old one first', false],
		['the new one first', true],
	])('moved, %s: never taken for a cancellation', async (_, newFirst) => {
		const old = await book(10);
		const id = await move(old, 14, newFirst);
		expect(await lead()).toMatchObject({ status: 'BOOKED', bookingId: id });
		const appointments = await rows('appointments');
		expect(appointments).toHaveLength(2);
		expect(appointments).toContainEqual(
			expect.objectContaining({ appointmentId: old, status: 'rescheduled' }),
		);
		expect(appointments).toContainEqual(
			expect.objectContaining({ appointmentId: id, status: 'confirmed', previousId: old }),
		);
		expect(sent()).toHaveLength(2);
		expect(sent()[1]?.body).toContain('moved');
	});

	it('canceled: row and lead follow, one notice', async () => {
		const id = await book(10);
		await cancel(id);
		expect(await lead()).toMatchObject({ status: 'QUALIFIED', bookingId: id });
		expect(await rows('appointments')).toEqual([expect.objectContaining({ status: 'cancelled' })]);
		expect(sent()).toHaveLength(2);
		expect(sent()[1]?.body).toContain('cancelled');
	});

	it('does nothing for events that come again, however late', async () => {
		const old = await book(10);
		await cancel(await move(old, 14));
		const before = [await lead(), await rows('appointments'), await rows('lead_history'), sent().length];
		for (const delivery of [...calendly().webhooks.deliveries]) expect(await deliver(delivery)).toBe(200);
		expect([await lead(), await rows('appointments'), await rows('lead_history'), sent().length]).toEqual(
			before,
		);
	});

	it('makes a lead of whoever books on the page, or none where the settings say so', async () => {
		const stranger = { name: 'Jan Nowak', email: 'jan@example.com', text_reminder_number: '+48602222222' };
		const id = await book(11, stranger);
		expect(await rows('leads')).toContainEqual(
			expect.objectContaining({
				leadKey: 'phone:+48602222222',
				source: 'calendly',
				status: 'BOOKED',
				bookingId: id,
			}),
		);
		await theHouse().editor.changeSettings({ calendlyNewLeads: 'no' });
		await book(12, { name: 'Ewa', email: 'ewa@example.com', text_reminder_number: '+48603333333' });
		expect(await rows('leads')).toHaveLength(2);
		expect(await rows('appointments')).toHaveLength(2);
	});

	it('syncs upcoming events by hand: rows and leads brought up to date, nobody written to, twice the same', async () => {
		for (const subscription of calendly().webhooks.subscriptions) subscription.events = [];
		const kept = await book(10);
		const gone = await book(11, {
			name: 'Jan',
			email: 'jan@example.com',
			text_reminder_number: '+48602222222',
		});
		await cancel(gone);
		expect(await rows('appointments')).toEqual([]);
		await sync();
		const appointments = await rows('appointments');
		expect(appointments).toHaveLength(2);
		expect(appointments).toContainEqual(
			expect.objectContaining({ appointmentId: kept, status: 'confirmed', leadKey: ANNA_KEY }),
		);
		expect(appointments).toContainEqual(
			expect.objectContaining({ appointmentId: gone, status: 'cancelled' }),
		);
		expect(await lead()).toMatchObject({ status: 'BOOKED', bookingId: kept });
		expect(sent()).toEqual([]);
		const before = [await rows('leads'), await rows('lead_history')];
		await sync();
		expect([await rows('leads'), await rows('lead_history')]).toEqual(before);
		expect(await rows('appointments')).toHaveLength(2);
	});

	it('fails visibly where Calendly cannot be read', async () => {
		const down = {
			status: 401,
			headers: { 'content-type': 'application/json' },
			body: { title: 'Unauthenticated', message: 'The access token is invalid' },
		};
		theHouse().world.misbehave(
			'calendly',
			...Array.from({ length: 30 }, () => ({ kind: 'answer' as const, response: down })),
		);
		await sync();
		expect((await executionsOf('calendly-events'))[0]?.status).toBe('error');
		expect(await lastErrorOf('calendly-events')).toContain('An event of Calendly was not followed');
	});

	it('turns a forged event away', async () => {
		const id = await book(10);
		const [created] = calendly().webhooks.deliveries;
		if (!created) throw new Error('Calendly sent nothing');
		const before = (await executionsOf('calendly-events')).length;
		expect(
			await deliver({ ...created, body: created.body.replace('invitee.created', 'invitee.canceled') }),
		).toBe(401);
		expect(await executionsOf('calendly-events')).toHaveLength(before);
		expect(await lead()).toMatchObject({ status: 'BOOKED', bookingId: id });
	});
});
