import type { Turn } from '../../simulators/chatfuelCaller';

/** Something to tap on below a message. */
export interface Choice {
	title: string;
	/** A link. */
	url?: string;
	/** Attributes that a tap sets. */
	set: Record<string, unknown>;
	/** Blocks that a tap leads to; the bot goes on by itself where there are none. */
	blocks: string[];
}

/** A message of a reply as the customer sees it. */
export interface Shown {
	text: string;
	choices: Choice[];
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown) => (typeof value === 'string' ? value : '');

const choiceOf = (button: Json): Choice => ({
	title: text(button.title),
	...(button.type === 'web_url' && { url: text(button.url) }),
	set: isObject(button.set_attributes) ? button.set_attributes : {},
	blocks: Array.isArray(button.block_names) ? button.block_names.map(String) : [],
});

function shownOf(message: Json): Shown[] {
	const attachment = isObject(message.attachment) ? message.attachment : {};
	const payload = isObject(attachment.payload) ? attachment.payload : {};
	const cards = list(payload.elements).map((card) => ({
		text: [text(card.title), text(card.subtitle)].filter(Boolean).join('\n'),
		choices: list(card.buttons).map(choiceOf),
	}));
	const media = text(payload.url) && `${text(attachment.type)}: ${text(payload.url)}`;
	const own = [text(message.text), text(payload.text), media].filter(Boolean).join('\n');
	const choices = [...list(payload.buttons), ...list(message.quick_replies)].map(choiceOf);
	return [...cards, ...(own || choices.length > 0 ? [{ text: own, choices }] : [])];
}

/** The messages of a reply; none where it departs from what Chatfuel takes, as nothing is shown then. */
export function messagesOf({ reply, faults }: Turn): Shown[] {
	if (faults.length > 0 || !isObject(reply)) return [];
	return list(reply.messages).flatMap(shownOf);
}

/** Why the customer sees nothing; undefined where the reply is right. */
export function problemOf({ status, faults }: Turn): string | undefined {
	if (status === undefined) return 'No answer within 10 seconds. Chatfuel shows nothing.';
	if (status >= 300) return `The flow answered ${status}. Chatfuel shows nothing.`;
	return faults.length > 0 ? `Chatfuel cannot read the answer: ${faults.join('; ')}.` : undefined;
}
