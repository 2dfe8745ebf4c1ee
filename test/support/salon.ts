import { DateTime } from 'luxon';
import { callFlowOnce } from './callFlow';
import { stateOf } from './chat';
import { theHouse } from './house';

export { workday } from '../../sandbox/src/sample';

/** A row of a table, or an object as a provider keeps it. */
export interface Row {
	[column: string]: unknown;
}

/** The tables that a booking writes. */
export const BOOKING_TABLES = [
	'frontdesk_leads',
	'frontdesk_lead_history',
	'frontdesk_appointments',
	'frontdesk_deliveries',
	'frontdesk_events',
];

/** All rows of a table of ours, oldest first. */
export const rows = async (table: string): Promise<Row[]> =>
	await theHouse().editor.rows<Row>(`frontdesk_${table}`);

/** The appointments that Booksy holds. */
export const visits = (): Row[] => stateOf<Array<{ appointments: Row[] }>>('booksy')[0]?.appointments ?? [];

/** The items of the monday.com board. */
export const items = (): Array<{ id: string; name: string; columns: Row }> =>
	stateOf<Array<{ items: Array<{ id: string; name: string; columns: Row }> }>>('monday')[0]?.items ?? [];

/** SMS that were sent; WhatsApp is tried first and refuses people who have not written lately. */
export const textMessages = (): Array<{ to: string; body: string }> =>
	stateOf<{ messages: Array<{ to: string; body: string }> }>('twilio').messages.filter(
		({ to }) => !to.startsWith('whatsapp:'),
	);

/** Names of the events that GA4 took. */
export const countedEvents = (): string[] =>
	stateOf<{ accepted: Array<{ name: string }> }>('ga4').accepted.map(({ name }) => name);

/** A client whom the salon knows, and the key of her lead. */
export const ANNA = { name: 'Anna Kowalska', email: 'anna@example.com', phone: '+48601234567' };
export const ANNA_KEY = `phone:${ANNA.phone}`;

/** Saves Anna as a lead who is told by SMS. */
export const saveAnna = async (more: object = {}): Promise<unknown> =>
	await callFlowOnce('lead-save', {
		tenant: 'main',
		leadKey: ANNA_KEY,
		lead: { ...ANNA, preferredChannel: 'sms', ...more },
	});

/** The first lead. */
export const lead = async (): Promise<Row | undefined> => (await rows('leads'))[0];

/** Far enough ahead that all its hours are free: Wednesday of next week, where the salon is. */
export const FREE_DAY = DateTime.now()
	.setZone('Europe/Warsaw')
	.plus({ weeks: 1 })
	.startOf('week')
	.plus({ days: 2 });
