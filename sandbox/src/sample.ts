import { DateTime } from 'luxon';
import { CHATFUEL_SECRET } from '../simulators/chatfuel';

/** Where the flow "Contact a consultant" listens. */
export const LEAD_WEBHOOK = 'lead-consultation/chatfuel';

/** What the operator typed into the headers of the JSON API plugin. */
export const SECRET_HEADERS = { 'x-frontdesk-secret': CHATFUEL_SECRET };

/** Where the sandbox's business is. */
export const ZONE = 'Europe/Warsaw';

/** Six digits that make somebody another one at each call. */
export const sampleDigits = (number = Math.floor(Math.random() * 1_000_000)): string =>
	String(number % 1_000_000).padStart(6, '0');

/** A visitor as Chatfuel knows them, another one at each call. */
export function sampleLead(number?: number): Record<string, string> {
	const digits = sampleDigits(number);
	return {
		'messenger user id': `1000000000${digits}`,
		name: 'Anna Kowalska',
		email: `anna.${digits}@example.com`,
		phone: `+48 601 ${digits.slice(0, 3)} ${digits.slice(3)}`,
		topic: 'Kuchnia na wymiar',
		package: 'Premium',
		language: 'pl',
	};
}

/** An hour of a working day, some days ahead, where the business is. */
export function workday(days: number, hour: number): DateTime {
	const day = DateTime.now().setZone(ZONE).plus({ days }).startOf('day').set({ hour });
	return day.weekday === 7 ? day.plus({ days: 1 }) : day;
}
