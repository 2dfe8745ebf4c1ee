import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';

/** A person with a calendar; the account's owner is the first. */
export interface CalUser {
	id: number;
	username: string;
	name: string;
	email: string;
	timeZone: string;
}

export interface CalEventType {
	id: number;
	slug: string;
	title: string;
	/** Minutes. */
	length: number;
	/** Where the booker may choose. */
	lengths?: number[];
	requiresConfirmation?: boolean;
	/** In cents. */
	price?: number;
	currency?: string;
	hostId: number;
	teamId?: number;
}

export interface CalTeam {
	id: number;
	name: string;
	slug: string;
}

export interface CalAttendee {
	name: string;
	email: string;
	phoneNumber?: string;
	timeZone: string;
	language: string;
	absent: boolean;
}

export interface CalBooking {
	id: number;
	uid: string;
	eventTypeId: number;
	status: 'accepted' | 'pending' | 'cancelled' | 'rejected';
	/** Milliseconds since 1970, as all times in here. */
	start: number;
	end: number;
	attendees: CalAttendee[];
	guests: string[];
	metadata: Record<string, unknown>;
	answers: Record<string, unknown>;
	location: string;
	absentHost: boolean;
	createdAt: number;
	updatedAt: number;
	cancellationReason?: string;
	rejectionReason?: string;
	reschedulingReason?: string;
	rescheduledByEmail?: string;
	rescheduledFromUid?: string;
	rescheduledToUid?: string;
	/** The webhook of its end is sent once, with the booking as it was when it was accepted. */
	endSent: boolean;
}

interface Reservation {
	uid: string;
	eventTypeId: number;
	start: number;
	end: number;
	until: number;
}

const MINUTE = 60_000;

/** Monday to Saturday, 9 to 18, on the host's clock. */
export const WORKING_HOURS = { days: [1, 2, 3, 4, 5, 6], from: 9, to: 18 };

export interface CalendarSettings {
	users: CalUser[];
	eventTypes: CalEventType[];
	teams: CalTeam[];
	now: () => Date;
}

interface Span {
	start: number;
	end: number;
}

const overlap = (a: Span, b: Span) => a.start < b.end && b.start < a.end;

/** The calendars behind the account: hosts' working hours, bookings and reservations. */
export class CalCalendar {
	readonly bookings: CalBooking[] = [];
	readonly reservations: Reservation[] = [];
	private made = 0;

	constructor(readonly settings: CalendarSettings) {}

	reset(): void {
		this.bookings.length = 0;
		this.reservations.length = 0;
		this.made = 0;
	}

	now(): number {
		return this.settings.now().getTime();
	}

	/** A new id of its kind: the same story gives the same ids. */
	nextId(kind: string): { number: number; text: string } {
		const number = ++this.made;
		const text = createHash('sha256').update(`${kind} ${number}`).digest('base64url');
		return { number, text: text.replace(/[-_]/g, 'x').slice(0, 22) };
	}

	booking(uid: string): CalBooking | undefined {
		return this.bookings.find((booking) => booking.uid === uid);
	}

	eventType(id: number): CalEventType | undefined {
		return this.settings.eventTypes.find((type) => type.id === id);
	}

	/** The host of an event type. */
	host(type: CalEventType): CalUser {
		return this.settings.users.find(({ id }) => id === type.hostId) ?? (this.settings.users[0] as CalUser);
	}

	/** Whether the host works then, and nobody else has the time; a booking that is moved does not stand in its own way. */
	isFree(type: CalEventType, span: Span, movingUid?: string): boolean {
		return this.isWorking(type, span) && !this.isTaken(type, span, movingUid) && !this.isReserved(type, span);
	}

	/** Free times from `from` until `to`, one length after another since the host's opening. */
	slots(type: CalEventType, from: number, to: number, length: number, movingUid?: string): Span[] {
		const { timeZone } = this.host(type);
		const found: Span[] = [];
		let day = DateTime.fromMillis(from, { zone: timeZone }).startOf('day');
		for (; day.toMillis() < to; day = day.plus({ days: 1 })) {
			let start = day.set({ hour: WORKING_HOURS.from }).toMillis();
			const closing = day.set({ hour: WORKING_HOURS.to }).toMillis();
			for (; start + length * MINUTE <= closing; start += length * MINUTE) {
				const span = { start, end: start + length * MINUTE };
				if (start < from || span.end > to || start < this.now()) continue;
				if (this.isFree(type, span, movingUid)) found.push(span);
			}
		}
		return found;
	}

	isTaken(type: CalEventType, span: Span, movingUid?: string): boolean {
		return this.bookings.some(
			(booking) =>
				booking.uid !== movingUid &&
				(booking.status === 'accepted' || booking.status === 'pending') &&
				this.eventType(booking.eventTypeId)?.hostId === type.hostId &&
				overlap(booking, span),
		);
	}

	isReserved(type: CalEventType, span: Span): boolean {
		return this.reservations.some(
			(held) => held.eventTypeId === type.id && held.until > this.now() && overlap(held, span),
		);
	}

	isWorking(type: CalEventType, { start, end }: Span): boolean {
		const zone = this.host(type).timeZone;
		const from = DateTime.fromMillis(start, { zone });
		const to = DateTime.fromMillis(end, { zone });
		const closing = from.startOf('day').set({ hour: WORKING_HOURS.to });
		return WORKING_HOURS.days.includes(from.weekday) && from.hour >= WORKING_HOURS.from && to <= closing;
	}
}
