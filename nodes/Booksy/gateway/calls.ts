import type { IDataObject } from 'n8n-workflow';
import { path, type HttpClient } from '../../../lib/http';
import type {
	GatewayAppointment,
	GatewayBooking,
	GatewayChange,
	GatewayService,
	GatewaySlot,
	GatewayStaff,
} from './types';

const PAGE_SIZE = 100;
/** A list that never ends must not hold a worker for good. */
const MAX_PAGES = 1000;

/** Gateways wrap lists under a name of their own, under `data`, or not at all. */
function listIn<T>(body: unknown, name: string): T[] {
	if (Array.isArray(body)) return body as T[];
	const { [name]: named, data, results } = (body ?? {}) as IDataObject;
	const list = [named, data, results].find(Array.isArray);
	return (list ?? []) as T[];
}

function oneIn(body: unknown): GatewayAppointment {
	const { appointment, data } = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	return (appointment ?? data ?? body) as GatewayAppointment;
}

/**
 * `GET /availability`, as the contract has it.
 *
 * @param query date YYYY-MM-DD, local to the business; without staff_id anybody's times
 */
export const availability = async (
	http: HttpClient,
	query: { date: string; service_id: string; staff_id?: string },
): Promise<GatewaySlot[]> => listIn(await http.get('/availability', query), 'available_slots');

/** `POST /appointments`, as the contract has it. There is no idempotency key, so it is never repeated by itself. */
export const createAppointment = async (http: HttpClient, body: GatewayBooking) =>
	oneIn(await http.post('/appointments', { ...body }));

/** `GET /appointments/{id}`: our reading, since the contract shows no read of an appointment. */
export const getAppointment = async (http: HttpClient, id: string) =>
	oneIn(await http.get(path`/appointments/${id}`));

/**
 * `PATCH /appointments/{id}`: our reading of how the contract would move, cancel, confirm or mark an appointment;
 * one path with what changes, since the contract shows none of these.
 */
export async function changeAppointment(
	http: HttpClient,
	id: string,
	body: GatewayChange,
): Promise<GatewayAppointment | undefined> {
	const answer = await http.request({
		method: 'PATCH',
		path: path`/appointments/${id}`,
		body: { ...body },
	});
	return oneIn(answer.body);
}

/**
 * `GET /appointments`, page after page until one is not full: our reading.
 *
 * @param period dates local to the business, both included
 * @param take gets each page, and answers whether it is enough
 */
export async function eachAppointmentPage(
	http: HttpClient,
	period: { date_from?: string; date_to?: string; staff_id?: string },
	take: (page: GatewayAppointment[]) => boolean,
): Promise<void> {
	for (let page = 1; page <= MAX_PAGES; page++) {
		const body = await http.get('/appointments', { ...period, page, limit: PAGE_SIZE });
		const list = listIn<GatewayAppointment>(body, 'appointments');
		if (take(list) || list.length < PAGE_SIZE) return;
	}
}

/** `GET /services`: our reading; the contract has people look the IDs up by hand. */
export const listServices = async (http: HttpClient) =>
	listIn<GatewayService>(await http.get('/services'), 'services');

/** `GET /staff`: our reading, as `listServices`. */
export const listStaff = async (http: HttpClient) => listIn<GatewayStaff>(await http.get('/staff'), 'staff');
