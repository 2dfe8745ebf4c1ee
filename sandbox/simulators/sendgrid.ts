import { createHash } from 'node:crypto';
import { json, readJson, type SandboxEntry, type SimRequest, type SimResponse, type Simulator } from './kit';
import { sendgridPanel } from './sendgrid-panel';

/** What the sandbox's SendGrid takes. */
export const CREDENTIALS = { apiKey: 'SG.frontdesk-sandbox.4kq0yXnXJ1' };

/** A dynamic template; `text` is what a reader sees, with {{name}}, {{a.b}} and {{#if name}}…{{else}}…{{/if}}. */
export interface SendGridTemplate {
	name: string;
	subject: string;
	text?: string;
}

interface Address {
	email: string;
	name?: string;
}

/** A mail in the outbox: one for each personalization, as each is an envelope of its own. */
export interface SentMail {
	/** The request's X-Message-Id. */
	messageId: string;
	acceptedAt: string;
	from: Address;
	to: Address[];
	cc: Address[];
	bcc: Address[];
	templateId?: string;
	templateName?: string;
	dynamicTemplateData?: unknown;
	customArgs: Record<string, string>;
	categories: string[];
	/** ISO 8601; only for a mail that shall go out later. */
	sendAt?: string;
	/** Subject and text as the recipient reads them. */
	subject: string;
	text: string;
	isHtml: boolean;
	attachments: Attachment[];
}

interface Attachment {
	filename: string;
	type?: string;
	content: Buffer;
}

export interface SendGridSettings {
	apiKeys?: string[];
	/** By id, `d-…`; any other id is refused. */
	templates?: Record<string, SendGridTemplate>;
	/** Verified senders; every sender is one unless given. */
	senders?: string[];
	now?: () => number;
}

type Json = Record<string, unknown>;
type Complaint = { message: string; field: string | null; help: string | null };

const MAX_BYTES = 30 * 1024 * 1024;
const MAX_RECIPIENTS = 1000;
const MAX_AHEAD_SECONDS = 72 * 3600;
const EMAIL = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;
const HELP = 'http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.';

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const objects = (value: unknown): Json[] => listOf(value).filter(isObject);

/** An answer in SendGrid's words (spec tsg_mail_v3, schema ErrorResponse). */
const refusal = (status: number, ...errors: Array<Partial<Complaint> & { message: string }>) =>
	json(status, { errors: errors.map((error) => ({ field: null, help: null, ...error })) });

/**
 * SendGrid's mail send at its true host, from its spec (tsg_mail_v3) and its page of Mail Send errors.
 * Accepts, or refuses in SendGrid's words; what it accepts lies in the outbox.
 */
export class SendGridSimulator implements Simulator {
	readonly name = 'sendgrid';
	readonly hosts = ['api.sendgrid.com', 'api.eu.sendgrid.com'];
	private readonly outbox: SentMail[] = [];
	private readonly settings: Required<Omit<SendGridSettings, 'senders'>> & { senders?: string[] };

	constructor(settings: SendGridSettings = {}) {
		this.settings = { apiKeys: [CREDENTIALS.apiKey], templates: {}, now: Date.now, ...settings };
	}

	handle(request: SimRequest): SimResponse {
		const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
		if (!key || !this.settings.apiKeys.includes(key)) {
			return refusal(401, { message: 'authorization required', field: 'null' });
		}
		switch (`${request.method} ${request.url.pathname}`) {
			case 'POST /v3/mail/send':
				return this.send(request);
			case 'GET /v3/templates':
				return json(200, { templates: this.templates(), result: this.templates() });
			case 'GET /v3/scopes':
				return json(200, { scopes: ['mail.send', 'templates.read'] });
			default:
				return request.url.pathname === '/v3/mail/send'
					? refusal(405, { message: 'method not allowed', field: 'null' })
					: refusal(404, { message: 'not found', field: 'null' });
		}
	}

	/** X-RateLimit-Reset is a Unix time in seconds. */
	rateLimited(seconds: number): SimResponse {
		const response = refusal(429, { message: 'too many requests' });
		const reset = Math.ceil(this.settings.now() / 1000) + seconds;
		response.headers = {
			...response.headers,
			'x-ratelimit-limit': '600',
			'x-ratelimit-remaining': '0',
			'x-ratelimit-reset': String(reset),
		};
		return response;
	}

	reset(): void {
		this.outbox.length = 0;
	}

	/** The outbox, newest last. */
	state(): { outbox: SentMail[] } {
		return { outbox: this.outbox };
	}

	private templates() {
		return Object.entries(this.settings.templates).map(([id, { name }]) => ({
			id,
			name,
			generation: 'dynamic',
		}));
	}

	private send(request: SimRequest): SimResponse {
		if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
			return refusal(415, { message: 'Content-Type should be application/json.' });
		}
		if (Buffer.byteLength(request.text) > MAX_BYTES) {
			return refusal(413, { message: 'content too large', field: 'null' });
		}
		const mail = readJson(request);
		if (!isObject(mail)) return refusal(400, { message: 'Bad Request' });
		const complaints = this.complaintsAbout(mail);
		if (complaints.length > 0) return refusal(400, ...complaints);
		const from = mail.from as unknown as Address;
		if (this.settings.senders && !this.settings.senders.includes(from.email)) {
			return refusal(403, {
				message: 'The from address does not match a verified Sender Identity.',
				field: 'from',
				help: `${HELP}from`,
			});
		}
		const sandbox = (mail.mail_settings as Json | undefined)?.sandbox_mode as Json | undefined;
		if (sandbox?.enable === true) return { status: 200 };
		return { status: 202, headers: { 'x-message-id': this.queue(mail) } };
	}

	private queue(mail: Json): string {
		const acceptedAt = new Date(this.settings.now()).toISOString();
		const messageId = createHash('sha256')
			.update(`${this.outbox.length} ${JSON.stringify(mail)}`)
			.digest('base64url')
			.slice(0, 22);
		for (const envelope of objects(mail.personalizations)) {
			const sendAt = Number(envelope.send_at ?? mail.send_at ?? 0);
			this.outbox.push({
				messageId,
				acceptedAt,
				from: (envelope.from ?? mail.from) as unknown as Address,
				to: addresses(envelope.to),
				cc: addresses(envelope.cc),
				bcc: addresses(envelope.bcc),
				...this.contentOf(mail, envelope),
				attachments: objects(mail.attachments).map(toAttachment),
				customArgs: { ...(mail.custom_args as object), ...(envelope.custom_args as object) },
				categories: listOf(mail.categories).map(String),
				...(sendAt * 1000 > this.settings.now() && { sendAt: new Date(sendAt * 1000).toISOString() }),
			});
		}
		return messageId;
	}

	private contentOf(mail: Json, envelope: Json) {
		const own = {
			subject: String(envelope.subject ?? mail.subject ?? ''),
			text: String(objects(mail.content)[0]?.value ?? ''),
			isHtml: objects(mail.content)[0]?.type === 'text/html',
		};
		const template = isText(mail.template_id) ? this.settings.templates[mail.template_id] : undefined;
		if (!template) return own;
		const data = isObject(envelope.dynamic_template_data) ? envelope.dynamic_template_data : {};
		return {
			templateId: mail.template_id as string,
			templateName: template.name,
			dynamicTemplateData: envelope.dynamic_template_data,
			subject: render(template.subject, data) || own.subject,
			text: render(template.text ?? '', data) || own.text,
			isHtml: template.text === undefined && own.isHtml,
		};
	}

	private complaintsAbout(mail: Json): Complaint[] {
		const found: Complaint[] = [];
		const complain = (message: string, field: string) =>
			found.push({ message, field, help: `${HELP}${field.replace(/\.\d+/g, '')}` });
		checkEnvelopes(mail, complain);
		checkFrom(mail, complain);
		checkContent(mail, complain);
		checkAttachments(mail, complain);
		checkExtras(mail, this.settings.now(), complain);
		const { template_id: id } = mail;
		if (id !== undefined && !(isText(id) && Object.hasOwn(this.settings.templates, id))) {
			complain(`The template_id must be a valid GUID, you provided '${String(id)}'.`, 'template_id');
		}
		return found;
	}
}

const toAttachment = ({ filename, type, content }: Json): Attachment => ({
	filename: String(filename),
	...(isText(type) && { type }),
	content: Buffer.from(String(content), 'base64'),
});

type Complain = (message: string, field: string) => void;

const addresses = (value: unknown): Address[] => objects(value) as unknown as Address[];

function checkEnvelopes(mail: Json, complain: Complain): void {
	const envelopes = objects(mail.personalizations);
	if (envelopes.length === 0)
		return complain('You must have at least one personalization.', 'personalizations');
	if (envelopes.length > 1000) {
		complain(
			`The personalization block is limited to 1000 personalizations per API request. You have provided ${envelopes.length} personalizations. Please consider splitting this into multiple requests and resending your request.`,
			'personalizations',
		);
	}
	let recipients = 0;
	envelopes.forEach((envelope, index) => {
		const field = `personalizations.${index}`;
		if (listOf(envelope.to).length === 0) {
			complain(
				'The to array is required for all personalization objects, and must have at least one email object with a valid email address.',
				`${field}.to`,
			);
		}
		const seen = new Set<string>();
		for (const kind of ['to', 'cc', 'bcc']) {
			listOf(envelope[kind]).forEach((recipient, position) => {
				recipients++;
				const email = isObject(recipient) ? recipient.email : undefined;
				if (!isText(email) || !EMAIL.test(email)) {
					return complain('Does not contain a valid address.', `${field}.${kind}.${position}.email`);
				}
				if (seen.has(email.toLowerCase())) {
					complain(
						`Each email address in the personalization block should be unique between to, cc, and bcc. We found the first duplicate instance of [${email}] in the personalizations.${index}.${kind} field.`,
						field,
					);
				}
				seen.add(email.toLowerCase());
			});
		}
		checkCustomArgs(envelope.custom_args, `${field}.custom_args`, complain);
	});
	if (recipients > MAX_RECIPIENTS) {
		complain('There is a limit of 1000 total recipients (to + cc + bcc) per request.', 'personalizations');
	}
}

function checkFrom(mail: Json, complain: Complain): void {
	const email = isObject(mail.from) ? mail.from.email : undefined;
	if (!isObject(mail.from)) {
		complain(
			'The from object must be provided for every email send. It is an object that requires the email parameter, but may also contain a name parameter.',
			'from',
		);
	} else if (!isText(email) || !EMAIL.test(email) || !/^[\x20-\x7e]+$/.test(email)) {
		complain('The from email does not contain a valid address.', 'from.email');
	}
	if (mail.reply_to !== undefined && mail.reply_to_list !== undefined) {
		complain('The reply_to and reply_to_list fields cannot be used together.', 'reply_to_list');
	}
}

function checkContent(mail: Json, complain: Complain): void {
	const hasTemplate = mail.template_id !== undefined;
	const content = listOf(mail.content);
	if (!hasTemplate && content.length === 0) {
		complain(
			'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.',
			'content',
		);
	}
	content.forEach((part, index) => {
		for (const key of ['type', 'value']) {
			if (!isObject(part) || !isText(part[key])) {
				complain(
					`The content ${key} must be a string at least one character in length.`,
					`content.${index}.${key}`,
				);
			}
		}
	});
	const everySubject = objects(mail.personalizations).every(({ subject }) => isText(subject));
	if (!hasTemplate && !isText(mail.subject) && !everySubject) {
		complain(
			'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.',
			'subject',
		);
	}
}

const isBase64 = (text: string) => Buffer.from(text, 'base64').toString('base64') === text;

function checkAttachments(mail: Json, complain: Complain): void {
	objects(mail.attachments).forEach(({ filename, content }, index) => {
		const field = `attachments.${index}`;
		if (!isText(content)) {
			complain(
				'The attachment content must be a string of at least one character in length.',
				`${field}.content`,
			);
		} else if (!isBase64(content)) {
			complain('The attachment content must be base64 encoded.', `${field}.content`);
		}
		if (!isText(filename)) {
			complain(
				'The filename parameter must be a string of at least one character in length.',
				`${field}.filename`,
			);
		}
	});
}

function checkExtras(mail: Json, now: number, complain: Complain): void {
	const times = [
		['send_at', mail.send_at] as const,
		...objects(mail.personalizations).map(
			(one, at) => [`personalizations.${at}.send_at`, one.send_at] as const,
		),
	];
	for (const [field, time] of times) {
		if (time !== undefined && !Number.isInteger(time)) {
			complain('The send_at parameter is expecting a Unix timestamp as an integer.', field);
		} else if (Number(time) > now / 1000 + MAX_AHEAD_SECONDS) {
			complain('Scheduling more than 72 hours in advance is forbidden.', field);
		}
	}
	if (listOf(mail.categories).length > 10) {
		complain('You cannot have more than 10 categories per request.', 'categories');
	}
	checkCustomArgs(mail.custom_args, 'custom_args', complain);
}

function checkCustomArgs(args: unknown, field: string, complain: Complain): void {
	if (isObject(args) && !Object.values(args).every((value) => typeof value === 'string')) {
		complain('All values of custom arguments object must be strings', field);
	}
}

/** The part of Handlebars that a receipt needs; text stays text, nothing is escaped for HTML. */
function render(template: string, data: Json): string {
	const valueOf = (path: string): unknown =>
		path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), data);
	return template
		.replace(
			/{{#if ([\w.]+)}}([^]*?)(?:{{else}}([^]*?))?{{\/if}}/g,
			(_, path: string, yes: string, no = '') => (valueOf(path) ? yes : String(no)),
		)
		.replace(/{{{?\s*([\w.]+)\s*}?}}/g, (_, path: string) => String(valueOf(path) ?? ''));
}

const CONSULTATION_TEMPLATE = 'd-0c5a7be2f4d8416e9b3a1f60c7d2e845';

/** The sandbox's SendGrid account: one verified sender and the template that the shipped flows use. */
export const sandbox: SandboxEntry = {
	create: () =>
		new SendGridSimulator({
			templates: {
				[CONSULTATION_TEMPLATE]: {
					name: 'Consultation request received',
					subject: '{{subject}}',
					text: '{{text}}',
				},
			},
			senders: ['frontdesk@example.com'],
		}),
	panel: sendgridPanel,
	credentials: [{ name: 'SendGrid', type: 'sendGridApi', data: { apiKey: CREDENTIALS.apiKey } }],
	settings: { sendgridFrom: 'frontdesk@example.com', sendgridTemplate: CONSULTATION_TEMPLATE },
};
