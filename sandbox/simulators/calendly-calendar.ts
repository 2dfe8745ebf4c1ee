import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { Json } from './calendly-answers';

/** A member of the organization; the first one is whom the tokens belong to. */
export interface CalendlyUser {
	uuid: string;
	name: string;
	email: string;
	slug: string;
	timeZone: string;
}

export interface CalendlyQuestion {
	name: string;
	type: 'string' | 'text' | 'phone_number' | 'single_select' | 'multi_select';
	required?: boolean;
}

export interface CalendlyEventType {
	uuid: string;
	name: string;
	slug: string;
	/** Minutes. */
	duration: number;
	hostUuid: string;
	/** People who can book one time; 1 unless said. */
	seats?: number;
	active?: boolean;
	/** The team that owns it. */
	team?: string;
	questions?: CalendlyQuestion[];
	locations?: Array<{ kind: string; location?: string }>;
}

export interface CalendlyInvitee {
	uuid: string;
	eventUuid: string;
	name: string;
	email: string;
	timeZone: string;
	phone: string | null;
	status: 'active' | 'canceled';
	answers: Json[];
	tracking: Json;
	rescheduled: boolean;
	oldUri: string | null;
	newUri: string | null;
	noShow: { uuid: string; createdAt: number } | null;
	cancellation: Json | null;
	createdAt: number;
	updatedAt: number;
	/** `instant_book` for POST /invitees. */
	method: string | null;
}

export interface CalendlyEvent {
	uuid: string;
	typeUuid: string;
	status: 'active' | 'canceled';
	/** Milliseconds since 1970, as all times in here. */
	start: number;
	end: number;
	location: Json | null;
	guests: string[];
	invitees: CalendlyInvitee[];
	cancellation: Json | null;
	createdAt: number;
	updatedAt: number;
}

export interface CalendarSettings {
	users: CalendlyUser[];
	eventTypes: CalendlyEventType[];
	organization: string;
	now: () => Date;
}

interface Span {
	start: number;
	end: number;
}

const MINUTE = 60_000;

/** Monday to Saturday, 9 to 18, on the host's clock. */
export const WORKING_HOURS = { days: [1, 2, 3, 4, 5, 6], from: 9, to: 18 };

const overlap = (a: Span, b: Span) => a.start < b.end && b.start < a.end;

const activeIn = (event: CalendlyEvent) => event.invitees.filter(({ status }) => status === 'active').length;

/** The calendars behind the account: hosts' working hours and their events. */
export class CalendlyCalendar {
	readonly events: CalendlyEvent[] = [];
	private made = 0;

	constructor(readonly settings: CalendarSettings) {}

	reset(): void {
		this.events.length = 0;
		this.made = 0;
	}

	now(): number {
		return this.settings.now().getTime();
	}

	/** A new UUID of its kind: the same story gives the same ones. */
	nextUuid(kind: string): string {
		const hash = createHash('sha256').update(`${kind} ${++this.made}`).digest('hex');
		return hash.slice(0, 16).toUpperCase();
	}

	event(uuid: string): CalendlyEvent | undefined {
		return this.events.find((event) => event.uuid === uuid);
	}

	eventType(uuid: string): CalendlyEventType | undefined {
		return this.settings.eventTypes.find((type) => type.uuid === uuid);
	}

	/** The host of an event type. */
	host(type: CalendlyEventType): CalendlyUser {
		const { users } = this.settings;
		return users.find(({ uuid }) => uuid === type.hostUuid) ?? (users[0] as CalendlyUser);
	}

	/** The group event that has room at exactly this time. */
	shared(type: CalendlyEventType, start: number): CalendlyEvent | undefined {
		return this.events.find(
			(event) =>
				event.typeUuid === type.uuid &&
				event.status === 'active' &&
				event.start === start &&
				activeIn(event) < (type.seats ?? 1),
		);
	}

	/** How many people can book a time: 0 outside working hours, in the past, and where the host is busy. */
	room(type: CalendlyEventType, start: number): number {
		const span = { start, end: start + type.duration * MINUTE };
		if (start < this.now() || !this.isWorking(type, span)) return 0;
		const shared = this.shared(type, start);
		if (shared) return (type.seats ?? 1) - activeIn(shared);
		return this.isBusy(type, span) ? 0 : (type.seats ?? 1);
	}

	/** Starts from `from` until `to`, one length after another since the host's opening. */
	starts(type: CalendlyEventType, from: number, to: number): Array<{ start: number; room: number }> {
		const { timeZone } = this.host(type);
		const found: Array<{ start: number; room: number }> = [];
		let day = DateTime.fromMillis(from, { zone: timeZone }).startOf('day');
		for (; day.toMillis() < to; day = day.plus({ days: 1 })) {
			let start = day.set({ hour: WORKING_HOURS.from }).toMillis();
			const closing = day.set({ hour: WORKING_HOURS.to }).toMillis();
			for (; start + type.duration * MINUTE <= closing; start += type.duration * MINUTE) {
				const room = start < from || start >= to ? 0 : this.room(type, start);
				if (room > 0) found.push({ start, room });
			}
		}
		return found;
	}

	private isBusy(type: CalendlyEventType, span: Span): boolean {
		return this.events.some(
			(event) =>
				event.status === 'active' &&
				this.eventType(event.typeUuid)?.hostUuid === type.hostUuid &&
				overlap(event, span),
		);
	}

	private isWorking(type: CalendlyEventType, { start, end }: Span): boolean {
		const zone = this.host(type).timeZone;
		const from = DateTime.fromMillis(start, { zone });
		const to = DateTime.fromMillis(end, { zone });
		const closing = from.startOf('day').set({ hour: WORKING_HOURS.to });
		return WORKING_HOURS.days.includes(from.weekday) && from.hour >= WORKING_HOURS.from && to <= closing;
	}
}
