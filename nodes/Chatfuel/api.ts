import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { systemClock, type Clock } from '../../lib/clock';
import { HttpClient, limitsFrom, path, type HttpAnswer, type Reading } from '../../lib/http';
import { mapBounded } from '../../lib/parallel';
import type { Reply } from './reply/format';

const BROADCAST_HOST = 'https://api.chatfuel.com';
const CONTACTS_HOST = 'https://panel.chatfuel.com';

/** The most the Broadcasting API takes of one bot (Broadcasting API page). */
const REQUESTS_PER_SECOND = 25;

/** The most phones one call to the contacts API takes (contacts import page). */
export const MOST_PHONES = 1000;

/** What a run of the node works with; clients are made when an operation first needs them. */
export interface ChatfuelApi {
	/** Answers the Chatfuel call that started this execution. */
	reply(body: Reply): Promise<void>;
	broadcast(): Promise<Broadcast>;
	contacts(): Promise<Contacts>;
}

export interface Broadcast {
	http: HttpClient;
	pacer: Pacer;
}

export interface Contacts {
	http: HttpClient;
	automationId: string;
}

/**
 * Lets calls start one by one, evenly spaced, so that never more than so many begin in any second. The space is
 * kept from when a call really started: a timer that fires late does not bunch up those behind it.
 */
export class Pacer {
	private last = -Infinity;
	private queue: Promise<void> = Promise.resolve();

	constructor(
		private readonly perSecond: number,
		private readonly clock: Clock = systemClock,
	) {}

	/** Waits for one's turn; callers are let through in the order they came. */
	async turn(): Promise<void> {
		this.queue = this.queue.then(() => this.space());
		await this.queue;
	}

	private async space(): Promise<void> {
		const early = Math.ceil(this.last + 1000 / this.perSecond - this.clock.now());
		if (early > 0) await this.clock.wait(early);
		this.last = this.clock.now();
	}
}

/** One pacer a bot: executions that run side by side in this process share the bot's limit. */
const pacers = new Map<string, Pacer>();

function pacerOf(botId: string): Pacer {
	const pacer = pacers.get(botId) ?? new Pacer(REQUESTS_PER_SECOND);
	pacers.set(botId, pacer);
	return pacer;
}

/** `{"success": false, "result": "why"}` is a refusal, whatever the status (Broadcasting API page). */
function readBroadcast({ body, status }: HttpAnswer): Reading | undefined {
	const { success, result } = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	if (success !== false || status >= 300) return undefined;
	return {
		failure: {
			message: 'Chatfuel did not send it',
			howToFix:
				"Check the user ID and that block or flow is spelled as in Chatfuel. Outside 24 hours after the user's last message a message tag is needed.",
			said: typeof result === 'string' ? result : undefined,
		},
		outlook: 'final',
	};
}

/** A trigger before this node that has answered already would leave the reply unread, and nobody would notice. */
function ensureWaiting(context: IExecuteFunctions): void {
	const parents = context.getParentNodes(context.getNode().name, { includeNodeParameters: true });
	const triggers = parents.filter(({ type, disabled }) => type.endsWith('.chatfuelTrigger') && !disabled);
	const waits = triggers.some(({ parameters }) => parameters?.responseMode === 'responseNode');
	if (triggers.length === 0 || waits) return;
	throw new NodeOperationError(context.getNode(), 'The Chatfuel call has been answered already', {
		description: 'Open the Chatfuel Trigger and set Respond to Using Chatfuel Node.',
	});
}

/** Makes the node's api for one run. */
export function connect(context: IExecuteFunctions): ChatfuelApi {
	const limits = limitsFrom(context);
	return {
		reply: async (body) => {
			ensureWaiting(context);
			await context.sendResponse({
				body,
				headers: { 'content-type': 'application/json; charset=utf-8' },
				statusCode: 200,
			});
		},
		broadcast: async () => {
			const { botId } = await context.getCredentials('chatfuelBroadcastApi');
			const bot = String(botId).trim();
			const http = new HttpClient(context, {
				provider: 'Chatfuel',
				credential: 'chatfuelBroadcastApi',
				baseUrl: BROADCAST_HOST + path`/bots/${bot}`,
				limits,
				read: readBroadcast,
			});
			return { http, pacer: pacerOf(bot) };
		},
		contacts: async () => {
			const { automationId } = await context.getCredentials('chatfuelContactsApi');
			const http = new HttpClient(context, {
				provider: 'Chatfuel',
				credential: 'chatfuelContactsApi',
				baseUrl: CONTACTS_HOST,
				limits,
			});
			return { http, automationId: String(automationId).trim() };
		},
	};
}

/** What to send, and to whom; a flow starts at its starting point. */
export interface Sending {
	/** The `messenger user id`, as an earlier JSON API call brought it; no phone, no e-mail. */
	userId: string;
	target: { kind: 'flow' | 'block'; by: 'name' | 'id'; value: string };
	/** For messages later than 24 hours after the user's last one. */
	messageTag?: string;
	/** Set on the user first; no name begins with `chatfuel_`. */
	attributes: Record<string, string>;
}

/**
 * Sends a flow or a block to a user: POST /bots/{bot}/users/{user}/send, everything in the query, at most 25
 * a second for each bot. A sending that timed out is not repeated, since Chatfuel knows no idempotency key.
 *
 * @returns Chatfuel's answer, `success` and `result`
 * @throws ProviderError
 */
export async function send(
	{ http, pacer }: Broadcast,
	{ userId, target, messageTag, attributes }: Sending,
): Promise<IDataObject> {
	await pacer.turn();
	const query = {
		...attributes,
		[`chatfuel_${target.kind}_${target.by}`]: target.value,
		...(messageTag && { chatfuel_message_tag: messageTag }),
	};
	// n8n leaves an empty body out, and with it the Content-Type that Chatfuel asks for.
	const headers = { 'content-type': 'application/json' };
	return await http.post<IDataObject>(path`/users/${userId}/send`, {}, { query, headers });
}

/** People to add with the same properties. */
export interface ContactBatch {
	/** E.164, at most 1000. */
	phones: string[];
	properties: Record<string, string>;
}

/**
 * Adds WhatsApp contacts, several calls side by side: POST /api/contacts/{automation}/whatsapp/.
 *
 * @returns one entry a batch, in order: undefined where Chatfuel took it, else why it did not
 */
export async function addContacts(
	{ http, automationId }: Contacts,
	batches: ContactBatch[],
): Promise<Array<Error | undefined>> {
	return await mapBounded(
		batches,
		2,
		() => false,
		async ({ phones, properties }) => {
			const body = { phones, contact_data: { properties } };
			return await http.post(path`/api/contacts/${automationId}/whatsapp/`, body).then(
				() => undefined,
				(error: Error) => error,
			);
		},
	);
}
