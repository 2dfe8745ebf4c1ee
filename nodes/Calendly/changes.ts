import { outcomeOf, type ProviderError } from '../../lib/http';
import { cancelEvent, eventType, invitees, markNoShow, scheduledEvent, unmarkNoShow } from './api';
import { book, findMade, isTaken } from './booking';
import type { Connection } from './connection';
import { locationFor } from './locations';
import { movedReason, timeOrNull, zoneOrUtc } from './shape';
import { previousIn, trackingOfMoved } from './tracking';
import type { Booked, EventType, Invitee, NewInvitee, ScheduledEvent } from './types';
import { eventUuidOf, uuidOf } from './uris';

const MINUTE = 60_000;

const isOff = ({ event }: Booked) => event.status === 'canceled';

/** An event with those of its clients who count: the active ones, or all where nobody is active any more. */
export function withClients(event: ScheduledEvent, clients: Invitee[]): Booked[] {
	const active = clients.filter(({ status }) => status === 'active');
	const counted = active.length > 0 ? active : clients;
	return counted.length > 0 ? counted.map((invitee) => ({ event, invitee })) : [{ event }];
}

/** Reads an event with its clients, one entry a client: a group event has several. */
export async function readBooked(api: Connection, uuid: string): Promise<Booked[]> {
	const [event, clients] = await Promise.all([scheduledEvent(api, uuid), invitees(api, uuid)]);
	return withClients(event, clients);
}

/** Where the client, or the host, moved the event on Calendly's own pages; null where not. */
const movedTo = (booked: Booked[]): string | null =>
	booked.map(({ invitee }) => eventUuidOf(invitee?.rescheduled && invitee.new_invitee)).find(Boolean) ?? null;

const moved = (api: Connection, uuid: string, next: string) =>
	api.http.error({
		message: `Event ${uuid} was rescheduled and is now ${next}`,
		howToFix: `Calendly gives an event a new ID when it is moved. Use ${next}, and keep the new ID from now on.`,
	});

const isCanceledAlready = ({ reason }: ProviderError) =>
	reason.status === 403 && /already cancell?ed/i.test(reason.said ?? '');

/**
 * POST of a cancellation that copes with what the API was seen to do on 2026-09-01: a reason, though documented,
 * was answered with 400 and the event stayed active, so it is sent again without; cancelling twice was answered
 * with 403 "Event is already canceled", which is the wanted end.
 *
 * @throws ProviderError where the event still stands
 */
export async function cancelOnce(api: Connection, uuid: string, reason?: string): Promise<void> {
	let outcome = await outcomeOf(cancelEvent(api, uuid, reason));
	if ('refusal' in outcome && reason && outcome.refusal.reason.status === 400) {
		outcome = await outcomeOf(cancelEvent(api, uuid));
	}
	if ('value' in outcome || isCanceledAlready(outcome.refusal)) return;
	if (outcome.refusal.reason.uncertain) {
		const read = await outcomeOf(scheduledEvent(api, uuid));
		if ('value' in read && read.value.status === 'canceled') return;
	}
	throw outcome.refusal;
}

/**
 * Cancels an event for all its clients. One that was moved on Calendly's own pages is named with its new ID
 * instead, since there the client still has an appointment.
 */
export async function cancel(api: Connection, uuid: string, reason?: string): Promise<Booked[]> {
	await cancelOnce(api, uuid, reason);
	const booked = await readBooked(api, uuid);
	const next = movedTo(booked);
	if (next) throw moved(api, uuid, next);
	return booked;
}

/** The new booking for the same client, with everything the old one was booked with. */
function replacement(old: Booked & { invitee: Invitee }, type: EventType, start: string): NewInvitee {
	const { event, invitee } = old;
	const guests = (event.event_guests ?? []).map(({ email }) => email);
	const answers = invitee.questions_and_answers ?? [];
	const location = locationFor(type, {
		kind: event.location?.type,
		place: event.location?.location ?? undefined,
		phone: invitee.text_reminder_number ?? undefined,
	});
	return {
		event_type: type.uri,
		start_time: start,
		invitee: {
			name: invitee.name,
			email: invitee.email,
			timezone: zoneOrUtc(invitee.timezone),
			...(invitee.text_reminder_number && { text_reminder_number: invitee.text_reminder_number }),
		},
		...(location && { location }),
		...(answers.length > 0 && { questions_and_answers: answers }),
		tracking: trackingOfMoved(invitee.tracking, uuidOf(event.uri)),
		...(guests.length > 0 && { event_guests: guests }),
	};
}

function onlyClient(api: Connection, uuid: string, booked: Booked[]): Booked & { invitee: Invitee } {
	const [first] = booked;
	if (booked.length === 1 && first?.invitee) return { ...first, invitee: first.invitee };
	throw api.http.error({
		message: `Event ${uuid} has ${booked.length > 1 ? `${booked.length} clients` : 'no client'}, so it cannot be moved for one of them`,
		howToFix:
			'Calendly cancels an event for all its clients at once. Book the client anew with Scheduled Event: Create.',
	});
}

async function typeOf(api: Connection, { event }: Booked): Promise<EventType> {
	if (event.event_type) return await eventType(api, uuidOf(event.event_type));
	throw api.http.error({
		message: `The event type of event ${uuidOf(event.uri)} is gone`,
		howToFix: 'Book the client anew with Scheduled Event: Create, then cancel this event.',
	});
}

/** Where an earlier run of the same move got to: the event it made, if there is one. */
async function madeBefore(api: Connection, body: NewInvitee, type: EventType, uuid: string) {
	const made = await findMade(api, body, type);
	return made && previousIn(made.invitee?.tracking) === uuid ? made : undefined;
}

/** Moving what is cancelled: fine where it was moved there already, by this node or on Calendly's pages. */
async function alreadyMoved(api: Connection, uuid: string, booked: Booked[], start: string): Promise<Booked> {
	const next = movedTo(booked);
	if (next) {
		const [made] = await readBooked(api, next);
		const isThere = made && !isOff(made) && Date.parse(made.event.start_time) === Date.parse(start);
		if (isThere) return { ...made, previousId: uuid };
		throw moved(api, uuid, next);
	}
	const old = onlyClient(api, uuid, booked);
	const type = await typeOf(api, old);
	const made = await madeBefore(api, replacement(old, type, start), type, uuid);
	if (made) return { ...made, previousId: uuid };
	throw api.http.error({
		message: `Event ${uuid} is cancelled`,
		howToFix: 'A cancelled event cannot be moved. Book the client anew with Scheduled Event: Create.',
	});
}

/**
 * Moves an event. Calendly has no call for it (FAQ page), so the new time is booked first and the old event is
 * cancelled after it: a client never stands without an appointment. Run again after a broken run, it goes on
 * where that one stopped.
 *
 * @param start ISO 8601 in UTC
 * @throws ProviderError; where the old event could not be cancelled, it says that both exist
 */
export async function move(
	api: Connection,
	uuid: string,
	{ start, reason }: { start: string; reason?: string },
): Promise<Booked> {
	const booked = await readBooked(api, uuid);
	if (booked.every(isOff)) return await alreadyMoved(api, uuid, booked, start);
	const old = onlyClient(api, uuid, booked);
	if (Date.parse(old.event.start_time) === Date.parse(start)) return old;
	const type = await typeOf(api, old);
	const body = replacement(old, type, start);
	const made = await bookOrFind(api, body, type, old.event);
	const cancelled = await outcomeOf(cancelOnce(api, uuid, movedReason(reason)));
	if ('value' in cancelled) return { ...made, previousId: uuid };
	const newId = uuidOf(made.event.uri);
	throw api.http.error({
		...cancelled.refusal.reason,
		message: `The client now has two events: ${newId} at ${timeOrNull(start, body.invitee.timezone)} is booked, but the old one, ${uuid}, could not be cancelled`,
		howToFix: `Run this again, or cancel ${uuid} with Scheduled Event: Cancel. Do not book once more.`,
	});
}

async function bookOrFind(
	api: Connection,
	body: NewInvitee,
	type: EventType,
	old: ScheduledEvent,
): Promise<Booked> {
	const outcome = await outcomeOf(book(api, body, type));
	if ('value' in outcome) return outcome.value;
	const { refusal } = outcome;
	if (!isTaken(refusal)) throw refusal;
	const before = await outcomeOf(madeBefore(api, body, type, uuidOf(old.uri)));
	if ('value' in before && before.value) return before.value;
	throw overlaps(old, body.start_time, type.duration)
		? api.http.error({
				...refusal.reason,
				message: `${timeOrNull(body.start_time, body.invitee.timezone)} is taken by the event that is to be moved`,
				howToFix:
					'The new time is booked before the old event is cancelled, so the two must not overlap. Choose another time, or use Cancel and then Create.',
			})
		: refusal;
}

const overlaps = ({ start_time, end_time }: ScheduledEvent, start: string, minutes: number) =>
	Date.parse(start) < Date.parse(end_time) && Date.parse(start) + minutes * MINUTE > Date.parse(start_time);

/**
 * Marks clients of an event as no-show, or takes the mark back; those who are as wanted already are left alone.
 *
 * @param email one client of several; all of them where it is undefined
 */
export async function setNoShow(
	api: Connection,
	uuid: string,
	{ absent, email }: { absent: boolean; email?: string },
): Promise<Booked[]> {
	const isMeant = ({ invitee }: Booked) =>
		email === undefined || invitee?.email.toLowerCase() === email.toLowerCase();
	const meant = (await readBooked(api, uuid)).filter(isMeant);
	if (meant.length === 0) {
		throw api.http.error({
			message: `Event ${uuid} has no client with the e-mail address ${email}`,
			howToFix: 'Check Client Email, or leave it empty for all clients.',
		});
	}
	for (const { invitee } of meant) if (invitee) await setMark(api, uuid, invitee, absent);
	return (await readBooked(api, uuid)).filter(isMeant);
}

async function setMark(api: Connection, uuid: string, invitee: Invitee, absent: boolean): Promise<void> {
	const { no_show } = invitee;
	if (Boolean(no_show) === absent) return;
	const outcome = await outcomeOf(no_show ? unmarkNoShow(api, no_show.uri) : markNoShow(api, invitee.uri));
	if ('value' in outcome) return;
	const now = await outcomeOf(invitees(api, uuid, { email: invitee.email }));
	const isSet =
		'value' in now &&
		now.value.some(({ uri, no_show: mark }) => uri === invitee.uri && Boolean(mark) === absent);
	if (!isSet) throw outcome.refusal;
}
