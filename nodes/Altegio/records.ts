import type { IDataObject } from 'n8n-workflow';
import { path, ProviderError } from '../../lib/http';
import { ask, type AltegioApi } from './connection';
import { readPages } from './pages';
import { fieldsOf, type AltegioRecord } from './types';

/** Used in production by others; the largest count is not documented, and a smaller page is read just as well. */
const RECORDS_A_PAGE = 200;

/** What GET /records/{company} can filter by; dates are days on the location's clocks, both included. */
export interface RecordFilter {
	start_date?: string;
	end_date?: string;
	staff_id?: string;
	client_id?: string;
	changed_after?: string;
	changed_before?: string;
	with_deleted?: 1;
	include_finance_transactions?: 1;
}

/**
 * Reads appointments, pages in parallel, in Altegio's order: GET /records/{company}.
 *
 * @param keep makes of a record what is given; undefined leaves it out
 * @param limit how many to give; all unless given
 */
export async function listRecords<Out>(
	api: AltegioApi,
	company: string,
	filter: RecordFilter,
	{ keep, limit }: { keep(record: AltegioRecord): Out | undefined; limit?: number },
): Promise<Out[]> {
	return await readPages<AltegioRecord, Out>({
		size: RECORDS_A_PAGE,
		limit,
		stopped: api.stopped,
		id: ({ id }) => String(id),
		keep,
		read: async (page, count) => {
			const { data, meta } = await ask<AltegioRecord[]>(api, {
				method: 'GET',
				path: path`/records/${company}`,
				query: { ...filter, page, count },
			});
			return { rows: data, total: meta.total_count };
		},
	});
}

/** An appointment, cancelled ones too: GET /record/{company}/{id}. */
export async function getRecord(api: AltegioApi, company: string, id: string): Promise<AltegioRecord> {
	return (await ask<AltegioRecord>(api, { method: 'GET', path: path`/record/${company}/${id}` })).data;
}

/** Cancels an appointment; the record stays, marked deleted: DELETE /record/{company}/{id}. */
export async function deleteRecord(api: AltegioApi, company: string, id: string): Promise<void> {
	await ask(api, { method: 'DELETE', path: path`/record/${company}/${id}` });
}

/** The documentation shows a list for one new record, the vendor's own tests an object; both are taken. */
const single = (data: AltegioRecord | AltegioRecord[]) => [data].flat()[0] as AltegioRecord;

/** Adds an appointment, once: POST /records/{company}. `createSafely` is the one to use. */
export async function postRecord(
	api: AltegioApi,
	company: string,
	body: IDataObject,
): Promise<AltegioRecord> {
	const request = { method: 'POST' as const, path: path`/records/${company}`, body };
	return single((await ask<AltegioRecord | AltegioRecord[]>(api, request)).data);
}

/**
 * All of an appointment that a change has to send again: an update replaces the record, and a service sent without
 * its price loses it.
 */
function bodyOf(record: AltegioRecord): IDataObject {
	const { services = [], client, record_labels: labels = [] } = record;
	return {
		staff_id: record.staff_id ?? record.staff?.id,
		services: services.map(({ id, first_cost, discount, cost, amount }) => ({
			id,
			first_cost,
			discount,
			cost,
			amount,
		})),
		...(client && {
			client: {
				id: client.id,
				name: client.name,
				surname: client.surname,
				patronymic: client.patronymic,
				phone: client.phone === undefined ? undefined : String(client.phone),
				email: client.email,
			},
		}),
		datetime: record.date,
		seance_length: record.seance_length ?? record.length,
		comment: record.comment ?? '',
		attendance: record.attendance ?? record.visit_attendance ?? 0,
		api_id: record.api_id,
		custom_color: record.custom_color,
		record_labels: labels.map(({ id }) => String(id)),
		custom_fields: fieldsOf(record.custom_fields),
		sms_remain_hours: record.sms_remain_hours,
		email_remain_hours: record.email_remain_hours,
		activity_id: Number(record.activity_id ?? 0) || undefined,
		send_sms: false,
	};
}

/**
 * Changes an appointment and leaves the rest as it is: PUT /record/{company}/{id}.
 *
 * @param record as it was read
 * @param changes wire names; `save_if_busy` has to be true where the time stays, since the appointment itself
 *   occupies it
 */
export async function changeRecord(
	api: AltegioApi,
	company: string,
	record: AltegioRecord,
	changes: IDataObject & { save_if_busy: boolean },
): Promise<AltegioRecord> {
	const body: IDataObject = { ...bodyOf(record), ...changes };
	const { data } = await ask<AltegioRecord>(api, {
		method: 'PUT',
		path: path`/record/${company}/${record.id}`,
		body,
	});
	// The documented answer lacks `date`, `staff_id`, `attendance` and `visit_id`, and its `datetime` has no offset.
	return {
		...record,
		...data,
		date: data.date ?? String(body.datetime),
		staff_id: data.staff_id ?? data.staff?.id ?? Number(body.staff_id),
		attendance: data.attendance ?? data.visit_attendance ?? Number(body.attendance),
		datetime: undefined,
	};
}

/** Codes of online booking for a time that is taken or overlaps another (REST documentation, book_record). */
const TAKEN_CODES = new Set(['433', '437']);
const TAKEN_WORDS =
	/busy|taken|occupied|overlap|not available|unavailable|non.?working|занят|пересека|недоступн|нерабоч|зайнят/i;

/**
 * Whether a refusal says that the time is taken. Which status and words POST /records has for it is not
 * documented, only that `save_if_busy: false` gives "an error"; so a 409, the codes of online booking and plain
 * words all count.
 */
export function isTaken(error: unknown): error is ProviderError {
	if (!(error instanceof ProviderError) || error.reason.uncertain) return false;
	const { status = 0, said = '', body } = error.reason;
	if (status === 409) return true;
	if (![200, 201, 400, 422].includes(status)) return false;
	const { code, meta } = (body ?? {}) as { code?: unknown; meta?: { code?: unknown } };
	return [code, meta?.code].some((one) => TAKEN_CODES.has(String(one))) || TAKEN_WORDS.test(said);
}
