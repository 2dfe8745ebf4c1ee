import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { timeZoneOf } from '../api';
import { connectPlainly } from '../connection';
import { isSubscribed, subscribe, unsubscribe, type Subscription } from '../hooks';

/** The name of the secret in our address. */
export const SECRET_NAME = 'secret';
const SHORTEST_SECRET = 32;

async function subscriptionOf(context: IHookFunctions): Promise<Subscription> {
	const { webhookSecret } = await context.getCredentials<{ webhookSecret?: string }>('altegioApi');
	const secret = webhookSecret?.trim() ?? '';
	const url = new URL(context.getNodeWebhookUrl('default') ?? '');
	url.searchParams.set(SECRET_NAME, secret);
	const events = context.getNodeParameter('events') as string[];
	const flags = (['record', 'client'] as const).filter((flag) =>
		events.some((event) => event.startsWith('client') === (flag === 'client')),
	);
	return {
		company: String(context.getNodeParameter('location', undefined, { extractValue: true })),
		url: url.href,
		flags,
		ownChanges: context.getNodeParameter('additionalOptions.ownChanges', false) as boolean,
	};
}

/** Anybody who knows the address could make events up, so a weak secret is refused before Altegio learns of it. */
async function ensureSecret(context: IHookFunctions): Promise<void> {
	const { webhookSecret = '' } = await context.getCredentials<{ webhookSecret?: string }>('altegioApi');
	if (webhookSecret.trim().length >= SHORTEST_SECRET) return;
	throw new NodeOperationError(
		context.getNode(),
		webhookSecret.trim() ? 'The webhook secret is too short' : 'The webhook secret is missing',
		{
			description: `Open the Altegio API credential and enter ${SHORTEST_SECRET} or more random letters and digits as Webhook Secret. Altegio signs nothing, so this secret is all that tells its calls from a stranger's.`,
		},
	);
}

/** Whether Altegio already calls this trigger, with this secret, for all events wanted. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	await ensureSecret(context);
	return await isSubscribed(await connectPlainly(context), await subscriptionOf(context));
}

/** Adds this trigger's address to the location's, and keeps the location's time zone for the events to come. */
export async function register(context: IHookFunctions): Promise<boolean> {
	await ensureSecret(context);
	const api = await connectPlainly(context);
	const subscription = await subscriptionOf(context);
	if (!context.getNodeParameter('timeZone', '')) {
		context.getWorkflowStaticData('node').timeZone = await timeZoneOf(api, subscription.company);
	}
	await subscribe(api, subscription);
	return true;
}

/** Takes this trigger's address away again and leaves the other apps' in place. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	await unsubscribe(await connectPlainly(context), await subscriptionOf(context));
	return true;
}
