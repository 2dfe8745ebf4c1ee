import type { IDataObject } from 'n8n-workflow';
import { numberOf } from '../../lib/fit';
import { takeApart, withoutPrefix } from './address';
import { meaningOf } from './refusals';
import type { Message } from './types';

/** An RFC 2822 date as ISO 8601 in UTC; null where there is none. */
function iso(date: string | null): string | null {
	const moment = new Date(date ?? NaN);
	return Number.isNaN(moment.getTime()) ? null : moment.toISOString().replace('.000Z', 'Z');
}

/** Twilio often gives a code without words; the known ones are explained, with what to do. */
function explain({ error_code: code, error_message: said }: Message): string | null {
	const meaning = meaningOf(code);
	if (meaning) return `${meaning.what}. ${meaning.howToFix}`;
	if (said) return said;
	return code ? `See https://www.twilio.com/docs/api/errors/${code}` : null;
}

/**
 * A message in the form of *Simplify*: numbers without `whatsapp:`, dates in ISO 8601 (UTC). `segments` is null until
 * a Messaging Service has counted them, `price` until Twilio knows it.
 */
export const toMessage = (message: Message): IDataObject => ({
	id: message.sid,
	status: message.status,
	direction: message.direction === 'inbound' ? 'inbound' : 'outbound',
	channel: takeApart(message.to).channel,
	from: withoutPrefix(message.from),
	to: withoutPrefix(message.to),
	body: message.body ?? '',
	segments: numberOf(message.num_segments) || null,
	errorCode: message.error_code,
	errorMessage: explain(message),
	price: numberOf(message.price) ?? null,
	currency: message.price_unit,
	createdAt: iso(message.date_created),
	sentAt: iso(message.date_sent),
});

/** A message as *Simplify* asks for it. */
export const output = (message: Message, simplify: boolean): IDataObject =>
	simplify ? toMessage(message) : message;
