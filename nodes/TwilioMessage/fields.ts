import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader, ItemInput } from '../../lib/operations';

export { limit, returnAll, simplify } from '../../lib/fields';

/** The most that one message may hold (schema CreateMessageRequest, Body and MediaUrl). */
export const LONGEST_BODY = 1600;
const MOST_MEDIA = 10;

export const messageSid: INodeProperties = {
	displayName: 'Message SID',
	name: 'messageSid',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	description: 'The ID that Send and the trigger give; it begins with SM or MM',
};

export const mediaUrls: INodeProperties = {
	displayName: 'Media URLs',
	name: 'mediaUrls',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Media URL' },
	default: [],
	placeholder: 'e.g. https://example.com/map.png',
	description: `Up to ${MOST_MEDIA} files at addresses that Twilio can reach; WhatsApp shows one a message`,
};

export const defaultCountry: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'string',
	default: '',
	placeholder: 'e.g. PL',
	description: 'Two-letter country of numbers that come without a country code',
};

/** How many results to give; undefined for all. */
export const limitFrom = (input: ItemInput): number | undefined =>
	input.boolean('returnAll') ? undefined : input.number('limit', { min: 1, integer: true });

/** Reads a message's SID and refuses what is none. */
export function sidFrom(input: ItemInput): string {
	const sid = input.id('messageSid');
	if (/^(SM|MM)[0-9a-f]{32}$/i.test(sid)) return sid;
	return input.refuse(
		'messageSid',
		'is not the SID of a message',
		'Use the ID from Send or from the trigger: SM or MM and 32 digits and letters a to f.',
	);
}

/** Reads a text no longer than a message may be. Empty where there is none. */
export function bodyFrom(input: FieldReader, name: string): string {
	const body = input.optionalText(name) ?? '';
	if (body.length <= LONGEST_BODY) return body;
	return input.refuse(
		name,
		`has ${body.length} characters`,
		`Twilio takes at most ${LONGEST_BODY} a message. Shorten the text, or send it as several messages.`,
	);
}

/** Whether a text is a full web address. */
export const isUrl = (text: string): boolean => /^https?:\/\/[^/\s]/i.test(text) && URL.canParse(text);

/** Reads *Media URLs*. */
export function mediaFrom(input: FieldReader): string[] {
	const urls = input.list('mediaUrls');
	const wrong = urls.find((url) => !isUrl(url));
	if (wrong !== undefined) {
		input.refuse('mediaUrls', `holds "${wrong}", which is no address`, 'Begin it with https://.');
	}
	if (urls.length > MOST_MEDIA) {
		input.refuse('mediaUrls', `holds ${urls.length} addresses`, `Use at most ${MOST_MEDIA} a message.`);
	}
	return urls;
}
