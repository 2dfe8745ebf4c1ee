import { ChatfuelCaller } from '../../simulators/chatfuelCaller';
import type { House } from '../../src/house';
import { LEAD_WEBHOOK, SECRET_HEADERS } from '../../src/sample';
import type { Calls } from '../calls';
import type { Bubble, ChatfuelTalk, Customer } from '../model';
import { messagesOf, problemOf, type Choice } from './replies';

interface Block {
	/** On the button of the bot's menu; a block without one is reached by a tap on a reply. */
	title?: string;
	/** The webhook of its JSON API card. */
	path: string;
	/** The block that the bot goes on with after a tap on a reply. */
	next: string;
	/** Attributes that the block sets before it calls. */
	set?: Record<string, unknown>;
}

/** The bot that an operator builds in Chatfuel, by the READMEs of the flows. */
const BLOCKS: Record<string, Block> = {
	consultant: { title: 'Consultant', path: LEAD_WEBHOOK, next: 'consultant' },
	times: {
		title: 'Book a time',
		path: 'booking-availability/chatfuel',
		next: 'book',
		set: { 'booking date': undefined },
	},
	book: { path: 'booking-create/chatfuel', next: 'book' },
	change: {
		title: 'Change booking',
		path: 'booking-change/chatfuel',
		next: 'change',
		set: { 'booking action': undefined, 'booking date': undefined },
	},
};
const EVENTS = 'chat-events/chatfuel';
const TIME_ZONE = 'Europe/Warsaw';

type Attributes = Record<string, unknown>;

const attributesOf = ({ name, phone, email, language }: Customer): Attributes => ({
	'messenger user id': `1000000${phone.replace(/\D/g, '').slice(-9)}`,
	'first name': name.split(' ')[0],
	'last name': name.split(' ').slice(1).join(' '),
	name,
	email,
	phone,
	language,
	'time zone': TIME_ZONE,
	topic: 'Haircut',
	package: 'Standard',
});

/** One customer's chat with the bot: every button and answer calls a flow, as Chatfuel's JSON API card does. */
export class ChatfuelChat {
	private attributes: Attributes = {};
	private bubbles: Bubble[] = [];
	private taps = new Map<string, { choice: Choice; block: string }>();
	private block = 'times';
	private waitingSince?: string;
	private nextId = 1;

	constructor(
		private readonly house: House,
		private readonly calls: Calls,
		/** How long the bot waits for a flow: 10, as Chatfuel does, unless given. */
		private readonly patienceSeconds?: number,
	) {}

	/** The chat as the customer sees it. */
	get talk(): ChatfuelTalk {
		const menu = Object.entries(BLOCKS).filter(([, { title }]) => title !== undefined);
		return {
			bubbles: this.bubbles,
			blocks: menu.map(([key, { title = '' }]) => ({ key, title })),
			waitingSince: this.waitingSince,
		};
	}

	/** Begins a new chat with somebody. */
	meet(customer: Customer): void {
		this.attributes = attributesOf(customer);
		this.bubbles = [];
		this.taps.clear();
		this.block = 'times';
		this.add('bot', `Hello ${customer.name.split(' ')[0]}! How can I help you?`);
	}

	/** The customer taps on a button of the bot's menu. */
	async open(key: string): Promise<void> {
		const block = BLOCKS[key];
		if (!block?.title) throw new Error(`The bot has no block "${key}"`);
		const isFirst = !this.bubbles.some(({ from }) => from === 'customer');
		this.add('customer', block.title);
		if (isFirst) void this.tellOfStart();
		await this.go(key);
	}

	/** The customer taps on a choice below a message. */
	async tap(bubble: number, index: number): Promise<void> {
		const tapped = this.taps.get(`${bubble} ${index}`);
		if (!tapped) throw new Error('This cannot be tapped');
		const { choice, block } = tapped;
		this.add('customer', choice.title);
		Object.assign(this.attributes, choice.set);
		// The names of blocks are the operator's; those that the settings name are this bot's keys.
		const named = choice.blocks.find((name) => BLOCKS[name]);
		await this.call(named ?? BLOCKS[block]?.next ?? block);
	}

	/** The customer types: a day to come, for the block that asks for one. */
	async say(text: string): Promise<void> {
		this.add('customer', text);
		const key = this.block === 'change' ? 'change' : 'times';
		this.attributes['booking date'] = text;
		await this.call(key);
	}

	private async go(key: string): Promise<void> {
		Object.assign(this.attributes, BLOCKS[key]?.set);
		await this.call(key);
	}

	private async tellOfStart(): Promise<void> {
		const event = { category: 'Chatbot', action: 'StartConversation', label: 'Website' };
		await this.callerFor(EVENTS, { ...this.attributes, ...event }).call({ kind: 'profile' });
	}

	private callerFor(path: string, attributes: Attributes): ChatfuelCaller {
		return new ChatfuelCaller({
			url: this.house.webhook(path),
			headers: SECRET_HEADERS,
			attributes,
			timeoutSeconds: this.patienceSeconds,
		});
	}

	private async call(key: string): Promise<void> {
		if (this.waitingSince) throw new Error('The bot is still waiting for a flow');
		const block = BLOCKS[key];
		if (!block) throw new Error(`The bot has no block "${key}"`);
		this.block = key;
		this.waitingSince = new Date().toISOString();
		const before = { ...this.attributes };
		this.calls.note(`Chatfuel → ${block.path}`, async () => {
			const { status } = await this.callerFor(block.path, before).call({ kind: 'profile' });
			return status ?? 0;
		});
		try {
			const caller = this.callerFor(block.path, this.attributes);
			const turn = await caller.call({ kind: 'profile' });
			this.attributes = { ...caller.attributes };
			const problem = problemOf(turn);
			if (problem) this.add('note', problem);
			messagesOf(turn).forEach(({ text, choices }, index) => {
				this.add('bot', text, choices, index === 0 ? turn.milliseconds : undefined);
			});
		} catch (error) {
			this.add('note', `The flow cannot be reached: ${(error as Error).message}`);
		} finally {
			this.waitingSince = undefined;
		}
	}

	private add(from: Bubble['from'], text: string, choices: Choice[] = [], milliseconds?: number): void {
		const id = this.nextId++;
		const shown = choices.map(({ title, url }) => ({ title, url }));
		this.bubbles = [...this.bubbles, { id, from, text, choices: shown, milliseconds }];
		choices.forEach((choice, index) => this.taps.set(`${id} ${index}`, { choice, block: this.block }));
	}
}
