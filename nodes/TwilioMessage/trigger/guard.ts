import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IHookFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { triggerCredential, type Guard } from '../../../lib/webhook';

const CREDENTIAL = 'twilioMessageApi';

const tokenIn = ({ authToken }: ICredentialDataDecryptedObject) => String(authToken ?? '').trim();

/**
 * Refuses to switch the flow on while every call would be turned away: Twilio signs with the Auth Token, never with
 * an API key. Nothing is registered at Twilio, where the operator enters the address by hand; so there is nothing to
 * find or to delete either.
 */
export async function ensureToken(context: IHookFunctions): Promise<boolean> {
	if (context.getNodeParameter('authentication') === 'none') return true;
	if (tokenIn(await context.getCredentials(CREDENTIAL)) !== '') return true;
	throw new NodeOperationError(context.getNode(), 'The credential holds no Auth Token', {
		description:
			'Twilio signs its calls with the Auth Token, which an API key cannot stand in for. Enter it in the credential beside the API key.',
	});
}

/** How calls are checked. Without a usable credential the token is missing, and that refuses everything. */
export async function guardOf(context: IWebhookFunctions): Promise<Guard> {
	if (context.getNodeParameter('authentication') === 'none') return { scheme: { scheme: 'none' } };
	return { scheme: { scheme: 'twilio' }, secret: tokenIn(await triggerCredential(context, CREDENTIAL)) };
}
