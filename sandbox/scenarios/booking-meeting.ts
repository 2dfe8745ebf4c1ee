import { DateTime } from 'luxon';
import type { House } from '../src/house';
import { quickReplies, say, tap } from '../src/chat';
import { countedSince, itemsOf, mailsTo, textsTo } from '../src/outbox';
import { runAt } from '../src/run';
import { sampleDigits, sampleLead, workday, ZONE } from '../src/sample';
import { hasRow, inParts, quote, stateOf, untilArrived, type Line, type Scenario } from '../src/scenario';

const EVENTS = 'chat-events/chatfuel';
const TIMES = 'booking-availability/chatfuel';
const BOOK = 'booking-create/chatfuel';

/** What the bot knows of its visitor. */
type Visitor = Record<string, unknown>;

const phoneOf = ({ phone }: Visitor) => String(phone).replace(/[^+\d]/g, '');
const startOf = (visitor: Visitor) => DateTime.fromISO(String(visitor['booking start']), { zone: ZONE });

const isInBooksy = (house: House, visitor: Visitor) =>
	stateOf<Array<{ appointments: Array<Record<string, unknown>> }>>(house, 'booksy').some(({ appointments }) =>
		appointments.some(
			(one) =>
				String(one.id) === visitor['booking id'] &&
				one.customer_phone === phoneOf(visitor) &&
				one.booked_from === startOf(visitor).toFormat("yyyy-MM-dd'T'HH:mm") &&
				one.status === 'A',
		),
	);

/** One item with everything that the board has columns for. */
function isAtMonday(house: House, visitor: Visitor): boolean {
	const [item, second] = itemsOf(house, String(visitor.email));
	if (!item || second) return false;
	const written = JSON.stringify(item.columns);
	return (
		item.name === visitor.name &&
		item.columns.Status === 'Umówiony' &&
		item.columns.Godzina === startOf(visitor).toFormat('HH:mm') &&
		[startOf(visitor).toISODate(), phoneOf(visitor).slice(1), visitor.topic, visitor.package].every((text) =>
			written.includes(String(text)),
		)
	);
}

/** The visitor begins to talk, and asks for times. */
async function asksForTimes(house: House, visitor: Visitor): Promise<Line[]> {
	const since = new Date();
	for (const path of [EVENTS, TIMES, BOOK]) await house.untilListening(path);
	await say(house, EVENTS, { ...visitor, action: 'StartConversation', label: 'Website' });
	const turn = await say(house, TIMES, visitor);
	const offered = quickReplies(turn);
	tap(visitor, offered[1]);
	return await untilArrived(house, () => [
		{
			where: 'GA4',
			what: 'event conversation_started',
			arrived: countedSince(house, since, 'conversation_started') === 1,
		},
		{
			where: 'Chatfuel',
			what: `answer ${quote(turn.shown[0])}, with ${offered.length} times to tap on`,
			arrived: turn.faults.length === 0 && offered.length > 1,
		},
	]);
}

/** The visitor has tapped on a time. */
async function books(house: House, visitor: Visitor): Promise<Line[]> {
	const since = new Date();
	const { shown, faults } = await say(house, BOOK, visitor);
	const leadKey = `phone:${phoneOf(visitor)}`;
	const bookingId = visitor['booking id'];
	const time = startOf(visitor).toFormat('HH:mm');
	const email = String(visitor.email);
	return await untilArrived(house, async () => [
		{
			where: 'Chatfuel',
			what: `answer ${quote(shown[0])}`,
			arrived: faults.length === 0 && Boolean(shown[0]?.includes(time)),
		},
		{
			where: 'Booksy',
			what: `meeting with ${visitor.name}, ${startOf(visitor).toFormat('d LLLL, HH:mm')}`,
			arrived: isInBooksy(house, visitor),
		},
		{
			where: 'n8n',
			what: 'lead BOOKED, with the ID of the meeting',
			arrived: await hasRow(house, 'leads', { leadKey, bookingId, status: 'BOOKED' }),
		},
		{
			where: 'n8n',
			what: 'appointment confirmed',
			arrived: await hasRow(house, 'appointments', {
				leadKey,
				appointmentId: bookingId,
				status: 'confirmed',
			}),
		},
		{
			where: 'monday.com',
			what: `one item "${visitor.name}" with contact, topic, package, day and time; status Umówiony`,
			arrived: isAtMonday(house, visitor),
		},
		{
			where: 'GA4',
			what: 'event meeting_booked',
			arrived: countedSince(house, since, 'meeting_booked') === 1,
		},
		{
			where: 'SendGrid',
			what: `one e-mail to ${email}`,
			arrived: mailsTo(house, email).filter(({ text }) => text.includes(time)).length === 1,
		},
		{
			where: 'Twilio',
			what: `one SMS to ${phoneOf(visitor)}`,
			arrived: textsTo(house, phoneOf(visitor)).filter((text) => text.includes(time)).length === 1,
		},
	]);
}

/** It is the day before the meeting. */
async function isReminded(house: House, visitor: Visitor): Promise<Line[]> {
	await runAt(house, 'appointment-reminders', String(startOf(visitor).minus({ hours: 23 }).toISO()));
	const isReminder = (text: string) =>
		text.includes('przypominamy') && text.includes(startOf(visitor).toFormat('HH:mm'));
	return await untilArrived(house, () => [
		{
			where: 'Twilio',
			what: 'one reminder by SMS the day before',
			arrived: textsTo(house, phoneOf(visitor)).filter(isReminder).length === 1,
		},
	]);
}

/** A visitor of the Chatfuel bot books a meeting. */
export const scenario: Scenario = {
	title: 'Book a meeting in the chat',
	play: async (house) => {
		const digits = sampleDigits();
		const visitor: Visitor = {
			...sampleLead(),
			'messenger user id': `1000000001${digits}`,
			name: 'Piotr Nowak',
			email: `piotr.${digits}@example.com`,
			phone: `+48 602 ${digits.slice(0, 3)} ${digits.slice(3)}`,
			'time zone': ZONE,
			'booking date': workday(3, 0).toISODate(),
		};
		return await inParts(
			() => asksForTimes(house, visitor),
			() => books(house, visitor),
			() => isReminded(house, visitor),
		);
	},
};
