import { outcomeOf, type Outcome, type ProviderError } from '../../lib/http';
import { addMinutes } from '../../lib/time';
import {
	availableTimes,
	createInvitee,
	invitees,
	me,
	scheduledEvent,
	scheduledEvents,
	type Scope,
} from './api';
import { detailsOf, type Connection } from './connection';
import { timeOrNull } from './shape';
import type { Booked, EventType, Invitee, NewInvitee } from './types';
import { eventUuidOf, uuidOf } from './uris';

const DAY = 86_400_000;
const LOOK_AHEAD_DAYS = 14;
const OFFERED = 3;
const HOUR = 3600;

const hasCode = ({ reason }: ProviderError, code: string) =>
	detailsOf(reason.body).some((detail) => detail.code === code);

/** Whether Calendly refused because the time is gone (400, seen in 2026-10). */
export const isTaken = (refusal: ProviderError): boolean => hasCode(refusal, 'already_filled');

async function nextFree(api: Connection, type: EventType, start: string, timeZone: string): Promise<string> {
	const from = Date.parse(start);
	const span = { from, until: Math.max(from, api.now()) + LOOK_AHEAD_DAYS * DAY };
	const free = await outcomeOf(availableTimes(api, uuidOf(type.uri), span, OFFERED));
	if ('refusal' in free) return 'Find a free time with Slot: Get Many.';
	const offers = free.value.map(({ start_time }) => timeOrNull(start_time, timeZone));
	return offers.length > 0
		? `Next free: ${offers.join(', ')}.`
		: `No time is free in the ${LOOK_AHEAD_DAYS} days after it.`;
}

/** Limits of this endpoint (release notes of 2026-04-15). */
const CAPS =
	'On paid plans Calendly takes 10 bookings a minute, 50 an hour and 100 a day for each user, on a trial 5 a day';

function capped(waitSeconds = 0): { message: string; howToFix: string } {
	const until = waitSeconds > 0 ? ` It asked to wait ${Math.ceil(waitSeconds)} s.` : '';
	return {
		message:
			waitSeconds > HOUR
				? 'Calendly takes no more bookings through its API today (HTTP 429)'
				: 'Calendly takes no more bookings through its API for now (HTTP 429)',
		howToFix: `${CAPS}.${until} Until then, send the client a link made with Slot: Create Single-Use Link.`,
	};
}

/** Says of a refusal to book what it means: time gone, location unknown, plan too low, or cap reached. */
async function explained(
	api: Connection,
	refusal: ProviderError,
	body: NewInvitee,
	type: EventType,
): Promise<ProviderError> {
	const { reason } = refusal;
	const { timezone } = body.invitee;
	if (isTaken(refusal)) {
		return api.http.error({
			...reason,
			message: `${timeOrNull(body.start_time, timezone)} (${timezone}) is taken`,
			howToFix: await nextFree(api, type, body.start_time, timezone),
		});
	}
	if (hasCode(refusal, 'invalid_location_choice')) {
		const kinds = (type.locations ?? []).map(({ kind }) => kind).join(', ');
		return api.http.error({
			...reason,
			message: `The event type "${type.name}" does not take place there`,
			howToFix: `Choose another Location: the event type has ${kinds || 'none'}.`,
		});
	}
	if (reason.status === 403 && !reason.howToFix) {
		return api.http.error({
			...reason,
			message: 'Calendly does not let this account book through its API (HTTP 403)',
			howToFix:
				"Booking needs a paid plan, Standard or higher, and an event type of the account's own; a link made with Slot: Create Single-Use Link needs neither.",
		});
	}
	return reason.status === 429 ? api.http.error({ ...reason, ...capped(reason.waitSeconds) }) : refusal;
}

/** Events of others are listed for the whole organization only. */
async function scopeOf(api: Connection, { profile }: EventType): Promise<Scope> {
	return !profile || profile.owner === (await me(api)).uri ? 'user' : 'organization';
}

const MINUTES_AROUND = 1;
const MOST_CANDIDATES = 100;

/**
 * Looks for the booking that a create may have made: same event type and start, same client, same tracking key.
 *
 * @returns undefined where there is none
 */
export async function findMade(
	api: Connection,
	body: NewInvitee,
	type: EventType,
): Promise<Booked | undefined> {
	const { email } = body.invitee;
	const candidates = await scheduledEvents(
		api,
		{
			scope: await scopeOf(api, type),
			invitee_email: email,
			status: 'active',
			min_start_time: addMinutes(body.start_time, -MINUTES_AROUND, 'UTC'),
			max_start_time: addMinutes(body.start_time, MINUTES_AROUND, 'UTC'),
		},
		MOST_CANDIDATES,
		({ start_time, event_type }) =>
			Date.parse(start_time) === Date.parse(body.start_time) && event_type === type.uri,
	);
	for (const event of candidates) {
		const clients = await invitees(api, uuidOf(event.uri), { status: 'active', email });
		const invitee = clients.find(
			(one) =>
				one.email.toLowerCase() === email.toLowerCase() &&
				(!body.tracking || one.tracking?.utm_content === body.tracking.utm_content),
		);
		if (invitee) return { event, invitee };
	}
	return undefined;
}

/** The booking that an invitee is part of. It stands, so a read that fails must not make it look undone. */
async function complete(
	api: Connection,
	invitee: Invitee,
	body: NewInvitee,
	type: EventType,
): Promise<Booked> {
	const read = await outcomeOf(scheduledEvent(api, eventUuidOf(invitee.event) ?? uuidOf(invitee.event)));
	if ('value' in read) return { event: read.value, invitee };
	const { start_time } = body;
	const end_time = addMinutes(start_time, type.duration, 'UTC');
	return {
		event: {
			uri: invitee.event,
			name: type.name,
			status: 'active',
			start_time,
			end_time,
			event_type: type.uri,
		},
		invitee,
	};
}

/**
 * One attempt. Where no sure answer came, or an earlier attempt had none and now the time is taken, the booking is
 * looked for before anything else is concluded.
 */
async function attempt(
	api: Connection,
	body: NewInvitee,
	type: EventType,
	isSecond: boolean,
): Promise<Outcome<Booked>> {
	const outcome = await outcomeOf(createInvitee(api, body));
	if ('value' in outcome) return { value: await complete(api, outcome.value, body, type) };
	const { refusal } = outcome;
	if (!refusal.reason.uncertain && !(isSecond && isTaken(refusal))) return outcome;
	const made = await outcomeOf(findMade(api, body, type));
	return 'value' in made && made.value ? { value: made.value } : outcome;
}

/** Seconds a server in trouble is given before the second attempt. */
const BREATH = 1;

/**
 * Books a time. Calendly has no idempotency key, so what came out of an unsure attempt is looked up first; only a
 * server error (the server is through with it) with no booking to be found is followed by one second attempt.
 *
 * @throws ProviderError; where the time is taken with the next ones that are free
 */
export async function book(api: Connection, body: NewInvitee, type: EventType): Promise<Booked> {
	const first = await attempt(api, body, type, false);
	if ('value' in first) return first.value;
	const { uncertain, status } = first.refusal.reason;
	if (!uncertain || status === undefined || !api.mayRepeat) {
		throw await explained(api, first.refusal, body, type);
	}
	await api.http.pause(BREATH);
	const second = await attempt(api, body, type, true);
	if ('value' in second) return second.value;
	throw await explained(api, second.refusal, body, type);
}
