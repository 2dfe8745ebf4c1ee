import type { IDataObject } from 'n8n-workflow';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { TwilioMessageApi } from '../../../credentials/TwilioMessageApi.credentials';
import { TwilioMessageTrigger } from '../../../nodes/TwilioMessage/TwilioMessageTrigger.node';
import { CREDENTIALS } from '../../../sandbox/simulators/twilio';
import { callWebhook, type WebhookAnswer, type WebhookCall } from '../../support/webhook';

export const TOKEN = CREDENTIALS.authToken;

/** The public address of the trigger in these tests, as n8n shows it to the operator. */
export const ADDRESS = 'https://n8n.example.com/webhook/00000000-0000-4000-8000-000000000000/twilio';

export const EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

export const credential = (data: IDataObject = {}) => ({
	type: new TwilioMessageApi(),
	data: { ...CREDENTIALS, authType: 'authToken', region: 'us1', ...data } as never,
});

export type Fields = Record<string, string | string[]>;

/** Fields as a form; a list is a name that comes several times. */
export const formText = (fields: Fields): string =>
	new URLSearchParams(
		Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
	).toString();

/** Signs with Twilio's own library. */
export const signatureOf = (fields: Fields, url = ADDRESS): string =>
	getExpectedTwilioSignature(TOKEN, url, fields);

/** Calls the trigger with a form, signed by Twilio's own library unless told otherwise. */
export async function call(
	fields: Fields,
	{ headers, ...more }: WebhookCall = {},
	url = ADDRESS,
): Promise<WebhookAnswer> {
	return await callWebhook(new TwilioMessageTrigger(), {
		credentials: [credential()],
		rawBody: formText(fields),
		...more,
		headers: {
			'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
			'x-twilio-signature': signatureOf(fields, url),
			...headers,
		},
	});
}

let messages = 0;

/** A SID that was not used before in this process: what comes twice is dropped. */
export const newSid = (): string => `SM${String(++messages).padStart(32, 'f')}`;

/** The fields of an SMS. */
export const sms = (more: Fields = {}): Fields => {
	const sid = newSid();
	return {
		...{ ToCountry: 'US', ToState: '', SmsMessageSid: sid, NumMedia: '0', SmsSid: sid, FromCity: '' },
		...{ SmsStatus: 'received', Body: 'Hello', To: '+15005550006', NumSegments: '1', MessageSid: sid },
		...{ AccountSid: CREDENTIALS.accountSid, From: '+48600700800', ApiVersion: '2010-04-01' },
		...more,
	};
};
