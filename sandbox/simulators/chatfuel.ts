import { json, readJson, type SimRequest, type SimResponse, type Simulator, type SandboxEntry } from './kit';
import { chatfuelPanel } from './chatfuel-panel';

export { ChatfuelCaller, type CallForm, type ChatfuelCallerOptions, type Turn } from './chatfuelCaller';

export interface ChatfuelCredentials {
	botId: string;
	/** Broadcasting API. */
	token: string;
	automationId: string;
	/** Contacts API. */
	contactsToken: string;
}

/** What the simulator accepts unless told otherwise. */
export const CREDENTIALS: ChatfuelCredentials = {
	botId: '612899e1a6ec6f5e0f2fe556',
	token: 'chatfuel-broadcast-token-of-the-sandbox',
	automationId: '64f1c0ffee64f1c0ffee64f1',
	contactsToken: 'chatfuel-contacts-token-of-the-sandbox',
};

export interface SentMessage {
	userId: string;
	flow?: string;
	block?: string;
	messageTag?: string;
	attributes: Record<string, string>;
}

export interface ChatfuelSettings {
	credentials?: Partial<ChatfuelCredentials>;
	/** Names and ids that exist; anything exists where this is left out. */
	targets?: string[];
	/** Users the bot knows; any number of 5 digits and more where this is left out. */
	users?: string[];
}

const ROUTING = ['chatfuel_flow_name', 'chatfuel_flow_id', 'chatfuel_block_name', 'chatfuel_block_id'];
const KNOWN = [...ROUTING, 'chatfuel_token', 'chatfuel_message_tag'];
const REQUESTS_PER_SECOND = 25;
const MOST_PHONES = 1000;
const E164 = /^\+[1-9]\d{6,14}$/;

const NOT_FOUND = json(404, { code: 404, message: 'HTTP 404 Not Found' });
const refused = (status: number, result: string) => json(status, { success: false, result });
const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Chatfuel as a callee: the Broadcasting API of the legacy product and the contacts API of the newer one.
 * Their pages give paths, parameters, limits and the shape of answers; which status a refusal has, and its
 * words, are assumed here.
 */
export class ChatfuelSimulator implements Simulator {
	readonly name = 'chatfuel';
	readonly hosts = ['api.chatfuel.com', 'panel.chatfuel.com'];
	private readonly credentials: ChatfuelCredentials;
	private sent: SentMessage[] = [];
	private contacts = new Map<string, Record<string, string>>();
	/** Starts of the last second's sendings, in milliseconds. */
	private recent: number[] = [];

	constructor(private readonly settings: ChatfuelSettings = {}) {
		this.credentials = { ...CREDENTIALS, ...settings.credentials };
	}

	handle(request: SimRequest): SimResponse {
		const { hostname, pathname } = request.url;
		const [, botId, userId] = /^\/bots\/([^/]+)\/users\/([^/]+)\/send$/.exec(pathname) ?? [];
		if (hostname === 'api.chatfuel.com' && botId && userId) {
			if (request.method !== 'POST') return json(405, { code: 405, message: 'HTTP 405 Method Not Allowed' });
			return this.send(decodeURIComponent(botId), decodeURIComponent(userId), request.url.searchParams);
		}
		const [, automationId] = /^\/api\/contacts\/([^/]+)\/whatsapp\/$/.exec(pathname) ?? [];
		if (hostname === 'panel.chatfuel.com' && automationId && request.method === 'POST') {
			return this.addContacts(decodeURIComponent(automationId), request);
		}
		return NOT_FOUND;
	}

	rateLimited(seconds: number): SimResponse {
		return json(429, { success: false, result: 'Too many requests' }, { 'retry-after': String(seconds) });
	}

	reset(): void {
		this.sent = [];
		this.contacts.clear();
		this.recent = [];
	}

	state(): { sent: SentMessage[]; contacts: Record<string, Record<string, string>> } {
		return { sent: [...this.sent], contacts: Object.fromEntries(this.contacts) };
	}

	private send(botId: string, userId: string, query: URLSearchParams): SimResponse {
		if (botId !== this.credentials.botId) return NOT_FOUND;
		if (query.get('chatfuel_token') !== this.credentials.token) return refused(401, 'Invalid token');
		if (this.isTooFast()) return this.rateLimited(1);
		if (!this.knowsUser(userId)) return refused(400, 'User not found');
		const reserved = [...query.keys()].find((name) => name.startsWith('chatfuel_') && !KNOWN.includes(name));
		if (reserved) return refused(400, `Unknown parameter ${reserved}`);
		const routes = ROUTING.filter((name) => query.has(name));
		if (routes.length !== 1) return refused(400, 'One of block and flow is required');
		const target = query.get(routes[0] ?? '') ?? '';
		const kind = routes[0]?.includes('flow') ? 'flow' : 'block';
		if (this.settings.targets?.includes(target) === false) return refused(400, `No ${kind} "${target}"`);
		this.sent.push({
			userId,
			[kind]: target,
			messageTag: query.get('chatfuel_message_tag') ?? undefined,
			attributes: Object.fromEntries([...query].filter(([name]) => !name.startsWith('chatfuel_'))),
		});
		return json(200, { result: 'ok', success: true });
	}

	private knowsUser(userId: string): boolean {
		return this.settings.users?.includes(userId) ?? /^\d{5,}$/.test(userId);
	}

	private isTooFast(): boolean {
		const now = Date.now();
		this.recent = this.recent.filter((at) => at > now - 1000);
		// One more than allowed, because a network bunches up what was sent evenly.
		if (this.recent.length > REQUESTS_PER_SECOND) return true;
		this.recent.push(now);
		return false;
	}

	private addContacts(automationId: string, request: SimRequest): SimResponse {
		const { contactsToken, automationId: known } = this.credentials;
		if (request.headers.authorization !== `Bearer ${contactsToken}`) return { status: 401 };
		if (automationId !== known) return NOT_FOUND;
		const body = readJson(request);
		const { phones, contact_data: data } = isObject(body) ? body : {};
		const properties = isObject(data) ? data.properties : undefined;
		if (!Array.isArray(phones) || phones.length === 0 || phones.length > MOST_PHONES) {
			return json(400, { error: `phones must be a list of 1 to ${MOST_PHONES}` });
		}
		const bad: unknown = phones.find((phone) => typeof phone !== 'string' || !E164.test(phone));
		if (bad !== undefined) return json(400, { error: `Invalid phone ${String(bad)}` });
		if (!isObject(properties) || Object.values(properties).some((value) => typeof value !== 'string')) {
			return json(400, { error: 'contact_data.properties must be an object of texts' });
		}
		for (const phone of phones as string[]) {
			const before = this.contacts.get(phone);
			this.contacts.set(phone, { ...before, ...(properties as Record<string, string>) });
		}
		return json(200, {});
	}
}

/** The secret that the sandbox's bot shows with each call. */
export const CHATFUEL_SECRET = 'chatfuel-webhook-secret-of-the-sandbox';

/** The sandbox's bot: the secret it calls us with, and its two accounts. */
export const sandbox: SandboxEntry = {
	create: () => new ChatfuelSimulator(),
	panel: chatfuelPanel,
	credentials: [
		{
			name: 'Chatfuel webhook',
			type: 'chatfuelWebhookApi',
			data: { secret: CHATFUEL_SECRET, place: 'header', name: 'x-frontdesk-secret' },
		},
		{
			name: 'Chatfuel Broadcasting',
			type: 'chatfuelBroadcastApi',
			data: { botId: CREDENTIALS.botId, token: CREDENTIALS.token },
		},
		{
			name: 'Chatfuel Contacts',
			type: 'chatfuelContactsApi',
			data: { automationId: CREDENTIALS.automationId, token: CREDENTIALS.contactsToken },
		},
	],
	settings: { businessName: 'Nova Studio', phoneCountry: 'PL' },
};
