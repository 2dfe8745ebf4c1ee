import { json, readJson, type SandboxEntry, type SendWebhook, type SimRequest, type Simulator } from './kit';
import { readMessage, readPage } from './instagram-reads';
import { readSending, SendingLimits } from './instagram-sends';
import { InstagramState, Refusal, unknownObject, type InstagramPerson } from './instagram-state';
import { InstagramWebhooks, type InstagramDelivery } from './instagram-webhooks';
import { instagramPanel } from './instagram-panel';

export { Refusal, type InstagramPerson } from './instagram-state';
export type { InstagramDelivery } from './instagram-webhooks';

/** What the simulator accepts and signs with unless told otherwise. */
export const CREDENTIALS = {
	accessToken: 'IGAAfrontdeskSandboxInstagramToken',
	appSecret: '5f0c1a2b3d4e5f60718293a4b5c6d7e8',
	instagramAppSecret: '9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b',
	verifyToken: 'frontdesk-sandbox-verify-token',
};

/** The professional account. */
export const ACCOUNT = { id: '17841400000000001', username: 'studio_frontdesk' };

/** People with what usernames can look like; IGSIDs are longer than a number keeps. */
export const PEOPLE: InstagramPerson[] = [
	{ igsid: '17841400000000123', username: 'anna.kowalska', name: 'Anna Kowalska', followsBusiness: true },
	{ igsid: '17841400000000124', username: 'anna_kowalska', name: 'Anna K.' },
	{ igsid: '17841400000000125', username: 'anna.kowalska2' },
	{ igsid: '17841400000000126', username: '_oksana_', name: 'Оксана' },
	{ igsid: '17841400000000127', username: '380501234567' },
];

export interface InstagramSettings {
	credentials?: Partial<typeof CREDENTIALS>;
	people?: InstagramPerson[];
	now?: () => Date;
	send?: SendWebhook;
	/** The address entered in the App Dashboard. */
	callbackUrl?: string;
	/** Signs with the Instagram app secret instead of the app's. */
	signsWithInstagramSecret?: boolean;
	/** False: the switch for message access in the Instagram app is off. */
	messageAccess?: boolean;
}

const VERSION = /^v(2[1-6])\.0$/;

/**
 * Instagram with Instagram Login at its true host: sending with windows, tags and limits, profiles with consent,
 * conversations, and signed webhooks in batches (Instagram Platform pages, 2026-07).
 */
export class InstagramSimulator implements Simulator {
	readonly name = 'instagram';
	readonly hosts = ['graph.instagram.com'];
	readonly webhooks: InstagramWebhooks;
	private readonly data: InstagramState;
	private readonly limits: SendingLimits;
	private readonly credentials: typeof CREDENTIALS;
	private readonly now: () => Date;

	constructor(private readonly settings: InstagramSettings = {}) {
		this.credentials = { ...CREDENTIALS, ...settings.credentials };
		this.now = settings.now ?? (() => new Date());
		this.data = new InstagramState(settings.people ?? PEOPLE, this.now);
		this.limits = new SendingLimits(this.now);
		const { appSecret, instagramAppSecret, verifyToken } = this.credentials;
		this.webhooks = new InstagramWebhooks({
			callbackUrl: settings.callbackUrl,
			appSecret: settings.signsWithInstagramSecret ? instagramAppSecret : appSecret,
			verifyToken,
			accountId: ACCOUNT.id,
			send: settings.send,
			now: this.now,
		});
	}

	handle(request: SimRequest) {
		try {
			return json(200, this.answer(request));
		} catch (error) {
			if (error instanceof Refusal) return error.response;
			throw error;
		}
	}

	/** Meta says it in the body, under 400, without a hint how long to wait. */
	rateLimited() {
		return new Refusal(613, '(#613) Calls to this api have exceeded the rate limit.', 2534040).response;
	}

	reset(): void {
		this.data.reset();
		this.webhooks.reset();
		this.limits.reset();
	}

	/** All messages, oldest first, everybody who has an account, and what the app is subscribed to. */
	state() {
		return {
			messages: this.data.messages,
			people: [...this.data.people.values()],
			subscribedFields: this.webhooks.fields,
		};
	}

	/** Somebody opens an account. */
	join(person: InstagramPerson): void {
		this.data.people.set(person.igsid, person);
	}

	/** Somebody, by IGSID or username; change what they are like in place. */
	person(who: string): InstagramPerson {
		return this.data.person(who);
	}

	/** A person writes, or taps a quick reply, which writes its title. */
	write(who: string, text: string, more: Record<string, unknown> = {}): InstagramDelivery | undefined {
		const { igsid } = this.data.person(who);
		this.data.touch(igsid);
		const { mid } = this.data.add({ igsid, incoming: true, text });
		return this.tellFrom(igsid, { message: { mid, text, ...more } });
	}

	/** A person taps a button of a template, an icebreaker or the menu. */
	tapPostback(who: string, title: string, payload: string): InstagramDelivery | undefined {
		const { igsid } = this.data.person(who);
		this.data.touch(igsid);
		const { mid } = this.data.add({ igsid, incoming: true, text: title });
		return this.tellFrom(igsid, { postback: { mid, title, payload } });
	}

	/** A person reacts to a message. */
	react(who: string, mid: string, action: 'react' | 'unreact' = 'react'): InstagramDelivery | undefined {
		const { igsid } = this.data.person(who);
		const kind = action === 'react' && { reaction: 'love', emoji: '❤️' };
		return this.tellFrom(igsid, { reaction: { mid, action, ...kind } });
	}

	/** A person changes what was written. */
	edit(mid: string, text: string): InstagramDelivery | undefined {
		const message = this.message(mid);
		message.text = text;
		return this.tellFrom(message.igsid, { message_edit: { mid, text, num_edit: 1 } });
	}

	/** A person takes a message back. */
	unsend(mid: string): InstagramDelivery | undefined {
		const message = this.message(mid);
		message.unsent = true;
		return this.tellFrom(message.igsid, { message: { mid, is_deleted: true } });
	}

	private message(mid: string) {
		const message = this.data.messages.find((one) => one.mid === mid);
		if (!message) throw new Error(`The simulated Instagram knows no message ${mid}`);
		return message;
	}

	private tellFrom(igsid: string, content: object): InstagramDelivery | undefined {
		return this.webhooks.tell({
			sender: { id: igsid },
			recipient: { id: ACCOUNT.id },
			timestamp: this.now().getTime(),
			...content,
		});
	}

	private answer(request: SimRequest): unknown {
		const [version = '', node = '', edge] = request.url.pathname.slice(1).split('/').map(decodeURIComponent);
		if (!VERSION.test(version)) throw new Refusal(2500, `Unknown path components: /${version}`);
		this.ensureToken(request);
		const isMe = node === 'me' || node === ACCOUNT.id;
		switch (`${request.method} ${isMe ? 'me' : 'object'}${edge ? `/${edge}` : ''}`) {
			case 'GET me':
				return { user_id: ACCOUNT.id, username: ACCOUNT.username, id: '9012345678901234' };
			case 'POST me/messages':
				return this.take(request);
			case 'GET me/conversations':
				return this.list(request.url);
			case 'GET me/subscribed_apps':
				return { data: this.webhooks.fields ? [{ subscribed_fields: this.webhooks.fields }] : [] };
			case 'POST me/subscribed_apps':
				return this.subscribe(request.url.searchParams.get('subscribed_fields') ?? '');
			case 'DELETE me/subscribed_apps':
				this.webhooks.fields = undefined;
				return { success: true };
			case 'GET object':
				return this.object(node, request.url.searchParams.get('fields') ?? '');
			default:
				throw new Refusal(100, `Unsupported ${request.method.toLowerCase()} request.`);
		}
	}

	private ensureToken({ headers, url }: SimRequest): void {
		const given = headers.authorization?.replace(/^Bearer /, '') ?? url.searchParams.get('access_token');
		if (given === this.credentials.accessToken) return;
		throw new Refusal(190, 'Invalid OAuth access token - Cannot parse access token');
	}

	private ensureAccess(): void {
		if (this.settings.messageAccess !== false) return;
		throw new Refusal(
			200,
			'(#200) The account owner has disabled access to instagram direct messages',
			2534041,
		);
	}

	private take(request: SimRequest): unknown {
		this.ensureAccess();
		const sending = readSending(readJson(request));
		this.limits.count(['audio', 'video'].includes(sending.attachment?.type ?? '') ? 'media' : 'text');
		this.data.ensureMayWrite(sending.igsid, sending.tag);
		const { mid } = this.data.add({ ...sending, incoming: false });
		this.webhooks.tell({
			sender: { id: ACCOUNT.id },
			recipient: { id: sending.igsid },
			timestamp: this.now().getTime(),
			message: { mid, ...(sending.text && { text: sending.text }), is_echo: true },
		});
		return { recipient_id: sending.igsid, message_id: mid };
	}

	private list(url: URL): unknown {
		this.ensureAccess();
		this.limits.count('conversations');
		const igsid = url.searchParams.get('user_id');
		const found = this.data.conversations().filter((one) => igsid === null || one.igsid === igsid);
		const entries = found.map(({ id, updated }) => ({ id, updated_time: graphTime(updated) }));
		return readPage(entries, url);
	}

	private subscribe(fields: string): unknown {
		if (fields === '') throw new Refusal(100, '(#100) The parameter subscribed_fields is required.');
		this.webhooks.fields = fields.split(',');
		return { success: true };
	}

	private object(id: string, fields: string): unknown {
		const person = this.data.people.get(id);
		if (person) {
			if (!this.data.hasConsented(id)) {
				throw new Refusal(230, 'User consent is required to access user profile');
			}
			return profileOf(person, fields.split(','));
		}
		this.ensureAccess();
		this.limits.count('conversations');
		const conversation = this.data.conversations().find((one) => one.id === id);
		if (conversation) {
			const messages = this.data
				.thread(conversation.igsid)
				.map(({ mid, at }) => ({ id: mid, created_time: graphTime(at) }));
			return { ...(fields.split(',').includes('messages') && { messages: { data: messages } }), id };
		}
		const message = this.data.detailed(id);
		if (!message) throw unknownObject(id);
		return readMessage(message, this.data.person(message.igsid), ACCOUNT, graphTime(message.at), fields);
	}
}

/** Such as 2022-07-12T19:11:07+0000. */
const graphTime = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, '+0000');

function profileOf({ igsid, username, name, followsBusiness }: InstagramPerson, fields: string[]): object {
	const profile = {
		name: name ?? '',
		username,
		profile_pic: `https://scontent.cdninstagram.com/${username}.jpg`,
		follower_count: 120,
		is_user_follow_business: followsBusiness ?? false,
		is_business_follow_user: false,
		is_verified_user: false,
	};
	return {
		...Object.fromEntries(Object.entries(profile).filter(([key]) => fields.includes(key))),
		id: igsid,
	};
}

/** The sandbox's professional account; the app's address is entered with `webhooks.callbackUrl`. */
export const sandbox: SandboxEntry = {
	create: ({ send }) => new InstagramSimulator({ send }),
	panel: instagramPanel,
	credentials: [{ name: 'Instagram Direct', type: 'instagramDirectApi', data: CREDENTIALS }],
	settings: { instagramAccountId: ACCOUNT.id },
};
