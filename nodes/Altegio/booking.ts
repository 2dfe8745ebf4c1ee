import type { IDataObject } from 'n8n-workflow';
import type { ProviderError } from '../../lib/http';
import { toIso } from '../../lib/time';
import { digitsOf, isUncertain, listServices } from './api';
import type { AltegioApi } from './connection';
import { localTime } from './local';
import { isTaken, listRecords, postRecord } from './records';
import { listBookableStaff, listTimes, nextSlots, type SlotSearch } from './slots';
import type { AltegioRecord } from './types';

const HOW_MANY_OFFERED = 3;

/** Where and when somebody wants to come. */
export interface Wish {
	company: string;
	service: { id: string; name: string | null };
	staff: string;
	/** ISO 8601 with the offset of `timeZone`. */
	start: string;
	timeZone: string;
}

/** Makes the error of a taken time, with the next free ones where they can be read. */
export async function takenError(
	api: AltegioApi,
	wish: Omit<Wish, 'staff'> & { staff?: string },
	refusal?: ProviderError,
): Promise<ProviderError> {
	const search: Omit<SlotSearch, 'to' | 'limit'> = { ...wish, from: wish.start };
	const free = await nextSlots(api, search, HOW_MANY_OFFERED).catch(() => []);
	const times = free.map(({ start }) => start).join(', ');
	return api.http.error({
		status: refusal?.reason.status ?? 409,
		said: refusal?.reason.said,
		message: `The time ${wish.start} is taken`,
		howToFix: times
			? `Next free times: ${times}.`
			: 'Read the free times with the operation Get Many of the resource Slot, and choose one of them.',
	});
}

/**
 * Who can do a service at a time.
 *
 * @throws ProviderError of a taken time where nobody can
 */
export async function anyStaffAt(api: AltegioApi, wish: Omit<Wish, 'staff'>): Promise<string> {
	const { company, service, start } = wish;
	const [day = '', time = ''] = localTime(start).split(' ');
	const candidates = await listBookableStaff(api, company, service.id, localTime(start).replace(' ', 'T'));
	for (const { id } of candidates) {
		const times = await listTimes(api, { company, service: service.id, day }, String(id));
		if (times.some((one) => one.time.padStart(5, '0') === time.slice(0, 5))) return String(id);
	}
	throw await takenError(api, wish);
}

/**
 * How long a service takes with a member of staff.
 *
 * @returns seconds, and the service's name
 * @throws ProviderError where the location has no such service
 */
export async function serviceFor(
	api: AltegioApi,
	company: string,
	service: string,
	staff?: string,
): Promise<{ seconds?: number; name: string | null }> {
	const found = (await listServices(api, company)).find(({ id }) => String(id) === service);
	if (!found) {
		throw api.http.error({
			status: 404,
			message: `Location ${company} has no service ${service}`,
			howToFix: 'Choose Service from the list.',
		});
	}
	const link = found.staff?.find(({ id }) => String(id) === staff);
	return { seconds: link?.seance_length || found.duration || undefined, name: found.title ?? null };
}

/** Finds the appointment that a lost answer may stand for: same start and staff, and same lead or phone. */
async function findCreated(
	api: AltegioApi,
	wish: Wish,
	body: IDataObject,
): Promise<AltegioRecord | undefined> {
	const { company, staff, start, timeZone } = wish;
	const day = start.slice(0, 10);
	const phone = digitsOf((body.client as IDataObject | undefined)?.phone);
	const isOurs = (record: AltegioRecord) =>
		toIso(String(record.date), timeZone) === start &&
		(body.api_id
			? String(record.api_id) === body.api_id
			: phone !== '' && digitsOf(record.client?.phone) === phone);
	const [found] = await listRecords(
		api,
		company,
		{ start_date: day, end_date: day, staff_id: staff },
		{ keep: (record) => (isOurs(record) ? record : undefined), limit: 1 },
	);
	return found;
}

/**
 * Adds an appointment. Altegio has no idempotency key, so where the answer is lost the appointment is looked up, by
 * lead key or else by start and phone. If it is not there it is sent once more: should the first one still
 * arrive, Altegio refuses one of the two because the time is taken. With `save_if_busy` it would not, and nothing
 * is repeated.
 *
 * @throws ProviderError; of a taken time with the next free ones; uncertain where it may have been done
 */
export async function createSafely(
	api: AltegioApi,
	wish: Wish,
	body: IDataObject,
	lost?: ProviderError,
): Promise<AltegioRecord> {
	return await postRecord(api, wish.company, body).catch(async (error: unknown) => {
		if (isTaken(error)) {
			const ours = lost && (await findCreated(api, wish, body));
			if (ours) return ours;
			throw await takenError(api, wish, error);
		}
		if (!isUncertain(error)) throw error;
		const looked = await findCreated(api, wish, body).then(
			(record) => ({ record }),
			() => undefined,
		);
		if (looked?.record) return looked.record;
		// What could not be looked up is not repeated, nor what has been repeated already.
		if (!looked || lost || body.save_if_busy === true) throw error;
		return await createSafely(api, wish, body, error);
	});
}
