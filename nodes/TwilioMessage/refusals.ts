import type { HttpAnswer, Reading } from '../../lib/http';

/** What a code means, in the two parts of an error. */
export interface Meaning {
	what: string;
	howToFix: string;
}

/** The codes that operators meet (Twilio's error pages, 2026), by number. */
const MEANINGS: Record<number, Meaning> = {
	20429: {
		what: 'Twilio asks to slow down: too many requests run at once',
		howToFix: 'Nothing was sent. Lower Max Parallel Requests, or run the flow less often.',
	},
	21211: {
		what: 'Twilio does not take the recipient for a phone number',
		howToFix: 'Write "To" with + and the country code, such as +48601234567, or set Default Country.',
	},
	21408: {
		what: "Sending to the recipient's country is not allowed for this account",
		howToFix:
			'Switch the country on in the Twilio Console under Messaging, Settings, Geo Permissions. Twilio does not deliver to some countries at all.',
	},
	21606: {
		what: 'The sender cannot send this message',
		howToFix:
			'Use a number of this Twilio account that can send SMS to the recipient\'s country, or a registered WhatsApp sender where "Channel" is WhatsApp.',
	},
	21610: {
		what: 'The recipient has opted out of messages from this sender',
		howToFix:
			'They wrote STOP or the like. Only they can undo it, by writing START to the same sender; reach them another way.',
	},
	21614: {
		what: 'The recipient has no number that takes SMS',
		howToFix: 'It seems to be a landline or not in use. Ask for a mobile number.',
	},
	30409: {
		what: 'The message can no longer be cancelled',
		howToFix: 'Only a message whose status is scheduled can be. Get the message to see what became of it.',
	},
	35114: {
		what: 'Twilio does not take this time to send the message',
		howToFix: 'Use a time at least 15 minutes and at most 35 days ahead.',
	},
	63016: {
		what: "WhatsApp did not deliver the message: the customer's last message is more than 24 hours old",
		howToFix: 'Send an approved template instead: set "Content" to Content Template.',
	},
};

/** What a code means; undefined for one that is met seldom. */
export const meaningOf = (code: number | null | undefined): Meaning | undefined => MEANINGS[code ?? 0];

/**
 * Reads a refusal, `{code, message, more_info, status}` (RestException of twilio-node): says what the known codes
 * mean and quotes Twilio with the code, by which it can be looked up.
 */
export function readAnswer({ status, body }: HttpAnswer): Reading | undefined {
	if (status < 300 || typeof body !== 'object' || body === null) return undefined;
	const { code, message } = body as { code?: number; message?: string };
	if (typeof code !== 'number' || typeof message !== 'string') return undefined;
	const said = `${message} (${code})`.slice(0, 500);
	const meaning = meaningOf(code);
	if (!meaning) return { failure: { said } };
	return { failure: { said, message: `${meaning.what} (HTTP ${status})`, howToFix: meaning.howToFix } };
}
