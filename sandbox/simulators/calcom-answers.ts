import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { json, type SimResponse } from './kit';
import type { CalBooking, CalCalendar, CalEventType, CalTeam, CalUser } from './calcom-calendar';

/** A refusal on its way to becoming an answer. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		/** Some refusals bypass the envelope: `{statusCode, message}`. */
		readonly isBare = false,
	) {
		super(message);
	}
}

const TITLES: Record<number, string> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	404: 'Not Found',
	409: 'Conflict',
	422: 'Unprocessable Entity',
	429: 'Too Many Requests',
};

/** 400 BadRequestException. */
export const badRequest = (message: string): Refusal => new Refusal(400, 'BadRequestException', message);

/** 404 NotFoundException. */
export const notFound = (message: string): Refusal => new Refusal(404, 'NotFoundException', message);

/** The error envelope of API v2 (http-exception filter), with its X-Request-Id. */
export function refused({ status, code, message, isBare }: Refusal, path: string, now: Date): SimResponse {
	const details = { message, error: TITLES[status], statusCode: status };
	const body = isBare
		? { statusCode: status, message }
		: { status: 'error', timestamp: now.toISOString(), path, error: { code, message, details } };
	return json(status, body, { 'x-request-id': randomUUID() });
}

/** A time as API v2 writes it: UTC, with milliseconds. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A booking as BookingOutput_2024_08_13 describes it. */
export function bookingOutput(calendar: CalCalendar, booking: CalBooking): Record<string, unknown> {
	const type = calendar.eventType(booking.eventTypeId) as CalEventType;
	const host = calendar.host(type);
	const given = Object.entries({
		cancellationReason: booking.cancellationReason,
		reschedulingReason: booking.reschedulingReason,
		rescheduledByEmail: booking.rescheduledByEmail,
		rescheduledFromUid: booking.rescheduledFromUid,
		rescheduledToUid: booking.rescheduledToUid,
	}).filter(([, value]) => value !== undefined);
	return {
		id: booking.id,
		uid: booking.uid,
		title: `${type.title} between ${host.name} and ${booking.attendees[0]?.name ?? ''}`,
		description: String(booking.answers.notes ?? ''),
		hosts: [
			{
				id: host.id,
				name: host.name,
				email: host.email,
				displayEmail: host.email,
				username: host.username,
				timeZone: host.timeZone,
			},
		],
		status: booking.status,
		...Object.fromEntries(given),
		start: isoTime(booking.start),
		end: isoTime(booking.end),
		duration: (booking.end - booking.start) / 60_000,
		eventTypeId: type.id,
		eventType: { id: type.id, slug: type.slug },
		meetingUrl: booking.location,
		location: booking.location,
		absentHost: booking.absentHost,
		createdAt: isoTime(booking.createdAt),
		updatedAt: isoTime(booking.updatedAt),
		metadata: booking.metadata,
		icsUid: `${booking.uid}@cal.com`,
		attendees: booking.attendees.map((attendee) => ({ ...attendee, displayEmail: attendee.email })),
		guests: booking.guests,
		bookingFieldsResponses: booking.answers,
	};
}

/** An event type as EventTypeOutput_2024_06_14 describes it. */
export function eventTypeOutput(calendar: CalCalendar, type: CalEventType): Record<string, unknown> {
	const host = calendar.host(type);
	const team = calendar.settings.teams.find(({ id }) => id === type.teamId);
	return {
		id: type.id,
		lengthInMinutes: type.length,
		...(type.lengths && { lengthInMinutesOptions: type.lengths }),
		title: type.title,
		slug: type.slug,
		description: '',
		locations: [{ type: 'address', address: 'ul. Przykładowa 1, Warszawa', public: true }],
		bookingFields: [],
		disableGuests: false,
		recurrence: null,
		metadata: {},
		price: type.price ?? 0,
		currency: type.currency ?? 'usd',
		lockTimeZoneToggleOnBookingPage: false,
		forwardParamsSuccessRedirect: null,
		successRedirectUrl: null,
		isInstantEvent: false,
		scheduleId: null,
		hidden: false,
		bookingRequiresAuthentication: false,
		...(team ? teamPart(host, team) : { ownerId: host.id, users: [] }),
		bookingUrl: team
			? `https://cal.com/team/${team.slug}/${type.slug}`
			: `https://cal.com/${host.username}/${type.slug}`,
	};
}

const TEAM_LOOKS = {
	bannerUrl: '',
	logoUrl: '',
	weekStart: 'Monday',
	brandColor: '',
	darkBrandColor: '',
	theme: '',
};

const teamPart = (host: CalUser, team: CalTeam) => ({
	teamId: team.id,
	hosts: [{ userId: host.id, name: host.name, username: host.username, mandatory: true, priority: 'medium' }],
	schedulingType: 'collective',
	team: { ...team, ...TEAM_LOOKS },
});

/** Slots by day, as format=time and format=range give them; times carry the offset of the zone. */
export function slotsOutput(
	slots: Array<{ start: number; end: number }>,
	zone: string,
	withEnd: boolean,
): Record<string, unknown[]> {
	const days: Record<string, unknown[]> = {};
	const write = (time: number) => DateTime.fromMillis(time, { zone });
	for (const { start, end } of slots) {
		const day = write(start).toISODate() ?? '';
		(days[day] ??= []).push({ start: write(start).toISO(), ...(withEnd && { end: write(end).toISO() }) });
	}
	return days;
}
