import { CHATFUEL_SECRET } from '../simulators/chatfuel';

/** Where the flow "Contact a consultant" listens. */
export const LEAD_WEBHOOK = 'lead-consultation/chatfuel';

/** What the operator typed into the headers of the JSON API plugin. */
export const SECRET_HEADERS = { 'x-frontdesk-secret': CHATFUEL_SECRET };

/** A visitor as Chatfuel knows them, another one at each call. */
export function sampleLead(number = Math.floor(Math.random() * 1_000_000)): Record<string, string> {
	const digits = String(number % 1_000_000).padStart(6, '0');
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
