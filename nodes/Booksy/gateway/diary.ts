import type { IDataObject } from 'n8n-workflow';
import type { Slot } from '../../../lib/appointment';
import type { HttpClient } from '../../../lib/http';
import { mapBounded } from '../../../lib/parallel';
import { bookOrSuggest, isWanted, numberOf, textOf } from '../answers';
import type { AppointmentQuery, Booked, Diary, NewAppointment, Offer, SlotQuery } from '../diary';
import { once } from '../once';
import { datesOf, fromMillis, toMillis } from '../times';
import { bodyOf, dateAndTime, toAppointment, toSlot } from './appointment';
import * as calls from './calls';
import type { GatewayAppointment, GatewayChange, GatewayService } from './types';

interface Place {
	http: HttpClient;
	timeZone: string;
	country?: string;
}

const AT_ONCE = 4;
const never = () => false;
const LOOK_AHEAD_DAYS = 7;
const DAY = 86_400_000;

const toOffer = (raw: GatewayService): Offer => ({
	id: String(raw.id),
	name: raw.name,
	durationMinutes: numberOf(raw.duration),
	price: numberOf(raw.price),
	currency: textOf(raw.currency),
	staffIds: raw.staff_ids?.map(String) ?? null,
	raw: { ...raw } as IDataObject,
});

/**
 * The diary behind a gateway that offers the bearer-key contract.
 *
 * `GET /availability` and `POST /appointments` are the contract as integration guides print it; the rest
 * (`/appointments/{id}`, `/services`, `/staff`) is our reading of how it goes on. Booksy itself offers none of it.
 */
export function gatewayDiary(place: Place): Diary {
	const { http, timeZone, country } = place;
	const booked = (raw: GatewayAppointment, known: Partial<GatewayAppointment> = {}): Booked => ({
		appointment: toAppointment({ ...known, ...raw }, timeZone, country),
		raw: { ...raw } as IDataObject,
	});
	const get = async (id: string) => booked(await calls.getAppointment(http, id));
	const change = async (id: string, body: GatewayChange) => {
		const answer = await calls.changeAppointment(http, id, body);
		// A change may be answered with nothing but its success.
		return answer?.date ? booked(answer) : await get(id);
	};
	const slots = async (query: SlotQuery) => await freeSlots(place, query);
	const nextFree = async (start: string, service: string | null, staff?: string) => {
		const till = fromMillis(toMillis(start) + LOOK_AHEAD_DAYS * DAY, timeZone);
		return service === null ? [] : await slots({ service, staff, from: start, till, stepMinutes: 0 });
	};
	return {
		timeZone,
		country,
		slots,
		offers: once(async () => (await calls.listServices(http)).map(toOffer)),
		staff: once(async () => {
			const list = await calls.listStaff(http);
			return list.map((raw) => ({ id: String(raw.id), name: raw.name, raw: { ...raw } as IDataObject }));
		}),
		get,
		list: async (query) => await readAppointments(place, query, booked),
		create: async (wanted: NewAppointment) => {
			const body = bodyOf(wanted, timeZone);
			const { start, service, staff } = wanted;
			return await bookOrSuggest(
				http,
				{ start, timeZone, nextFree: async () => await nextFree(start, service, staff) },
				async () => booked(await calls.createAppointment(http, body), body),
			);
		},
		reschedule: async (id, { start, staff, reason }) => {
			const nextFreeOfSame = async () => {
				const before = await calls.getAppointment(http, id);
				return await nextFree(
					start,
					textOf(before.service_id),
					staff ?? textOf(before.staff_id) ?? undefined,
				);
			};
			return await bookOrSuggest(
				http,
				{ start, timeZone, nextFree: nextFreeOfSame },
				async () => await change(id, { ...dateAndTime(start, timeZone), staff_id: staff, reason }),
			);
		},
		cancel: async (id, reason) => await change(id, { status: 'cancelled', reason }),
		confirm: async (id) => await change(id, { status: 'confirmed' }),
		markNoShow: async (id) => await change(id, { status: 'no_show' }),
	};
}

async function freeSlots({ http, timeZone }: Place, query: SlotQuery): Promise<Slot[]> {
	const { service, staff, from, till } = query;
	const days = await mapBounded(datesOf(from, till, timeZone), AT_ONCE, never, async (date) => {
		const list = await calls.availability(http, {
			date,
			service_id: service,
			...(staff && { staff_id: staff }),
		});
		return list.map((raw) => toSlot(raw, date, query, timeZone)).filter((one) => one !== undefined);
	});
	const [first, last] = [toMillis(from), toMillis(till)];
	return days
		.flat()
		.filter(({ start }) => toMillis(start) >= first && toMillis(start) < last)
		.sort((a, b) => toMillis(a.start) - toMillis(b.start));
}

async function readAppointments(
	{ http, timeZone }: Place,
	query: AppointmentQuery,
	booked: (raw: GatewayAppointment) => Booked,
): Promise<Booked[]> {
	const { from, till, staff, limit = Infinity } = query;
	const found: Booked[] = [];
	const period = {
		...(from && { date_from: dateAndTime(from, timeZone).date }),
		...(till && { date_to: dateAndTime(till, timeZone).date }),
		...(staff && { staff_id: staff }),
	};
	await calls.eachAppointmentPage(http, period, (page) => {
		found.push(...page.map((raw) => booked(raw)).filter(({ appointment }) => isWanted(appointment, query)));
		return found.length >= limit;
	});
	return found.slice(0, limit);
}
