import type { House } from '../src/house';
import type { Calls } from './calls';
import type { ChatfuelChat } from './channels/chatfuel';
import { answerAsAgent, setStatus, writeToChatwoot } from './channels/chatwoot';
import { writeOnInstagram } from './channels/instagram';
import { isTwilioChannel, type TwilioChat } from './channels/twilio';
import { sendForm } from './channels/website';
import type { MovedClock } from './clock';
import type { Customer } from './model';
import { checkedCustomer, stranger } from './people';
import type { Stage } from './stage';
import { fail } from './trouble';

/** All that a person can touch from the page. */
export interface Desk {
	house: House;
	calls: Calls;
	chatfuel: ChatfuelChat;
	twilio: TwilioChat;
	stage: Stage;
	clock: MovedClock;
	customer: Customer;
}

/** What an action is given, as the page sent it. */
class Given {
	constructor(private readonly values: Record<string, unknown>) {}

	/** A text; empty only where that is allowed. */
	text(name: string, mayBeEmpty = false): string {
		const value = this.values[name];
		if (typeof value === 'string' && (mayBeEmpty || value.trim() !== '')) return value;
		throw new Error(`"${name}" is missing`);
	}

	/** A whole number between two others. */
	number(name: string, least: number, most: number): number {
		const value = this.values[name];
		if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
		throw new Error(`"${name}" is a whole number from ${least} to ${most}`);
	}

	flag(name: string): boolean {
		return this.values[name] === true;
	}
}

type Action = (desk: Desk, given: Given) => unknown;

function meet(desk: Desk, customer: Customer): void {
	desk.customer = customer;
	desk.chatfuel.meet(customer);
}

const personOf = (given: Given): Customer => ({
	name: given.text('name', true),
	phone: given.text('phone', true),
	email: given.text('email', true),
	language: given.text('language'),
});

function writeToTwilio({ twilio, customer }: Desk, given: Given): void {
	const channel = given.text('channel');
	if (!isTwilioChannel(channel)) throw new Error(`Twilio has no "${channel}"`);
	twilio.write(channel, customer, given.text('text'));
}

function routeTwilio({ twilio }: Desk, given: Given): void {
	const channel = given.text('channel');
	if (!isTwilioChannel(channel)) throw new Error(`Twilio has no "${channel}"`);
	twilio.route(channel, given.text('path'));
}

/** What the page can ask for, by name; some answer with something. */
const ACTIONS: Record<string, Action> = {
	'customer/new': (desk) => meet(desk, stranger()),
	'customer/change': (desk, given) => meet(desk, checkedCustomer(personOf(given))),
	'chatfuel/open': async ({ chatfuel }, given) => await chatfuel.open(given.text('block')),
	'chatfuel/tap': async ({ chatfuel }, given) =>
		await chatfuel.tap(given.number('bubble', 1, Infinity), given.number('index', 0, 100)),
	'chatfuel/say': async ({ chatfuel }, given) => await chatfuel.say(given.text('text')),
	'twilio/write': writeToTwilio,
	'twilio/route': routeTwilio,
	'instagram/write': ({ house }, given) => writeOnInstagram(house, given.text('who'), given.text('text')),
	'website/send': async ({ house, calls }, given) =>
		await sendForm(house, calls, {
			...personOf(given),
			topic: given.text('topic', true),
			consent: { gdpr: given.flag('gdpr'), marketing: given.flag('marketing') },
		}),
	'chatwoot/write': ({ house, customer }, given) => writeToChatwoot(house, customer, given.text('text')),
	'chatwoot/answer': async ({ house }, given) =>
		await answerAsAgent(house, given.text('conversation'), given.text('text')),
	'chatwoot/status': async ({ house }, given) =>
		await setStatus(house, given.text('conversation'), given.text('status')),
	'scenario/play': async ({ stage }, given) => await stage.play(given.text('title')),
	'clock/day': async ({ clock }) => await clock.moveDay(),
	'provider/fail': ({ house }, given) =>
		fail(house.world, given.text('provider'), given.text('fault'), given.number('requests', 1, 100)),
	'provider/mend': ({ house }, given) => house.world.behave(given.text('provider')),
	'call/again': async ({ calls }) => await calls.again(),
};

/**
 * Does what the page asks for.
 *
 * @param values as the page sent them
 * @returns what the action answers; undefined for most
 * @throws Error in words for the operator
 */
export async function act(desk: Desk, name: string, values: Record<string, unknown>): Promise<unknown> {
	const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
	if (!action) throw new Error(`There is no action "${name}"`);
	return await action(desk, new Given(values));
}
