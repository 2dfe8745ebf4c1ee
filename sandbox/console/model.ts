import type { View } from '../simulators/panel';

/** Who the operator plays. */
export interface Customer {
	name: string;
	/** E.164. */
	phone: string;
	email: string;
	/** en, pl, es, uk or ru. */
	language: string;
}

/** A line of the chat with the bot. */
export interface Bubble {
	id: number;
	/** A note is the console's own word. */
	from: 'customer' | 'bot' | 'note';
	text: string;
	/** What can be tapped: a quick reply, a button; one with an address is a link. */
	choices: Array<{ title: string; url?: string }>;
	/** How long the flow took, for the first line of an answer. */
	milliseconds?: number;
}

/** The chat with the Chatfuel bot. */
export interface ChatfuelTalk {
	bubbles: Bubble[];
	/** The bot's own buttons: key and what is written on it. */
	blocks: Array<{ key: string; title: string }>;
	/** Since when it waits for a flow, ISO 8601. */
	waitingSince?: string;
}

/** Where a sender of ours reports what customers write, as entered in Twilio's Console. */
export interface TwilioRoute {
	channel: 'whatsapp' | 'sms';
	/** The webhook's path. */
	path: string;
	/** All flows that could be entered. */
	flows: Array<{ path: string; name: string }>;
}

/** A request of n8n to a provider. */
export interface Request {
	id: number;
	at: string;
	provider: string;
	method: string;
	/** Host and path. */
	address: string;
	/** Undefined where the connection was cut or left hanging. */
	status?: number;
	/** What the operator had the provider do. */
	fault?: string;
	sent: string;
	answered: string;
}

/** A flow's run. */
export interface Run {
	id: string;
	flow: string;
	status: string;
	at: string;
	url: string;
}

/** One thing that happened to a lead. */
export interface Step {
	/** ISO 8601. */
	at: string;
	kind: 'word' | 'lead' | 'booking' | 'message' | 'record' | 'survey' | 'error';
	title: string;
	detail: string;
	problem?: string;
}

/** A lead from the first word to the survey. */
export interface LeadLine {
	key: string;
	name: string;
	contact: string;
	status: string;
	stages: Array<{ name: string; at?: string }>;
	/** Oldest first. */
	steps: Step[];
}

/** A scenario that is being played, or was. */
export interface Play {
	titles: string[];
	/** The one that is or was played. */
	title?: string;
	/** ISO 8601; undefined when it has ended. */
	since?: string;
	lines: Array<{ where: string; what: string; arrived: boolean }>;
}

/** The moved clock of the scheduled flows. */
export interface Clock {
	/** Days it was moved so far. */
	days: number;
	/** The day it stands at, ISO 8601 date. */
	date: string;
	isMoving: boolean;
	/** What was or will be run. */
	runs: Array<{
		flow: string;
		at: string;
		outcome: 'waiting' | 'running' | 'done' | 'failed';
		message?: string;
	}>;
}

/** Faults that wait for requests to a provider. */
export interface Trouble {
	provider: string;
	kind: string;
	left: number;
}

/** The last thing that called n8n. */
export interface LastCall {
	at: string;
	what: string;
	/** Set when it was sent once more: the answer's status. */
	repeated?: { at: string; status: number };
}

export interface Meta {
	/** The editor's address. */
	editor: string;
	email: string;
	password: string;
	/** Providers with a host, by name. */
	providers: Array<{ name: string; title: string }>;
	/** Ways to fail: key and words. */
	faults: Array<{ key: string; title: string }>;
	people: Array<{ igsid: string; username: string; name: string }>;
}

export interface ProviderPanel {
	name: string;
	title: string;
	views: View[];
}

/** What the page is told, topic by topic, whenever it changes. */
export interface Topics {
	meta: Meta;
	customer: Customer;
	chatfuel: ChatfuelTalk;
	twilio: TwilioRoute[];
	requests: Request[];
	runs: { running: number; list: Run[] };
	leads: LeadLine[];
	play: Play;
	clock: Clock;
	trouble: Trouble[];
	lastCall: LastCall | null;
	[panel: `panel:${string}`]: ProviderPanel;
}

/** Languages that texts to customers come in. */
export const LANGUAGES: Record<string, string> = {
	en: 'English',
	es: 'Español',
	pl: 'Polski',
	ru: 'Русский',
	uk: 'Українська',
};
