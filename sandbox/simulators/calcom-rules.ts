import { IANAZone } from 'luxon';
import { badRequest } from './calcom-answers';

export type Json = Record<string, unknown>;

/** What a route gets: its path's values, the query, the body and the version header. */
export interface Call {
	ids: string[];
	query: URLSearchParams;
	body: Json;
	version: string | undefined;
}

/** Method, path, good status, and what the envelope of the answer holds. */
export type Route = [method: string, path: RegExp, status: number, answer: (call: Call) => object];

/** Whether a value is an object, and no list. */
export const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What each call takes; anything else is refused (forbidNonWhitelisted in the input pipes). */
const PROPERTIES = {
	create: [
		...[
			'start',
			'attendee',
			'bookingFieldsResponses',
			'eventTypeId',
			'eventTypeSlug',
			'username',
			'teamSlug',
		],
		...['organizationSlug', 'guests', 'meetingUrl', 'location', 'metadata', 'lengthInMinutes', 'routing'],
		...['emailVerificationCode', 'recurrenceCount', 'instant'],
	],
	attendee: ['name', 'email', 'phoneNumber', 'timeZone', 'language'],
	cancel: ['cancellationReason', 'cancelSubsequentBookings', 'seatUid'],
	reschedule: ['start', 'rescheduledBy', 'reschedulingReason', 'emailVerificationCode', 'seatUid'],
	slots: [
		...['start', 'end', 'timeZone', 'duration', 'format', 'eventTypeId', 'eventTypeSlug', 'username'],
		...['usernames', 'teamSlug', 'organizationSlug', 'bookingUidToReschedule'],
	],
};

/** Refuses a property that the call does not know. */
export function insistOnKnown(body: Json, call: keyof typeof PROPERTIES): void {
	const unknown = Object.keys(body).find((name) => !PROPERTIES[call].includes(name));
	if (unknown) throw badRequest(`${unknown} property is wrong,property ${unknown} should not exist`);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** A moment of a body or a query; a plain date is midnight in UTC. */
export function momentOf(value: unknown, name: string): number {
	const time = isText(value) && /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : NaN;
	if (Number.isNaN(time))
		throw badRequest(`${name} property is wrong,${name} must be a valid ISO 8601 date string`);
	return time;
}

/** Checks an attendee (schema CreateBookingAttendee). */
export function insistOnAttendee(attendee: unknown): asserts attendee is Json {
	if (!isObject(attendee))
		throw badRequest('attendee property is wrong,attendee should not be null or undefined');
	insistOnKnown(attendee, 'attendee');
	if (!isText(attendee.name)) throw badRequest('attendee property is wrong,name must be a string');
	if (!isText(attendee.timeZone) || !IANAZone.isValidZone(attendee.timeZone)) {
		throw badRequest('attendee property is wrong,timeZone must be a valid IANA time-zone');
	}
	if (!isText(attendee.email) && !isText(attendee.phoneNumber)) {
		throw badRequest('At least one contact method (email or phoneNumber) must be provided');
	}
	if (isText(attendee.phoneNumber) && !/^\+[1-9]\d{6,14}$/.test(attendee.phoneNumber)) {
		throw badRequest(
			'attendee property is wrong,phoneNumber must be a valid phone number in international format',
		);
	}
}

/** Checks metadata (validate-metadata: at most 50 keys of 40 characters; text of 500, numbers and booleans). */
export function insistOnMetadata(metadata: unknown): asserts metadata is Json | undefined {
	if (metadata === undefined) return;
	const entries = isObject(metadata) ? Object.entries(metadata) : undefined;
	const isFine = entries?.every(
		([key, value]) =>
			key.length <= 40 &&
			(typeof value === 'number' ||
				typeof value === 'boolean' ||
				(typeof value === 'string' && value.length <= 500)),
	);
	if (entries && entries.length <= 50 && isFine) return;
	throw badRequest(
		'metadata property is wrong,Metadata must have at most 50 keys, each key up to 40 characters. Values can be strings (up to 500 characters), numbers, or booleans.',
	);
}
