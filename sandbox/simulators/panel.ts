/** A table of items in columns, such as a board of leads. */
export interface BoardView {
	kind: 'board';
	title: string;
	columns: string[];
	/** Which of the columns hold a label out of a few. */
	labels: string[];
	rows: Array<{ id: string; cells: string[]; notes: string[] }>;
}

/** What the calendar says of an appointment. */
export type AppointmentState =
	'confirmed' | 'pending' | 'cancelled' | 'rescheduled' | 'completed' | 'no_show';

export interface CalendarView {
	kind: 'calendar';
	title: string;
	/** IANA name; the appointments' times are of this zone. */
	timeZone: string;
	appointments: Array<{
		id: string;
		/** ISO 8601 with an offset. */
		start: string;
		end: string;
		what: string;
		who: string;
		with?: string;
		state: AppointmentState;
	}>;
}

export interface InboxView {
	kind: 'inbox';
	title: string;
	/** Newest last. */
	mails: Array<{
		id: string;
		/** ISO 8601. */
		at: string;
		from: string;
		to: string;
		subject: string;
		/** The body: text, or a page where `isHtml` says so. */
		body: string;
		isHtml: boolean;
		/** Names of all attachments; those that are pictures have their `data:` address. */
		attachments: Array<{ name: string; picture?: string }>;
	}>;
}

export interface Message {
	id: string;
	/** ISO 8601. */
	at: string;
	/** A note is for colleagues alone. */
	from: 'customer' | 'business' | 'note';
	text: string;
	/** What became of it, in the provider's word. */
	state?: string;
	/** Why it did not arrive. */
	problem?: string;
}

export interface Thread {
	id: string;
	name: string;
	/** How it is reached: a number, an account. */
	about: string;
	/** Such as open or resolved. */
	state?: string;
	/** What the provider knows of the person. */
	facts: Array<[name: string, value: string]>;
	/** Newest last. */
	messages: Message[];
}

export interface ChatsView {
	kind: 'chats';
	title: string;
	threads: Thread[];
}

export interface EventsView {
	kind: 'events';
	title: string;
	/** Newest last. */
	events: Array<{
		id: string;
		/** ISO 8601. */
		at?: string;
		name: string;
		details: Array<[name: string, value: string]>;
		/** Why the provider threw it away. */
		refused?: string;
	}>;
}

/** The few ways in which the console shows what a provider holds. */
export type View = BoardView | CalendarView | InboxView | ChatsView | EventsView;

/** How the console shows a provider. */
export interface Panel {
	/** The provider's name as its owner writes it. */
	title: string;
	/** @param state what the simulator's `state` gives */
	views(state: unknown): View[];
}

/** Facts worth showing: what is empty is left out, objects are written as JSON. */
export const facts = (values: Record<string, unknown>): Array<[string, string]> =>
	Object.entries(values)
		.filter(([, value]) => value !== undefined && value !== null && value !== '')
		.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
