import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type ICredentialTestFunctions,
	type ICredentialsDecrypted,
	type IHookFunctions,
	type INodeCredentialTestResult,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { triggerCredential, type Guard } from '../../../lib/webhook';

const SHORTEST_SECRET = 16;
const FEWEST_DIFFERENT_CHARACTERS = 6;

/** How the request is checked, and which names must not reach the flow. */
export interface SecretSettings {
	guard: Guard;
	secretNames: string[];
}

/** Where the secret was or would be by default: a flow must not see it there even if the place was changed. */
const DEFAULT_NAMES = { header: 'x-frontdesk-secret', query: 'secret' };

const placeOf = ({ place }: ICredentialDataDecryptedObject) => (place === 'query' ? 'query' : 'header');

const nameOf = (credential: ICredentialDataDecryptedObject) =>
	String(credential.name ?? '').trim() || DEFAULT_NAMES[placeOf(credential)];

/** What makes a secret unfit; undefined where it is fit. */
function weaknessOf(credential: ICredentialDataDecryptedObject): string | undefined {
	const secret = String(credential.secret ?? '');
	if (secret.trim() === '') return 'The secret is empty, so every call would be turned away';
	if (!/^[\x21-\x7e]+$/.test(secret)) {
		return 'The secret holds spaces or letters beyond A to Z, which do not travel safely in a header or an address';
	}
	if (secret.length < SHORTEST_SECRET) return `The secret is shorter than ${SHORTEST_SECRET} characters`;
	if (new Set(secret).size < FEWEST_DIFFERENT_CHARACTERS) return 'The secret is too easy to guess';
	if (placeOf(credential) === 'header' && !/^[\w!#$%&'*+.^`|~-]+$/.test(nameOf(credential))) {
		return 'The header name holds characters that no header name can have';
	}
	return undefined;
}

/**
 * Tests the credential. There is nobody to ask whether the secret is right, since only Chatfuel shows it; so
 * this proves what can be proven: that the secret is there, can be sent as it is, and is hard to guess.
 */
export async function testSecret(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const weakness = weaknessOf(data);
	return weakness
		? { status: 'Error', message: weakness }
		: { status: 'OK', message: 'The secret is strong enough. Enter the same one in Chatfuel.' };
}

/**
 * Refuses to switch the flow on while every call would be turned away. Nothing is registered at Chatfuel: the
 * operator types the address into the bot, so there is nothing to create there, to find or to delete.
 */
export async function ensureSecret(context: IHookFunctions): Promise<boolean> {
	if (context.getNodeParameter('authentication') === 'none') return true;
	const { secret } = await context.getCredentials('chatfuelWebhookApi');
	if (String(secret ?? '').trim() !== '') return true;
	throw new NodeOperationError(context.getNode(), 'The credential holds no secret', {
		description:
			'Enter a secret in the Chatfuel Webhook credential, and the same one in Chatfuel, or set Authentication to None.',
	});
}

/**
 * Reads how this trigger checks its calls. Without a usable credential the secret is missing, and a missing
 * secret refuses everything.
 */
export async function secretSettings(context: IWebhookFunctions): Promise<SecretSettings> {
	const names = Object.values(DEFAULT_NAMES);
	if (context.getNodeParameter('authentication') === 'none') {
		return { guard: { scheme: { scheme: 'none' } }, secretNames: names };
	}
	const credential = await triggerCredential(context, 'chatfuelWebhookApi');
	const name = nameOf(credential);
	return {
		guard: {
			scheme: { scheme: 'secret', place: placeOf(credential), name },
			secret: String(credential.secret ?? ''),
		},
		secretNames: [...names, name],
	};
}
