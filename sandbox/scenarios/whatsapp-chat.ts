import { DateTime } from 'luxon';
import type { CalendlySimulator } from '../simulators/calendly';
import type { CalendlyEvent } from '../simulators/calendly-calendar';
import type { OpenAiSimulator } from '../simulators/openai';
import type { TwilioSimulator } from '../simulators/twilio';
import type { House } from '../src/house';
import { textsTo } from '../src/outbox';
import { sampleDigits, workday, ZONE } from '../src/sample';
import {
	hasRow,
	inParts,
	inTime,
	PATIENCE_SECONDS,
	quote,
	rows,
	untilArrived,
	type Line,
	type Scenario,
} from '../src/scenario';

const PATH = 'whatsapp-assistant/twilio';
const OUR_SENDER = 'whatsapp:+15005550006';

/** Somebody who writes to the business on WhatsApp. */
interface Customer {
	name: string;
	email: string;
	phone: string;
}

const calendly = (house: House) => house.provider<CalendlySimulator>('calendly');
const twilio = (house: House) => house.provider<TwilioSimulator>('twilio');
const keyOf = ({ phone }: Customer) => `phone:${phone}`;
const textsOf = (house: House, { phone }: Customer) => textsTo(house, `whatsapp:${phone}`);
const momentOf = ({ start }: CalendlyEvent) => DateTime.fromMillis(start, { zone: ZONE });

const eventsOf = (house: House, { phone, email }: Customer): CalendlyEvent[] =>
	calendly(house)
		.state()
		.events.filter(({ invitees }) => invitees.some((one) => one.phone === phone && one.email === email));
const eventOf = (house: House, customer: Customer) =>
	eventsOf(house, customer).find(({ status }) => status === 'active');

/** Writes a message and waits for what comes back. @returns it, empty where nothing came in time */
async function write(house: House, customer: Customer, text: string): Promise<string> {
	const before = textsOf(house, customer).length;
	twilio(house).receive(`whatsapp:${customer.phone}`, OUR_SENDER, text, { name: customer.name });
	await inTime(() => textsOf(house, customer).length > before);
	await house.untilIdle(PATIENCE_SECONDS);
	return textsOf(house, customer)[before] ?? '';
}

/** The customer says what she wants in her own words; a number chooses one of the times on offer. */
async function asks(house: House, customer: Customer): Promise<Line[]> {
	const said = ['Hola', `Quiero una cita para una consulta el ${workday(3, 0).toISODate()}`];
	const greeting = await write(house, customer, said[0] ?? '');
	const offer = await write(house, customer, said[1] ?? '');
	const question = await write(house, customer, '2');
	const { conversations } = house.provider<OpenAiSimulator>('openai').state();
	const wasRead = (text: string) =>
		conversations.some(({ ask }) => ask.messages.at(-1)?.text.endsWith(`Customer: ${text}`));
	return [
		{ where: 'OpenAI', what: 'reads what the customer writes', arrived: said.every(wasRead) },
		{ where: 'Twilio', what: quote(greeting), arrived: greeting.startsWith('¡Hola! Soy el asistente') },
		{ where: 'Twilio', what: quote(offer), arrived: /1\) .*\n2\) .*\n3\) /.test(offer) },
		{ where: 'Twilio', what: quote(question), arrived: question.includes('correo electrónico') },
	];
}

/** The last thing that was missing. */
async function books(house: House, customer: Customer): Promise<Line[]> {
	await write(house, customer, customer.email);
	const leadKey = keyOf(customer);
	const conversationKey = `whatsapp:${customer.phone}`;
	return await untilArrived(house, async () => {
		const [event, second] = eventsOf(house, customer);
		const bookingId = event?.uuid;
		const moment = event && momentOf(event);
		const confirmed = textsOf(house, customer).filter((text) => text.includes('https://calendly.com/'));
		const messages = await rows(house, 'messages', { conversationKey });
		return [
			{
				where: 'Calendly',
				what: `consultation with ${customer.name}${moment?.toFormat(', d LLLL, HH:mm') ?? ''}`,
				arrived: event?.status === 'active' && event.invitees[0]?.name === customer.name && !second,
			},
			{
				where: 'Twilio',
				what: `one confirmation: ${quote(confirmed[0])}`,
				arrived: confirmed.length === 1 && Boolean(confirmed[0]?.includes(moment?.toFormat('HH:mm') ?? '-')),
			},
			{
				where: 'n8n',
				what: 'lead BOOKED, speaks Spanish',
				arrived: await hasRow(house, 'leads', { leadKey, bookingId, status: 'BOOKED', language: 'es' }),
			},
			{
				where: 'n8n',
				what: 'appointment confirmed',
				arrived: await hasRow(house, 'appointments', {
					...{ leadKey, provider: 'calendly', appointmentId: bookingId, status: 'confirmed' },
				}),
			},
			{
				where: 'n8n',
				what: 'the conversation: 4 messages, 4 answers, and how sure the model was',
				arrived:
					messages.map(({ direction }) => direction).join(' ') === 'in out in out in out in out' &&
					messages.every(({ intent, confidence }) => Boolean(intent) && Number(confidence) > 0),
			},
		];
	});
}

/** She moves the appointment on Calendly's page. */
async function moves(house: House, customer: Customer): Promise<Line[]> {
	const old = eventOf(house, customer);
	const { calendar, bookings } = calendly(house);
	const type = calendar.eventType(old?.typeUuid ?? '');
	if (!old || !type) throw new Error(`Calendly has no appointment of ${customer.name}`);
	const [later] = calendar.starts(type, old.end, momentOf(old).plus({ days: 3 }).toMillis());
	const { eventUuid } = bookings.rescheduleOnPage(old.uuid, later?.start ?? 0);
	const leadKey = keyOf(customer);
	const time = DateTime.fromMillis(later?.start ?? 0, { zone: ZONE }).toFormat('HH:mm');
	return await untilArrived(house, async () => {
		const notices = textsOf(house, customer).filter((text) => text.includes('se ha cambiado'));
		return [
			{
				where: 'n8n',
				what: 'appointment at the new time, the old one rescheduled',
				arrived:
					(await hasRow(house, 'appointments', { appointmentId: old.uuid, status: 'rescheduled' })) &&
					(await hasRow(house, 'appointments', {
						...{ leadKey, appointmentId: eventUuid, previousId: old.uuid, status: 'confirmed' },
					})) &&
					(await hasRow(house, 'leads', { leadKey, bookingId: eventUuid, status: 'BOOKED' })),
			},
			{
				where: 'Twilio',
				what: `one notice: ${quote(notices[0])}`,
				arrived: notices.length === 1 && Boolean(notices[0]?.includes(time)),
			},
		];
	});
}

/** The business cancels it at Calendly. */
async function isCancelled(house: House, customer: Customer): Promise<Line[]> {
	const { uuid = '' } = eventOf(house, customer) ?? {};
	calendly(house).bookings.cancel(uuid, { reason: 'Enfermedad' });
	const leadKey = keyOf(customer);
	return await untilArrived(house, async () => {
		const notices = textsOf(house, customer).filter((text) => text.includes('está cancelada'));
		return [
			{
				where: 'n8n',
				what: 'appointment cancelled, lead back at QUALIFIED',
				arrived:
					(await hasRow(house, 'appointments', { appointmentId: uuid, status: 'cancelled' })) &&
					(await hasRow(house, 'leads', { leadKey, status: 'QUALIFIED' })),
			},
			{ where: 'Twilio', what: `one notice: ${quote(notices[0])}`, arrived: notices.length === 1 },
		];
	});
}

/** A customer books by WhatsApp; then Calendly tells of changes. */
export const scenario: Scenario = {
	title: 'Book by WhatsApp, in plain words',
	play: async (house) => {
		const digits = sampleDigits();
		const customer = { name: 'Lucía Gómez', email: `lucia.${digits}@example.com`, phone: `+34600${digits}` };
		await house.untilListening(PATH, 'POST');
		twilio(house).configure(OUR_SENDER, house.publicWebhook(PATH));
		return await inParts(
			() => asks(house, customer),
			() => books(house, customer),
			() => moves(house, customer),
			() => isCancelled(house, customer),
		);
	},
};
