import { parser } from 'sax';
import type { WebhookAnswer } from './kit';

/** A line of the Console's debugger. */
export interface TwilioAlert {
	level: 'error' | 'warning';
	/** As in the dictionary of errors and warnings. */
	code: number;
	text: string;
}

/** A message that an answer tells Twilio to send. */
export interface TwimlMessage {
	/** Whoever wrote, unless given. */
	to?: string;
	/** The number written to, unless given. */
	from?: string;
	body: string;
	media: string[];
	statusCallback?: string;
}

/** What an answer tells Twilio to do, and what is wrong with it. */
export interface Instructions {
	messages: TwimlMessage[];
	alerts: TwilioAlert[];
}

interface XmlElement {
	name: string;
	attributes: Record<string, string>;
	text: string;
	children: XmlElement[];
}

/** What may stand where (Messaging TwiML pages); names are case-sensitive. */
const SCHEMA: Record<string, { attributes: string[]; children: string[]; text: boolean }> = {
	Response: { attributes: [], children: ['Message', 'Redirect'], text: false },
	Message: {
		attributes: ['to', 'from', 'action', 'method', 'statusCallback'],
		children: ['Body', 'Media'],
		text: true,
	},
	Redirect: { attributes: ['method'], children: [], text: true },
	Body: { attributes: [], children: [], text: true },
	Media: { attributes: [], children: [], text: true },
};

const MOST_MESSAGES = 10;
const MOST_CHARACTERS = 1600;

/** @throws Error where the document is not well-formed */
function parse(document: string): XmlElement | undefined {
	const top: XmlElement = { name: '', attributes: {}, text: '', children: [] };
	const open = [top];
	const reader = parser(true, { strictEntities: true });
	const addText = (text: string) => {
		const element = open.at(-1);
		if (element) element.text += text;
	};
	reader.onopentag = ({ name, attributes }) => {
		const element: XmlElement = { name, attributes, text: '', children: [] };
		open.at(-1)?.children.push(element);
		open.push(element);
	};
	reader.onclosetag = () => void open.pop();
	reader.ontext = addText;
	reader.oncdata = addText;
	reader.onerror = (error) => {
		throw error;
	};
	reader.write(document).close();
	return top.children[0];
}

/** What does not fit the schema (error page 12200). */
function faultsOf({ name, attributes, text, children }: XmlElement): string[] {
	const known = SCHEMA[name];
	if (!known) return [];
	return [
		...Object.keys(attributes)
			.filter((attribute) => !known.attributes.includes(attribute))
			.map((attribute) => `Attribute '${attribute}' is not allowed to appear in element '${name}'.`),
		...children
			.filter((child) => !known.children.includes(child.name))
			.map((child) => `Invalid content was found starting with element '${child.name}'.`),
		...(known.text || text.trim() === '' ? [] : [`Element '${name}' cannot have character children.`]),
		...children.filter((child) => known.children.includes(child.name)).flatMap(faultsOf),
	];
}

function toMessage({ attributes, text, children }: XmlElement): TwimlMessage {
	const named = (wanted: string) => children.filter(({ name }) => name === wanted).map((one) => one.text);
	const bodies = named('Body');
	const { to, from, action, statusCallback } = attributes;
	return {
		to,
		from,
		body: bodies.length > 0 ? bodies.join('') : children.length > 0 ? text.trim() : text,
		media: named('Media').map((url) => url.trim()),
		statusCallback: action ?? statusCallback,
	};
}

const error = (code: number, text: string): TwilioAlert => ({ level: 'error', code, text });
const warning = (code: number, text: string): TwilioAlert => ({ level: 'warning', code, text });
const nothing = (...alerts: TwilioAlert[]): Instructions => ({ messages: [], alerts });

/** Messages without anything in them, or with too much, are not sent (14103), nor is an eleventh (14109). */
function sendable(messages: TwimlMessage[], alerts: TwilioAlert[]): Instructions {
	const isValid = ({ body, media }: TwimlMessage) =>
		(body.trim() !== '' || media.length > 0) && body.length <= MOST_CHARACTERS;
	const valid = messages.filter(isValid);
	return {
		messages: valid.slice(0, MOST_MESSAGES),
		alerts: [
			...alerts,
			...messages.filter((one) => !isValid(one)).map(() => warning(14103, 'Message Invalid Body')),
			...(valid.length > MOST_MESSAGES ? [warning(14109, 'TwiML Reply message limit exceeded')] : []),
		],
	};
}

/**
 * Reads TwiML. What is no XML, or has no Response for its root, does nothing (error page 12100); of what does not
 * fit the schema Twilio warns (12200) and does the rest. A Redirect is allowed and not followed here.
 */
export function readTwiml(document: string): Instructions {
	let root: XmlElement | undefined;
	try {
		root = parse(document);
	} catch (problem) {
		return nothing(error(12100, `Document parse failure: ${(problem as Error).message.split('\n')[0]}`));
	}
	if (root?.name !== 'Response') return nothing(error(12100, 'Document parse failure: no root Response'));
	const messages = root.children.filter(({ name }) => name === 'Message').map(toMessage);
	return sendable(
		messages,
		faultsOf(root).map((fault) => warning(12200, `Schema validation warning: ${fault}`)),
	);
}

/**
 * Reads what an address answered an inbound message with: TwiML, or plain text, which is a message itself (page "Your
 * Response"). Nobody's answer in time is 11205, a refusal 11200, any other kind of content 12300.
 */
export function readAnswer(answer: WebhookAnswer | undefined): Instructions {
	if (!answer) return nothing(error(11205, 'HTTP connection failure'));
	const { status, headers, body } = answer;
	if (status === 204) return nothing();
	const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
	// Without a content type the debugger shows a bad gateway (error page 12300).
	if (status >= 400 || type === '') return nothing(error(11200, `HTTP retrieval failure: ${status}`));
	switch (type.trim()) {
		case 'text/xml':
		case 'application/xml':
		case 'text/html':
			return readTwiml(body);
		case 'text/plain':
			return body === '' ? nothing() : sendable([{ body, media: [] }], []);
		default:
			return nothing(error(12300, `Invalid Content-Type: ${type}`));
	}
}
