/** An XML element: its name and what is in it, text or elements. */
export interface Element {
	name: string;
	content: string | Element[];
}

/** One message of a reply. */
export interface ReplyMessage {
	body: string;
	mediaUrls: string[];
}

/** What XML 1.0 cannot hold, however it is written: control characters, halves of a pair, two non-characters. */
const UNWRITABLE = new RegExp(
	'[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\uFFFE\\uFFFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]',
	'g',
);

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

const escape = (text: string) =>
	text.replace(UNWRITABLE, '').replace(/[&<>\r]/g, (character) => ENTITIES[character] ?? character);

function write({ name, content }: Element): string {
	const inner = typeof content === 'string' ? escape(content) : content.map(write).join('');
	return inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`;
}

const toElement = ({ body, mediaUrls }: ReplyMessage): Element => ({
	name: 'Message',
	content: [
		...(body === '' ? [] : [{ name: 'Body', content: body }]),
		...mediaUrls.map((content) => ({ name: 'Media', content })),
	],
});

/**
 * Writes messages as TwiML (Messaging TwiML page); without any it says that there is no reply. Text is escaped, and
 * characters that XML cannot hold are left out.
 */
export const twiml = (messages: ReplyMessage[]): string =>
	`<?xml version="1.0" encoding="UTF-8"?>${write({ name: 'Response', content: messages.map(toElement) })}`;

/** TwiML is answered as this. */
export const TWIML_TYPE = 'text/xml; charset=utf-8';
