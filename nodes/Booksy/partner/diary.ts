import type { IDataObject } from 'n8n-workflow';
import { slot, type Slot } from '../../../lib/appointment';
import type { HttpClient } from '../../../lib/http';
import { mapBounded } from '../../../lib/parallel';
import { bookOrSuggest, isWanted, numberOf, textOf, type Attempt } from '../answers';
import type { AppointmentQuery, Booked, Diary, Member, NewAppointment, Offer, SlotQuery } from '../diary';
import { once } from '../once';
import { datesOf, fromMillis, toMillis, toNaive } from '../times';
import { bodyOf, movedBody, toAppointment } from './appointment';
import { anyStaff, freeStarts, type StaffStarts } from './availability';
import * as calls from './calls';
import { absences, openHours, takenFrom } from './schedule';
import type { PartnerAppointment, Service, Variant } from './types';

interface Place {
	http: HttpClient;
	businessId: string;
	timeZone: string;
	country?: string;
}

const AT_ONCE = 4;
const never = () => false;
const DAY = 86_400_000;
const LOOK_AHEAD_DAYS = 7;

const minutesOf = (padding: number | null | undefined, when: boolean) => (when ? (padding ?? 0) : 0);

/** A bookable offer is a variant: "variant id, not service id" is what appointments name. */
function toOffer(service: Service, variant: Variant): Offer & { service: Service } {
	const name = [service.name, textOf(variant.label ?? variant.name)].filter(Boolean).join(', ');
	const staffIds = service.resources?.map((one) => String(typeof one === 'object' ? one.id : one));
	return {
		id: String(variant.id),
		name,
		durationMinutes: numberOf(variant.duration),
		price: numberOf(variant.price),
		currency: /^[A-Z]{3}$/.test(variant.currency ?? '') ? (variant.currency ?? null) : null,
		staffIds: staffIds ?? null,
		raw: { ...service, variant } as unknown as IDataObject,
		service,
	};
}

/**
 * The diary of one business behind Booksy's Public API for partners.
 *
 * Known from the archived reference (2022-07-06): paths, appointment, status letters, errors, limits. Unconfirmed
 * until a partner account is at hand: the fields of services, variants and schedules (see types). It names no
 * path for free times, so they are computed: working hours less absences less appointments.
 */
export function partnerDiary(place: Place): Diary {
	const { http, timeZone, country } = place;
	const booked = (raw: PartnerAppointment): Booked => ({
		appointment: toAppointment(raw, timeZone, country),
		raw: raw as unknown as IDataObject,
	});
	const services = once(async () => await calls.listServices(place));
	const offers = once(async () => await readOffers(place, await services()));
	const staff = once(async () => await readStaff(place));
	const get = async (id: string) => booked(await calls.getAppointment(place, id));
	const change = async (id: string, status: calls.StatusChange) => {
		await calls.changeStatus(place, id, status);
		return await get(id);
	};
	const slots = async (query: SlotQuery) => {
		// Alone, as it may have to get a token first: those that follow then share it.
		await services();
		const [offered, members, calendar] = await Promise.all([offers(), staff(), readCalendar(place, query)]);
		return await freeSlots(place, query, { offers: offered, staff: members, calendar });
	};
	const attempt = (start: string, service: string | null, who?: string): Attempt => ({
		start,
		timeZone,
		nextFree: async () =>
			service === null
				? []
				: await slots({ service, staff: who, stepMinutes: 15, ...weekFrom(start, timeZone) }),
	});
	return {
		timeZone,
		country,
		offers,
		staff,
		slots,
		get,
		list: async (query) => await readAppointments(place, query, booked),
		create: async (wanted: NewAppointment) =>
			await bookOrSuggest(http, attempt(wanted.start, wanted.service, wanted.staff), async () =>
				booked(await calls.createAppointment(place, bodyOf(wanted, timeZone))),
			),
		reschedule: async (id, move) => {
			const before = await calls.getAppointment(place, id);
			const first = before.subbookings[0];
			const who = move.staff ?? textOf(first?.staffer_id) ?? undefined;
			return await bookOrSuggest(
				http,
				attempt(move.start, textOf(first?.service_variant_id), who),
				async () => booked(await calls.replaceAppointment(place, id, movedBody(before, move, timeZone))),
			);
		},
		cancel: async (id) => await change(id, 'cancel'),
		confirm: async (id) => await change(id, 'confirm'),
		markNoShow: async (id) => await change(id, 'no_show'),
	};
}

const weekFrom = (start: string, timeZone: string) => ({
	from: start,
	till: fromMillis(toMillis(start) + LOOK_AHEAD_DAYS * DAY, timeZone),
});

async function readOffers(place: Place, services: Service[]): Promise<Array<Offer & { service: Service }>> {
	const perService = await mapBounded(services, AT_ONCE, never, async (service) => {
		const variants = service.variants ?? (await calls.listVariants(place, service.id));
		return variants.map((variant) => toOffer(service, variant));
	});
	return perService.flat();
}

async function readStaff(place: Place): Promise<Member[]> {
	const resources = await calls.listResources(place);
	return resources
		.filter(({ type, active }) => (type === undefined || type === 'S') && active !== false)
		.map((one) => ({
			id: String(one.id),
			name: one.name ?? String(one.id),
			raw: { ...one } as IDataObject,
		}));
}

async function readAppointments(
	place: Place,
	query: AppointmentQuery,
	booked: (raw: PartnerAppointment) => Booked,
): Promise<Booked[]> {
	const { from, till, limit = Infinity } = query;
	const found: Booked[] = [];
	const period = {
		...(from && { booked_from: toNaive(from, place.timeZone) }),
		...(till && { booked_till: toNaive(till, place.timeZone) }),
	};
	await calls.eachAppointmentPage(place, period, (page) => {
		found.push(...page.map(booked).filter(({ appointment }) => isWanted(appointment, query)));
		return found.length >= limit;
	});
	return found.slice(0, limit);
}

/** All appointments that can touch a period: the API filters by their times, so a day before is read too. */
async function touching(place: Place, from: string, till: string): Promise<PartnerAppointment[]> {
	const found: PartnerAppointment[] = [];
	const period = {
		booked_from: toNaive(fromMillis(toMillis(from) - DAY, place.timeZone), place.timeZone),
		booked_till: toNaive(fromMillis(toMillis(till) + DAY, place.timeZone), place.timeZone),
	};
	await calls.eachAppointmentPage(place, period, (page) => {
		found.push(...page);
		return false;
	});
	return found;
}

/** What the whole business does in a period: none of it depends on service or staff, so it is read beside them. */
interface Calendar {
	/** Days of the period and the one before, whose hours can run past midnight. */
	dates: string[];
	appointments: PartnerAppointment[];
	businessDays: Awaited<ReturnType<typeof calls.businessCustomDays>>;
}

const ends = (dates: string[]): [first: string, last: string] => [dates[0] ?? '', dates.at(-1) ?? ''];

async function readCalendar(place: Place, { from, till }: SlotQuery): Promise<Calendar> {
	const dates = datesOf(fromMillis(toMillis(from) - DAY, place.timeZone), till, place.timeZone);
	const [appointments, businessDays] = await Promise.all([
		touching(place, from, till),
		calls.businessCustomDays(place, ...ends(dates)),
	]);
	return { dates, appointments, businessDays };
}

interface Business {
	offers: Array<Offer & { service: Service }>;
	staff: Member[];
	calendar: Calendar;
}

async function freeSlots(
	place: Place,
	query: SlotQuery,
	{ offers, staff, calendar }: Business,
): Promise<Slot[]> {
	const { http, timeZone } = place;
	const offer = offers.find(({ id }) => id === query.service);
	if (!offer?.durationMinutes) {
		throw http.error({
			message: offer
				? `Booksy gives no length for "${offer.name}"`
				: `Booksy has no service variant ${query.service}`,
			howToFix: 'Choose the service from the list; the ID is the one of a variant, not of its service.',
		});
	}
	const members = staff.filter(({ id }) =>
		query.staff === undefined ? (offer.staffIds?.includes(id) ?? true) : id === query.staff,
	);
	if (query.staff !== undefined && members.length === 0) {
		throw http.error({
			message: `Booksy has no member of staff ${query.staff}`,
			howToFix: 'Choose from the list, or leave the field empty for anybody.',
		});
	}
	const starts = await startsOf(place, query, { offer, members, calendar });
	const lengthened = (start: number) => fromMillis(start + (offer.durationMinutes ?? 0) * 60_000, timeZone);
	return anyStaff(starts).map(({ start, staffIds }) => {
		const [only] = query.staff === undefined ? [] : members;
		return slot({
			provider: 'booksy',
			start: fromMillis(start, timeZone),
			end: lengthened(start),
			timeZone,
			service: { id: offer.id, name: offer.name },
			staff: only ? { id: only.id, name: only.name } : null,
			capacity: staffIds.length,
		});
	});
}

interface Work {
	offer: Offer & { service: Service };
	members: Member[];
	calendar: Calendar;
}

async function startsOf(
	place: Place,
	query: SlotQuery,
	{ offer: { durationMinutes, service }, members, calendar: { dates, appointments, businessDays } }: Work,
): Promise<StaffStarts[]> {
	const { timeZone } = place;
	return await mapBounded(members, AT_ONCE, never, async ({ id }) => {
		const [week, customDays, timeOff] = await Promise.all([
			calls.defaultWeek(place, id),
			calls.customDays(place, id, ...ends(dates)),
			calls.listTimeOff(place, id),
		]);
		const padding = service.padding_time_type ?? '';
		const starts = freeStarts({
			open: openHours({ week, customDays, businessDays }, dates, timeZone),
			busy: [...absences(timeOff, timeZone), ...takenFrom(appointments, id, timeZone)],
			from: Math.max(toMillis(query.from), Date.now()),
			till: toMillis(query.till),
			durationMinutes: durationMinutes ?? 0,
			stepMinutes: query.stepMinutes,
			padding: {
				before: minutesOf(service.padding_time, padding === 'B' || padding === 'C'),
				after: minutesOf(service.padding_time, padding === 'A' || padding === 'C'),
			},
		});
		return { staffId: id, starts };
	});
}
