import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { outcomeOf, type HttpClient } from '../../../lib/http';
import { connectPlainly, createWebhook, deleteWebhook, listWebhooks } from '../api';
import type { Webhook } from '../types';

/** What the activation keeps for the calls to come; written here and never while a call is answered. */
interface Registration {
	webhookId?: number;
	url?: string;
	secret?: string;
}

interface Wanted {
	account: string;
	/** Names this n8n, this flow, this node, and live or test. */
	name: string;
	url: string;
	events: string[];
	signed: boolean;
}

const registrationOf = (context: IHookFunctions): Registration => context.getWorkflowStaticData('node');

function wantedOf(context: IHookFunctions): Wanted {
	const url = context.getNodeWebhookUrl('default') ?? '';
	const { id, webhookId } = context.getNode();
	const [kind = ''] = new URL(url).pathname.split(`/${webhookId ?? ''}`);
	const place = [context.getInstanceId().slice(0, 12), context.getWorkflow().id, id].join('/');
	return {
		account: String(context.getNodeParameter('account', '', { extractValue: true })),
		name: `n8n ${place} ${kind}`,
		url,
		events: context.getNodeParameter('events') as string[],
		signed: context.getNodeParameter('authentication') !== 'none',
	};
}

/**
 * Whether this trigger made a webhook: it bears the name given to it, or, where Chatwoot is too old to keep names,
 * it is the very one that was kept in mind.
 */
const isOurs = (hook: Webhook, wanted: Wanted, kept: Registration): boolean =>
	'name' in hook ? hook.name === wanted.name : hook.id === kept.webhookId && hook.url === kept.url;

const sameEvents = ({ subscriptions = [] }: Webhook, { events }: Wanted) =>
	subscriptions.length === events.length && events.every((event) => subscriptions.includes(event));

const fits = (hook: Webhook, wanted: Wanted) =>
	hook.url === wanted.url && sameEvents(hook, wanted) && (!wanted.signed || Boolean(hook.secret));

function keep(context: IHookFunctions, { id, url, secret }: Webhook): void {
	// A secret of an earlier registration must not outlive it: without one every call is refused.
	Object.assign(registrationOf(context), { webhookId: id, url, secret: secret ?? '' });
}

/** Whether Chatwoot calls this trigger already, for exactly these events. Its secret is read again each time. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const wanted = wantedOf(context);
	const hooks = await listWebhooks(await connectPlainly(context), wanted.account);
	const ours = hooks.filter((hook) => isOurs(hook, wanted, registrationOf(context)));
	const [hook] = ours;
	// More than one: an old address is among them, and registering anew tidies up.
	if (!hook || ours.length > 1 || !fits(hook, wanted)) return false;
	keep(context, hook);
	return true;
}

/** Makes the webhook; one whose making timed out is looked up by its name instead of made again. */
async function create(http: HttpClient, { account, name, url, events }: Wanted): Promise<Webhook> {
	const outcome = await outcomeOf(createWebhook(http, account, { name, url, subscriptions: events }));
	if ('value' in outcome) return outcome.value;
	const { status, said = '', uncertain } = outcome.refusal.reason;
	const hooks = uncertain ? await listWebhooks(http, account) : [];
	const made = hooks.find((hook) => hook.url === url && hook.name === name);
	if (made) return made;
	if (status !== 422 || !/taken/i.test(said)) throw outcome.refusal;
	throw http.error({
		status,
		said,
		message: 'Chatwoot has a webhook with this address that this trigger did not make',
		howToFix: `Delete it in Chatwoot under Settings, Integrations, Webhooks, then switch the flow on again. Its address is ${url}.`,
	});
}

/**
 * Registers this trigger and keeps the secret that Chatwoot made. Webhooks of its own that no longer fit, such as
 * one with an old address, are deleted first; nobody else's is touched.
 *
 * @throws NodeOperationError where signatures are wanted and Chatwoot is too old to sign
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	const wanted = wantedOf(context);
	const http = await connectPlainly(context);
	const hooks = await listWebhooks(http, wanted.account);
	for (const hook of hooks.filter((one) => isOurs(one, wanted, registrationOf(context)))) {
		await deleteWebhook(http, wanted.account, hook.id);
	}
	const made = await create(http, wanted);
	if (wanted.signed && !made.secret) {
		await deleteWebhook(http, wanted.account, made.id);
		throw new NodeOperationError(context.getNode(), 'This Chatwoot does not sign its calls', {
			description:
				'It gave no secret, so it is older than 4.12. Upgrade it, or set Authentication to None and accept that whoever knows the address can start the flow.',
		});
	}
	keep(context, made);
	return true;
}

/** Takes this trigger's webhooks away; gone already is fine. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const wanted = wantedOf(context);
	const http = await connectPlainly(context);
	const hooks = await listWebhooks(http, wanted.account);
	for (const hook of hooks.filter((one) => isOurs(one, wanted, registrationOf(context)))) {
		await deleteWebhook(http, wanted.account, hook.id);
	}
	Object.assign(registrationOf(context), { webhookId: 0, url: '', secret: '' });
	return true;
}
