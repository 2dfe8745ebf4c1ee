import { isObject } from '../../lib/fit';
import { providerWords, type Failure, type HttpAnswer, type Reading } from '../../lib/http';

/**
 * Opens an answer, whichever of Chatwoot's wrappers it came in: `payload.contact` (created contact), `payload`
 * (contact, labels, status), `data.payload` (list of conversations) or none (conversation, message).
 */
export function unwrap<Content>(body: unknown): Content {
	const inner = isObject(body) && isObject(body.data) && 'payload' in body.data ? body.data : body;
	const payload = isObject(inner) && 'payload' in inner ? inner.payload : inner;
	const contact = isObject(payload) && isObject(payload.contact) && 'contact_inbox' in payload;
	return (contact ? payload.contact : payload) as Content;
}

const LABELS: Record<string, string> = {
	phone_number: 'phone number',
	email: 'e-mail address',
	identifier: 'identifier',
};

/** The contact field that a refusal says is taken; undefined where that is not what it says. */
export function takenField(body: unknown): string | undefined {
	if (!isObject(body) || !/taken/i.test(String(body.message ?? ''))) return undefined;
	const attributes = Array.isArray(body.attributes) ? body.attributes.map(String) : [];
	return attributes.find((attribute) => attribute in LABELS);
}

/** Says that a contact field is taken, and by whom where that is known. */
export const takenFailure = (field: string, id?: number): Failure => ({
	status: 422,
	message: `Another contact${id === undefined ? '' : ` (ID ${id})`} has this ${LABELS[field] ?? field} already (HTTP 422)`,
	howToFix:
		'Use Create or Update, which finds that contact, or Merge where both are the same person. Chatwoot allows each phone number, e-mail address and identifier once in an account.',
});

/**
 * A role that is too low gets 401 as well as a bad token (request_exception_handler.rb); a token that never
 * arrived is answered as a browser that is not signed in (issue chatwoot/chatwoot#1057).
 */
function unauthorized(said: string | undefined): Partial<Failure> {
	if (/not authorized to/i.test(said ?? '')) {
		return {
			message: 'Chatwoot does not allow this to the user of the token (HTTP 401)',
			howToFix:
				'The token itself is right. Check the account, and use the token of somebody with a higher role: webhooks and deleting need an administrator, and the token of a bot reaches conversations only.',
		};
	}
	if (/invalid access token/i.test(said ?? '')) {
		return { howToFix: 'Copy the access token again from Profile Settings in Chatwoot into the credential.' };
	}
	return {
		message: 'Chatwoot did not see the access token (HTTP 401)',
		howToFix:
			'Most likely nginx, standing before Chatwoot, drops the header api_access_token for its underscores. Set "underscores_in_headers on;" there, or choose Api-Access-Token as Token Header in the credential.',
	};
}

/** Reads what only Chatwoot says: several meanings of 401, and which contact field a 422 is about. */
export function readAnswer({ status, body }: HttpAnswer): Reading | undefined {
	const said = providerWords(body);
	if (status === 401) return { failure: { said, ...unauthorized(said) } };
	if (status !== 422) return undefined;
	const taken = takenField(body);
	if (taken) return { failure: { said, ...takenFailure(taken) } };
	if (/e\.?164/i.test(said ?? '')) {
		return {
			failure: { said, howToFix: 'Write the phone number with plus and country code, such as +48601234567.' },
		};
	}
	if (/too many messages/i.test(said ?? '')) {
		return {
			failure: {
				said,
				message: 'Chatwoot takes no more messages into this conversation for now (HTTP 422)',
				howToFix:
					'It allows 200 a minute. So many look like two automations that answer each other: check the flow for a loop.',
			},
		};
	}
	return undefined;
}
