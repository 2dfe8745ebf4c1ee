import type { DateTime } from 'luxon';
import type { AltegioSimulator } from '../simulators/altegio';
import type { ChatwootSimulator } from '../simulators/chatwoot';
import type { SimContact } from '../simulators/chatwoot-store';
import type { House } from '../src/house';
import { runAt } from '../src/run';
import { sampleDigits, workday } from '../src/sample';
import { hasRow, inParts, quote, rows, untilArrived, type Line, type Scenario } from '../src/scenario';

const HAIRCUT = 331;
const ANNA_KOWAL = 555;
const OUTGOING = 1;

/** Somebody the business knows, with a visit behind her and one to come. */
interface Client {
	name: string;
	email: string;
	/** As the business keeps it. */
	phone: string;
	/** The same number as WhatsApp writes it, with Mexico's extra 1. */
	whatsApp: string;
	leadKey: string;
	last: DateTime;
	next: DateTime;
}

const chatwoot = (house: House) => house.provider<ChatwootSimulator>('chatwoot');

/** As an agent reads a moment. */
const shown = (moment: DateTime) => moment.toFormat('yyyy-LL-dd HH:mm');

const attributesOf = (house: House, { id }: SimContact) =>
	chatwoot(house).account().contacts.get(id)?.custom_attributes ?? {};

const conversationOf = (house: House, { id }: SimContact) =>
	chatwoot(house)
		.state()
		.conversations.find((one) => one.contact_id === id);

/** She is in the client base, and the staff writes her appointments into the calendar. */
async function isKnown(house: House, client: Client): Promise<Line[]> {
	const { name, email, phone, leadKey, last, next } = client;
	await house.editor.insertRows('frontdesk_leads', [
		{
			...{ tenant: 'main', leadKey, name, email, phone, status: 'COMPLETED' },
			...{ language: 'es', preferredChannel: 'chatwoot' },
		},
	]);
	const { records } = house.provider<AltegioSimulator>('altegio');
	const body = { staff_id: ANNA_KOWAL, services: [{ id: HAIRCUT }], client: { name, phone, email } };
	const appoint = (start: DateTime, attendance: number) =>
		records.create({ ...body, datetime: start.toISO(), attendance, save_if_busy: true }, false);
	appoint(last, 1);
	appoint(next, 0);
	return await untilArrived(house, async () => [
		{
			where: 'n8n',
			what: `${name}: a visit completed, and one to come on ${shown(next)}`,
			arrived:
				(await hasRow(house, 'appointments', { leadKey, status: 'completed' })) &&
				(await hasRow(house, 'appointments', { leadKey, status: 'confirmed' })),
		},
	]);
}

/** She writes on WhatsApp, which Chatwoot takes in. */
async function isRecognised(house: House, client: Client, contact: SimContact): Promise<Line[]> {
	chatwoot(house).receive(contact, 'Hola, ¿a qué hora es mi cita?');
	const { leadKey, phone, last, next } = client;
	const conversationId = () => String(conversationOf(house, contact)?.id);
	return await untilArrived(house, async () => [
		{
			where: 'n8n',
			what: `the client with the phone number ${phone} has the contact and the conversation`,
			arrived: await hasRow(house, 'leads', {
				...{ leadKey, status: 'COMPLETED' },
				...{ chatwootContactId: String(contact.id), chatwootConversationId: conversationId() },
			}),
		},
		{
			where: 'Chatwoot',
			what: `the contact ${client.whatsApp} has the client's key`,
			arrived: attributesOf(house, contact).frontdesk_lead === leadKey,
		},
		{
			where: 'Chatwoot',
			what: 'beside the conversation: client COMPLETED, 1 visit, the last and the next one',
			arrived:
				attributesOf(house, contact).client_status === 'COMPLETED' &&
				attributesOf(house, contact).visits === 1 &&
				attributesOf(house, contact).last_appointment === shown(last) &&
				attributesOf(house, contact).next_appointment === shown(next),
		},
	]);
}

/** Somebody writes whom nobody knows. */
async function strangerIsLeftAlone(house: House, stranger: SimContact): Promise<Line[]> {
	const wasTold = () =>
		chatwoot(house).deliveries.some(
			({ body, status }) => body.includes(String(stranger.phone_number)) && status === 200,
		);
	chatwoot(house).receive(stranger, '¿Cuánto cuesta un corte?');
	await chatwoot(house).settled();
	return await untilArrived(house, async () => [
		{
			where: 'n8n',
			what: 'a stranger becomes no client',
			arrived:
				wasTold() &&
				(await rows(house, 'leads', { leadKey: `phone:${stranger.phone_number}` })).length === 0 &&
				Object.keys(attributesOf(house, stranger)).length === 0,
		},
	]);
}

/** It is the day before her next visit. */
async function isNotified(house: House, { next }: Client, contact: SimContact): Promise<Line[]> {
	await runAt(house, 'appointment-reminders', String(next.minus({ hours: 23 }).toISO()));
	const sent = () =>
		(conversationOf(house, contact)?.messages ?? []).filter(
			({ message_type, private: isNote }) => message_type === OUTGOING && !isNote,
		);
	return await untilArrived(house, () => [
		{
			where: 'Chatwoot',
			what: `reminder in her conversation: ${quote(sent()[0]?.content)}`,
			arrived: sent().length === 1 && Boolean(sent()[0]?.content?.includes(next.toFormat('HH:mm'))),
		},
	]);
}

/** A client writes to the business in Chatwoot. */
export const scenario: Scenario = {
	title: 'Recognise a client in Chatwoot',
	play: async (house) => {
		const digits = sampleDigits();
		const phone = `+525512${digits}`;
		const client: Client = {
			name: 'Ana López',
			email: `ana.${digits}@example.com`,
			phone,
			whatsApp: `+5215512${digits}`,
			leadKey: `phone:${phone}`,
			last: workday(-20, 12),
			next: workday(6, 13),
		};
		const contact = chatwoot(house).given({ name: 'Ana', phone_number: client.whatsApp });
		const stranger = chatwoot(house).given({ name: 'Luis', phone_number: `+525534${digits}` });
		return await inParts(
			() => isKnown(house, client),
			() => isRecognised(house, client, contact),
			() => strangerIsLeftAlone(house, stranger),
			() => isNotified(house, client, contact),
		);
	},
};
