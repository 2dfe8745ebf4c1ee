import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../lib/fit';

/** What Chatfuel's JSON API takes as an answer (JSON API page); every key may be missing, and so may all. */
export interface Reply {
	messages?: IDataObject[];
	set_attributes?: IDataObject;
	redirect_to_blocks?: string[];
}

/** What is wrong with a reply, for the two parts of a refusal. */
export interface Fault {
	what: string;
	howToFix: string;
}

const REPLY_KEYS = ['messages', 'set_attributes', 'redirect_to_blocks'];
const MOST_BUTTONS = 3;
const MOST_QUICK_REPLIES = 11;
const MOST_CARDS = 10;
const LONGEST_TITLE = 20;

const objects = (value: unknown): IDataObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

const lengthOf = (text: unknown) => Array.from(String(text)).length;

function tooMany(count: number, most: number, things: string, place: string): Fault | undefined {
	if (count <= most) return undefined;
	return {
		what: `holds ${count} ${things} in ${place}`,
		howToFix: `Chatfuel takes at most ${most} ${things}. Leave some out, or spread them over several messages.`,
	};
}

function titleFault(entries: IDataObject[], thing: string): Fault | undefined {
	const untitled = entries.some(({ title }) => typeof title !== 'string' || title.trim() === '');
	if (untitled) return { what: `holds a ${thing} without a title`, howToFix: `Give every ${thing} a title.` };
	const long = entries.find(({ title }) => lengthOf(title) > LONGEST_TITLE);
	return (
		long && {
			what: `holds a ${thing} with a title of ${lengthOf(long.title)} characters, "${String(long.title)}"`,
			howToFix: `Messenger shows at most ${LONGEST_TITLE} characters on a ${thing}. Shorten the title.`,
		}
	);
}

function messageFault(message: IDataObject, place: string): Fault | undefined {
	if (!('text' in message) && !isObject(message.attachment)) {
		return {
			what: `holds neither text nor attachment in ${place}`,
			howToFix: 'Give every message a text or an attachment.',
		};
	}
	const payload = isObject(message.attachment) ? message.attachment.payload : undefined;
	const { buttons, elements } = isObject(payload) ? payload : {};
	const cards = objects(elements);
	const buttonLists = [objects(buttons), ...cards.map((card) => objects(card.buttons))];
	const quickReplies = objects(message.quick_replies);
	return (
		tooMany(cards.length, MOST_CARDS, 'gallery cards', place) ??
		buttonLists.map((list) => tooMany(list.length, MOST_BUTTONS, 'buttons', place)).find(Boolean) ??
		tooMany(quickReplies.length, MOST_QUICK_REPLIES, 'quick replies', place) ??
		titleFault(buttonLists.flat(), 'button') ??
		titleFault(quickReplies, 'quick reply')
	);
}

/**
 * Checks a reply before it is sent: Chatfuel shows the user nothing, and tells nobody, where it does not like one.
 *
 * @param reply of whatever shape, as it may be written by hand
 * @returns the first thing that is wrong; undefined where nothing is
 */
export function faultOf(reply: IDataObject): Fault | undefined {
	const unknown = Object.keys(reply).find((key) => !REPLY_KEYS.includes(key));
	if (unknown !== undefined) {
		return {
			what: `holds "${unknown}", which Chatfuel does not know`,
			howToFix: `A reply has only these keys: ${REPLY_KEYS.join(', ')}.`,
		};
	}
	const { messages = [], set_attributes: attributes = {}, redirect_to_blocks: blocks = [] } = reply;
	if (!Array.isArray(messages) || !messages.every(isObject)) {
		return { what: 'holds messages that are no list of objects', howToFix: 'Use [{"text": "Hello"}].' };
	}
	if (!isObject(attributes)) {
		return { what: 'holds set_attributes that are no object', howToFix: 'Use {"name": "value"}.' };
	}
	if (!Array.isArray(blocks) || !blocks.every((block) => typeof block === 'string')) {
		return {
			what: 'holds redirect_to_blocks that are no list of names',
			howToFix: 'Use ["Name of the block"].',
		};
	}
	return messages
		.filter(isObject)
		.map((message, index) => messageFault(message, `message ${index + 1}`))
		.find(Boolean);
}

/** One reply out of several: messages and redirects one after another, of an attribute the last value. */
export function joinReplies(replies: Reply[]): Reply {
	const messages = replies.flatMap((reply) => reply.messages ?? []);
	const redirects = replies.flatMap((reply) => reply.redirect_to_blocks ?? []);
	const attributes = Object.assign({}, ...replies.map((reply) => reply.set_attributes)) as IDataObject;
	return {
		...(messages.length > 0 && { messages }),
		...(Object.keys(attributes).length > 0 && { set_attributes: attributes }),
		...(redirects.length > 0 && { redirect_to_blocks: redirects }),
	};
}
