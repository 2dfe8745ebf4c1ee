import type { IDataObject } from 'n8n-workflow';
import { fitted, isObject, type Kind } from '../../../lib/fit';
import { parseJson } from '../../../lib/json';
import { isoTime } from '../shape';

/** What may start a flow. */
export type EventName = 'message' | 'postback' | 'quickReply' | 'reaction';

/** One thing that happened, as Instagram tells it (webhooks examples page). */
export interface Update {
	sender?: { id?: string; username?: string };
	recipient?: { id?: string };
	/** Milliseconds since 1970; in the dashboard's test events seconds, as text. */
	timestamp?: number | string;
	message?: IDataObject & { mid?: string };
	postback?: IDataObject & { mid?: string };
	reaction?: IDataObject & { mid?: string };
}

/** An update, and the professional account it happened to. */
export interface Happening {
	accountId: string;
	/** Without what is not as Instagram documents it. */
	update: Update;
	/** The update as it came. */
	raw: IDataObject;
	/** From the App Dashboard's Test button. */
	test: boolean;
}

interface Change {
	field?: string;
	value?: Update;
}

interface Entry {
	id?: string;
	messaging?: Update[];
	changes?: Change[];
}

const objects = (value: unknown): IDataObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

const text = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;

const MESSAGE: Kind = {
	...{ mid: 'text', text: 'scalar', quick_reply: { payload: 'text' }, referral: 'map' },
	attachments: [{ type: 'text', payload: { url: 'text', title: 'text' } }],
	reply_to: { mid: 'text', story: { id: 'text', url: 'text' } },
};

const UPDATE: Kind = {
	sender: { id: 'id', username: 'text' },
	recipient: { id: 'id' },
	timestamp: 'scalar',
	message: MESSAGE,
	postback: { mid: 'text', title: 'scalar', payload: 'text', referral: 'map' },
	reaction: { mid: 'text', action: 'text', reaction: 'text', emoji: 'text' },
};

function parsed(body: Buffer): unknown {
	try {
		return parseJson(body.toString('utf8'));
	} catch {
		return undefined;
	}
}

function happeningFrom(raw: IDataObject, accountId: string | null, test: boolean): Happening {
	const update = fitted(raw, UPDATE) as Update;
	return { accountId: accountId ?? text(update.recipient?.id) ?? '', update, raw, test };
}

const fromDashboard = ({ value }: Change, accountId: string | null): Happening[] =>
	isObject(value) ? [happeningFrom(value, accountId, true)] : [];

function fromEntry({ id, messaging, changes }: Entry): Happening[] {
	const accountId = text(id);
	return [
		...objects(messaging).map((update) => happeningFrom(update, accountId, false)),
		...objects(changes).flatMap((change) => fromDashboard(change as Change, accountId)),
	];
}

/**
 * Reads a call: a batch of up to 1000 updates in several entries, or a test event of the App Dashboard, which
 * comes as `{field, value}`, alone or in an entry's `changes`.
 *
 * @returns undefined where the body is no object
 */
export function happeningsIn(body: Buffer): Happening[] | undefined {
	const call = parsed(body);
	if (!isObject(call)) return undefined;
	if (typeof call.field === 'string') return fromDashboard(call as Change, null);
	return call.object === 'instagram' ? objects(call.entry).flatMap((entry) => fromEntry(entry as Entry)) : [];
}

/** Which event it is; undefined for what no flow can ask for, such as a message that was read or unsent. */
export function nameOf({ message, postback, reaction }: Update): EventName | undefined {
	if (isObject(message)) {
		if (message.is_deleted === true) return undefined;
		return isObject(message.quick_reply) ? 'quickReply' : 'message';
	}
	if (isObject(postback)) return 'postback';
	return isObject(reaction) ? 'reaction' : undefined;
}

/** Whether the account itself did it: echoes of what it sent, by a flow or by hand, would start the flow for ever. */
export const isOwn = ({ accountId, update: { sender, message } }: Happening): boolean =>
	message?.is_echo === true || message?.is_self === true || text(sender?.id) === accountId;

/** A key that is the same for each repeat of an event. */
export function eventKeyOf(name: EventName, { accountId, update }: Happening): string {
	const { message, postback, reaction, sender, timestamp } = update;
	const when = `${text(sender?.id) ?? ''}:${timestamp ?? ''}`;
	const key = ['instagram', accountId, name];
	// A reaction names the message it is to, which may be given several.
	if (reaction) return [...key, reaction.mid, reaction.action, when].join(':');
	return [...key, message?.mid ?? postback?.mid ?? when].join(':');
}

function toAttachment({ type, payload }: IDataObject): IDataObject {
	const { url, title } = isObject(payload) ? payload : {};
	return { type: type ?? null, url: url ?? null, ...(title !== undefined && { title }) };
}

function toReplyTo(replyTo: unknown): IDataObject | null {
	if (!isObject(replyTo)) return null;
	const story = isObject(replyTo.story) ? replyTo.story : {};
	return { messageId: text(replyTo.mid), storyId: text(story.id), storyUrl: story.url ?? null };
}

const toMessage = (message: IDataObject): IDataObject => ({
	id: text(message.mid),
	text: text(message.text),
	attachments: objects(message.attachments).map(toAttachment),
	replyTo: toReplyTo(message.reply_to),
	quickReplyPayload: isObject(message.quick_reply) ? (message.quick_reply.payload ?? null) : null,
	unsupported: message.is_unsupported === true,
});

/** A tapped button reads like a written one: its title is the text. */
const fromPostback = ({ mid, title }: IDataObject): IDataObject => toMessage({ mid, text: title });

/** An event in one form, whichever it is: who, what was said, when. */
export function payloadOf(name: EventName, happening: Happening, zone: string): IDataObject {
	const { accountId, update } = happening;
	const { message, postback, reaction, sender, timestamp } = update;
	const written = message ? toMessage(message) : postback ? fromPostback(postback) : null;
	const referral = message?.referral ?? postback?.referral;
	return {
		event: name,
		message: written,
		postback: postback ? { title: text(postback.title), payload: postback.payload ?? null } : null,
		reaction: reaction
			? {
					messageId: text(reaction.mid),
					action: reaction.action ?? null,
					reaction: reaction.reaction ?? null,
					emoji: reaction.emoji ?? null,
				}
			: null,
		referral: isObject(referral) ? referral : null,
		client: { igsid: text(sender?.id), username: text(sender?.username) },
		accountId: accountId || null,
		at: isoTime(timestamp, zone),
		eventKey: eventKeyOf(name, happening),
	};
}
