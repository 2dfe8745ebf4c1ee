import type { Appointment, Slot } from '../../lib/appointment';
import { numberOf as readNumber } from '../../lib/fit';
import { ProviderError, type HttpClient } from '../../lib/http';
import type { HttpAnswer, Reading } from '../../lib/http';
import { parsePhone } from '../../lib/phone';
import type { AppointmentQuery } from './diary';
import { toMillis, toNaive } from './times';

/** The two ways to Booksy that the credential offers. */
export type Way = 'partner' | 'apiKey';

const CONFLICT = 409;
/** Booksy's limits hold for a minute and it documents no hint, so four waits of this reach into the next one. */
const BLIND_WAIT_SECONDS = 15;
const NEXT_FREE = 3;

const WHERE_THE_API_IS: Record<Way, string> = {
	partner:
		'Check Country and Base URL in the credential. The API of contract partners is at https://<country>.booksy.com/public-api/<country>/.',
	apiKey:
		"Check Base URL in the credential. api.booksy.com is no API: it only leads to the marketplace, and Booksy gives no API keys. Enter the address of a gateway that offers this contract, or use the Partner API (https://<country>.booksy.com/public-api/<country>/) with a partner's key.",
};

const isPage = ({ status, headers, body }: HttpAnswer) =>
	(status >= 300 && status < 400) ||
	(typeof body === 'string' && /^\s*</.test(body)) ||
	String(headers['content-type'] ?? '').startsWith('text/html');

/** Django REST framework tells its wait in words: "Expected available in 38 seconds." */
function throttleSeconds({ headers, body }: HttpAnswer): number | undefined {
	if (headers['retry-after'] !== undefined) return undefined;
	const said = JSON.stringify(body ?? '');
	return Number(/available in (\d+) second/.exec(said)?.[1] ?? BLIND_WAIT_SECONDS);
}

/** What a 400 says of each field: {"booked_from": ["This field is required."]}. */
function fieldWords(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
	const lists = Object.entries(body).filter(([, words]) => Array.isArray(words) && words.length > 0);
	return lists.length > 0
		? lists.map(([field, words]) => `${field}: ${(words as unknown[]).map(String).join(' ')}`).join('; ')
		: undefined;
}

/**
 * Reads an answer for what only Booksy, or a gateway to it, means by it.
 *
 * A redirect or a web page is the marketplace, not the API, also under HTTP 200 (seen at api.booksy.com,
 * 2026-07-31). 422 is "You can't modify repeating or multi booking" (Public API reference, "Errors").
 */
export const readerFor =
	(way: Way) =>
	(answer: HttpAnswer): Reading | undefined => {
		const { status, body } = answer;
		if (status === 429) return { waitSeconds: throttleSeconds(answer) };
		if (isPage(answer) && status < 500) {
			return {
				failure: {
					message: `Booksy answered with its web site instead of data (HTTP ${status})`,
					howToFix: WHERE_THE_API_IS[way],
				},
				outlook: 'final',
			};
		}
		if (status === 422 && way === 'partner') {
			return {
				failure: {
					message: 'Booksy does not change repeating appointments, nor appointments of several services',
					howToFix: 'Change this one in Booksy itself.',
				},
			};
		}
		const said = status === 400 ? fieldWords(body) : undefined;
		return said ? { failure: { said } } : undefined;
	};

/** Where a booking is to go, and how to find the next free times. */
export interface Attempt {
	/** ISO 8601 with offset. */
	start: string;
	timeZone: string;
	/** The next free times; asked only where the wanted one is taken. */
	nextFree(): Promise<Slot[]>;
}

/**
 * Makes a booking and turns a conflict into an error of its own that lists up to three free times.
 *
 * @param book the call; 409 from it means that the time is taken ("The specified resource is not available in
 *   this time", Public API reference, "Errors")
 * @throws ProviderError
 */
export async function bookOrSuggest<T>(
	http: HttpClient,
	attempt: Attempt,
	book: () => Promise<T>,
): Promise<T> {
	return await book().catch(async (error: unknown) => {
		if (!(error instanceof ProviderError) || error.reason.status !== CONFLICT) throw error;
		const { start, timeZone } = attempt;
		const shown = (iso: string) => toNaive(iso, timeZone).replace('T', ' ');
		// The look-up is a help, and must not hide what happened when it does not work out.
		const free = await attempt.nextFree().catch(() => []);
		const next = free.slice(0, NEXT_FREE).map((slot) => shown(slot.start));
		throw http.error({
			status: CONFLICT,
			said: error.reason.said,
			message: `The time ${shown(start)} (${timeZone}) is taken`,
			howToFix: next.length > 0 ? `Next free: ${next.join(', ')}.` : 'Choose another time.',
		});
	});
}

/** E.164, or null where the number cannot be read. */
export function phoneOf(raw: unknown, country: string | undefined): string | null {
	if (typeof raw !== 'string' || raw.trim() === '') return null;
	try {
		const { e164, possible } = parsePhone(raw, { defaultCountry: country });
		return possible ? e164 : null;
	} catch {
		return null;
	}
}

/** Text or null; numbers become text, since ids are strings here. */
export const textOf = (value: unknown): string | null => {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text === '' ? null : text;
};

/** A number from a number or from text such as "120.00"; else null. */
export const numberOf = (value: unknown): number | null => readNumber(value) ?? null;

/** Whether an appointment is one of those asked for; what the providers cannot filter is filtered here. */
export function isWanted(appointment: Appointment, query: AppointmentQuery): boolean {
	const { from, till, staff, statuses } = query;
	const start = toMillis(appointment.start);
	return (
		(from === undefined || start >= toMillis(from)) &&
		(till === undefined || start < toMillis(till)) &&
		(staff === undefined || appointment.staff?.id === staff) &&
		(statuses.length === 0 || statuses.includes(appointment.status))
	);
}
