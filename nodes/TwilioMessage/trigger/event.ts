import type { IDataObject } from 'n8n-workflow';
import { numberOf } from '../../../lib/fit';
import { identityKey, parsePhone } from '../../../lib/phone';
import { takeApart } from '../address';
import { meaningOf } from '../refusals';

/** A call's fields; a name that came several times has the last value. */
export type Form = Map<string, string>;

/** What Twilio calls about. */
export type EventKind = 'message' | 'status';

/** Media names are numbered; everything else is named as it is used here. */
const USED = [
	...['MessageSid', 'AccountSid', 'From', 'To', 'Body', 'NumMedia', 'ProfileName', 'WaId', 'ExternalUserId'],
	...['ButtonText', 'ButtonPayload', 'Latitude', 'Longitude', 'Address', 'Label'],
	...['MessageStatus', 'ErrorCode', 'ErrorMessage'],
];
const MEDIA = /^Media(Url|ContentType)\d+$/;

/** Reads the body of a call; undefined where it is no message and no status of one. */
export function formOf(body: Buffer): Form | undefined {
	const form = new Map(new URLSearchParams(body.toString('utf8')));
	return form.get('MessageSid') && form.get('From') !== undefined ? form : undefined;
}

/** A status callback tells `MessageStatus`, and has no text of its own (status callbacks page). */
export const kindOf = (form: Form): EventKind =>
	form.has('MessageStatus') && !form.has('Body') ? 'status' : 'message';

/** The same for every delivery of one event. A message has each status once. */
export function eventKeyOf(form: Form): string {
	const key = ['twilio', kindOf(form), form.get('MessageSid')];
	return (kindOf(form) === 'status' ? [...key, form.get('MessageStatus')] : key).join(':');
}

const text = (form: Form, name: string): string | null => form.get(name) || null;

const numberIn = (form: Form, name: string): number | null => {
	const value = text(form, name);
	return numberOf(value) ?? null;
};

function mediaIn(form: Form): IDataObject[] {
	const count = numberIn(form, 'NumMedia') ?? 0;
	return Array.from({ length: Math.min(count, 100) }, (_, index) => ({
		url: text(form, `MediaUrl${index}`),
		contentType: text(form, `MediaContentType${index}`),
	})).filter(({ url }) => url !== null);
}

function locationIn(form: Form): IDataObject | null {
	const [latitude, longitude] = [numberIn(form, 'Latitude'), numberIn(form, 'Longitude')];
	if (latitude === null || longitude === null) return null;
	return { latitude, longitude, address: text(form, 'Address'), label: text(form, 'Label') };
}

function buttonIn(form: Form): IDataObject | null {
	const [label, payload] = [text(form, 'ButtonText'), text(form, 'ButtonPayload')];
	return label === null && payload === null ? null : { text: label, payload };
}

/** A short code, a name or a user ID, such as `ID.48600700800`, is no phone number, whatever its digits. */
function readPhone<Result>(address: string, read: (number: string) => Result): Result | null {
	const { rest } = takeApart(address);
	if (!/^\+?\d+$/.test(rest)) return null;
	try {
		return read(rest);
	} catch {
		return null;
	}
}

function clientIn(form: Form, address: string): IDataObject {
	return {
		/** As Twilio writes it: what to answer to. */
		address,
		phone: readPhone(address, (number) => parsePhone(number).e164),
		phoneKey: readPhone(address, (number) => identityKey(number)),
		name: text(form, 'ProfileName'),
		waId: text(form, 'WaId'),
		externalUserId: text(form, 'ExternalUserId')?.replace(/^whatsapp:/, '') || null,
	};
}

function statusIn(form: Form): IDataObject {
	const errorCode = numberIn(form, 'ErrorCode');
	const meaning = meaningOf(errorCode);
	return {
		status: text(form, 'MessageStatus'),
		errorCode,
		errorMessage: meaning ? `${meaning.what}. ${meaning.howToFix}` : text(form, 'ErrorMessage'),
	};
}

/**
 * A call in one form, whatever the channel (webhook request page): who wrote what, where. Of a status the client is
 * whom the message went to. `phone` is E.164, `phoneKey` the same for all spellings of a number; both are null for
 * what is no phone number, so `externalUserId` may be all there is. What else came is in `fields`, as it came.
 */
export function payloadOf(form: Form): IDataObject {
	const kind = kindOf(form);
	const [from, to] = [form.get('From') ?? '', form.get('To') ?? ''];
	const rest = [...form].filter(([name]) => ![...USED, '__proto__'].includes(name) && !MEDIA.test(name));
	return {
		event: kind,
		channel: takeApart(from).channel,
		message: {
			id: form.get('MessageSid'),
			text: form.get('Body') ?? '',
			media: mediaIn(form),
			location: locationIn(form),
			button: buttonIn(form),
			...(kind === 'status' && statusIn(form)),
		},
		client: clientIn(form, kind === 'status' ? to : from),
		to: takeApart(to).rest,
		accountSid: text(form, 'AccountSid'),
		eventKey: eventKeyOf(form),
		fields: Object.fromEntries(rest),
	};
}
