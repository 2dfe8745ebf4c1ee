import { DateTime } from 'luxon';
import type { CalComSimulator } from '../../sandbox/simulators/calcom';
import type { CalDelivery } from '../../sandbox/simulators/calcom-webhooks';
import type { TwilioSimulator } from '../../sandbox/simulators/twilio';
import { executionsOf, lastErrorOf, untilIdle } from '../support/executions';
import { eventually, postByHand, simulated, theHouse } from '../support/house';
import { republish } from '../support/temporary';
import { ANNA, ANNA_KEY, BOOKING_TABLES, FREE_DAY, lead, rows, saveAnna } from '../support/salon';

const ZONE = 'Europe/Warsaw';
const at = (hour: number) => FREE_DAY.set({ hour }).toUTC().toISO();

const calcom = () => simulated<CalComSimulator>('calcom');
const sent = () => simulated<TwilioSimulator>('twilio').state().messages;

/** What a client or the host does at Cal.com itself. */
async function atCalCom(path: string, body: object): Promise<{ uid: string }> {
	const answer = await calcom().handle({
		method: 'POST',
		url: new URL(`https://api.cal.com/v2/bookings${path}`),
		headers: { authorization: 'Bearer cal_live_frontdesk_sandbox', 'cal-api-version': '2024-08-13' },
		text: JSON.stringify(body),
	});
	expect(answer.status).toBeLessThan(300);
	await calcom().webhooks.settled();
	await untilIdle();
	return (answer.body as { data: { uid: string } }).data;
}

const book = async (hour: number, more: object = {}) =>
	await atCalCom('', {
		start: at(hour),
		eventTypeId: 101,
		attendee: {
			name: 'Anna Kowalska',
			email: 'anna@example.com',
			phoneNumber: ANNA.phone,
			timeZone: ZONE,
			language: 'pl',
		},
		...more,
	});
const move = async (uid: string, hour: number) => await atCalCom(`/${uid}/reschedule`, { start: at(hour) });
const cancel = async (uid: string) => await atCalCom(`/${uid}/cancel`, { cancellationReason: 'Ill' });

/** The meeting, booked yesterday, comes and goes. */
async function endMeeting(uid: string, absent = false): Promise<void> {
	const yesterday = DateTime.utc().minus({ days: 1 }).toISO();
	await theHouse().editor.updateRows('frontdesk_leads', { statusAt: yesterday });
	await theHouse().editor.updateRows('frontdesk_appointments', { eventAt: yesterday });
	const booking = calcom().calendar.booking(uid);
	if (!booking) throw new Error(`There is no booking ${uid}`);
	const past = Date.now() - 60_000;
	Object.assign(booking, { start: past - 1_800_000, end: past });
	if (absent) for (const attendee of booking.attendees) attendee.absent = true;
	calcom().passTime();
	await calcom().webhooks.settled();
	await untilIdle();
}

/** Sends an event once more, or one that was held back. */
async function deliver(delivery: CalDelivery): Promise<number> {
	const status = await postByHand(delivery.url, delivery);
	await untilIdle();
	return status;
}

/** What Cal.com sends meanwhile is kept back, to be delivered later. */
async function holdingBack(act: () => Promise<unknown>): Promise<CalDelivery[]> {
	const { webhooks } = calcom();
	const before = webhooks.deliveries.length;
	const addresses = webhooks.webhooks.map((webhook) => webhook.subscriberUrl);
	for (const webhook of webhooks.webhooks) webhook.subscriberUrl = 'https://n8n.frontdesk.example/held-back';
	await act();
	webhooks.webhooks.forEach((webhook, index) => (webhook.subscriberUrl = addresses[index] ?? ''));
	return webhooks.deliveries.slice(before).map((delivery) => ({ ...delivery, url: addresses[0] ?? '' }));
}

describe('Follow bookings at Cal.com', () => {
	beforeEach(async () => {
		await untilIdle();
		await republish('calcom-events', () => theHouse().world.reset());
		await eventually(() => expect(calcom().webhooks.webhooks).toHaveLength(1));
		await theHouse().editor.changeSettings({ calcomNewLeads: 'yes' });
		await theHouse().editor.clearTables(...BOOKING_TABLES);
		await saveAnna({ language: 'en' });
	});

	afterAll(async () => await republish('calcom-events', () => theHouse().world.reset()));

	it('created: the lead is BOOKED with ID, link and time, the row is there, the client is told', async () => {
		const { uid } = await book(10);
		expect(await lead()).toMatchObject({
			status: 'BOOKED',
			bookingProvider: 'calcom',
			bookingId: uid,
			bookingUrl: `https://app.cal.com/booking/${uid}`,
		});
		expect(DateTime.fromISO(String((await lead())?.bookedAt)).toMillis()).toBe(Date.parse(at(10) ?? ''));
		expect(await rows('appointments')).toEqual([
			expect.objectContaining({
				provider: 'calcom',
				appointmentId: uid,
				leadKey: ANNA_KEY,
				status: 'confirmed',
			}),
		]);
		expect(sent().map(({ to, body }) => [to, body])).toEqual([
			[ANNA.phone, expect.stringContaining(`/booking/${uid}`) as string],
		]);
	});

	it('rescheduled: the new ID is followed, the old row points on, one notice of the move', async () => {
		const { uid: old } = await book(10);
		const { uid } = await move(old, 14);
		expect(await lead()).toMatchObject({ status: 'BOOKED', bookingId: uid });
		expect(DateTime.fromISO(String((await lead())?.bookedAt)).toMillis()).toBe(Date.parse(at(14) ?? ''));
		const appointments = await rows('appointments');
		expect(appointments).toHaveLength(2);
		expect(appointments).toContainEqual(
			expect.objectContaining({ appointmentId: old, status: 'rescheduled' }),
		);
		expect(appointments).toContainEqual(
			expect.objectContaining({ appointmentId: uid, status: 'confirmed', previousId: old }),
		);
		expect(sent()).toHaveLength(2);
		expect(sent()[1]?.body).toContain('moved');
	});

	it('cancelled: back to QUALIFIED, the booking ID kept, told once', async () => {
		const { uid } = await book(10);
		await cancel(uid);
		expect(await lead()).toMatchObject({ status: 'QUALIFIED', bookingId: uid });
		expect((await lead())?.bookedAt ?? null).toBeNull();
		expect(await rows('appointments')).toEqual([
			expect.objectContaining({ appointmentId: uid, status: 'cancelled' }),
		]);
		expect(sent()).toHaveLength(2);
		expect(sent()[1]?.body).toContain('cancelled');
		const moves = (await rows('lead_history')).filter(({ moved }) => moved);
		expect(moves.map(({ from, to, bookingId }) => [from, to, bookingId])).toEqual([
			['NEW', 'BOOKED', uid],
			['BOOKED', 'QUALIFIED', uid],
		]);
	});

	it.each<[string, boolean, string, string]>([
		['COMPLETED where the client came', false, 'COMPLETED', 'completed'],
		['back to QUALIFIED where nobody came', true, 'QUALIFIED', 'no_show'],
	])('meeting ended: %s, and no message', async (_, absent, status, appointment) => {
		const { uid } = await book(10);
		await endMeeting(uid, absent);
		expect(await lead()).toMatchObject({ status, bookingId: uid });
		expect(await rows('appointments')).toEqual([expect.objectContaining({ status: appointment })]);
		expect(sent()).toHaveLength(1);
	});

	it('does nothing for an event that comes again', async () => {
		const { uid: old } = await book(10);
		const { uid } = await move(old, 14);
		await cancel(uid);
		const before = [await lead(), await rows('appointments'), await rows('lead_history'), sent().length];
		for (const delivery of [...calcom().webhooks.deliveries]) expect(await deliver(delivery)).toBe(200);
		expect([await lead(), await rows('appointments'), await rows('lead_history'), sent().length]).toEqual(
			before,
		);
	});

	it('lets a late event change nothing: moved first, created after', async () => {
		let old = '';
		const held = await holdingBack(async () => {
			old = (await book(10)).uid;
		});
		const { uid } = await move(old, 14);
		for (const delivery of held) expect(await deliver(delivery)).toBe(200);
		expect(await lead()).toMatchObject({ status: 'BOOKED', bookingId: uid });
		expect(sent()).toHaveLength(1);
		expect(sent()[0]?.body).toContain('moved');
		const active = (await rows('appointments')).filter(({ status }) => status === 'confirmed');
		expect(active.map(({ appointmentId }) => appointmentId)).toEqual([uid]);
	});

	it('lets a late event change nothing: cancelled first, created after', async () => {
		let uid = '';
		const held = await holdingBack(async () => {
			({ uid } = await book(10));
		});
		await cancel(uid);
		for (const delivery of held) await deliver(delivery);
		expect(await rows('appointments')).toEqual([
			expect.objectContaining({ appointmentId: uid, status: 'cancelled' }),
		]);
		expect(sent().filter(({ body }) => body.includes('you are booked'))).toEqual([]);
	});

	it('never takes the cancellation of an old booking for the current one', async () => {
		const { uid: first } = await book(10);
		const { uid: second } = await book(14);
		await cancel(first);
		expect(await lead()).toMatchObject({ status: 'BOOKED', bookingId: second });
		expect(await rows('appointments')).toContainEqual(
			expect.objectContaining({ appointmentId: first, status: 'cancelled' }),
		);
	});

	const stranger = {
		name: 'Jan Nowak',
		email: 'jan@example.com',
		phoneNumber: '+48602222222',
		timeZone: ZONE,
		language: 'pl',
	};
	it('makes a lead of whoever books on the page, in the language chosen there', async () => {
		const { uid } = await book(11, { attendee: stranger });
		expect(await rows('leads')).toContainEqual(
			expect.objectContaining({
				leadKey: 'phone:+48602222222',
				name: 'Jan Nowak',
				language: 'pl',
				source: 'calcom',
				status: 'BOOKED',
				bookingId: uid,
			}),
		);
		expect(sent()[0]?.body).toContain('rezerwacja');
	});

	it('keeps the row alone where the settings want no leads from there', async () => {
		await theHouse().editor.changeSettings({ calcomNewLeads: 'no' });
		const { uid } = await book(11, { attendee: stranger });
		expect(await rows('leads')).toHaveLength(1);
		expect(await rows('appointments')).toEqual([
			expect.objectContaining({ appointmentId: uid, clientName: 'Jan Nowak' }),
		]);
	});

	it('fails visibly where the booking cannot be read at its end, and keeps the lead', async () => {
		const { uid } = await book(10);
		const down = { status: 500, headers: { 'content-type': 'text/plain' }, body: 'Internal Server Error' };
		const booking = calcom().calendar.booking(uid);
		Object.assign(booking ?? {}, { start: Date.now() - 1_860_000, end: Date.now() - 60_000 });
		theHouse().world.misbehave(
			'calcom',
			...Array.from({ length: 30 }, () => ({ kind: 'answer' as const, response: down })),
		);
		calcom().passTime();
		await calcom().webhooks.settled();
		await eventually(async () => expect((await executionsOf('calcom-events'))[0]?.status).toBe('error'), 120);
		expect(await lastErrorOf('calcom-events')).toContain('An event of Cal.com was not followed');
		expect(await lead()).toMatchObject({ status: 'BOOKED' });
	});

	it('turns a forged event away', async () => {
		const { uid } = await book(10);
		const [created] = calcom().webhooks.deliveries;
		if (!created) throw new Error('Cal.com sent nothing');
		const before = (await executionsOf('calcom-events')).length;
		const forged = { ...created, body: created.body.replace('BOOKING_CREATED', 'BOOKING_CANCELLED') };
		expect(await deliver(forged)).toBe(401);
		expect(await executionsOf('calcom-events')).toHaveLength(before);
		expect(await lead()).toMatchObject({ status: 'BOOKED', bookingId: uid });
	});
});
