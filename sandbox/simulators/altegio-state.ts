import { DateTime } from 'luxon';

/** Ids are numbers here and in most of Altegio's answers. */
export interface AltegioLocation {
	id: number;
	title: string;
	timezone_name: string;
	address: string;
	staff: Array<{ id: number; name: string; specialization: string; fired?: 0 | 1 }>;
	/** `staff`: who does it, and in how many seconds. */
	services: Array<{
		id: number;
		title: string;
		price: number;
		seconds: number;
		staff: Record<number, number>;
	}>;
}

export interface AltegioClient {
	id: number;
	name: string;
	surname: string;
	/** Digits. */
	phone: string;
	email: string;
	comment: string;
	/** YYYY-MM-DD or empty. */
	birth_date: string;
	categories: Array<{ id: number; title: string }>;
	custom_fields: Record<string, unknown>;
	discount: number;
	changed?: string;
}

export interface AltegioLine {
	id: number;
	cost?: number;
	first_cost?: number;
	discount?: number;
	amount?: number;
}

/** An appointment as it is kept. */
export interface AltegioBooking {
	id: number;
	visitId: number;
	staffId: number;
	clientId?: number;
	services: AltegioLine[];
	/** Milliseconds since 1970. */
	start: number;
	/** Seconds. */
	length: number;
	attendance: number;
	confirmed: 0 | 1;
	deleted: boolean;
	online: boolean;
	paid: number;
	comment: string;
	apiId: string;
	customFields: Record<string, unknown>;
	createdAt: string;
	changedAt: string;
}

/** What Altegio refuses, with its status. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly errors?: Record<string, string[]>,
	) {
		super(message);
	}
}

const OPENS = 9;
const CLOSES = 18;
const GRID_MINUTES = 30;
const SUNDAY = 7;

/** A location's calendar, staff, services and clients. */
export class AltegioSalon {
	readonly bookings = new Map<number, AltegioBooking>();
	readonly clients = new Map<number, AltegioClient>();
	private nextId = 9_000_000;

	constructor(
		readonly location: AltegioLocation,
		private readonly now: () => Date,
	) {}

	get zone(): string {
		return this.location.timezone_name;
	}

	newId(): number {
		return ++this.nextId;
	}

	/** ISO 8601 with the location's offset. */
	iso(moment: number): string {
		return this.local(moment).toISO({ suppressMilliseconds: true }) ?? '';
	}

	/** Now, in the dialect of create_date: an offset without a colon. */
	stamp(): string {
		return this.iso(this.now().getTime()).replace(/:(\d\d)$/, '$1');
	}

	/** A local time, or one with an offset, in milliseconds. */
	moment(text: string): number {
		const time = DateTime.fromISO(text.trim().replace(' ', 'T'), { zone: this.zone });
		if (!time.isValid) throw new Refusal(422, 'Validation failed', { datetime: ['is not a date'] });
		return time.toMillis();
	}

	local(moment: number): DateTime {
		return DateTime.fromMillis(moment, { zone: this.zone });
	}

	service(id: number) {
		const found = this.location.services.find((service) => service.id === id);
		if (!found) throw new Refusal(422, 'Validation failed', { services: [`service ${id} does not exist`] });
		return found;
	}

	member(id: number) {
		const found = this.location.staff.find((member) => member.id === id);
		if (!found) throw new Refusal(422, 'Validation failed', { staff_id: ['does not exist'] });
		return found;
	}

	/** Whether a member of staff works then and has nobody else; `except` is the appointment being moved. */
	isFree(staffId: number, start: number, seconds: number, except?: number): boolean {
		const begin = this.local(start);
		const end = begin.plus({ seconds });
		const closing = begin.startOf('day').set({ hour: CLOSES });
		if (begin.weekday === SUNDAY || begin.hour < OPENS || end > closing) return false;
		return ![...this.bookings.values()].some(
			(other) =>
				other.id !== except &&
				other.staffId === staffId &&
				!other.deleted &&
				other.start < end.toMillis() &&
				start < other.start + other.length * 1000,
		);
	}

	/** Start times that can still be booked on a day. */
	times(serviceId: number, staffId: number, day: string): number[] {
		const seconds = this.service(serviceId).staff[staffId];
		const opening = DateTime.fromISO(day, { zone: this.zone }).set({ hour: OPENS });
		if (!seconds || !opening.isValid) return [];
		const grid = Array.from({ length: ((CLOSES - OPENS) * 60) / GRID_MINUTES }, (_, index) =>
			opening.plus({ minutes: index * GRID_MINUTES }).toMillis(),
		);
		return grid.filter((start) => start > this.now().getTime() && this.isFree(staffId, start, seconds));
	}

	/** Staff who do a service, those who left excepted. */
	staffFor(serviceId: number) {
		const { staff } = this.service(serviceId);
		return this.location.staff.filter(({ id, fired }) => fired !== 1 && staff[id] !== undefined);
	}

	/** The client of a phone, made where there is none. */
	clientFor({
		name,
		phone,
		email,
		surname,
	}: {
		name?: string;
		phone?: string;
		email?: string;
		surname?: string;
	}) {
		const digits = String(phone ?? '').replace(/\D/g, '');
		if (!digits) return undefined;
		const known = [...this.clients.values()].find((client) => client.phone === digits);
		if (known) return known;
		const client: AltegioClient = {
			id: this.newId(),
			name: name ?? digits,
			surname: surname ?? '',
			phone: digits,
			email: email ?? '',
			comment: '',
			birth_date: '',
			categories: [],
			custom_fields: {},
			discount: 0,
			changed: this.stamp(),
		};
		this.clients.set(client.id, client);
		return client;
	}
}
