import { json, type SandboxEntry, type SimRequest, type SimResponse, type Simulator } from './kit';
import { MessageLog, type Fate, type TwilioMessage } from './twilio-messages';

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
}

export interface TwilioSettings {
	credentials?: typeof CREDENTIALS;
	/** Our numbers in E.164 and `whatsapp:` addresses. */
	senders?: string[];
	/** Senders by MG… id. */
	messagingServices?: Record<string, string[]>;
	/** Templates by HX… id. */
	contents?: Record<string, TwilioContent>;
	now?: () => number;
}

interface Page {
	resource: 'messages' | 'message' | 'account';
	sid?: string;
}

const PHONE = /^\+[1-9]\d{6,14}$/;
const ALPHANUMERIC = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;
const MAX_BODY = 1600;

/** An error as Twilio words it: `{code, message, more_info, status}`. */
const refusal = (status: number, code: number, message: string): SimResponse =>
	json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });

const bare = (address: string) => address.replace(/^whatsapp:/, '');
const isWhatsApp = (address: string) => address.startsWith('whatsapp:');

/**
 * Twilio's classic Messages resource at its true host, from its OpenAPI document (api_v2010) and its error
 * pages. Messages are accepted first and meet their fate later, as there: what WhatsApp refuses outside its
 * 24 hours shows in the message's status, not in the answer (error page 63016).
 */
export class TwilioSimulator implements Simulator {
	readonly name = 'twilio';
	readonly hosts = ['api.twilio.com'];
	private readonly settings: Required<TwilioSettings>;
	private readonly log: MessageLog;

	constructor(settings: TwilioSettings = {}) {
		this.settings = {
			credentials: CREDENTIALS,
			senders: ['+15005550006', 'whatsapp:+15005550006'],
			messagingServices: {},
			contents: {},
			now: Date.now,
			...settings,
		};
		this.log = new MessageLog(this.settings.credentials.accountSid, this.settings.now);
	}

	handle(request: SimRequest): SimResponse {
		const page = this.pageOf(request.url.pathname);
		if (!page) return this.notFound(request);
		if (!this.isAuthentic(request, page)) return refusal(401, 20003, 'Authenticate');
		switch (`${request.method} ${page.resource}`) {
			case 'POST messages':
				return this.create(new URLSearchParams(request.text));
			case 'GET messages':
				return this.list(request.url);
			case 'GET message':
				return this.fetch(request, page);
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
	}

	/** All messages, in and out, newest last, as they stand now. */
	state(): { messages: TwilioMessage[] } {
		this.log.settle();
		return { messages: this.log.messages };
	}

	/** A customer writes to us; the message's webhook is the caller's business. */
	receive(from: string, to: string, body: string): TwilioMessage {
		return this.log.receive(from, to, body);
	}

	private pageOf(pathname: string): Page | undefined {
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
		const refused = this.addressRefusal(form) ?? this.contentRefusal(form);
		if (refused) return refused;
		const service = form.get('MessagingServiceSid') ?? undefined;
		const scheduled = service !== undefined && form.get('ScheduleType') === 'fixed' && form.has('SendAt');
		const message = this.log.add({
			to: form.get('To') ?? '',
			from: form.get('From') ?? undefined,
			messagingServiceSid: service,
			body: this.bodyOf(form),
			media: form.getAll('MediaUrl'),
			status: scheduled ? 'scheduled' : service ? 'accepted' : 'queued',
			direction: 'outbound-api',
			fate: scheduled ? { status: 'scheduled' } : this.fateOf(form),
		});
		return json(201, message);
	}

	private addressRefusal(form: URLSearchParams): SimResponse | undefined {
		const [to, from, service] = [form.get('To'), form.get('From'), form.get('MessagingServiceSid')];
		if (!to) return refusal(400, 21604, "A 'To' phone number is required.");
		if (!from && !service) return refusal(400, 21603, "A 'From' phone number is required.");
		if (!PHONE.test(bare(to)))
			return refusal(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
		if (service && !this.settings.messagingServices[service]) {
			return refusal(400, 21701, 'The Messaging Service does not exist');
		}
		if (from && !PHONE.test(bare(from)) && !ALPHANUMERIC.test(from)) {
			return refusal(
				400,
				21212,
				`The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`,
			);
		}
		if (from && isWhatsApp(from) !== isWhatsApp(to)) {
			return refusal(400, 21910, 'Invalid From and To pair. From and To should be of the same channel');
		}
		if (from && from === to) return refusal(400, 21266, "'To' and 'From' number cannot be the same");
		if (from && PHONE.test(bare(from)) && !this.settings.senders.includes(from)) {
			return refusal(
				400,
				21606,
				`The 'From' phone number ${from} is not a valid, SMS-capable inbound phone number or short code for your account.`,
			);
		}
		if (this.log.wantsNoMore(to)) return refusal(400, 21610, 'Attempt to send to unsubscribed recipient');
		return undefined;
	}

	private contentRefusal(form: URLSearchParams): SimResponse | undefined {
		const [body, contentSid, variables] = [
			form.get('Body'),
			form.get('ContentSid'),
			form.get('ContentVariables'),
		];
		if (!body && !contentSid && !form.has('MediaUrl')) {
			return refusal(400, 21619, 'A text message body or media urls must be specified.');
		}
		if (body && body.length > MAX_BODY) {
			return refusal(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
		}
		if (contentSid && !this.settings.contents[contentSid])
			return refusal(400, 21655, 'The ContentSid is Invalid');
		if (variables && !parseVariables(variables)) {
			return refusal(400, 21656, 'The ContentVariables Parameter is invalid');
		}
		return undefined;
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

function parseVariables(text: string): Record<string, string> | undefined {
	try {
		const parsed = JSON.parse(text) as unknown;
		return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
			? (parsed as Record<string, string>)
			: undefined;
	} catch {
		return undefined;
	}
}

/** The sandbox's Twilio account: one number for SMS and WhatsApp. */
export const sandbox: SandboxEntry = {
	create: () => new TwilioSimulator(),
	credentials: [
		{
			name: 'Twilio',
			type: 'twilioApi',
			data: { authType: 'authToken', accountSid: CREDENTIALS.accountSid, authToken: CREDENTIALS.authToken },
		},
	],
	settings: { twilioFrom: '+15005550006' },
};
