import axios from 'axios';
import { DateTime } from 'luxon';
import type { CalBooking } from '../simulators/calcom-calendar';
import type { CalComSimulator } from '../simulators/calcom';
import { WEBSITE_HEADERS } from '../simulators/operator';
import type { TwilioSimulator } from '../simulators/twilio';
import type { House } from '../src/house';
import { textsTo } from '../src/outbox';
import { sampleDigits, workday, ZONE } from '../src/sample';
import { hasRow, inParts, quote, rows, untilArrived, type Line, type Scenario } from '../src/scenario';

const INTAKE = 'lead-intake';
const REPLIES = 'lead-qualified/twilio';
const OUR_NUMBER = '+15005550006';

/** Somebody who fills in the form of the website. */
interface Lead {
	name: string;
	email: string;
	phone: string;
}

const calcom = (house: House) => house.provider<CalComSimulator>('calcom');
const keyOf = ({ phone }: Lead) => `phone:${phone}`;
const bookingOf = (house: House, lead: Lead): CalBooking | undefined =>
	calcom(house).calendar.bookings.find(({ metadata }) => metadata.leadKey === keyOf(lead));

/** Whether Cal.com told n8n of this, and n8n took it. */
const wasTold = (house: House, trigger: string, { uid }: CalBooking) =>
	calcom(house)
		.state()
		.deliveries.some((one) => one.trigger === trigger && one.body.includes(uid) && one.status === 200);

/** The steps that a lead's status has made, such as "NEW CONTACTED". */
async function pathOf(house: House, lead: Lead): Promise<string> {
	const moves = await rows(house, 'lead_history', { leadKey: keyOf(lead), moved: true });
	return [moves[0]?.from, ...moves.map(({ to }) => to)].join(' ');
}

/** The website sends who has filled in its form. */
async function isContacted(house: House, lead: Lead): Promise<Line[]> {
	await house.untilListening(INTAKE, 'POST');
	const body = { ...lead, channel: 'web', language: 'ru', consent: { gdpr: true, marketing: false } };
	const { status, data } = await axios.post<{ leadKey?: string }>(house.webhook(INTAKE), body, {
		headers: WEBSITE_HEADERS,
		proxy: false,
		validateStatus: () => true,
	});
	const texts = () => textsTo(house, lead.phone);
	return await untilArrived(house, async () => [
		{
			where: 'Website',
			what: `answer ${status}, with the lead's key`,
			arrived: status === 201 && data.leadKey === keyOf(lead),
		},
		{
			where: 'Twilio',
			what: `SMS ${quote(texts()[0])}`,
			arrived: texts().length === 1 && Boolean(texts()[0]?.includes(lead.name)),
		},
		{
			where: 'n8n',
			what: 'lead NEW, then CONTACTED',
			arrived:
				(await hasRow(house, 'leads', { leadKey: keyOf(lead), status: 'CONTACTED' })) &&
				(await pathOf(house, lead)) === 'NEW CONTACTED',
		},
	]);
}

/** The lead answers with a day and a time. */
async function isBooked(house: House, lead: Lead): Promise<Line[]> {
	await house.untilListening(REPLIES, 'POST');
	const twilio = house.provider<TwilioSimulator>('twilio');
	twilio.configure(OUR_NUMBER, house.publicWebhook(REPLIES));
	const wanted = workday(5, 15);
	twilio.receive(lead.phone, OUR_NUMBER, `Давайте ${wanted.toFormat('d.LL.')} в 15:00`);
	const receipt = async () => {
		const booking = bookingOf(house, lead);
		const { uid = '', start = 0 } = booking ?? {};
		const moment = DateTime.fromMillis(start, { zone: ZONE });
		const links = textsTo(house, lead.phone).filter((text) => text.includes(`/booking/${uid}`));
		const facts = { bookingId: uid, bookingUrl: `https://app.cal.com/booking/${uid}` };
		return [
			{
				where: 'Cal.com',
				what: `meeting with ${lead.name}${booking ? moment.toFormat(', d LLLL, HH:mm') : ''}`,
				// Whoever was there before has the time; then it is the next free one.
				arrived:
					moment >= wanted && moment.hasSame(wanted, 'day') && booking?.attendees[0]?.email === lead.email,
			},
			{
				where: 'n8n',
				what: 'lead QUALIFIED, then BOOKED, with ID and link of the meeting',
				arrived:
					(await hasRow(house, 'leads', { leadKey: keyOf(lead), status: 'BOOKED', ...facts })) &&
					(await pathOf(house, lead)) === 'NEW CONTACTED QUALIFIED BOOKED',
			},
			{
				where: 'n8n',
				what: 'appointment confirmed, as Cal.com told',
				arrived:
					booking !== undefined &&
					wasTold(house, 'BOOKING_CREATED', booking) &&
					(await hasRow(house, 'appointments', { appointmentId: uid, status: 'confirmed' })),
			},
			{
				where: 'Twilio',
				what: `one SMS with the link: ${quote(links[0])}`,
				arrived: links.length === 1 && Boolean(links[0]?.includes(moment.toFormat('HH:mm'))),
			},
		];
	};
	return await untilArrived(house, receipt);
}

/** The meeting takes place: half an hour passes at Cal.com, and the meeting has just ended. */
async function meets(house: House, lead: Lead): Promise<Line[]> {
	const booking = bookingOf(house, lead);
	if (!booking) throw new Error(`Cal.com has no meeting with ${lead.name}`);
	const now = Date.now();
	Object.assign(booking, { start: now - (booking.end - booking.start), end: now });
	calcom(house).passTime();
	return await untilArrived(house, async () => [
		{
			where: 'n8n',
			what: 'lead COMPLETED, as Cal.com told of the end',
			arrived:
				wasTold(house, 'MEETING_ENDED', booking) &&
				(await hasRow(house, 'leads', { leadKey: keyOf(lead), status: 'COMPLETED' })) &&
				(await pathOf(house, lead)) === 'NEW CONTACTED QUALIFIED BOOKED COMPLETED',
		},
		{
			where: 'n8n',
			what: 'appointment completed',
			arrived: await hasRow(house, 'appointments', { appointmentId: booking.uid, status: 'completed' }),
		},
		{ where: 'Twilio', what: 'no further SMS', arrived: textsTo(house, lead.phone).length === 2 },
	]);
}

/** A lead comes by the website, and goes all the way to a meeting. */
export const scenario: Scenario = {
	title: 'Take a lead from the website to a meeting',
	play: async (house) => {
		const digits = sampleDigits();
		const lead = { name: 'Иван Петров', email: `ivan.${digits}@example.com`, phone: `+79991${digits}` };
		return await inParts(
			() => isContacted(house, lead),
			() => isBooked(house, lead),
			() => meets(house, lead),
		);
	},
};
