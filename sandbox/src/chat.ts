import { ChatfuelCaller, type Turn } from '../simulators/chatfuelCaller';
import type { House } from './house';
import { SECRET_HEADERS } from './sample';
import { PATIENCE_SECONDS } from './scenario';

/** A quick reply as the customer sees it, and what a tap on it sets. */
export interface QuickReply {
	title: string;
	set_attributes: Record<string, string>;
	block_names?: string[];
}

/**
 * A Chatfuel bot calls a flow's webhook with all it knows of its user.
 *
 * @param path the trigger's
 * @param attributes what the bot knows; what the flow sets is known afterwards
 * @param timeoutSeconds how long an answer is waited for. Chatfuel waits 10 seconds, a machine that is busy needs more:
 *   that flows answer in time is for their tests to say
 */
export async function say(
	house: House,
	path: string,
	attributes: Record<string, unknown>,
	timeoutSeconds = PATIENCE_SECONDS,
): Promise<Turn> {
	const caller = new ChatfuelCaller({
		url: house.webhook(path),
		headers: SECRET_HEADERS,
		attributes,
		timeoutSeconds,
	});
	const turn = await caller.call({ kind: 'profile' });
	Object.assign(attributes, caller.attributes);
	return turn;
}

/** The quick replies of a turn's messages. */
export const quickReplies = ({ reply }: Turn): QuickReply[] =>
	((reply as { messages?: Array<{ quick_replies?: QuickReply[] }> } | undefined)?.messages ?? []).flatMap(
		(message) => message.quick_replies ?? [],
	);

/** A tap on a quick reply: sets its attributes. */
export const tap = (attributes: Record<string, unknown>, reply: QuickReply | undefined): void => {
	Object.assign(attributes, reply?.set_attributes);
};
