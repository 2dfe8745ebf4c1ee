import { path, type HttpClient } from '../../../lib/http';
import type { IDataObject } from 'n8n-workflow';
import type {
	AppointmentBody,
	Page,
	PartnerAppointment,
	Resource,
	ScheduleDay,
	Service,
	TimeOff,
	Variant,
} from './types';

/** The way to one business. */
export interface Connection {
	http: HttpClient;
	businessId: string;
}

/** Changes of status the API has paths for. */
export type StatusChange = 'cancel' | 'confirm' | 'decline' | 'finish' | 'no_show';

const PAGE_SIZE = 100;
/** A list that never ends must not hold a worker for good. */
const MAX_PAGES = 1000;

/** Lists without paging are taken as their own only page. */
function asPage<T>(body: Page<T> | T[]): Page<T> {
	return Array.isArray(body) ? { count: body.length, next: null, previous: null, results: body } : body;
}

/**
 * Reads pages in order by `offset` and `limit` until the list ends or `enough` says so. `next` is only taken as
 * a sign: its address is Booksy's to choose, the credential's token is not for every address.
 */
async function pages<T>(
	{ http }: Connection,
	route: string,
	query: IDataObject,
	enough: (page: T[]) => boolean = () => false,
): Promise<void> {
	let offset = 0;
	for (let page = 0; page < MAX_PAGES; page++) {
		const body = await http.get<Page<T> | T[]>(route, { ...query, offset, limit: PAGE_SIZE });
		const { next, results } = asPage(body);
		offset += results.length;
		if (enough(results) || !next || results.length === 0) return;
	}
}

async function all<T>(connection: Connection, route: string, query: IDataObject = {}): Promise<T[]> {
	const found: T[] = [];
	await pages<T>(connection, route, query, (page) => {
		found.push(...page);
		return false;
	});
	return found;
}

/**
 * `GET appointment/`, page after page.
 *
 * @param period local times of the business, YYYY-MM-DDTHH:MM
 * @param take gets each page, and answers whether it is enough
 */
export const eachAppointmentPage = async (
	connection: Connection,
	period: { booked_from?: string; booked_till?: string },
	take: (page: PartnerAppointment[]) => boolean,
): Promise<void> =>
	await pages(connection, path`/business/${connection.businessId}/appointment/`, period, take);

/** `GET appointment/{id}/`. */
export const getAppointment = async ({ http, businessId }: Connection, id: string) =>
	await http.get<PartnerAppointment>(path`/business/${businessId}/appointment/${id}/`);

/** `POST appointment/`. There is no idempotency key, so it is never repeated by itself. */
export const createAppointment = async ({ http, businessId }: Connection, body: AppointmentBody) =>
	await http.post<PartnerAppointment>(path`/business/${businessId}/appointment/`, { ...body });

/** `PUT appointment/{id}/`: replaces the whole, so what shall stay is sent again. */
export async function replaceAppointment(
	{ http, businessId }: Connection,
	id: string,
	body: AppointmentBody,
): Promise<PartnerAppointment> {
	const answer = await http.request<PartnerAppointment>({
		method: 'PUT',
		path: path`/business/${businessId}/appointment/${id}/`,
		body: { ...body },
	});
	return answer.body;
}

/** `PATCH appointment/{id}/status/{change}/`. What it answers is unconfirmed, so nothing is made of it. */
export async function changeStatus(
	{ http, businessId }: Connection,
	id: string,
	change: StatusChange,
): Promise<void> {
	await http.request({
		method: 'PATCH',
		path: path`/business/${businessId}/appointment/${id}/status/${change}/`,
	});
}

/** `GET resource/`: staff and appliances. */
export const listResources = async (connection: Connection) =>
	await all<Resource>(connection, path`/business/${connection.businessId}/resource/`);

/** `GET service/`. */
export const listServices = async (connection: Connection) =>
	await all<Service>(connection, path`/business/${connection.businessId}/service/`);

/** `GET service/{id}/variant/`. */
export const listVariants = async (connection: Connection, serviceId: number) =>
	await all<Variant>(connection, path`/business/${connection.businessId}/service/${serviceId}/variant/`);

/** `GET schedule/custom/`: days on which the business itself keeps other hours. */
export const businessCustomDays = async (connection: Connection, date_from: string, date_to: string) =>
	await all<ScheduleDay>(connection, path`/business/${connection.businessId}/schedule/custom/`, {
		date_from,
		date_to,
	});

/** `GET schedule/resource/{id}/default/`: the usual week of one member of staff. */
export const defaultWeek = async (connection: Connection, resourceId: string) =>
	await all<ScheduleDay>(
		connection,
		path`/business/${connection.businessId}/schedule/resource/${resourceId}/default/`,
	);

/** `GET schedule/resource/{id}/custom/`: days on which they keep other hours. */
export const customDays = async (
	connection: Connection,
	resourceId: string,
	date_from: string,
	date_to: string,
) =>
	await all<ScheduleDay>(
		connection,
		path`/business/${connection.businessId}/schedule/resource/${resourceId}/custom/`,
		{ date_from, date_to },
	);

/** `GET schedule/resource/{id}/time_off/`: absences; the list knows no period. */
export const listTimeOff = async (connection: Connection, resourceId: string) =>
	await all<TimeOff>(
		connection,
		path`/business/${connection.businessId}/schedule/resource/${resourceId}/time_off/`,
	);
