import axios, { isAxiosError } from 'axios';

/** How the bot's JSON API plugin writes its request (JSON API page). */
export type CallForm =
	/** Chosen attributes in the query. */
	| { kind: 'get'; attributes: string[] }
	/** All attributes as a JSON object. */
	| { kind: 'profile' }
	/** Hand-written JSON; `{{attribute}}` is filled in as it stands, without any escaping. */
	| { kind: 'json'; template: string }
	/** Chosen attributes as a URL-encoded body. */
	| { kind: 'form'; attributes: string[] };

export interface ChatfuelCallerOptions {
	/** The address typed into the plugin; `{{attribute}}` in it is filled in, percent-encoded. */
	url: string;
	/** Headers typed into the plugin. */
	headers?: Record<string, string>;
	/** What the bot knows of its user at the start. */
	attributes?: Record<string, unknown>;
	/** 10, as Chatfuel waits, unless given. */
	timeoutSeconds?: number;
}

/** What one call came to. */
export interface Turn {
	/** Undefined where no answer came in time. */
	status?: number;
	/** The answer as it came. */
	reply: unknown;
	/** What the user sees, one line a message, card or button. */
	shown: string[];
	/** Attributes this reply set. */
	set: Record<string, unknown>;
	redirects: string[];
	/** Where the reply departs from the JSON API page; such a reply shows nothing. */
	faults: string[];
	milliseconds: number;
}

type Json = Record<string, unknown>;

const WAITS_SECONDS = 10;
const SYSTEM_ATTRIBUTES = {
	'messenger user id': '1000000000000001',
	'chatfuel user id': '1000000000000001',
	'first name': 'Jane',
	'last name': 'Example',
	locale: 'en_US',
	source: 'Guest Customer Chat',
	'last clicked button name': 'null',
};
const LIMITS = { buttons: 3, quick_replies: 11, elements: 10, title: 20 };
const BUTTON_NEEDS: Record<string, string> = {
	web_url: 'url',
	json_plugin_url: 'url',
	show_block: 'block_names',
	phone_number: 'phone_number',
};

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const words = (value: unknown): string => (value === undefined || value === null ? 'null' : String(value));

/**
 * Plays a Chatfuel bot that calls a webhook: builds the request of one user's conversation, waits as long as
 * Chatfuel does, checks the reply against the JSON API page and applies it to the user.
 */
export class ChatfuelCaller {
	/** What the bot knows of its user now. */
	readonly attributes: Record<string, unknown>;
	/** All turns so far. */
	readonly turns: Turn[] = [];

	constructor(private readonly options: ChatfuelCallerOptions) {
		this.attributes = { ...SYSTEM_ATTRIBUTES, ...options.attributes };
	}

	/**
	 * One call of the JSON API plugin.
	 *
	 * @param answers attributes the user has just given, set before the call
	 */
	async call(form: CallForm, answers: Record<string, unknown> = {}): Promise<Turn> {
		Object.assign(this.attributes, answers);
		const started = Date.now();
		const { status, data } = await this.send(form);
		const readable = status !== undefined && status < 300;
		const faults = readable ? faultsOf(data) : [];
		const reply = readable && faults.length === 0 && isObject(data) ? data : {};
		const turn: Turn = {
			status,
			reply: data,
			shown: list(reply.messages).flatMap(linesOf),
			set: isObject(reply.set_attributes) ? reply.set_attributes : {},
			redirects: Array.isArray(reply.redirect_to_blocks) ? reply.redirect_to_blocks.map(String) : [],
			faults,
			milliseconds: Date.now() - started,
		};
		Object.assign(this.attributes, turn.set);
		this.turns.push(turn);
		return turn;
	}

	private async send(form: CallForm): Promise<{ status?: number; data?: unknown }> {
		const { headers, timeoutSeconds = WAITS_SECONDS } = this.options;
		const { method, url, contentType, data } = this.request(form);
		try {
			return await axios.request<unknown>({
				method,
				url,
				data,
				headers: {
					'User-Agent': 'Chatfuel',
					...(contentType && { 'Content-Type': contentType }),
					...headers,
				},
				// The body goes as it is written here: axios must not take it for an object of its own.
				transformRequest: (body: unknown) => body,
				timeout: timeoutSeconds * 1000,
				validateStatus: () => true,
				proxy: false,
			});
		} catch (error) {
			if (isAxiosError(error) && error.code === 'ECONNABORTED') return {};
			throw error;
		}
	}

	private request(form: CallForm): { method: string; url: string; contentType?: string; data?: string } {
		const url = this.fill(this.options.url, encodeURIComponent);
		const json = { method: 'POST', url, contentType: 'application/json' };
		switch (form.kind) {
			case 'get': {
				const query = this.pairs(form.attributes, '%20');
				return { method: 'GET', url: `${url}${url.includes('?') ? '&' : '?'}${query}` };
			}
			case 'form': {
				const data = this.pairs(form.attributes, '+');
				return { method: 'POST', url, contentType: 'application/x-www-form-urlencoded', data };
			}
			case 'profile':
				return { ...json, data: JSON.stringify(this.attributes) };
			case 'json':
				return { ...json, data: this.fill(form.template, (value) => value) };
		}
	}

	private pairs(names: string[], space: string): string {
		const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', space);
		return names.map((name) => `${encode(name)}=${encode(words(this.attributes[name]))}`).join('&');
	}

	/** A placeholder for an attribute that is not set stays as it is. */
	private fill(template: string, encode: (value: string) => string): string {
		return template.replace(/\{\{([^{}]+)\}\}/g, (placeholder, name: string) => {
			const value = this.attributes[name.trim()];
			return value === undefined ? placeholder : encode(words(value));
		});
	}
}

const titled = (entries: Json[]) => entries.map(({ title }) => `[${words(title)}]`);

function linesOf(message: Json): string[] {
	const attachment = isObject(message.attachment) ? message.attachment : {};
	const payload = isObject(attachment.payload) ? attachment.payload : {};
	const cards = list(payload.elements).flatMap((card) => [words(card.title), ...titled(list(card.buttons))]);
	return [
		...(message.text === undefined ? [] : [words(message.text)]),
		...(payload.url === undefined ? [] : [`<${words(attachment.type)} ${words(payload.url)}>`]),
		...(payload.text === undefined ? [] : [words(payload.text)]),
		...cards,
		...titled(list(payload.buttons)),
		...titled(list(message.quick_replies)),
	];
}

/** Where a reply departs from the JSON API page. An empty answer shows nothing and is right. */
export function faultsOf(reply: unknown): string[] {
	if (reply === undefined || reply === null || reply === '') return [];
	if (!isObject(reply)) return ['The reply is no JSON object'];
	const known = ['messages', 'set_attributes', 'redirect_to_blocks'];
	const unknown = Object.keys(reply).filter((key) => !known.includes(key));
	const { messages = [], set_attributes: attributes = {}, redirect_to_blocks: blocks = [] } = reply;
	return [
		...unknown.map((key) => `Unknown key "${key}"`),
		...(isObject(attributes) ? [] : ['set_attributes is no object']),
		...(Array.isArray(blocks) && blocks.every((block) => typeof block === 'string')
			? []
			: ['redirect_to_blocks is no list of names']),
		...(Array.isArray(messages) ? messages.flatMap(messageFaults) : ['messages is no list']),
	];
}

function messageFaults(message: unknown, index: number): string[] {
	const place = `messages[${index}]`;
	if (!isObject(message)) return [`${place} is no object`];
	const attachment = isObject(message.attachment) ? message.attachment : undefined;
	if (typeof message.text !== 'string' && !attachment) return [`${place} has neither text nor attachment`];
	const payload = isObject(attachment?.payload) ? attachment.payload : {};
	const elements = list(payload.elements);
	const buttonLists = [list(payload.buttons), ...elements.map((element) => list(element.buttons))];
	const quickReplies = list(message.quick_replies);
	const isTemplate = attachment?.type === 'template';
	return [
		...(attachment && !isTemplate && typeof payload.url !== 'string' ? [`${place} has no url`] : []),
		...(elements.length > LIMITS.elements ? [`${place} has more than ${LIMITS.elements} cards`] : []),
		...buttonLists
			.filter((buttons) => buttons.length > LIMITS.buttons)
			.map(() => `${place} has more than ${LIMITS.buttons} buttons`),
		...(quickReplies.length > LIMITS.quick_replies
			? [`${place} has more than ${LIMITS.quick_replies} quick replies`]
			: []),
		...[...buttonLists.flat(), ...quickReplies].flatMap((entry) => titleFaults(entry, place)),
		...buttonLists.flat().flatMap((button) => buttonFaults(button, place)),
	];
}

function titleFaults({ title }: Json, place: string): string[] {
	if (typeof title !== 'string' || title === '') return [`${place} has a button without a title`];
	return Array.from(title).length > LIMITS.title
		? [`${place} has a title over ${LIMITS.title} characters`]
		: [];
}

function buttonFaults(button: Json, place: string): string[] {
	const need = BUTTON_NEEDS[words(button.type)];
	if (need === undefined) return [`${place} has a button of unknown type "${words(button.type)}"`];
	return button[need] === undefined ? [`${place} has a ${words(button.type)} button without ${need}`] : [];
}
