import { json, type SimResponse } from './kit';

/** Somebody on Instagram. */
export interface InstagramPerson {
	/** Instagram-scoped, and longer than a number keeps. */
	igsid: string;
	/** Small letters, digits, periods and underscores; may change. */
	username: string;
	name?: string;
	/** Blocked the account, or takes no messages from it. */
	blocked?: boolean;
	/** Deactivated. */
	unavailable?: boolean;
	followsBusiness?: boolean;
}

/** A message in a conversation. */
export interface InstagramMessage {
	mid: string;
	igsid: string;
	incoming: boolean;
	text?: string;
	attachment?: { type: string; url: string };
	quickReplies?: string[];
	tag?: string;
	/** Milliseconds since 1970. */
	at: number;
	/** Taken back by who wrote it. */
	unsent?: boolean;
}

/** A refusal as Meta words it. */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		message: string,
		readonly subcode?: number,
		readonly status = 400,
		readonly type = 'OAuthException',
	) {
		super(message);
	}

	get response(): SimResponse {
		const { message, type, code, subcode } = this;
		const error = { message, type, code, ...(subcode && { error_subcode: subcode }), fbtrace_id: 'TRACE' };
		return json(this.status, { error });
	}
}

const DAY = 24 * 3600 * 1000;
const MONTH = 30 * DAY;
const MOST_DETAILS = 20;

/** What Meta answers about an object that is not there, or not shown. */
export const unknownObject = (id: string): Refusal =>
	new Refusal(
		100,
		`Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
		33,
		400,
		'GraphMethodException',
	);

/** People, what they and the account wrote to each other, and who may be written to. */
export class InstagramState {
	readonly people = new Map<string, InstagramPerson>();
	readonly messages: InstagramMessage[] = [];
	/** When a person last did something that opens the window, by IGSID. */
	private readonly active = new Map<string, number>();
	/** Outlives a reset: Instagram gives no message the ID of another. */
	private count = 0;

	constructor(
		private readonly initial: InstagramPerson[],
		private readonly now: () => Date,
	) {
		this.reset();
	}

	reset(): void {
		this.messages.length = 0;
		this.active.clear();
		this.people.clear();
		for (const person of this.initial) this.people.set(person.igsid, { ...person });
	}

	/** Somebody, by IGSID or username. */
	person(who: string): InstagramPerson {
		const person = this.people.get(who) ?? [...this.people.values()].find(({ username }) => username === who);
		if (!person) throw new Error(`The simulated Instagram knows no ${who}`);
		return person;
	}

	/** A person writes or taps: the window opens, and the profile may be seen. */
	touch(igsid: string): void {
		this.active.set(igsid, this.now().getTime());
	}

	add(message: Omit<InstagramMessage, 'mid' | 'at'>): InstagramMessage {
		const mid = `aWdfZAG1faXRlbToxOk${String(++this.count).padStart(12, '0')}ZD`;
		const added = { mid, at: this.now().getTime(), ...message };
		this.messages.push(added);
		return added;
	}

	/** Whether the account may write now: 24 hours after the person, 7 days with the human agent's tag. */
	ensureMayWrite(igsid: string, tag: string | undefined): void {
		const person = this.people.get(igsid);
		if (!person) throw new Refusal(100, 'No matching Instagram user', 2534014);
		if (person.unavailable)
			throw new Refusal(551, "This person isn't receiving messages from you right now.");
		if (person.blocked) throw new Refusal(100, 'The user has blocked messages from this account', 2534029);
		const age = this.now().getTime() - (this.active.get(igsid) ?? -Infinity);
		if (age > (tag === 'HUMAN_AGENT' ? 7 * DAY : DAY)) {
			throw new Refusal(10, '(#10) This message is sent outside of allowed window.', 2534022);
		}
	}

	/** Consent comes with a message, an icebreaker or the menu. */
	hasConsented(igsid: string): boolean {
		return this.active.has(igsid);
	}

	/** Conversations, the latest first; requests that were idle for 30 days are hidden. */
	conversations(): Array<{ id: string; igsid: string; updated: number }> {
		const ids = [...new Set(this.messages.map(({ igsid }) => igsid))];
		return ids
			.map((igsid) => ({ id: conversationId(igsid), igsid, updated: this.thread(igsid)[0]?.at ?? 0 }))
			.filter(({ igsid, updated }) => this.isAccepted(igsid) || this.now().getTime() - updated < MONTH)
			.sort((a, b) => b.updated - a.updated);
	}

	/** A conversation in which the account has answered is no request any more. */
	private isAccepted(igsid: string): boolean {
		return this.messages.some((message) => message.igsid === igsid && !message.incoming);
	}

	/** The messages with a person, the newest first. */
	thread(igsid: string): InstagramMessage[] {
		return this.messages
			.filter((message) => message.igsid === igsid)
			.reverse()
			.sort((a, b) => b.at - a.at);
	}

	/** A message with its details, which only a conversation's last 20 have. */
	detailed(mid: string): InstagramMessage | undefined {
		const message = this.messages.find((one) => one.mid === mid);
		const recent = message && this.thread(message.igsid).slice(0, MOST_DETAILS).includes(message);
		return recent && !message.unsent ? message : undefined;
	}
}

/** A conversation's id says nothing of who is in it. */
export const conversationId = (igsid: string): string =>
	`aWdfZAG06MTpJR01lc3NhZA2VUaHJlYWQ6${Buffer.from(igsid).toString('base64url')}ZD`;
