/** Local time of a business, to the minute: YYYY-MM-DDTHH:MM. */
export type Local = string;

export interface Hours {
	hour_from: string;
	hour_till: string;
}

/** 0 Sunday to 6 Saturday. */
export type Week = Array<{ day_of_week: number; hours: Hours[] }>;

export interface CustomDay {
	date: string;
	hours: Hours[];
}

export interface Absence {
	id: number;
	date_from: string;
	date_till: string;
	hour_from: string | null;
	hour_till: string | null;
	reason_code: string;
	reason: string;
	approved: boolean;
}

/** Somebody who works there (S), or an appliance (R). */
export interface Worker {
	id: number;
	name: string;
	type: 'S' | 'R';
	active: boolean;
	week: Week;
	customDays: CustomDay[];
	absences: Absence[];
}

export interface Treatment {
	id: number;
	name: string;
	padding_time: number;
	padding_time_type: 'A' | 'B' | 'C' | null;
	variants: Array<{ id: number; label: string; duration: number; price: string; type: 'X' }>;
}

export interface Part {
	id: number;
	booked_from: Local;
	booked_till: Local;
	staffer_id: number | null;
	appliance_id: number | null;
	service_variant_id: number | null;
	service_name: string | null;
}

export interface Visit {
	id: number;
	booked_for_id: number | null;
	status: string;
	type: 'B' | 'C' | 'R';
	customer_name: string | null;
	customer_phone: string | null;
	customer_email: string | null;
	customer_note: string | null;
	business_note: string | null;
	import_uid: string | null;
	parts: Part[];
	repeating: boolean;
	/** What only the gateway keeps. */
	lead_key?: string;
	reason?: string;
}

export interface Salon {
	id: number;
	name: string;
	country: string;
	timezone: string;
	currency: string;
	workers: Worker[];
	treatments: Treatment[];
	customDays: CustomDay[];
	visits: Visit[];
}

/** What is asked of a calendar that it cannot do. */
export class Refused extends Error {
	constructor(
		readonly kind: 'conflict' | 'invalid' | 'missing' | 'repeating',
		message: string,
	) {
		super(message);
	}
}

const WEEK: Week = [1, 2, 3, 4, 5, 6].map((day_of_week) => ({
	day_of_week,
	hours: [{ hour_from: '09:00', hour_till: '18:00' }],
}));

const worker = (id: number, name: string, type: 'S' | 'R' = 'S'): Worker => ({
	id,
	name,
	type,
	active: true,
	week: structuredClone(WEEK),
	customDays: [],
	absences: [],
});

const treatments = (base: number, price: string): Treatment[] => [
	{
		id: base,
		name: 'Haircut',
		padding_time: 0,
		padding_time_type: null,
		variants: [
			{ id: base * 10 + 1, label: 'Short hair', duration: 45, price, type: 'X' },
			{ id: base * 10 + 2, label: 'Long hair', duration: 60, price, type: 'X' },
		],
	},
	{
		id: base + 1,
		name: 'Colouring',
		padding_time: 15,
		padding_time_type: 'A',
		variants: [{ id: base * 10 + 11, label: '', duration: 120, price, type: 'X' }],
	},
];

/** The salons a fresh simulator has: one a country, two people and a chair each, Monday to Saturday 9 to 18. */
export const freshSalons = (): Salon[] =>
	[
		{ id: 123, country: 'pl', name: 'Salon Wisła', timezone: 'Europe/Warsaw', currency: 'PLN' },
		{ id: 223, country: 'us', name: 'Hudson Cuts', timezone: 'America/New_York', currency: 'USD' },
		{ id: 323, country: 'es', name: 'Salón Manzanares', timezone: 'Europe/Madrid', currency: 'EUR' },
	].map((salon, index) => ({
		...salon,
		workers: [
			worker(456 + index * 100, 'Anna'),
			worker(457 + index * 100, 'Piotr'),
			worker(499 + index * 100, 'Chair 1', 'R'),
		],
		treatments: treatments(78 + index * 10, '120.00'),
		customDays: [],
		visits: [],
	}));

/** Adds minutes to a local time by its clock face. */
export function addMinutes(local: Local, minutes: number): Local {
	return new Date(Date.parse(`${local}:00Z`) + minutes * 60_000).toISOString().slice(0, 16);
}

const TAKES_TIME = (status: string) => status !== 'C' && status !== 'D';

const overlaps = (a: { from: Local; till: Local }, b: { from: Local; till: Local }) =>
	a.from < b.till && b.from < a.till;

/** Whether somebody works and is not away during a span. */
function works(salon: Salon, one: Worker, from: Local, till: Local): boolean {
	const [date = '', start = ''] = from.split('T');
	const end = till.slice(0, 10) === date ? till.slice(11) : '24:00';
	const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
	const own = one.customDays.find((day) => day.date === date)?.hours;
	const hours = own ?? one.week.find(({ day_of_week }) => day_of_week === weekday)?.hours ?? [];
	const shared = salon.customDays.find((day) => day.date === date)?.hours;
	const within = (list: Hours[]) =>
		list.some(({ hour_from, hour_till }) => hour_from <= start && end <= hour_till);
	const away = one.absences.some(
		(off) =>
			off.approved &&
			overlaps(
				{ from, till },
				{
					from: `${off.date_from}T${off.hour_from ?? '00:00'}`,
					till: `${off.date_till}T${off.hour_till ?? '24:00'}`,
				},
			),
	);
	return within(hours) && (shared === undefined || within(shared)) && !away;
}

/** Whether somebody can take an appointment during a span; `except` is the one that is being moved. */
export function isFree(salon: Salon, id: number, from: Local, till: Local, except?: Visit): boolean {
	const one = salon.workers.find((candidate) => candidate.id === id);
	if (!one || !works(salon, one, from, till)) return false;
	return !salon.visits
		.filter((visit) => visit !== except && TAKES_TIME(visit.status))
		.flatMap(({ parts }) => parts)
		.filter(({ staffer_id, appliance_id }) => staffer_id === id || appliance_id === id)
		.some((part) => overlaps({ from, till }, { from: part.booked_from, till: part.booked_till }));
}

/** A variant and the treatment it belongs to. */
export function findVariant(salon: Salon, id: number) {
	for (const treatment of salon.treatments) {
		const variant = treatment.variants.find((candidate) => candidate.id === id);
		if (variant) return { treatment, variant };
	}
	throw new Refused('invalid', `Service variant ${id} does not exist.`);
}

export interface WantedPart {
	booked_from: Local;
	booked_till?: Local;
	service_variant_id: number;
	/** -1: whoever is free. */
	staffer_id: number;
}

/**
 * Finds out who does a part, and refuses what overlaps.
 *
 * @throws Refused
 */
export function placePart(
	salon: Salon,
	wanted: WantedPart,
	id: number,
	{ force = false, except }: { force?: boolean; except?: Visit } = {},
): Part {
	const { treatment, variant } = findVariant(salon, wanted.service_variant_id);
	const from = wanted.booked_from;
	const till = wanted.booked_till ?? addMinutes(from, variant.duration);
	const staff = salon.workers.filter(({ type, active }) => type === 'S' && active);
	const asked = staff.filter((one) => wanted.staffer_id === -1 || one.id === wanted.staffer_id);
	if (asked.length === 0) throw new Refused('invalid', `Staffer ${wanted.staffer_id} does not exist.`);
	const taker =
		asked.find((one) => isFree(salon, one.id, from, till, except)) ?? (force ? asked[0] : undefined);
	if (!taker) throw new Refused('conflict', 'The specified resource is not available in this time.');
	return {
		id,
		booked_from: from,
		booked_till: till,
		staffer_id: taker.id,
		appliance_id: null,
		service_variant_id: variant.id,
		service_name: [treatment.name, variant.label].filter(Boolean).join(', '),
	};
}
