import type { Ga4Simulator } from '../simulators/ga4';
import type { SendGridSimulator, SentMail } from '../simulators/sendgrid';
import type { TwilioSimulator } from '../simulators/twilio';
import type { House } from './house';

/** An item of a monday.com board; columns by title, as text. */
export interface Item {
	name: string;
	columns: Record<string, string>;
}

/** E-mails that somebody got, oldest first. */
export const mailsTo = (house: House, email: string): SentMail[] =>
	house
		.provider<SendGridSimulator>('sendgrid')
		.state()
		.outbox.filter(({ to }) => to.some((address) => address.email === email));

/**
 * Texts of the messages that Twilio brought to somebody, oldest first.
 *
 * @param address a phone number for SMS, one after `whatsapp:` for WhatsApp
 */
export const textsTo = (house: House, address: string): string[] =>
	house
		.provider<TwilioSimulator>('twilio')
		.state()
		.messages.filter(({ to, status }) => to === address && status === 'delivered')
		.map(({ body }) => body);

/** How many events of a name GA4 has taken since a moment. */
export const countedSince = (house: House, since: Date, name: string): number =>
	house
		.provider<Ga4Simulator>('ga4')
		.state()
		.accepted.filter((event) => event.name === name && new Date(event.at) >= since).length;

/** The items of all monday.com boards that have this e-mail address. */
export const itemsOf = (house: House, email: string): Item[] =>
	(house.provider('monday').state() as Array<{ items: Item[] }>)
		.flatMap(({ items }) => items)
		.filter(({ columns }) => columns.Email === email);
