import type { IDataObject } from 'n8n-workflow';
import { outcomeOf, path, type HttpClient } from '../../lib/http';
import { inTurn, type Account } from './connection';
import type { Draft, Message, MessagePage, Named } from './types';

/** Twilio's largest page (spec, parameter PageSize). */
const LARGEST_PAGE = 1000;
/** Newest messages to a recipient that are looked through for one that timed out. */
const LOOKED_THROUGH = 100;
/** Twilio's clock and ours may differ, and its dates have no fractions. */
const CLOCK_SLACK = 10_000;
/** What a trial account's messages begin with (free trial page). */
const TRIAL_PREFIX = 'Sent from your Twilio trial account - ';

const messages = ({ sid }: Account) => path`/2010-04-01/Accounts/${sid}/Messages.json`;
const messageAt = ({ sid }: Account, message: string) =>
	path`/2010-04-01/Accounts/${sid}/Messages/${message}.json`;

const post = async (account: Account, at: string, form: URLSearchParams) =>
	await account.http.post<Message>(at, undefined, { form });

/** A draft as the API's form; ContentVariables is JSON as text (schema CreateMessageRequest). */
function formOf({ to, sender, content, sendAt, statusCallback, validityPeriod }: Draft): URLSearchParams {
	const form = new URLSearchParams({ To: to });
	if ('from' in sender) form.set('From', sender.from);
	else form.set('MessagingServiceSid', sender.messagingServiceSid);
	if ('contentSid' in content) {
		form.set('ContentSid', content.contentSid);
		if (Object.keys(content.variables).length > 0) {
			form.set('ContentVariables', JSON.stringify(content.variables));
		}
	} else {
		if (content.body !== '') form.set('Body', content.body);
		for (const url of content.mediaUrls) form.append('MediaUrl', url);
	}
	if (sendAt !== undefined) {
		form.set('SendAt', sendAt);
		form.set('ScheduleType', 'fixed');
	}
	if (statusCallback !== undefined) form.set('StatusCallback', statusCallback);
	if (validityPeriod !== undefined) form.set('ValidityPeriod', String(validityPeriod));
	return form;
}

function isSame(message: Message, { sender, content }: Draft, since: number): boolean {
	if ('contentSid' in content || message.direction !== 'outbound-api') return false;
	const sameSender =
		'from' in sender
			? message.from === sender.from
			: message.messaging_service_sid === sender.messagingServiceSid;
	const body = (message.body ?? '').trim();
	const sameBody = [content.body.trim(), (TRIAL_PREFIX + content.body).trim()].includes(body);
	const sameMedia = message.num_media === String(content.mediaUrls.length);
	return sameSender && sameBody && sameMedia && Date.parse(message.date_created ?? '') >= since;
}

/**
 * Looks for a message whose sending got no answer, once. Not by DateSent: a message has no such date until it is on
 * its way. A filled template is another text, so it cannot be recognised.
 */
async function lookUp(account: Account, draft: Draft, startedAt: number): Promise<Message | undefined> {
	const from = 'from' in draft.sender ? { From: draft.sender.from } : {};
	const query = { To: draft.to, ...from, PageSize: LOOKED_THROUGH };
	const { messages: found } = await account.http.get<MessagePage>(messages(account), query);
	return found.find((one) => !account.known.has(one.sid) && isSame(one, draft, startedAt - CLOCK_SLACK));
}

async function sendOnce(account: Account, draft: Draft): Promise<Message> {
	const startedAt = account.now();
	const outcome = await outcomeOf(post(account, messages(account), formOf(draft)));
	if ('value' in outcome) return outcome.value;
	const { refusal } = outcome;
	if (!refusal.reason.uncertain) throw refusal;
	const lookup = 'contentSid' in draft.content ? undefined : lookUp(account, draft, startedAt);
	const found = await lookup?.catch(() => undefined);
	if (found) return found;
	throw account.http.error({
		...refusal.reason,
		message: refusal.message,
		howToFix:
			'The message may have been sent all the same, so it was not sent again. Look under Messaging Logs in the Twilio Console before you repeat it.',
	});
}

/**
 * Sends a message: POST Messages.json. Twilio knows no idempotency key, so a sending that got no answer, or a 5xx,
 * is looked up once, among the recipient's newest messages, and never repeated.
 *
 * @returns the message as accepted; what becomes of it shows later in its status
 * @throws ProviderError
 */
export async function sendMessage(account: Account, draft: Draft): Promise<Message> {
	return await inTurn(account, draft.to, async () => {
		const message = await sendOnce(account, draft);
		account.known.add(message.sid);
		return message;
	});
}

/** Reads one message: GET Messages/{Sid}.json. */
export const getMessage = async (account: Account, sid: string): Promise<Message> =>
	await account.http.get<Message>(messageAt(account, sid));

/** Whom a list is about, as addresses, and when its messages were sent. */
export interface MessageFilter {
	to?: string;
	from?: string;
	channel?: 'sms' | 'whatsapp';
	/** Milliseconds since 1970, both inclusive. */
	sentAfter?: number;
	sentBefore?: number;
}

const day = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);

/** Twilio filters by whole days in GMT; what is finer, and the channel, is filtered here. */
function fits({ to, date_sent }: Message, { channel, sentAfter, sentBefore }: MessageFilter): boolean {
	if (channel && to.startsWith('whatsapp:') !== (channel === 'whatsapp')) return false;
	if (sentAfter === undefined && sentBefore === undefined) return true;
	const sent = Date.parse(date_sent ?? '');
	return sent >= (sentAfter ?? -Infinity) && sent <= (sentBefore ?? Infinity);
}

/**
 * Reads messages in and out, newest first: GET Messages.json, page after page.
 *
 * @param limit how many at most; undefined for all
 */
export async function listMessages(
	account: Account,
	filter: MessageFilter,
	limit = Infinity,
): Promise<Message[]> {
	const { to, from, channel, sentAfter, sentBefore } = filter;
	let query: IDataObject | undefined = {
		...(to && { To: to }),
		...(from && { From: from }),
		...(sentAfter !== undefined && { 'DateSent>': day(sentAfter) }),
		...(sentBefore !== undefined && { 'DateSent<': day(sentBefore) }),
		PageSize: channel ? LARGEST_PAGE : Math.min(limit, LARGEST_PAGE),
	};
	const found: Message[] = [];
	while (query && found.length < limit) {
		const page: MessagePage = await account.http.get<MessagePage>(messages(account), query);
		found.push(...page.messages.filter((message) => fits(message, filter)));
		query = page.next_page_uri
			? Object.fromEntries(new URL(page.next_page_uri, 'https://api.twilio.com').searchParams)
			: undefined;
	}
	return limit === Infinity ? found : found.slice(0, limit);
}

/**
 * Cancels a scheduled message: POST Messages/{Sid}.json with Status. One that got no answer is read to see whether
 * it was done.
 *
 * @throws ProviderError, also where the message is no longer scheduled (30409)
 */
export async function cancelMessage(account: Account, sid: string): Promise<Message> {
	const form = new URLSearchParams({ Status: 'canceled' });
	const outcome = await outcomeOf(post(account, messageAt(account, sid), form));
	if ('value' in outcome) return outcome.value;
	const { refusal } = outcome;
	const message = refusal.reason.uncertain
		? await getMessage(account, sid).catch(() => undefined)
		: undefined;
	if (message?.status === 'canceled') return message;
	throw refusal;
}

/** What the newer APIs say beside a page's list. */
interface PageMeta {
	meta: { next_page_url: string | null };
}

/** One page of the editor's lists. */
export interface NamedPage {
	entries: Named[];
	/** The query of the next page; undefined on the last one. */
	next?: string;
}

const nextOf = ({ meta }: PageMeta) =>
	meta.next_page_url ? new URL(meta.next_page_url).search.slice(1) : undefined;

const queryOf = (page: string | undefined): IDataObject =>
	page ? Object.fromEntries(new URLSearchParams(page)) : { PageSize: 100 };

/** Lists Messaging Services: GET messaging.twilio.com/v1/Services (Service resource page). */
export async function listServices(http: HttpClient, page?: string): Promise<NamedPage> {
	const answer = await http.get<PageMeta & { services: Named[] }>('/v1/Services', queryOf(page));
	return { entries: answer.services, next: nextOf(answer) };
}

/** Lists content templates: GET content.twilio.com/v1/Content (Content API page). */
export async function listTemplates(http: HttpClient, page?: string): Promise<NamedPage> {
	const answer = await http.get<PageMeta & { contents: Named[] }>('/v1/Content', queryOf(page));
	return { entries: answer.contents, next: nextOf(answer) };
}
