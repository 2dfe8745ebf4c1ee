import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { fitted } from '../../../lib/fit';
import { parseJson } from '../../../lib/json';
import { attendanceOf, isDeleted, timeOf, toAppointment, toClient, type Reading } from '../shape';
import { idText, soundRecord, type AltegioRecord, type Client } from '../types';

/** What a flow can be started by. */
export const EVENTS = [
	'appointmentCancelled',
	'appointmentChanged',
	'appointmentCreated',
	'clientChanged',
	'clientCreated',
	'visitCompleted',
] as const;

export type EventName = (typeof EVENTS)[number];

/** What Altegio sends (altegio-integrations-hub-mcp, docs/webhooks.md). */
export interface Delivery {
	company_id: number | string;
	resource: string;
	resource_id: number | string;
	status: string;
	data: IDataObject;
}

/** An event without content comes with an empty list for an object. */
function deliveryFrom(value: unknown): Delivery | undefined {
	const kinds = {
		company_id: 'id',
		resource: 'text',
		resource_id: 'id',
		status: 'text',
		data: 'map',
	} as const;
	const { data = {}, ...rest } = (fitted(value, kinds) ?? {}) as Delivery;
	const whole = ['company_id', 'resource', 'resource_id', 'status'].every((key) => key in rest);
	return whole ? { ...rest, data } : undefined;
}

/**
 * Reads a body: one delivery or a list of them.
 *
 * @returns undefined where the body is not JSON, or nested without end; what is no delivery is left out
 */
export function deliveriesOf(body: string): Delivery[] | undefined {
	try {
		return [parseJson(body)].flat().flatMap((one) => deliveryFrom(one) ?? []);
	} catch {
		return undefined;
	}
}

const CAME = 1;
const ABSENT = -1;

/**
 * What a delivery may be called, the most telling first. There is no event of its own for a completed or a
 * cancelled one: the first is an update with attendance 1; the second is a delete, an update marked deleted, or one
 * with attendance -1.
 */
function namesOf({ resource, status, data }: Delivery): EventName[] {
	if (resource === 'client') {
		return status === 'create' ? ['clientCreated'] : status === 'update' ? ['clientChanged'] : [];
	}
	if (resource !== 'record') return [];
	const record = soundRecord(data);
	const cancelled = status === 'delete' || isDeleted(record) || attendanceOf(record) === ABSENT;
	if (cancelled)
		return status === 'delete' ? ['appointmentCancelled'] : ['appointmentCancelled', 'appointmentChanged'];
	const plain = status === 'create' ? 'appointmentCreated' : 'appointmentChanged';
	return attendanceOf(record) === CAME ? ['visitCompleted', plain] : [plain];
}

/** The one event that a delivery is for a flow that wants these; undefined where it wants none of it. */
export const eventOf = (delivery: Delivery, wanted: string[]): EventName | undefined =>
	namesOf(delivery).find((name) => wanted.includes(name));

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * A key that is the same for each repeat of a delivery: company, resource, its id, status and time of change; the
 * whole body where there is no such time. Others use it in production (jurassicon/altegio_bot, main.py).
 */
export function eventKeyOf({ company_id, resource, resource_id, status, data }: Delivery): string {
	const changed = fitted(data.last_change_date, 'text') ?? hash(JSON.stringify(data));
	return hash([company_id, resource, resource_id, status, changed].map(String).join('\n'));
}

/** What tells one state of an appointment or client from the next; times of change and notices sent do not. */
export function contentOf({ data }: Delivery): string {
	const noise = ['last_change_date', 'notified', 'sms_now', 'email_now', 'sms_now_text', 'review_requested'];
	const entries = Object.entries(data).filter(([key]) => !noise.includes(key));
	return hash(JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Whether a delivery's content can be told: an appointment without a time is none. */
export const hasTime = ({ resource, data }: Delivery, timeZone: string): boolean =>
	resource !== 'record' || timeOf(soundRecord(data), timeZone) !== undefined;

/** The content of a delivery in the flow's own shapes. A deleted record says so only in the delivery's status. */
export function payloadOf({ resource, resource_id, status, data }: Delivery, reading: Reading): IDataObject {
	if (resource === 'client') {
		return { client: toClient({ ...(data as unknown as Client), id: resource_id }, reading) as IDataObject };
	}
	const record = { ...(data as unknown as AltegioRecord), id: resource_id };
	if (status === 'delete') record.deleted = true;
	return {
		appointment: { ...toAppointment(record, reading) } as IDataObject,
		visitId: idText(soundRecord(record).visit_id),
	};
}
