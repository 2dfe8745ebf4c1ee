import type { DateTime } from 'luxon';
import { say as sayInHouse } from '../../sandbox/src/chat';
import type { Turn } from '../../sandbox/simulators/chatfuelCaller';
import type { Simulator } from '../../sandbox/simulators/kit';
import { startAfresh } from './executions';
import { simulated, theHouse } from './house';

export { quickReplies, tap, type QuickReply } from '../../sandbox/src/chat';

/** A machine that is busy with other tests answers late; what must come in Chatfuel's 10 seconds is asserted where it counts. */
const PATIENCE_SECONDS = 45;

/** A customer in a Chatfuel bot, with what the bot knows of them. */
export function customer(attributes: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		'messenger user id': '1000000000004711',
		'chatfuel user id': '1000000000004711',
		name: 'Anna Kowalska',
		email: 'anna@example.com',
		phone: '+48 601 234 567',
		language: 'pl',
		'time zone': 'Europe/Warsaw',
		...attributes,
	};
}

/** The bot calls a flow's webhook with all it knows; what the flow sets is known afterwards. */
export const say = async (path: string, attributes: Record<string, unknown>): Promise<Turn> =>
	await sayInHouse(theHouse(), path, attributes, PATIENCE_SECONDS);

/** What a simulated provider holds. */
export const stateOf = <State>(provider: string): State => simulated<Simulator>(provider).state() as State;

/** Waits for a flow, lets what runs end, and makes providers and tables forget. */
export async function freshWorld(path: string, tables: string[]): Promise<void> {
	await theHouse().untilListening(path);
	await startAfresh(...tables);
}

/** A moment as the flows write it into attributes. */
export const isoOf = (moment: DateTime): string => String(moment.toISO({ suppressMilliseconds: true }));
