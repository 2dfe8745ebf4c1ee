import { contactsAnswer, joinInbox } from './chatwoot-contacts';
import { conversationsAnswer } from './chatwoot-conversations';
import { deliveriesOf, eventBody, signedHeaders, type ChatwootDelivery } from './chatwoot-events';
import { readForm } from './chatwoot-messages';
import {
	emptyAccount,
	forbidden,
	missing,
	Refusal,
	type Call,
	type ChatwootSettings,
	type SimAccount,
	type SimContact,
	type SimEvent,
	type SimMessage,
	type SimUser,
} from './chatwoot-store';
import { webhooksAnswer } from './chatwoot-webhooks';
import {
	json,
	plainAnswer,
	readJson,
	type SandboxEntry,
	type SimRequest,
	type SimResponse,
	type Simulator,
} from './kit';
import { chatwootPanel } from './chatwoot-panel';

/** The access tokens the sandbox's Chatwoot knows. */
export const CREDENTIALS = {
	administrator: 'frontdeskAdministratorA1',
	agent: 'frontdeskAgentB2',
	bot: 'frontdeskBotC3',
};

const USERS: SimUser[] = [
	{
		id: 1,
		name: 'Admin Example',
		email: 'admin@frontdesk.example',
		token: CREDENTIALS.administrator,
		role: 'administrator',
		accounts: [1, 2],
	},
	{
		id: 3,
		name: 'Agent Example',
		email: 'agent@frontdesk.example',
		token: CREDENTIALS.agent,
		role: 'agent',
		accounts: [1],
	},
	{ id: 7, name: 'Bot Example', email: '', token: CREDENTIALS.bot, role: 'bot', accounts: [1] },
];

/** First ids, as they stand in the examples of the documentation. */
const FIRST_IDS: Record<string, number> = { contact: 55, message: 9001, webhook: 5, attachment: 300 };

/**
 * Chatwoot 4.14, hosted and on a host of one's own: accounts, contacts, conversations, messages and webhooks.
 * Written from its swagger and from what is documented of its source.
 */
export class ChatwootSimulator implements Simulator {
	readonly name = 'chatwoot';
	readonly hosts = ['chat.frontdesk.example', 'app.chatwoot.com'];
	private readonly settings: Required<ChatwootSettings>;
	private accounts: SimAccount[] = [];
	private ids = new Map<string, number>();
	/** What the webhooks were told so far. */
	readonly deliveries: ChatwootDelivery[] = [];
	private underWay: Array<Promise<unknown>> = [];

	constructor(settings: ChatwootSettings = {}) {
		this.settings = {
			send: async () => plainAnswer(200),
			now: Date.now,
			signs: true,
			keepsNames: true,
			stripsPlus: true,
			dropsUnderscores: false,
			...settings,
		};
		this.reset();
	}

	handle(request: SimRequest): SimResponse {
		try {
			const body = this.answer(request);
			return body === undefined ? { status: 200, headers: {} } : json(200, body);
		} catch (error) {
			if (error instanceof Refusal) return json(error.status, error.body);
			throw error;
		}
	}

	/** Plain text and no hint how long to wait (rack_attack.rb). */
	rateLimited(): SimResponse {
		return { status: 429, headers: { 'content-type': 'text/plain' }, body: 'Retry later\n' };
	}

	reset(): void {
		this.accounts = [emptyAccount(1, 'Example Studio'), emptyAccount(2, 'Second Studio')];
		this.ids = new Map();
		this.deliveries.length = 0;
		this.underWay = [];
	}

	/** Everybody and everything that was said, of all accounts. */
	state() {
		return {
			contacts: this.accounts.flatMap(({ contacts }) => [...contacts.values()]),
			conversations: this.accounts.flatMap(({ conversations }) => [...conversations.values()]),
			webhooks: this.accounts.flatMap(({ webhooks }) => webhooks.map(({ url }) => url)),
		};
	}

	/** One account with everything in it. */
	account(id = 1): SimAccount {
		const account = this.accounts.find((one) => one.id === id);
		if (!account) throw missing();
		return account;
	}

	/** Puts a contact into an account, as it would be there from earlier. */
	given(fields: Partial<SimContact>, accountId = 1): SimContact {
		const account = this.account(accountId);
		const contact: SimContact = {
			id: this.nextId('contact'),
			name: '',
			email: null,
			phone_number: null,
			identifier: null,
			blocked: false,
			additional_attributes: {},
			custom_attributes: {},
			last_activity_at: null,
			created_at: this.seconds(),
			inboxes: [],
			...fields,
		};
		account.contacts.set(contact.id, contact);
		return contact;
	}

	/** A contact writes in an inbox: goes on with the open conversation, or begins one, and tells the webhooks. */
	receive(contact: SimContact, text: string, { inbox = 9, account: accountId = 1 } = {}): SimMessage {
		const account = this.account(accountId);
		const call = this.callFor(account, USERS[0] as SimUser, {});
		const source = contact.phone_number?.replace('+', '') ?? `visitor-${contact.id}`;
		joinInbox(account, contact, inbox, source);
		const open = [...account.conversations.values()].find(
			(one) => one.contact_id === contact.id && one.inbox_id === inbox && one.status !== 'resolved',
		);
		const id =
			open?.id ??
			(
				conversationsAnswer(
					{ ...call, method: 'POST', body: { contact_id: contact.id, inbox_id: inbox } },
					[],
				) as { id: number }
			).id;
		const conversation = account.conversations.get(id);
		if (!conversation) throw missing();
		const message: SimMessage = {
			id: this.nextId('message'),
			content: text,
			message_type: 0,
			private: false,
			content_type: 'text',
			content_attributes: {},
			additional_attributes: {},
			status: 'sent',
			source_id: `wamid.${this.ids.get('message')}`,
			created_at: this.seconds(),
			sender: { type: 'contact', id: contact.id },
			attachments: [],
		};
		conversation.messages.push(message);
		conversation.last_activity_at = this.seconds();
		contact.last_activity_at = this.seconds();
		call.emit({ event: 'message_created', account, conversation, message });
		return message;
	}

	/** A contact changes what was said: the webhooks get the message once more, as an update. */
	edit(messageId: number, text: string): void {
		const place = this.accounts
			.flatMap((account) =>
				[...account.conversations.values()].map((conversation) => ({ account, conversation })),
			)
			.find(({ conversation }) => conversation.messages.some(({ id }) => id === messageId));
		const message = place?.conversation.messages.find(({ id }) => id === messageId);
		if (!place || !message) throw missing();
		message.content = text;
		this.emit({ event: 'message_updated', ...place, message });
	}

	/** Sends a call again, to the letter. */
	redeliver({ url, headers, body }: ChatwootDelivery): void {
		this.post({ url, headers, body });
	}

	/** Sends an event again under another delivery id and time, as happens by mistake (chatwoot/chatwoot#11901). */
	repeatEvent({ url, body }: ChatwootDelivery): void {
		const hook = this.accounts.flatMap(({ webhooks }) => webhooks).find((one) => one.url === url);
		if (!hook) throw missing();
		this.post({ url, headers: signedHeaders(body, this.seconds(), hook.secret), body });
	}

	/** Resolves when every webhook of so far has been answered. */
	async settled(): Promise<void> {
		await Promise.all(this.underWay.splice(0));
	}

	private seconds(): number {
		return Math.floor(this.settings.now() / 1000);
	}

	private nextId(kind: string): number {
		const id = (this.ids.get(kind) ?? (FIRST_IDS[kind] ?? 42) - 1) + 1;
		this.ids.set(kind, id);
		return id;
	}

	private callFor(account: SimAccount, user: SimUser, more: Partial<Call>): Call {
		return {
			method: 'GET',
			query: new URLSearchParams(),
			body: {},
			account,
			user,
			users: USERS,
			settings: this.settings,
			now: () => this.seconds(),
			nextId: (kind) => this.nextId(kind),
			emit: (event) => this.emit(event),
			...more,
		};
	}

	/** A job in the background: the body is as things stand now, and the request does not wait for it. */
	private emit(event: SimEvent): void {
		const body = JSON.stringify(eventBody(USERS, event));
		const { signs } = this.settings;
		for (const delivery of deliveriesOf(event, body, { signs, seconds: this.seconds() })) this.post(delivery);
	}

	/** Once, whatever comes back. */
	private post(delivery: ChatwootDelivery): void {
		this.deliveries.push(delivery);
		const { url, headers, body } = delivery;
		const sending = this.settings.send(url, { headers, body }).then(
			({ status }) => (delivery.status = status),
			() => undefined,
		);
		this.underWay.push(sending);
	}

	private userOf({ headers }: SimRequest): SimUser {
		const underscored = this.settings.dropsUnderscores ? undefined : headers.api_access_token;
		const token = underscored ?? headers['api-access-token'];
		if (token === undefined) {
			throw new Refusal(401, { errors: ['You need to sign in or sign up before continuing.'] });
		}
		const user = USERS.find((one) => one.token === token);
		if (!user) throw new Refusal(401, { error: 'Invalid Access Token' });
		return user;
	}

	private answer(request: SimRequest): unknown {
		const { method, url } = request;
		const user = this.userOf(request);
		const [api, version, scope, accountId, ...rest] = url.pathname.split('/').filter(Boolean);
		if (api !== 'api' || version !== 'v1') throw missing();
		if (scope === 'profile' && method === 'GET') return this.profile(user);
		const account = this.accounts.find(({ id }) => String(id) === accountId);
		if (scope !== 'accounts' || !account) throw missing();
		if (!user.accounts.includes(account.id)) {
			throw new Refusal(401, { error: 'You are not authorized to access this account' });
		}
		const isForm = request.headers['content-type']?.startsWith('multipart/form-data');
		const body = isForm
			? readForm(request.text, request.headers['content-type'] ?? '')
			: ((readJson(request) ?? {}) as Record<string, unknown>);
		return this.inAccount(this.callFor(account, user, { method, query: url.searchParams, body }), rest);
	}

	private profile(user: SimUser) {
		// A bot has no profile of its own.
		if (user.role === 'bot') throw forbidden();
		const { id, name, email, role } = user;
		const accounts = this.accounts.filter((account) => user.accounts.includes(account.id));
		return {
			id,
			name,
			email,
			role,
			available_name: name,
			access_token: user.token,
			pubsub_token: `session-of-user-${id}`,
			account_id: accounts[0]?.id,
			accounts: accounts.map((account) => ({ id: account.id, name: account.name, status: 'active', role })),
		};
	}

	private inAccount(call: Call, rest: string[]): unknown {
		const [resource = '', ...more] = rest;
		const { account, users, method } = call;
		if (resource === 'contacts' || resource === 'actions') return contactsAnswer(call, rest);
		if (resource === 'conversations') return conversationsAnswer(call, more);
		if (resource === 'webhooks') return webhooksAnswer(call, more[0]);
		if (method !== 'GET') throw missing();
		if (resource === 'inboxes') return { payload: account.inboxes };
		if (resource === 'teams') return account.teams;
		if (resource === 'agents') {
			return users
				.filter(({ role, accounts }) => role !== 'bot' && accounts.includes(account.id))
				.map(({ id, name, email, role }) => ({ id, name, email, role, account_id: account.id }));
		}
		throw missing();
	}
}

/** The sandbox's Chatwoot: a host of one's own, where an administrator's token works in account 1. */
export const sandbox: SandboxEntry = {
	create: ({ send }) => new ChatwootSimulator({ send }),
	panel: chatwootPanel,
	credentials: [
		{
			name: 'Chatwoot',
			type: 'chatwootAccountApi',
			data: {
				accessToken: CREDENTIALS.administrator,
				installation: 'selfHosted',
				baseUrl: 'https://chat.frontdesk.example',
				allowHttp: false,
				headerName: 'api_access_token',
			},
		},
	],
	choices: {
		'n8n-nodes-frontdesk.chatwootTrigger': { account: { __rl: true, mode: 'id', value: '1' } },
	},
	settings: { chatwootAccountId: '1', chatwootInboxId: '9' },
};
