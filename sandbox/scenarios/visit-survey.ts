import axios from 'axios';
import { DateTime } from 'luxon';
import type { AltegioSimulator } from '../simulators/altegio';
import type { InstagramSimulator } from '../simulators/instagram';
import { STAFF_TOOL_HEADERS } from '../simulators/operator';
import type { House } from '../src/house';
import { textsTo } from '../src/outbox';
import { runAt, runByHand } from '../src/run';
import { sampleDigits, ZONE } from '../src/sample';
import {
	hasRow,
	inParts,
	PATIENCE_SECONDS,
	quote,
	untilArrived,
	type Line,
	type Scenario,
} from '../src/scenario';

const ANSWERS = 'survey-answers-instagram/instagram';
const TOOL = 'clients/by-instagram';
const OKSANA = { id: 556, name: 'Oksana Melnyk' };
const HAIRCUT = { id: 331, name: 'Haircut', price: 120 };

/** A client of the salon, whose card in Altegio holds the Instagram username before @gmail.com. */
interface Client {
	name: string;
	surname: string;
	phone: string;
	username: string;
	igsid: string;
}

const altegio = (house: House) => house.provider<AltegioSimulator>('altegio');
const instagram = (house: House) => house.provider<InstagramSimulator>('instagram');
const fullName = ({ name, surname }: Client) => `${name} ${surname}`;

/** The last noon: a time for questions, and past, so that answers come after it. */
const noon = () => {
	const now = DateTime.now().setZone(ZONE);
	const today = now.startOf('day').set({ hour: 12 });
	return today < now ? today : today.minus({ days: 1 });
};

/** The staff writes an appointment of an hour and a half into the calendar. @returns its ID */
function appoint(house: House, { name, surname, phone, username }: Client, start: DateTime): number {
	const client = { name, surname, phone, email: `${username}@gmail.com` };
	const body = { staff_id: OKSANA.id, services: [{ id: HAIRCUT.id }], client, datetime: start.toISO() };
	return altegio(house).records.create({ ...body, save_if_busy: true }, false).id;
}

const messagesTo = (house: House, { igsid }: Client) =>
	instagram(house)
		.state()
		.messages.filter((message) => message.igsid === igsid && !message.incoming);

/** The visit stood in the calendar before anybody listened; now it is over. */
async function visits(house: House, client: Client): Promise<Line[]> {
	const { hooks, records } = altegio(house);
	const listening = hooks.hooks;
	hooks.hooks = [];
	const start = noon().minus({ days: 1, hours: 3 });
	const id = appoint(house, client, start);
	hooks.hooks = listening;
	await runByHand(house, 'visits-sync', 'When run by hand');
	const row = { provider: 'altegio', appointmentId: String(id), instagram: client.username };
	const read = await hasRow(house, 'appointments', { ...row, status: 'confirmed' });
	records.edit(id, { attendance: 1, paid: HAIRCUT.price });
	const facts = { clientName: fullName(client), service: HAIRCUT.name, staff: OKSANA.name };
	const payment = { amount: HAIRCUT.price, paid: true };
	return await untilArrived(house, async () => [
		{ where: 'n8n', what: 'visit read from the calendar of Altegio', arrived: read },
		{
			where: 'n8n',
			what: `visit completed, as Altegio told: ${facts.clientName}, ${facts.service}, ${facts.staff}, ${payment.amount} PLN paid`,
			arrived: await hasRow(house, 'appointments', { ...row, ...facts, ...payment, status: 'completed' }),
		},
	]);
}

/** The client writes on Instagram, and somebody of the staff wonders who that is. */
async function isFound(house: House, client: Client): Promise<Line[]> {
	await house.untilListening(TOOL);
	instagram(house).write(client.username, 'Дякую, було чудово!');
	await instagram(house).webhooks.settled();
	const { data } = await axios.get<{ clients?: Array<{ name: string; phone: string }> }>(
		house.webhook(TOOL),
		{
			params: { instagram: client.username },
			headers: STAFF_TOOL_HEADERS,
			proxy: false,
			validateStatus: () => true,
		},
	);
	const [found, second] = data.clients ?? [];
	// What the client has just written is dealt with before there is a survey that it could answer.
	await house.untilIdle(PATIENCE_SECONDS);
	return [
		{
			where: 'Staff tool',
			what: `@${client.username} is ${found?.name ?? 'nobody'}`,
			arrived: found?.phone === client.phone && found.name === fullName(client) && !second,
		},
	];
}

/** It is the day after the visit. */
async function isAsked(house: House, client: Client): Promise<Line[]> {
	await runAt(house, 'visit-survey', String(noon().toISO()));
	await runAt(house, 'visit-survey', String(noon().plus({ hours: 1 }).toISO()));
	const asked = () => messagesTo(house, client);
	return await untilArrived(house, async () => [
		{
			where: 'Instagram',
			what: `the survey, once: ${quote(asked()[0]?.text)}`,
			arrived: asked().length === 1 && asked()[0]?.quickReplies?.length === 5,
		},
		{
			where: 'n8n',
			what: 'survey SENT',
			arrived: await hasRow(house, 'surveys', { instagramId: client.igsid, status: 'SENT', rating: null }),
		},
	]);
}

/** The client answers, one message after another. */
async function answers(house: House, client: Client): Promise<Line[]> {
	const said: Array<[text: string, more?: object]> = [
		['★ 5', { quick_reply: { payload: 'survey:rating:5' } }],
		['Oksana is wonderful!'],
		['Yes', { quick_reply: { payload: 'survey:recommend:yes' } }],
	];
	for (const [text, more] of said) {
		instagram(house).write(client.username, text, { ...more });
		await instagram(house).webhooks.settled();
		await house.untilIdle(PATIENCE_SECONDS);
	}
	const answer = { rating: 5, comment: 'Oksana is wonderful!', wouldRecommend: true };
	const texts = () => messagesTo(house, client).map(({ text }) => text ?? '');
	return await untilArrived(house, async () => [
		{
			where: 'n8n',
			what: 'survey DONE: 5 of 5, the comment, and that she would recommend the salon',
			arrived: await hasRow(house, 'surveys', { instagramId: client.igsid, status: 'DONE', ...answer }),
		},
		{
			where: 'Instagram',
			what: `after two questions ${quote(texts()[3])}`,
			arrived: texts().length === 4 && Boolean(texts()[3]?.startsWith('Thank you for your answers')),
		},
	]);
}

/** She comes again; it is the evening before. */
async function masterIsReminded(house: House, client: Client): Promise<Line[]> {
	const digits = client.phone.slice(-6);
	const phone = `+48503${digits}`;
	await house.editor.changeSettings({ [`staff.${OKSANA.id}.phone`]: phone });
	// Masters hear once an evening, so that it is another one each time.
	const start = noon().plus({ days: 2 + (Number(digits) % 300) });
	const appointmentId = String(appoint(house, client, start));
	const kept = async () => await hasRow(house, 'appointments', { appointmentId, status: 'confirmed' });
	const lines = await untilArrived(house, async () => [
		{ where: 'n8n', what: 'the next appointment, as Altegio told', arrived: await kept() },
	]);
	await runAt(
		house,
		'photo-reminders',
		String(start.minus({ days: 1 }).set({ hour: 19, minute: 5 }).toISO()),
	);
	return [
		...lines,
		...(await untilArrived(house, () => [
			{
				where: 'Twilio',
				what: `SMS to ${OKSANA.name} the evening before: take photos of ${fullName(client)}`,
				arrived: textsTo(house, phone).filter((text) => text.includes(fullName(client))).length === 1,
			},
		])),
	];
}

/** A visit to the salon, the survey a day later, and what the client answers. */
export const scenario: Scenario = {
	title: 'Ask a client how the visit was',
	play: async (house) => {
		const digits = sampleDigits();
		const client = {
			name: 'Olha',
			surname: 'Demchenko',
			phone: `+380671${digits}`,
			username: `olha.demchenko.${digits}`,
			igsid: `17841500000${digits}`,
		};
		instagram(house).join({ igsid: client.igsid, username: client.username, name: fullName(client) });
		instagram(house).webhooks.callbackUrl = house.publicWebhook(ANSWERS);
		await house.untilListening(ANSWERS);
		await house.editor.changeSettings({ surveyEnabled: 'yes' });
		return await inParts(
			() => visits(house, client),
			() => isFound(house, client),
			() => isAsked(house, client),
			() => answers(house, client),
			() => masterIsReminded(house, client),
		);
	},
};
