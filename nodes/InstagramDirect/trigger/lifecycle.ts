import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { getSubscriptions, subscribe, unsubscribe } from '../api';
import { connectHook, type Connection } from '../connection';
import type { EventName } from './events';

/** The webhook field that brings an event (Instagram webhooks page). */
const FIELD: Record<EventName, string> = {
	message: 'messages',
	postback: 'messaging_postbacks',
	quickReply: 'messages',
	reaction: 'message_reactions',
};

/** Kept while the flow is on: the subscription this trigger made, if it made one. */
interface Made {
	accountId?: string;
	fields?: string[];
}

const madeBy = (context: IHookFunctions): Made => context.getWorkflowStaticData('node');

/** Refuses to switch the flow on while every call would be turned away. */
async function ensureSecrets(context: IHookFunctions): Promise<void> {
	const credential = await context.getCredentials('instagramDirectApi');
	const has = (name: string) => String(credential[name] ?? '').trim() !== '';
	const missing = [
		...(has('appSecret') || has('instagramAppSecret') ? [] : ['App Secret']),
		...(has('verifyToken') ? [] : ['Verify Token']),
	];
	if (missing.length === 0) return;
	throw new NodeOperationError(context.getNode(), `The credential holds no ${missing.join(' and no ')}`, {
		description:
			"Open the Instagram Direct credential and fill it in: without the app's secret no call can be told from a forged one, and without the verify token Meta does not accept the address.",
	});
}

const wantedFields = (context: IHookFunctions): string[] => [
	...new Set((context.getNodeParameter('events') as EventName[]).map((event) => FIELD[event])),
];

async function subscribedFields(connection: Connection, accountId: string): Promise<string[] | undefined> {
	const subscriptions = await getSubscriptions(connection, accountId);
	if (subscriptions.length === 0) return undefined;
	return subscriptions.flatMap(({ subscribed_fields: fields = [] }) => fields);
}

/** Whether the app gets this account's events already, by whosever hand. */
export async function isSubscribed(context: IHookFunctions): Promise<boolean> {
	await ensureSecrets(context);
	const connection = await connectHook(context);
	const { user_id: accountId } = await connection.account();
	const fields = (await subscribedFields(connection, accountId)) ?? [];
	return wantedFields(context).every((field) => fields.includes(field));
}

/**
 * Subscribes the app to the account's events. There is one subscription an app and account, shared by all that
 * use the app, so fields that are there already are kept.
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	await ensureSecrets(context);
	const connection = await connectHook(context);
	const { user_id: accountId } = await connection.account();
	const present = await subscribedFields(connection, accountId);
	const fields = [...new Set([...(present ?? []), ...wantedFields(context)])];
	await subscribe(connection, accountId, fields);
	const made = madeBy(context);
	const isOurs = present === undefined || made.accountId === accountId;
	// What a test subscribes stays: a test must leave the live trigger's subscription alone.
	if (isOurs && context.getMode() !== 'manual') Object.assign(made, { accountId, fields });
	return true;
}

/**
 * Ends the subscription only where this trigger made it and nobody has changed it since; one that was there
 * before, or that serves others too, stays. While the flow is off, calls to its address are answered with 404.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	if (context.getMode() === 'manual') return true;
	const { accountId, fields = [] } = madeBy(context);
	if (!accountId) return true;
	const connection = await connectHook(context);
	const present = (await subscribedFields(connection, accountId)) ?? [];
	const isUnchanged = present.length === fields.length && fields.every((field) => present.includes(field));
	if (isUnchanged) await unsubscribe(connection, accountId);
	Object.assign(madeBy(context), { accountId: '', fields: [] });
	return true;
}
