import { json, type SimResponse } from './kit';

/** What a new message is checked against. */
interface Rules {
	senders: string[];
	messagingServices: Record<string, string[]>;
	contents: Record<string, unknown>;
	now(): number;
}

const PHONE = /^\+[1-9]\d{6,14}$/;
const ALPHANUMERIC = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;
const MAX_BODY = 1600;
const MINUTE = 60_000;

/** Numbers that are refused for ever, each for its own reason (test credentials page, "Parameters for Messages"). */
const MAGIC: Record<string, [code: number, message: (to: string) => string]> = {
	'+15005550001': [21211, (to) => `The 'To' number ${to} is not a valid phone number.`],
	'+15005550003': [
		21408,
		(to) =>
			`Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${to}.`,
	],
	'+15005550004': [21610, () => 'Attempt to send to unsubscribed recipient'],
	'+15005550009': [21614, (to) => `'To' number: ${to}, is not a valid mobile number`],
};

/** An error as Twilio words it: `{code, message, more_info, status}`. */
export const refusal = (status: number, code: number, message: string): SimResponse =>
	json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });

const bare = (address: string) => address.replace(/^whatsapp:/, '');

/** Whether an address is of WhatsApp. */
export const isWhatsApp = (address: string) => address.startsWith('whatsapp:');

/** Content variables; undefined where they are no JSON object. */
export function parseVariables(text: string): Record<string, string> | undefined {
	try {
		const parsed = JSON.parse(text) as unknown;
		return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
			? (parsed as Record<string, string>)
			: undefined;
	} catch {
		return undefined;
	}
}

function senderRefusal(from: string, to: string, { senders }: Rules): SimResponse | undefined {
	if (!PHONE.test(bare(from)) && !ALPHANUMERIC.test(from)) {
		const what = `The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`;
		return refusal(400, 21212, what);
	}
	if (isWhatsApp(from) !== isWhatsApp(to)) {
		return refusal(400, 21910, 'Invalid From and To pair. From and To should be of the same channel');
	}
	if (from === to) return refusal(400, 21266, "'To' and 'From' number cannot be the same");
	if (PHONE.test(bare(from)) && !senders.includes(from)) {
		const what = `The 'From' phone number ${from} is not a valid, SMS-capable inbound phone number or short code for your account.`;
		return refusal(400, 21606, what);
	}
	return undefined;
}

function addressRefusal(form: URLSearchParams, rules: Rules): SimResponse | undefined {
	const [to, from, service] = [form.get('To'), form.get('From'), form.get('MessagingServiceSid')];
	if (!to) return refusal(400, 21604, "A 'To' phone number is required.");
	if (!from && !service) return refusal(400, 21603, "A 'From' phone number is required.");
	if (!PHONE.test(bare(to))) {
		return refusal(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
	}
	const [code, message] = MAGIC[to] ?? [];
	if (code && message) return refusal(400, code, message(to));
	if (service && !rules.messagingServices[service]) {
		return refusal(400, 21701, 'The Messaging Service does not exist');
	}
	return from ? senderRefusal(from, to, rules) : undefined;
}

function contentRefusal(form: URLSearchParams, { contents }: Rules): SimResponse | undefined {
	const [body, contentSid, variables] = [
		form.get('Body'),
		form.get('ContentSid'),
		form.get('ContentVariables'),
	];
	if (!body && !contentSid && !form.has('MediaUrl')) {
		return refusal(400, 21619, 'A text message body or media urls must be specified.');
	}
	if (body && body.length > MAX_BODY) {
		return refusal(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
	}
	if (contentSid && !contents[contentSid]) return refusal(400, 21655, 'The ContentSid is Invalid');
	if (variables && !parseVariables(variables)) {
		return refusal(400, 21656, 'The ContentVariables Parameter is invalid');
	}
	return undefined;
}

/** From 15 minutes to 35 days ahead, in ISO 8601 and UTC (error page 35114). */
function scheduleRefusal(form: URLSearchParams, { now }: Rules): SimResponse | undefined {
	const sendAt = form.get('SendAt');
	if (sendAt === null || !form.has('ScheduleType') || !form.has('MessagingServiceSid')) return undefined;
	const ahead = Date.parse(sendAt) - now();
	const fits = sendAt.endsWith('Z') && ahead >= 15 * MINUTE && ahead <= 35 * 24 * 60 * MINUTE;
	return fits ? undefined : refusal(400, 35114, 'Scheduling does not support this timestamp');
}

/** What Twilio refuses a new message for; undefined where it takes it. */
export const draftRefusal = (
	form: URLSearchParams,
	rules: Rules,
	wantsNoMore: (to: string) => boolean,
): SimResponse | undefined =>
	addressRefusal(form, rules) ??
	(wantsNoMore(form.get('To') ?? '')
		? refusal(400, 21610, 'Attempt to send to unsubscribed recipient')
		: undefined) ??
	contentRefusal(form, rules) ??
	scheduleRefusal(form, rules);
