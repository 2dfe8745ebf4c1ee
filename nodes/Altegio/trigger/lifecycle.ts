import { NodeOperationError, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';
import { onlyLocation, timeZoneOf } from '../api';
import { connectPlainly, type AltegioApi } from '../connection';
import { isSubscribed, subscribe, unsubscribe, type Subscription } from '../hooks';

/** The name of the secret in our address. */
export const SECRET_NAME = 'secret';
const SHORTEST_SECRET = 32;

const chosenLocation = (context: IHookFunctions | IWebhookFunctions): string =>
	String(context.getNodeParameter('location', '', { extractValue: true }) ?? '');

/**
 * The location that the trigger listens to: the chosen one, the one kept at activation, or the user's only one.
 *
 * @throws ProviderError where none is chosen and the user manages several
 */
export async function locationOf(
	context: IHookFunctions | IWebhookFunctions,
	connect: () => Promise<AltegioApi>,
): Promise<string> {
	const { location: kept } = context.getWorkflowStaticData('node');
	return chosenLocation(context) || (kept ? String(kept) : await onlyLocation(await connect()));
}

async function subscriptionOf(context: IHookFunctions, api: AltegioApi): Promise<Subscription> {
	const { webhookSecret } = await context.getCredentials<{ webhookSecret?: string }>('altegioApi');
	const secret = webhookSecret?.trim() ?? '';
	const url = new URL(context.getNodeWebhookUrl('default') ?? '');
	url.searchParams.set(SECRET_NAME, secret);
	const events = context.getNodeParameter('events') as string[];
	const flags = (['record', 'client'] as const).filter((flag) =>
		events.some((event) => event.startsWith('client') === (flag === 'client')),
	);
	return {
		company: await locationOf(context, async () => api),
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
	const api = await connectPlainly(context);
	return await isSubscribed(api, await subscriptionOf(context, api));
}

/** Adds this trigger's address to the location's, and keeps the location and its time zone for the events to come. */
export async function register(context: IHookFunctions): Promise<boolean> {
	await ensureSecret(context);
	const api = await connectPlainly(context);
	const subscription = await subscriptionOf(context, api);
	context.getWorkflowStaticData('node').location = subscription.company;
	if (!context.getNodeParameter('timeZone', '')) {
		context.getWorkflowStaticData('node').timeZone = await timeZoneOf(api, subscription.company);
	}
	await subscribe(api, subscription);
	return true;
}

/** Takes this trigger's address away again and leaves the other apps' in place. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const api = await connectPlainly(context);
	await unsubscribe(api, await subscriptionOf(context, api));
	delete context.getWorkflowStaticData('node').location;
	return true;
}
