import { Refusal } from './instagram-state';

/** A sending that Meta takes. */
export interface Sending {
	igsid: string;
	text?: string;
	attachment?: { type: string; url: string };
	quickReplies?: string[];
	tag?: string;
}

type Json = Record<string, unknown>;

const MOST_BYTES = 1000;
const MOST_REPLIES = 13;
const LONGEST_TITLE = 20;
const MEDIA = ['audio', 'image', 'video', 'file'];
const RETIRED_TAGS = ['CONFIRMED_EVENT_UPDATE', 'ACCOUNT_UPDATE', 'POST_PURCHASE_UPDATE'];

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (message: string) => new Refusal(100, `(#100) ${message}`);

function textOf({ text }: Json): string | undefined {
	if (text === undefined) return undefined;
	if (typeof text !== 'string' || text === '')
		throw invalid('Param message[text] must be a non-empty string');
	if (Buffer.byteLength(text) > MOST_BYTES) {
		throw invalid('Length of param message[text] must be less than or equal to 1000');
	}
	return text;
}

function attachmentOf({ attachment }: Json): Sending['attachment'] {
	if (attachment === undefined) return undefined;
	const { type, payload } = isObject(attachment) ? attachment : {};
	const { url } = isObject(payload) ? payload : {};
	if (!MEDIA.includes(String(type)) || typeof url !== 'string' || !/^https?:\/\//.test(url)) {
		throw invalid('Param message[attachment] must have a type and a payload with a url');
	}
	return { type: String(type), url };
}

/** Longer titles are cut off, not refused (Quick Replies page). */
function repliesOf({ quick_replies: replies }: Json): string[] | undefined {
	if (replies === undefined) return undefined;
	if (!Array.isArray(replies) || replies.length > MOST_REPLIES) {
		throw invalid(`Param message[quick_replies] has too many elements.`);
	}
	return replies.filter(isObject).map(({ content_type: type, title, payload }) => {
		if (type !== 'text' || typeof title !== 'string' || typeof payload !== 'string') {
			throw invalid('Param message[quick_replies] needs content_type, title and payload');
		}
		return Array.from(title).slice(0, LONGEST_TITLE).join('');
	});
}

function tagOf({ tag }: Json): string | undefined {
	if (tag === undefined || tag === 'HUMAN_AGENT') return tag;
	const why = RETIRED_TAGS.includes(String(tag)) ? 'is deprecated' : 'is not valid';
	throw invalid(`Message tag ${String(tag)} ${why}`);
}

/** Reads the body of POST /me/messages and refuses what Meta refuses. */
export function readSending(body: unknown): Sending {
	const { recipient, message } = isObject(body) ? body : {};
	const { id } = isObject(recipient) ? recipient : {};
	if (typeof id !== 'string' || id === '') throw invalid('The parameter recipient is required');
	if (!isObject(message)) throw invalid('The parameter message is required');
	const sending: Sending = {
		igsid: id,
		text: textOf(message),
		attachment: attachmentOf(message),
		quickReplies: repliesOf(message),
		tag: tagOf(body as Json),
	};
	if (sending.text === undefined && !sending.attachment)
		throw invalid('message must have text or attachment');
	return Object.fromEntries(
		Object.entries(sending).filter(([, value]) => value !== undefined),
	) as unknown as Sending;
}

const PER_SECOND = { conversations: 2, media: 10, text: 100 };

/** What an account may do in any second (Instagram Platform overview, rate limits). */
export class SendingLimits {
	private readonly counted: Array<{ kind: string; at: number }> = [];

	constructor(private readonly now: () => Date) {}

	reset(): void {
		this.counted.length = 0;
	}

	count(kind: keyof typeof PER_SECOND): void {
		const at = this.now().getTime();
		const lately = this.counted.filter((one) => one.kind === kind && at - one.at < 1000);
		if (lately.length >= PER_SECOND[kind]) {
			throw new Refusal(613, '(#613) Calls to this api have exceeded the rate limit.', 2534040);
		}
		this.counted.push({ kind, at });
	}
}
