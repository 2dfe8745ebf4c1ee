import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../lib/fit';
import type { HttpAnswer, Reading } from '../../lib/http';

type Meaning = { message: string; howToFix: string } & Pick<Reading, 'outlook'>;

const SLOW_DOWN: Meaning = {
	message: 'Instagram asks to slow down',
	howToFix:
		'The account has used up what Instagram allows for a while. Lower Max Parallel Requests, or run the flow less often.',
	outlook: 'refused',
};

const PASSING: Meaning = {
	message: 'Instagram is not able to answer right now',
	howToFix:
		'Try again in a few minutes. If a message was being sent, look into the conversation first: it may be there.',
	outlook: 'passing',
};

/**
 * What Meta means by `code/error_subcode`, or by `code` alone (Messenger Platform error codes page, which
 * Instagram shares; 230 is answered to a profile without consent).
 */
const MEANINGS: Record<string, Meaning> = {
	'10/2534022': {
		message: 'More than 24 hours have passed since this person last wrote',
		howToFix:
			'Instagram takes messages for 24 hours after the person wrote. A member of staff may answer up to 7 days later: switch on Human Agent Tag, which the app must be approved for. Otherwise wait until the person writes again.',
	},
	'10/1893063': {
		message: 'Instagram has restricted this account or app from sending messages',
		howToFix: 'Look for notices in the Instagram app, Account Status, and in the App Dashboard.',
	},
	'100/2534014': {
		message: 'Instagram knows nobody by this IGSID',
		howToFix:
			'Use the client.igsid that the Instagram Direct Trigger gives, or find the person with Conversation: Find by Username. An IGSID holds for one professional account only, and a username or phone is none.',
	},
	'100/2534029': {
		message: 'This person has blocked the account, or does not take messages from it',
		howToFix: 'Nothing can be sent to this person here. Use another channel.',
	},
	'200/2534041': {
		message: 'This account does not let apps use its messages',
		howToFix:
			'In the Instagram app open Settings, Messages and Story Replies, Message Controls, Connected Tools, and switch on Allow Access to Messages.',
	},
	'1/1357046': {
		message: 'Instagram reported a fault, but the message may have been sent',
		howToFix: 'Look into the conversation before you send it again. It was not repeated.',
		outlook: 'passing',
	},
	'613/2534040': SLOW_DOWN,
	'1': PASSING,
	'2': PASSING,
	'4': SLOW_DOWN,
	'17': SLOW_DOWN,
	'32': SLOW_DOWN,
	'613': SLOW_DOWN,
	'10': {
		message: 'Instagram does not allow this to the app',
		howToFix:
			'Give the app instagram_business_manage_messages and make a new access token. Without Advanced Access an app may write only to people with a role on it.',
	},
	'190': {
		message: 'Instagram did not accept the access token',
		howToFix:
			'A token lasts 60 days and ends when the password changes. Make a new one in the App Dashboard, enter it in the credential and press Test.',
	},
	'200': {
		message: 'The access token does not allow this',
		howToFix:
			'Make an access token with instagram_business_basic and instagram_business_manage_messages, and enter it in the credential.',
	},
	'230': {
		message: 'This person has not agreed that the account sees the profile',
		howToFix:
			'Instagram shows a profile only after the person has written to the account or tapped an icebreaker or its menu. A comment is not enough.',
	},
	'551': {
		message: 'This person takes no messages at the moment',
		howToFix: 'The person has left the conversation, or the profile is gone. Use another channel.',
	},
};

function meaningOf({ code, error_subcode: subcode, message }: IDataObject): Meaning | undefined {
	const known = MEANINGS[`${String(code)}/${String(subcode)}`];
	if (known) return known;
	return /consent is required/i.test(String(message)) ? MEANINGS['230'] : MEANINGS[String(code)];
}

/**
 * Reads what only Meta says: `{error: {message, type, code, error_subcode, is_transient, fbtrace_id}}` under
 * whatever status. A rate limit is a plain refusal; a passing fault may hide a message that was sent, so only
 * reads are repeated after it.
 */
export function readRefusal({ body }: HttpAnswer): Reading | undefined {
	const error = isObject(body) ? body.error : undefined;
	if (!isObject(error)) return undefined;
	const said = typeof error.message === 'string' ? error.message : undefined;
	const { outlook, ...words } = meaningOf(error) ?? (error.is_transient === true ? PASSING : {});
	return { failure: { said, ...words }, outlook };
}
