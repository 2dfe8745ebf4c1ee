import { DateTime } from 'luxon';
import type { CalComSimulator } from '../../sandbox/simulators/calcom';
import type { TwilioSimulator } from '../../sandbox/simulators/twilio';
import { callFlowOnce } from '../support/callFlow';
import { executionsOf, lastErrorOf, startAfresh, untilIdle } from '../support/executions';
import { eventually, simulated, theHouse } from '../support/house';
import { republish } from '../support/temporary';
import { ANNA, ANNA_KEY, BOOKING_TABLES, FREE_DAY, lead, saveAnna } from '../support/salon';

const WEBHOOK = 'lead-qualified/twilio';
const OURS = '+15005550006';
const ZONE = 'Europe/Warsaw';

const at = (time: string, day = FREE_DAY) => DateTime.fromISO(`${day.toISODate()}T${time}`, { zone: ZONE });

const twilio = () => simulated<TwilioSimulator>('twilio');
const bookings = () => simulated<CalComSimulator>('calcom').calendar.bookings;
const starts = () => bookings().map(({ start }) => DateTime.fromMillis(start, { zone: ZONE }).toISO());
const sent = () =>
	twilio()
		.state()
		.messages.filter(({ direction }) => direction !== 'inbound');

const receive = (text: string, from = ANNA.phone, to = OURS) => twilio().receive(from, to, text);

/** A client writes to us, and everything that follows is over. */
async function say(text: string, from?: string, to?: string): Promise<void> {
	receive(text, from, to);
	await twilio().settled();
	await untilIdle();
}

/** Somebody else has the time already. */
function take(start: DateTime): void {
	const { calendar } = simulated<CalComSimulator>('calcom');
	const { number, text } = calendar.nextId('booking');
	calendar.bookings.push({
		id: number,
		uid: text,
		eventTypeId: 101,
		status: 'accepted',
		start: start.toMillis(),
		end: start.plus({ minutes: 30 }).toMillis(),
		attendees: [
			{ name: 'Somebody', email: 'else@example.com', timeZone: ZONE, language: 'en', absent: false },
		],
		guests: [],
		metadata: {},
		answers: {},
		location: 'integrations:daily',
		absentHost: false,
		createdAt: Date.now(),
		updatedAt: Date.now(),
		endSent: false,
	});
}

describe("Book a lead's appointment from a reply", () => {
	beforeAll(() => {
		twilio().configure(OURS, theHouse().publicWebhook(WEBHOOK));
		twilio().configure(`whatsapp:${OURS}`, theHouse().publicWebhook(WEBHOOK));
	});

	afterAll(() => {
		twilio().configure(OURS, '');
		twilio().configure(`whatsapp:${OURS}`, '');
	});

	beforeEach(async () => {
		await startAfresh(...BOOKING_TABLES, 'frontdesk_messages');
		await saveAnna({ language: 'en' });
	});

	it('books the time asked for, moves the lead to BOOKED by way of QUALIFIED, and sends the link', async () => {
		await say(`How about ${FREE_DAY.toISODate()} at 15:00?`);
		expect(starts()).toEqual([at('15:00').toISO()]);
		const [booking] = bookings();
		expect(booking?.metadata).toEqual({ leadKey: ANNA_KEY });
		expect(booking?.attendees).toEqual([
			expect.objectContaining({ name: 'Anna Kowalska', email: 'anna@example.com', phoneNumber: ANNA.phone }),
		]);
		expect(await lead()).toMatchObject({
			status: 'BOOKED',
			bookingProvider: 'calcom',
			bookingId: booking?.uid,
			bookingUrl: expect.stringContaining(booking?.uid ?? '-') as string,
		});
		const history = await theHouse().editor.rows('frontdesk_lead_history');
		expect(history).toEqual([
			expect.objectContaining({ from: 'NEW', to: 'QUALIFIED', moved: true }),
			expect.objectContaining({ from: 'QUALIFIED', to: 'BOOKED', moved: true }),
		]);
		expect(await theHouse().editor.rows('frontdesk_appointments')).toEqual([
			expect.objectContaining({
				provider: 'calcom',
				appointmentId: booking?.uid,
				leadKey: ANNA_KEY,
				status: 'confirmed',
			}),
		]);
		expect(sent()).toHaveLength(1);
		expect(sent()[0]).toMatchObject({ to: ANNA.phone });
		expect(sent()[0]?.body).toContain(`/booking/${booking?.uid}`);
		expect(sent()[0]?.body).toMatch(/(15:00|3:00)/);
	});

	it('books the first free time where none is asked for', async () => {
		await say('Yes please');
		expect(starts()).toHaveLength(1);
		const [first] = starts();
		const notice = DateTime.now().setZone(ZONE).plus({ minutes: 59 });
		expect(DateTime.fromISO(first ?? '') >= notice).toBe(true);
		expect(DateTime.fromISO(first ?? '') < notice.plus({ days: 3 })).toBe(true);
	});

	it('takes the next free time after the one asked for when that is not free', async () => {
		take(at('15:00'));
		await say(`${FREE_DAY.toISODate()} 15:00`);
		expect(starts()).toEqual([at('15:00').toISO(), at('15:30').toISO()]);
	});

	it('takes the next one when somebody is faster between looking and booking', async () => {
		const refusal = {
			status: 'error',
			timestamp: new Date().toISOString(),
			path: '/v2/bookings',
			error: {
				code: 'BadRequestException',
				message: 'User either already has booking at this time or is not available',
				details: {},
			},
		};
		const json = { 'content-type': 'application/json' };
		theHouse().world.misbehave(
			'calcom',
			{ kind: 'latency', milliseconds: 1 },
			{ kind: 'answer', response: { status: 400, headers: json, body: refusal } },
		);
		await say(`${FREE_DAY.toISODate()} 15:00`);
		expect(starts()).toEqual([at('15:30').toISO()]);
		expect(sent()).toHaveLength(1);
		expect(await lead()).toMatchObject({ status: 'BOOKED' });
	});

	it('asks for the e-mail address, remembers the time, and books it when the address comes', async () => {
		await theHouse().editor.clearTables('frontdesk_leads');
		await saveAnna({ language: 'en', email: '' });
		await say(`${FREE_DAY.toISODate()} 15:00`);
		expect(bookings()).toEqual([]);
		expect(await lead()).toMatchObject({ status: 'QUALIFIED' });
		expect(sent().map(({ body }) => body)).toEqual([expect.stringContaining('e-mail')]);
		await say('anna@example.com');
		expect(starts()).toEqual([at('15:00').toISO()]);
		expect(await lead()).toMatchObject({ status: 'BOOKED', email: 'anna@example.com' });
	});

	it('does not book twice: neither for a lead who is booked, nor for two messages at once', async () => {
		receive(`${FREE_DAY.toISODate()} 15:00`);
		receive('or 16:00');
		await twilio().settled();
		await untilIdle();
		expect(bookings()).toHaveLength(1);
		await say('Thank you!');
		await say('And Friday 10:00?');
		expect(bookings()).toHaveLength(1);
		expect(sent().map(({ body }) => body)).toEqual([
			expect.stringContaining('you are booked at'),
			expect.stringContaining('you are booked for'),
		]);
	});

	it('handles a message that Twilio delivers twice once', async () => {
		await say(`${FREE_DAY.toISODate()} 15:00`);
		const [delivery] = twilio().deliveries;
		if (!delivery) throw new Error('Twilio delivered nothing');
		twilio().redeliver({
			...delivery,
			headers: { ...delivery.headers, 'i-twilio-idempotency-token': 'other' },
		});
		await twilio().settled();
		await untilIdle();
		expect(bookings()).toHaveLength(1);
		expect(sent()).toHaveLength(1);
	});

	it('leaves somebody whose booking was cancelled alone until they ask for a time', async () => {
		await say(`${FREE_DAY.toISODate()} 15:00`);
		const cancelled = { to: 'QUALIFIED', at: new Date().toISOString(), reason: 'Cancelled' };
		const { bookingId } = (await lead()) as { bookingId: string };
		await callFlowOnce('lead-status', {
			tenant: 'main',
			leadKey: ANNA_KEY,
			bookingProvider: 'calcom',
			bookingId,
			...cancelled,
		});
		const before = sent().length;
		await say('Okay, thanks');
		expect([bookings().length, sent().length]).toEqual([1, before]);
		await say(`${FREE_DAY.toISODate()} 16:00`);
		expect(bookings()).toHaveLength(2);
	});

	it('books nothing for a refusal', async () => {
		await saveAnna({ language: 'uk' });
		await say('Ні, дякую');
		expect(bookings()).toEqual([]);
		expect(await lead()).toMatchObject({ status: 'NEW' });
		expect(sent().map(({ body }) => body)).toEqual([expect.stringContaining('Добре, Anna Kowalska')]);
	});

	it('ends messages on an opt-out word, confirms it, and writes no more until allowed', async () => {
		await saveAnna({ language: 'ru' });
		await say('СТОП!', `whatsapp:${ANNA.phone}`, `whatsapp:${OURS}`);
		expect(await lead()).toMatchObject({ optOut: 'all' });
		expect(sent()).toHaveLength(1);
		expect(sent()[0]?.to).toBe(`whatsapp:${ANNA.phone}`);
		expect(bookings()).toEqual([]);
		const { delivered } = await callFlowOnce<{ delivered: boolean }>('notify', {
			tenant: 'main',
			notificationKey: 'test:after-opt-out',
			leadKey: ANNA_KEY,
			template: 'bookingLater',
			values: {},
			channels: '',
			marketing: false,
			contact: {},
		});
		expect(delivered).toBe(false);
		expect(sent()).toHaveLength(1);
		await say('START', `whatsapp:${ANNA.phone}`, `whatsapp:${OURS}`);
		expect(await lead()).toMatchObject({ optOut: 'none' });
		expect(sent()).toHaveLength(2);
	});

	it('answers on the channel the client wrote on, where they have chosen none', async () => {
		await theHouse().editor.clearTables('frontdesk_leads');
		await saveAnna({ language: 'en', preferredChannel: '' });
		await say(`${FREE_DAY.toISODate()} 15:00`, `whatsapp:${ANNA.phone}`, `whatsapp:${OURS}`);
		expect(sent().map(({ to }) => to)).toEqual([`whatsapp:${ANNA.phone}`]);
	});

	it('leaves strangers alone', async () => {
		await say('Hello? 15:00', '+48609999999');
		expect(sent()).toEqual([]);
		expect(bookings()).toEqual([]);
		expect(await theHouse().editor.rows('frontdesk_leads')).toHaveLength(1);
	});

	it('promises to be in touch and fails visibly when Cal.com is down, the lead kept as QUALIFIED', async () => {
		const down = { status: 500, headers: { 'content-type': 'text/plain' }, body: 'Internal Server Error' };
		theHouse().world.misbehave(
			'calcom',
			...Array.from({ length: 20 }, () => ({ kind: 'answer' as const, response: down })),
		);
		receive(`${FREE_DAY.toISODate()} 15:00`);
		await twilio().settled();
		await eventually(async () => expect((await executionsOf('lead-qualified'))[0]?.status).toBe('error'), 90);
		expect(await lastErrorOf('lead-qualified')).toContain(ANNA_KEY);
		expect(await lead()).toMatchObject({ status: 'QUALIFIED' });
		expect(sent().map(({ body }) => body)).toEqual([expect.stringContaining('write to you soon')]);
		expect(bookings()).toEqual([]);
	});

	it('tells the client once where Cal.com reports the new booking as well', async () => {
		await republish('calcom-events', () => theHouse().world.reset());
		await eventually(() => expect(simulated<CalComSimulator>('calcom').webhooks.webhooks).toHaveLength(1));
		await say(`${FREE_DAY.toISODate()} 15:00`);
		await simulated<CalComSimulator>('calcom').webhooks.settled();
		await untilIdle();
		expect(await executionsOf('calcom-events')).not.toEqual([]);
		expect(sent()).toHaveLength(1);
		expect(await theHouse().editor.rows('frontdesk_appointments')).toHaveLength(1);
	});
});
