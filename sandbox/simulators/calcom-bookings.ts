import { badRequest, bookingOutput, notFound, Refusal } from './calcom-answers';
import type { CalBooking, CalCalendar, CalEventType } from './calcom-calendar';
import { listByCursor, listByPages } from './calcom-lists';
import {
	insistOnAttendee,
	insistOnKnown,
	insistOnMetadata,
	isObject,
	momentOf,
	type Call,
	type Json,
	type Route,
} from './calcom-rules';
import { eventTypeOf, lengthOf } from './calcom-slots';
import type { CalWebhooks } from './calcom-webhooks';

const MINUTE = 60_000;
const LIST_BY_CURSOR = '2026-05-01';

const BUSY = 'User either already has booking at this time or is not available';
const HOSTS_BUSY = 'One of the hosts either already has booking at this time or is not available';

/** Bookings and their life (2024-08-13 and later); any other version is taken for the oldest, without a word. */
export class CalBookings {
	constructor(
		private readonly calendar: CalCalendar,
		private readonly webhooks: CalWebhooks,
		private readonly versions: string[],
	) {}

	routes(): Route[] {
		const on = (verb: string) => new RegExp(`^/v2/bookings/([^/]+)/${verb}$`);
		const act =
			(verb: string, change: (booking: CalBooking, body: Json) => CalBooking) =>
			({ ids: [uid = ''], body, version }: Call) => {
				if (!this.isKnown(version)) throw notFound(`Cannot POST /v2/bookings/${uid}/${verb}`);
				return this.output(change(this.find(uid), body));
			};
		return [
			['POST', /^\/v2\/bookings$/, 201, (call) => this.output(this.create(call))],
			['GET', /^\/v2\/bookings$/, 200, (call) => this.list(call)],
			['GET', /^\/v2\/bookings\/([^/]+)$/, 200, ({ ids: [uid = ''] }) => this.output(this.find(uid))],
			['POST', on('cancel'), 200, act('cancel', (booking, body) => this.cancel(booking, body))],
			['POST', on('reschedule'), 201, act('reschedule', (booking, body) => this.reschedule(booking, body))],
			['POST', on('confirm'), 200, act('confirm', (booking) => this.confirm(booking))],
			['POST', on('decline'), 200, act('decline', (booking, body) => this.decline(booking, body))],
			['POST', on('mark-absent'), 200, act('mark-absent', (booking, body) => this.markAbsent(booking, body))],
		];
	}

	private isKnown(version: string | undefined) {
		return version !== undefined && this.versions.includes(version);
	}

	private output(booking: CalBooking) {
		return { data: bookingOutput(this.calendar, booking) };
	}

	private find(uid: string): CalBooking {
		const booking = this.calendar.booking(uid);
		if (!booking) throw notFound(`Booking with uid=${uid} was not found in the database`);
		return booking;
	}

	private list({ query, version }: Call) {
		if (version === LIST_BY_CURSOR && this.isKnown(version)) return listByCursor(this.calendar, query);
		return listByPages(this.calendar, query, this.isKnown(version));
	}

	/** Refuses a time that cannot be had, in Cal.com's order: past, then taken or closed. */
	private insistOnFree(type: CalEventType, start: number, length: number, movingUid?: string) {
		if (start < this.calendar.now()) throw badRequest('Attempting to book a meeting in the past.');
		const span = { start, end: start + length * MINUTE };
		// A reservation takes the time off the slots; nothing in the spec says that it stops a booking.
		const isFree = this.calendar.isWorking(type, span) && !this.calendar.isTaken(type, span, movingUid);
		if (!isFree) throw badRequest(type.teamId === undefined ? BUSY : HOSTS_BUSY);
		return span;
	}

	private create({ body, version }: Call): CalBooking {
		if (!this.isKnown(version)) {
			throw badRequest('responses must be an object, language must be a string, timeZone must be a string');
		}
		insistOnKnown(body, 'create');
		const start = momentOf(body.start, 'start');
		const { attendee, metadata } = body;
		insistOnAttendee(attendee);
		insistOnMetadata(metadata);
		const type = eventTypeOf(this.calendar, body);
		const span = this.insistOnFree(type, start, lengthOf(type, body.lengthInMinutes));
		const email = attendee.email ?? `${String(attendee.phoneNumber).replace(/\D/g, '')}@sms.cal.com`;
		const booking = this.add(type, span, {
			attendees: [
				{
					name: String(attendee.name),
					email: String(email),
					...(attendee.phoneNumber !== undefined && { phoneNumber: String(attendee.phoneNumber) }),
					timeZone: String(attendee.timeZone),
					language: String(attendee.language ?? 'en'),
					absent: false,
				},
			],
			guests: Array.isArray(body.guests) ? body.guests.map(String) : [],
			metadata: metadata ?? {},
			answers: isObject(body.bookingFieldsResponses) ? body.bookingFieldsResponses : {},
			location: locationText(body.location),
		});
		this.webhooks.announce(booking.status === 'pending' ? 'BOOKING_REQUESTED' : 'BOOKING_CREATED', booking);
		return booking;
	}

	private add(
		type: CalEventType,
		span: { start: number; end: number },
		more: Pick<CalBooking, 'attendees' | 'guests' | 'metadata' | 'answers' | 'location'> &
			Partial<CalBooking>,
	): CalBooking {
		const { number, text } = this.calendar.nextId('booking');
		const now = this.calendar.now();
		const booking: CalBooking = {
			id: number,
			uid: text,
			eventTypeId: type.id,
			status: type.requiresConfirmation ? 'pending' : 'accepted',
			...span,
			absentHost: false,
			createdAt: now,
			updatedAt: now,
			endSent: false,
			...more,
		};
		this.calendar.bookings.push(booking);
		return booking;
	}

	private change(booking: CalBooking, changes: Partial<CalBooking>): CalBooking {
		return Object.assign(booking, changes, { updatedAt: this.calendar.now() });
	}

	private cancel(booking: CalBooking, body: Json): CalBooking {
		insistOnKnown(body, 'cancel');
		if (booking.status === 'cancelled') {
			throw badRequest(
				`Can't cancel booking with uid=${booking.uid} because it has been cancelled already. Please provide uid of a booking that is not cancelled.`,
			);
		}
		if (booking.end < this.calendar.now()) {
			throw new Refusal(400, 'BadRequestException', 'Cannot cancel a booking that has already ended', true);
		}
		const cancellationReason =
			body.cancellationReason === undefined ? undefined : String(body.cancellationReason);
		this.change(booking, { status: 'cancelled', cancellationReason });
		this.webhooks.announce('BOOKING_CANCELLED', booking, {
			cancellationReason: cancellationReason ?? null,
			requestReschedule: false,
			metadata: undefined,
			attendees: booking.attendees.map(({ phoneNumber, ...attendee }) => ({
				...attendee,
				phoneNumber: phoneNumber ?? null,
			})),
		});
		return booking;
	}

	private reschedule(booking: CalBooking, body: Json): CalBooking {
		insistOnKnown(body, 'reschedule');
		const start = momentOf(body.start, 'start');
		if (booking.status === 'cancelled' || booking.status === 'rejected') {
			throw badRequest(
				`Can't reschedule booking with uid=${booking.uid} because it has been ${booking.status}. Please provide uid of a booking that is not ${booking.status}.`,
			);
		}
		const type = eventTypeOf(this.calendar, { eventTypeId: booking.eventTypeId });
		const length = (booking.end - booking.start) / MINUTE;
		const span = this.insistOnFree(type, start, length, booking.uid);
		const { attendees, guests, metadata, answers, location } = booking;
		const byOwner = body.rescheduledBy === this.calendar.host(type).email;
		const made = this.add(type, span, {
			...structuredClone({ attendees, guests, metadata, answers, location }),
			...(byOwner && { status: 'accepted' as const }),
			rescheduledFromUid: booking.uid,
			reschedulingReason: body.reschedulingReason as string | undefined,
			rescheduledByEmail: body.rescheduledBy as string | undefined,
		});
		this.change(booking, { status: 'cancelled', rescheduledToUid: made.uid });
		const trigger = made.status === 'pending' ? 'BOOKING_REQUESTED' : 'BOOKING_RESCHEDULED';
		this.webhooks.announce(trigger, made, {
			rescheduleId: booking.id,
			rescheduleUid: booking.uid,
			rescheduleStartTime: new Date(booking.start).toISOString(),
			rescheduleEndTime: new Date(booking.end).toISOString(),
			rescheduledBy: body.rescheduledBy ?? null,
		});
		return made;
	}

	private confirm(booking: CalBooking): CalBooking {
		if (booking.status === 'accepted') throw badRequest('Booking already confirmed');
		if (booking.status !== 'pending')
			throw badRequest(`Booking is ${booking.status} and cannot be confirmed`);
		this.change(booking, { status: 'accepted' });
		this.webhooks.announce('BOOKING_CREATED', booking);
		return booking;
	}

	private decline(booking: CalBooking, body: Json): CalBooking {
		if (booking.status !== 'pending') throw badRequest(`Booking is ${booking.status} and cannot be declined`);
		const rejectionReason = body.reason === undefined ? undefined : String(body.reason);
		this.change(booking, { status: 'rejected', rejectionReason });
		this.webhooks.announce('BOOKING_REJECTED', booking, { rejectionReason: rejectionReason ?? null });
		return booking;
	}

	private markAbsent(booking: CalBooking, { host, attendees }: Json): CalBooking {
		if (typeof host === 'boolean') booking.absentHost = host;
		const marked = (Array.isArray(attendees) ? attendees : []).filter(isObject);
		for (const { email, absent } of marked) {
			const attendee = booking.attendees.find((one) => one.email === email);
			if (!attendee) throw notFound(`Attendee with email ${String(email)} not found`);
			attendee.absent = absent === true;
		}
		this.change(booking, {});
		this.webhooks.announce('BOOKING_NO_SHOW_UPDATED', booking, {
			message: marked.map(({ email }) => `${String(email)} marked as no-show`).join(', '),
			attendees: marked.map(({ email, absent }) => ({ email, noShow: absent === true })),
			bookingUid: booking.uid,
			bookingId: booking.id,
		});
		return booking;
	}
}

function locationText(location: unknown): string {
	if (!isObject(location)) return 'integrations:daily';
	const { type, ...more } = location;
	return String(Object.values(more)[0] ?? type);
}
