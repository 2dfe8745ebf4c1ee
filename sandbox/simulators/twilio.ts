import {
	json,
	type SandboxEntry,
	type SendWebhook,
	type SimRequest,
	type SimResponse,
	type Simulator,
	type WebhookAnswer,
} from './kit';
import { listAnswer } from './twilio-lists';
import { MessageLog, type Fate, type TwilioMessage } from './twilio-messages';
import { draftRefusal, isWhatsApp, parseVariables, refusal } from './twilio-rules';
import { readAnswer, type TwilioAlert } from './twilio-twiml';
import {
	inboundForm,
	statusForm,
	TwilioWebhooks,
	type Inbound,
	type TwilioDelivery,
} from './twilio-webhooks';
import { twilioPanel } from './twilio-panel';

/** What the sandbox's Twilio takes: the account's own token, or an API key. */
export const CREDENTIALS = {
	accountSid: 'AC0f3d5c6b7a8e9d0c1b2a3948576e5d4c',
	authToken: '5e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b',
	apiKeySid: 'SK1a2b3c4d5e6f708192a3b4c5d6e7f809',
	apiKeySecret: 'frontdesk-sandbox-twilio-secret',
};

/** A content template; WhatsApp takes only an approved one. */
export interface TwilioContent {
	/** With {{1}}, {{2}} or {{name}}. */
	body: string;
	approved: boolean;
	/** As the Console shows it. */
	name?: string;
	language?: string;
}

export interface TwilioSettings {
	credentials?: typeof CREDENTIALS;
	/** Our numbers in E.164 and `whatsapp:` addresses. */
	senders?: string[];
	/** Senders by MG… id. */
	messagingServices?: Record<string, string[]>;
	/** Templates by HX… id. */
	contents?: Record<string, TwilioContent>;
	/** Where messages to one of our addresses are reported, as entered in the Console. */
	webhooks?: Record<string, string>;
	send?: SendWebhook;
	/** How many milliseconds an address has for its answer: 15 seconds unless given (error page 11205). */
	patience?: number;
	now?: () => number;
}

interface Page {
	resource: 'messages' | 'message' | 'account' | 'services' | 'contents';
	sid?: string;
}

/**
 * Twilio's classic Messages resource at its true host, from its OpenAPI document (api_v2010) and its error
 * pages. Messages are accepted first and meet their fate later, as there: what WhatsApp refuses outside its
 * 24 hours shows in the message's status, not in the answer (error page 63016).
 */
export class TwilioSimulator implements Simulator {
	readonly name = 'twilio';
	/** The regions' own hosts lead to the same account here. */
	readonly hosts = [
		'api.twilio.com',
		'api.dublin.ie1.twilio.com',
		'api.sydney.au1.twilio.com',
		'content.twilio.com',
		'messaging.twilio.com',
	];
	/** The Console's debugger: what was wrong with the answers to inbound messages. */
	readonly alerts: TwilioAlert[] = [];
	private readonly settings: Required<Omit<TwilioSettings, 'send'>>;
	private readonly log: MessageLog;
	private readonly webhooks: TwilioWebhooks;

	constructor({ send, ...settings }: TwilioSettings = {}) {
		this.settings = {
			credentials: CREDENTIALS,
			senders: ['+15005550006', 'whatsapp:+15005550006'],
			messagingServices: {},
			contents: {},
			webhooks: {},
			patience: 15_000,
			now: Date.now,
			...settings,
		};
		const { accountSid, authToken } = this.settings.credentials;
		this.log = new MessageLog(accountSid, this.settings.now);
		this.webhooks = new TwilioWebhooks({
			authToken,
			send,
			patience: this.settings.patience,
			answered: (delivery, answer) => this.obey(delivery, answer),
		});
	}

	handle(request: SimRequest): SimResponse {
		const page = this.pageOf(request.url);
		if (!page) return this.notFound(request);
		if (!this.isAuthentic(request, page)) return refusal(401, 20003, 'Authenticate');
		switch (`${request.method} ${page.resource}`) {
			case 'POST messages':
				return this.create(new URLSearchParams(request.text));
			case 'GET messages':
				return this.list(request.url);
			case 'GET message':
				return this.fetch(request, page);
			case 'POST message':
				return this.update(request, page);
			case 'GET services':
			case 'GET contents':
				return listAnswer(request.url, page.resource, this.settings);
			case 'GET account':
				return json(200, { sid: this.settings.credentials.accountSid, status: 'active', type: 'Full' });
			default:
				return refusal(405, 20004, 'Method not allowed');
		}
	}

	/** Twilio gives no hint how long to wait (error page 20429). */
	rateLimited(): SimResponse {
		return refusal(429, 20429, 'Too Many Requests');
	}

	reset(): void {
		this.log.reset();
		this.webhooks.reset();
		this.alerts.length = 0;
	}

	/** All messages, in and out, newest last, as they stand now. */
	state(): { messages: TwilioMessage[] } {
		this.settle();
		return { messages: this.log.messages };
	}

	/** Enters an address in the Console, or empties the field: messages to this sender of ours are reported there. */
	configure(sender: string, webhook: string): void {
		this.settings.webhooks[sender] = webhook;
	}

	/** A customer writes to us, which is reported where the sender's settings say so. */
	receive(from: string, to: string, body: string, more: Inbound = {}): TwilioMessage {
		const media = more.media ?? [];
		const message = this.log.receive(
			from,
			to,
			body,
			media.map(({ url }) => url),
		);
		const webhook = this.settings.webhooks[to];
		if (webhook) this.webhooks.post(webhook, inboundForm(message, more));
		return message;
	}

	/** What was reported so far: inbound messages and statuses. */
	get deliveries(): TwilioDelivery[] {
		return this.webhooks.deliveries;
	}

	/** Reports once more under the same token, as after an answer that got lost. */
	redeliver(delivery: TwilioDelivery): void {
		this.webhooks.repeat(delivery);
	}

	/** Waits until everything reported so far is answered. */
	async settled(): Promise<void> {
		await this.webhooks.settled();
	}

	private settle(): void {
		for (const { message, statusCallback } of this.log.settle()) {
			if (!statusCallback) continue;
			const statuses = message.status === 'delivered' ? ['sent', 'delivered'] : [message.status];
			for (const status of statuses) this.webhooks.post(statusCallback, statusForm(message, status));
		}
	}

	/** Does what the answer to a customer's message says; what it cannot do goes into the debugger. */
	private obey({ body }: TwilioDelivery, answer: WebhookAnswer | undefined): void {
		const inbound = new URLSearchParams(body);
		// Answers to status callbacks are not read.
		if (inbound.get('SmsStatus') !== 'received') return;
		const { messages, alerts } = readAnswer(answer);
		this.alerts.push(...alerts);
		for (const message of messages) {
			const form = new URLSearchParams({
				To: message.to ?? inbound.get('From') ?? '',
				From: message.from ?? inbound.get('To') ?? '',
				Body: message.body,
			});
			for (const url of message.media) form.append('MediaUrl', url);
			if (message.statusCallback) form.set('StatusCallback', message.statusCallback);
			const made = this.accept(form, 'outbound-reply');
			if ('sid' in made) continue;
			const { code, message: text } = made.body as { code: number; message: string };
			this.alerts.push({ level: 'error', code, text });
		}
	}

	private pageOf({ hostname, pathname }: URL): Page | undefined {
		if (hostname === 'messaging.twilio.com') {
			return pathname === '/v1/Services' ? { resource: 'services' } : undefined;
		}
		if (hostname === 'content.twilio.com') {
			return pathname === '/v1/Content' ? { resource: 'contents' } : undefined;
		}
		const { accountSid } = this.settings.credentials;
		const match = /^\/2010-04-01\/Accounts\/([^/]+?)(?:\/Messages(?:\/([^/]+))?)?\.json$/.exec(pathname);
		if (!match || match[1] !== accountSid) return undefined;
		if (match[2]) return { resource: 'message', sid: match[2] };
		return { resource: pathname.endsWith('/Messages.json') ? 'messages' : 'account' };
	}

	/** An API key may do all but read the account itself (API keys page: "Standard"). */
	private isAuthentic({ headers }: SimRequest, page: Page): boolean {
		const { accountSid, authToken, apiKeySid, apiKeySecret } = this.settings.credentials;
		const given = Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
		return (
			given === `${accountSid}:${authToken}` ||
			(given === `${apiKeySid}:${apiKeySecret}` && page.resource !== 'account')
		);
	}

	private notFound({ url }: SimRequest): SimResponse {
		return refusal(404, 20404, `The requested resource ${url.pathname} was not found`);
	}

	private create(form: URLSearchParams): SimResponse {
		const made = this.accept(form, 'outbound-api');
		return 'sid' in made ? json(201, made) : made;
	}

	private accept(form: URLSearchParams, direction: TwilioMessage['direction']): TwilioMessage | SimResponse {
		const refused = draftRefusal(form, this.settings, (to) => this.log.wantsNoMore(to));
		if (refused) return refused;
		const service = form.get('MessagingServiceSid') ?? undefined;
		// Without a Messaging Service a schedule is ignored and the message sent at once (scheduling FAQ).
		const sendAt = service && form.has('ScheduleType') ? form.get('SendAt') : null;
		return this.log.add({
			to: form.get('To') ?? '',
			from: form.get('From') ?? undefined,
			messagingServiceSid: service,
			body: this.bodyOf(form),
			media: form.getAll('MediaUrl'),
			status: sendAt ? 'scheduled' : service ? 'accepted' : 'queued',
			direction,
			fate: () => this.fateOf(form),
			sendAt: sendAt ? Date.parse(sendAt) : undefined,
			statusCallback: form.get('StatusCallback') ?? undefined,
			chosen: this.choose(form),
		});
	}

	/** A Messaging Service's sender of the recipient's channel. */
	private choose(form: URLSearchParams): string | undefined {
		const pool = this.settings.messagingServices[form.get('MessagingServiceSid') ?? ''] ?? [];
		return pool.find((sender) => isWhatsApp(sender) === isWhatsApp(form.get('To') ?? ''));
	}

	/** Cancels what is scheduled, or empties the body ("Update a Message" in the spec). */
	private update(request: SimRequest, { sid }: Page): SimResponse {
		const message = this.state().messages.find((one) => one.sid === sid);
		if (!message) return this.notFound(request);
		const form = new URLSearchParams(request.text);
		if (form.get('Status') === 'canceled' && !this.log.cancel(message)) {
			// The page of 30409 gives no HTTP status; this one is assumed.
			return refusal(409, 30409, 'This message cannot be canceled');
		}
		if (form.get('Body') === '') message.body = '';
		return json(200, message);
	}

	private bodyOf(form: URLSearchParams): string {
		const content = this.settings.contents[form.get('ContentSid') ?? ''];
		if (!content) return form.get('Body') ?? '';
		const variables = parseVariables(form.get('ContentVariables') ?? '{}') ?? {};
		return content.body.replace(/{{\s*(\w+)\s*}}/g, (whole, name: string) => variables[name] ?? whole);
	}

	/** WhatsApp takes free text only within 24 hours of the customer's last message, else an approved template. */
	private fateOf(form: URLSearchParams): Fate {
		const to = form.get('To') ?? '';
		if (!isWhatsApp(to)) return { status: 'delivered' };
		const service = form.get('MessagingServiceSid');
		const from = form.get('From');
		const ours = from ? [from] : (this.settings.messagingServices[service ?? ''] ?? []);
		const approved = this.settings.contents[form.get('ContentSid') ?? '']?.approved ?? false;
		if (approved || this.log.windowIsOpen(to, ours)) return { status: 'delivered' };
		const message =
			'Failed to send freeform message because you are outside the allowed window. If you are using WhatsApp, please use a Message Template.';
		return { status: 'undelivered', error: { code: 63016, message } };
	}

	private fetch(request: SimRequest, { sid }: Page): SimResponse {
		const message = this.state().messages.find((one) => one.sid === sid);
		return message ? json(200, message) : this.notFound(request);
	}

	/** Newest first, 50 a page unless PageSize says otherwise; dates are whole days in GMT. */
	private list(url: URL): SimResponse {
		const query = url.searchParams;
		const day = (message: TwilioMessage) =>
			message.date_sent ? new Date(message.date_sent).toISOString().slice(0, 10) : '';
		const found = this.state()
			.messages.filter((message) => (query.get('To') ?? message.to) === message.to)
			.filter((message) => (query.get('From') ?? message.from) === message.from)
			.filter((message) => (query.get('DateSent') ?? day(message)) === day(message))
			.filter((message) => day(message) <= (query.get('DateSent<') ?? '9999'))
			.filter((message) => day(message) >= (query.get('DateSent>') ?? ''))
			.reverse();
		const size = Math.min(1000, Number(query.get('PageSize') ?? 50));
		const page = Number(query.get('Page') ?? 0);
		const messages = found.slice(page * size, (page + 1) * size);
		const at = (number: number) => {
			const params = new URLSearchParams(query);
			params.set('PageSize', String(size));
			params.set('Page', String(number));
			return `${url.pathname}?${params}`;
		};
		return json(200, {
			messages,
			page,
			page_size: size,
			start: page * size,
			end: page * size + Math.max(0, messages.length - 1),
			uri: at(page),
			first_page_uri: at(0),
			next_page_uri: (page + 1) * size < found.length ? at(page + 1) : null,
			previous_page_uri: page > 0 ? at(page - 1) : null,
		});
	}
}

const SERVICE = `MG${'5'.repeat(32)}`;
const REMINDER = `HX${'6'.repeat(32)}`;

/** The sandbox's Twilio account: one number for SMS and WhatsApp, a Messaging Service with it, a template. */
export const sandbox: SandboxEntry = {
	create: ({ send }) =>
		new TwilioSimulator({
			send,
			messagingServices: { [SERVICE]: ['+15005550006', 'whatsapp:+15005550006'] },
			contents: {
				[REMINDER]: {
					body: 'Hello {{1}}, we expect you {{2}}.',
					approved: true,
					name: 'appointment_reminder',
					language: 'en',
				},
			},
		}),
	panel: twilioPanel,
	credentials: [
		{
			name: 'Twilio',
			type: 'twilioApi',
			data: { authType: 'authToken', accountSid: CREDENTIALS.accountSid, authToken: CREDENTIALS.authToken },
		},
		{
			name: 'Twilio Message',
			type: 'twilioMessageApi',
			data: {
				authType: 'authToken',
				accountSid: CREDENTIALS.accountSid,
				authToken: CREDENTIALS.authToken,
				region: 'us1',
			},
		},
	],
	settings: {
		twilioFrom: '+15005550006',
		twilioMessagingServiceSid: SERVICE,
		twilioReminderContentSid: REMINDER,
	},
};
