import { DateTime } from 'luxon';
import { slot, type Slot } from '../../lib/appointment';
import { path } from '../../lib/http';
import { mapBounded } from '../../lib/parallel';
import { addMinutes, toIso } from '../../lib/time';
import { ask, type AltegioApi } from './connection';
import { firstDay, lastDay } from './local';
import type { Id, StaffMember } from './types';

/** Days asked at once where all are wanted; with a limit one after another, since requests are scarce. */
const PARALLEL_DAYS = 5;
const DAY_AHEAD = 14;

/** What to look for free time for. */
export interface SlotSearch {
	company: string;
	service: { id: string; name: string | null };
	/** Anybody who does the service, unless given. */
	staff?: string;
	/** ISO 8601 with offset; a slot starts in [from, to). */
	from: string;
	to: string;
	/** The location's zone. */
	timeZone: string;
	limit?: number;
}

interface Seance {
	/** "9:30" on the location's clocks. */
	time: string;
	/** Seconds. */
	seance_length?: number;
}

const millis = (iso: string) => DateTime.fromISO(iso).toMillis();
/** `booking_dates` came as Unix times of UTC midnights in older answers and as YYYY-MM-DD in newer ones. */
const toDay = (date: Id) =>
	typeof date === 'number' || /^\d+$/.test(date)
		? DateTime.fromSeconds(Number(date), { zone: 'utc' }).toISODate()
		: date.slice(0, 10);

/** Staff who do a service and have free time, at a moment if given: GET /book_staff/{company}. */
export async function listBookableStaff(
	api: AltegioApi,
	company: string,
	service: string,
	localTime?: string,
): Promise<StaffMember[]> {
	const query = { service_ids: [service], ...(localTime && { datetime: localTime }) };
	const { data } = await ask<StaffMember[]>(api, {
		method: 'GET',
		path: path`/book_staff/${company}`,
		query,
	});
	return data.filter(({ bookable }) => bookable !== false);
}

async function listDays(api: AltegioApi, search: SlotSearch): Promise<string[]> {
	const { company, service, staff, from, to, timeZone } = search;
	const dates = { date_from: firstDay(from, timeZone), date_to: lastDay(to, timeZone) };
	const { data } = await ask<{ booking_dates?: Id[] }>(api, {
		method: 'GET',
		path: path`/book_dates/${company}`,
		query: { service_ids: [service.id], ...(staff && { staff_id: staff }), ...dates },
	});
	const days = (data.booking_dates ?? []).map(toDay).filter((day) => day !== null);
	// Told a month, older back ends answer for all of it.
	return days.filter((day) => day >= dates.date_from && day <= dates.date_to).sort();
}

/** Start times of one member of staff on a day: GET /book_times/{company}/{staff}/{day}. */
export async function listTimes(
	api: AltegioApi,
	{ company, service, day }: { company: string; service: string; day: string },
	staff: string,
): Promise<Seance[]> {
	const { data } = await ask<Seance[]>(api, {
		method: 'GET',
		path: path`/book_times/${company}/${staff}/${day}`,
		query: { service_ids: [service] },
	});
	return data;
}

/**
 * Free times of a service, earliest first. Staff 0, "anybody", is documented for online booking but not proven for
 * Altegio, so each member of staff is asked and the answers are joined: one slot for each who is free.
 */
export async function listSlots(api: AltegioApi, search: SlotSearch): Promise<Slot[]> {
	const { company, service, from, to, timeZone, limit = Infinity } = search;
	const days = await listDays(api, search);
	if (days.length === 0) return [];
	const free = await listBookableStaff(api, company, service.id);
	const staff = search.staff
		? [free.find(({ id }) => String(id) === search.staff) ?? { id: search.staff }]
		: free;
	let found = 0;
	const enough = () => found >= limit || api.stopped();
	const parallel = limit === Infinity ? PARALLEL_DAYS : 1;
	const byDay = await mapBounded(days, parallel, enough, async (day) => {
		const lists = await Promise.all(
			staff.map(async ({ id, name }) => {
				const times = await listTimes(api, { company, service: service.id, day }, String(id));
				return times.map((seance) => ({ seance, who: { id: String(id), name: name ?? null } }));
			}),
		);
		const slots = lists.flat().flatMap(({ seance: { time, seance_length: seconds }, who }) => {
			const start = toIso(`${day}T${time.padStart(5, '0')}`, timeZone);
			if (!start || millis(start) < millis(from) || millis(start) >= millis(to)) return [];
			const end = seconds ? addMinutes(start, seconds / 60, timeZone) : null;
			return [slot({ provider: 'altegio', start, end, timeZone, service, staff: who })];
		});
		found += slots.length;
		return slots.sort((a, b) => millis(a.start) - millis(b.start));
	});
	return byDay.flat().slice(0, limit);
}

/** The next free times after a moment, within two weeks: what to offer where a time is taken. */
export const nextSlots = async (
	api: AltegioApi,
	search: Omit<SlotSearch, 'to' | 'limit'>,
	limit: number,
): Promise<Slot[]> =>
	await listSlots(api, {
		...search,
		to: addMinutes(search.from, DAY_AHEAD * 24 * 60, search.timeZone),
		limit,
	});
