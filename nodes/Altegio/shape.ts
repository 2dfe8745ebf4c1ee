import { OperationalError } from 'n8n-workflow';
import { appointment, type Appointment, type AppointmentStatus } from '../../lib/appointment';
import { fitted, numberOf } from '../../lib/fit';
import { parsePhone } from '../../lib/phone';
import { addMinutes, toIso } from '../../lib/time';
import {
	fieldsOf,
	idText,
	soundClient,
	soundRecord,
	type AltegioRecord,
	type Client,
	type Payment,
	type RecordService,
} from './types';

/** Where a location keeps its clients' Instagram usernames; Altegio has no field for them. */
export type InstagramPlace = { in: 'nowhere' } | { in: 'email' } | { in: 'customField'; code: string };

/** What the shapes need to know beside the answer. */
export interface Reading {
	/** The location's IANA zone. */
	timeZone: string;
	instagram: InstagramPlace;
	/** The location's name. */
	location?: string;
	raw: boolean;
}

const text = (value: unknown): string | null =>
	typeof value === 'string' && value.trim() ? value.trim() : null;

/** E.164; null where Altegio holds no number that can be read. As a JSON number it has lost its plus. */
function phoneOf(phone: unknown): string | null {
	const digits = String(phone ?? '').replace(/[^\d]/g, '');
	if (digits.length < 7) return null;
	try {
		return parsePhone(`+${digits}`).e164;
	} catch {
		return null;
	}
}

const USERNAME = /^[a-z0-9._]{1,30}$/;

/** An Instagram username as people write it (@name, a profile's address) in its one form; null where it is none. */
export function instagramName(written: unknown): string | null {
	const [name = ''] = String(fitted(written, 'scalar') ?? '')
		.trim()
		.toLowerCase()
		.replace(/^(https?:\/\/)?(www\.)?instagram\.com\//, '')
		.replace(/^@/, '')
		.split(/[/?#]/, 1);
	return USERNAME.test(name) ? name : null;
}

/** A client's Instagram username: the part before @gmail.com, or a custom field. */
export function instagramOf(
	client: Pick<Client, 'email' | 'custom_fields'>,
	place: InstagramPlace,
): string | null {
	if (place.in === 'email') {
		const [, name] = /^([^@]+)@gmail\.com$/i.exec(client.email?.trim() ?? '') ?? [];
		return name ? instagramName(name) : null;
	}
	if (place.in === 'customField')
		return instagramName([fieldsOf(client.custom_fields)[place.code]].flat()[0]);
	return null;
}

const fullName = ({ name, surname, display_name: display }: Client) =>
	text([name, surname].map(text).filter(Boolean).join(' ')) ?? text(display);

/** Whether an appointment was cancelled. */
export const isDeleted = ({ deleted }: AltegioRecord): boolean =>
	deleted === true || Number(deleted ?? 0) === 1;

/** The code of attendance; webhooks may carry only the visit's. */
export const attendanceOf = ({ attendance, visit_attendance: visit }: AltegioRecord): number =>
	Number(attendance ?? visit ?? 0);

/**
 * Attendance in our words (REST documentation, records: 2 confirmed by the client, 1 came, 0 awaited, -1 did not
 * come). An awaited one is a firm booking, as elsewhere, unless `confirmed` is 0: then the business has yet to
 * accept it.
 */
export function statusOf(record: AltegioRecord): AppointmentStatus {
	if (isDeleted(record)) return 'cancelled';
	switch (attendanceOf(record)) {
		case 1:
			return 'completed';
		case -1:
			return 'no_show';
		case 2:
			return 'confirmed';
		default:
			return record.confirmed === 0 ? 'pending' : 'confirmed';
	}
}

/** What a service line costs the client. */
export const costOf = ({ cost_to_pay: toPay, cost }: RecordService): number | null => toPay ?? cost ?? null;

/** The sum of what is known; null where nothing is. */
export function sum(amounts: Array<number | null>): number | null {
	const known = amounts.filter((amount) => amount !== null);
	return known.length > 0 ? known.reduce((total, amount) => total + amount, 0) : null;
}

/** When it begins: `date` on the location's clocks is right where the offset of `datetime` is not (seen around clock changes). */
export const timeOf = ({ date, datetime }: AltegioRecord, timeZone: string): string | undefined =>
	toIso(date ?? '', timeZone) ?? toIso(datetime ?? '', timeZone);

function startOf(record: AltegioRecord, timeZone: string): string {
	const start = timeOf(record, timeZone);
	if (!start) throw new OperationalError(`Altegio sent appointment ${record.id} without a time`);
	return start;
}

/** Two dialects of ISO 8601 in one object: create_date ends in +0300, datetime in +03:00. */
const moment = (time: string | undefined, timeZone: string) =>
	time ? (toIso(time, timeZone) ?? null) : null;

/** Puts an appointment of Altegio, called a record there, into the one shape. */
export function toAppointment(
	given: AltegioRecord,
	{ timeZone, instagram, location, raw }: Reading,
): Appointment {
	const record = soundRecord(given);
	const { services = [], staff, staff_id: staffId } = record;
	const [first] = services;
	const client: Partial<Client> = record.client ?? {};
	const start = startOf(record, timeZone);
	const seconds = record.seance_length ?? record.length;
	return appointment({
		provider: 'altegio',
		id: String(record.id),
		status: statusOf(record),
		start,
		end: seconds ? addMinutes(start, seconds / 60, timeZone) : null,
		timeZone,
		title: text(services.map(({ title }) => title).join(', ')),
		service: first
			? { id: idText(first.id), name: text(first.title), price: costOf(first), currency: null }
			: null,
		staff: staff || staffId ? { id: idText(staffId ?? staff?.id), name: text(staff?.name) } : null,
		location: text(location),
		url: text(record.short_link),
		client: {
			id: idText(client.id),
			name: fullName(client as Client),
			email: text(client.email),
			phone: phoneOf(client.phone),
			instagram: instagramOf(client, instagram),
		},
		paid: record.paid_full === undefined ? null : Number(record.paid_full) === 1,
		amount: sum(services.map(costOf)),
		leadKey: idText(record.api_id),
		notes: text(record.comment),
		createdAt: moment(record.create_date, timeZone),
		updatedAt: moment(record.last_change_date, timeZone),
		...(raw && { raw: given }),
	});
}

/** A client, flat. Moments in UTC. */
export function toClient(given: Client, { instagram, raw }: Pick<Reading, 'instagram' | 'raw'>) {
	const client = soundClient(given);
	return {
		provider: 'altegio',
		id: String(client.id),
		name: fullName(client),
		firstName: text(client.name),
		lastName: text(client.surname),
		email: text(client.email),
		phone: phoneOf(client.phone),
		instagram: instagramOf(client, instagram),
		birthDate: client.birth_date ? String(client.birth_date) : null,
		notes: text(client.comment),
		discount: client.discount ?? null,
		balance: client.balance ?? null,
		spent: client.spent ?? client.sold_amount ?? null,
		visits: client.visits ?? client.visits_count ?? null,
		categories: (client.categories ?? []).flatMap(({ title, id }) => title ?? idText(id) ?? []),
		customFields: fieldsOf(client.custom_fields),
		updatedAt: moment(client.last_change_date, 'UTC'),
		...(raw && { raw: given }),
	};
}

/**
 * A visit: all appointments of one coming, with what was rendered and paid. Amounts are in the location's currency,
 * which version 1 of the API does not name.
 *
 * @param records of one visit, one or more
 */
export function toVisit(visitId: string, records: AltegioRecord[], payments: Payment[], reading: Reading) {
	const parts = records
		.map((record) => ({
			record: soundRecord(record),
			shape: toAppointment(record, { ...reading, raw: false }),
		}))
		.sort((a, b) => Date.parse(a.shape.start) - Date.parse(b.shape.start));
	const shapes = parts.map(({ shape }) => shape);
	const [first] = shapes;
	const ends = shapes.flatMap(({ end }) => end ?? []).sort((a, b) => Date.parse(a) - Date.parse(b));
	return {
		provider: 'altegio',
		id: visitId,
		status: first?.status ?? null,
		start: first?.start ?? null,
		end: ends.at(-1) ?? null,
		timeZone: reading.timeZone,
		client: first?.client ?? null,
		staff: first?.staff ?? null,
		services: parts.flatMap(({ record, shape }) =>
			(record.services ?? []).map((line) => ({
				id: idText(line.id),
				name: text(line.title),
				price: costOf(line),
				quantity: line.amount ?? 1,
				discount: line.discount ?? 0,
				staff: shape.staff,
			})),
		),
		amount: sum(shapes.map(({ amount }) => amount)),
		paid: shapes.length > 0 && shapes.every(({ paid }) => paid === true),
		paidAmount: sum(payments.map(({ amount }) => numberOf(amount) ?? null)) ?? 0,
		payments: payments.map(({ id, amount, date, account }) => ({
			id: idText(id),
			amount: numberOf(amount) ?? null,
			at: moment(date, reading.timeZone),
			account: text(account?.title),
		})),
		appointmentIds: shapes.map(({ id }) => id),
		notes: first?.notes ?? null,
		...(reading.raw && { raw: records }),
	};
}
