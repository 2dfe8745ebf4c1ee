import { denied, invalid, isObject, Refusal, timeIn, type Json } from './calendly-answers';
import type { CalendlyCalendar, CalendlyEventType } from './calendly-calendar';
import { uuidIn } from './calendly-resources';

/** What Calendly keeps of a booking's origin; where any is sent, all six are. */
export const TRACKING_KEYS = [
	'utm_campaign',
	'utm_source',
	'utm_medium',
	'utm_content',
	'utm_term',
	'salesforce_uuid',
];

export type Plan = 'free' | 'trial' | 'paid' | 'enterprise';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Bookings by API for one user (release notes of 2026-04-15): how many in how long. */
const CAPS: Record<Plan, Array<[most: number, span: number]>> = {
	free: [],
	trial: [[5, DAY]],
	paid: [
		[100, DAY],
		[50, HOUR],
		[10, MINUTE],
	],
	enterprise: [[500, MINUTE]],
};

/**
 * The cap that one more booking would break.
 *
 * @param times of the bookings so far
 * @returns milliseconds until there is room again; undefined where there is
 */
export function capReached(plan: Plan, times: number[], now: number): number | undefined {
	for (const [most, span] of CAPS[plan]) {
		const recent = times.filter((time) => time > now - span);
		if (recent.length >= most) return Math.min(...recent) + span - now;
	}
	return undefined;
}

/** A booking as POST /invitees asks for it, checked. */
export interface Wanted {
	type: CalendlyEventType;
	start: number;
	client: { name: string; email: string; timeZone: string; phone: string | null };
	location: Json | null;
	answers: Json[];
	tracking: Json;
	guests: string[];
}

const text = (value: unknown): value is string => typeof value === 'string' && value !== '';

function clientIn(invitee: unknown): Wanted['client'] {
	if (!isObject(invitee)) throw invalid({ parameter: 'invitee', message: 'is missing' });
	const { email, timezone, name, first_name, last_name, text_reminder_number } = invitee;
	if (!text(email) || !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
		throw invalid({ parameter: 'invitee.email', message: 'is not a valid email' });
	}
	if (!text(timezone)) throw invalid({ parameter: 'invitee.timezone', message: 'is missing' });
	if (!text(name) && !text(first_name)) throw invalid({ parameter: 'invitee.name', message: 'is missing' });
	return {
		name: text(name) ? name : [first_name, last_name].filter(text).join(' '),
		email,
		timeZone: timezone,
		phone: text(text_reminder_number) ? text_reminder_number : null,
	};
}

function answersIn(rows: unknown, { questions = [] }: CalendlyEventType): Json[] {
	const answers = Array.isArray(rows) ? rows.filter(isObject) : [];
	for (const { question, position } of answers) {
		const known = questions[Number(position)];
		if (!known || known.name !== question) {
			throw invalid({ parameter: 'questions_and_answers', message: `unknown question: ${String(question)}` });
		}
	}
	const open = questions.find(
		({ name, required }) => required && !answers.some(({ question, answer }) => question === name && answer),
	);
	if (open) throw invalid({ parameter: 'questions_and_answers', message: `${open.name} is required` });
	return answers;
}

function trackingIn(tracking: unknown): Json {
	const none = Object.fromEntries(TRACKING_KEYS.map((key) => [key, null]));
	if (tracking === undefined) return none;
	const missing = TRACKING_KEYS.filter((key) => !isObject(tracking) || !(key in tracking));
	if (missing.length > 0) {
		throw invalid(...missing.map((key) => ({ parameter: `tracking.${key}`, message: 'is missing' })));
	}
	return tracking as Json;
}

function locationIn(location: unknown, { locations = [] }: CalendlyEventType): Json | null {
	if (!isObject(location)) {
		const [first] = locations;
		return first ? { type: first.kind, location: first.location ?? null, additional_info: null } : null;
	}
	if (!locations.some(({ kind }) => kind === location.kind)) {
		throw new Refusal(
			400,
			'Invalid Argument',
			'Specified location kind is not configured for this event type.',
			{
				details: [
					{
						parameter: 'event.location_configuration.location',
						message: 'invalid location choice',
						code: 'invalid_location_choice',
					},
				],
			},
		);
	}
	return { type: location.kind, location: location.location ?? null, additional_info: null };
}

const MOST_GUESTS = 10;

/** Checks the body of POST /invitees (create event invitee page) before any time is looked at. */
export function wantedIn(calendar: CalendlyCalendar, plan: Plan, body: Json): Wanted {
	if (plan === 'free') throw denied('Please upgrade to a paid plan to use this endpoint.');
	const type = calendar.eventType(uuidIn(body.event_type));
	if (!type) throw new Refusal(404, 'Resource Not Found', 'The event type could not be found.');
	const guests = Array.isArray(body.event_guests) ? body.event_guests.map(String) : [];
	if (guests.length > MOST_GUESTS) {
		throw invalid({ parameter: 'event_guests', message: `must have at most ${MOST_GUESTS} items` });
	}
	return {
		type,
		start: timeIn(body.start_time, 'start_time'),
		client: clientIn(body.invitee),
		location: locationIn(body.location, type),
		answers: answersIn(body.questions_and_answers, type),
		tracking: trackingIn(body.tracking),
		guests,
	};
}
