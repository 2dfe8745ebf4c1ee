import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';
import { DEFAULT_LIMITS, HttpClient, limitsFrom, type RetryLimits } from '../../lib/http';
import { readAnswer } from './refusals';
import { TWIML_TYPE } from './twiml';

/** The credential's fields that calls need besides those it signs with. */
interface Settings extends IDataObject {
	accountSid?: string;
	region?: 'us1' | 'ie1' | 'au1' | 'custom';
	baseUrl?: string;
}

/** A run's way to a Twilio account. */
export interface Account {
	http: HttpClient;
	sid: string;
	/** Milliseconds since 1970. */
	now(): number;
	/** What is being sent to whom, see `inTurn`. */
	turns: Map<string, Promise<unknown>>;
	/** Messages of this run, by SID: none of them is taken for another that timed out. */
	known: Set<string>;
}

/** What a run of the node works with. */
export interface Connection {
	/** Made when an operation first needs it: a reply goes without a credential. */
	account(): Promise<Account>;
	/** Answers the call of Twilio that started this execution. */
	reply(twiml: string): Promise<void>;
}

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** By region, through its nearest edge location ("Twilio REST API in a non-US Region" page). */
const HOSTS = {
	us1: 'https://api.twilio.com',
	ie1: 'https://api.dublin.ie1.twilio.com',
	au1: 'https://api.sydney.au1.twilio.com',
};

function addressOf(context: Context, { region = 'us1', baseUrl = '' }: Settings): string {
	if (region !== 'custom') return HOSTS[region];
	const address = baseUrl.trim().replace(/\/+$/, '');
	if (/^https:\/\/[^/]+$/i.test(address)) return address;
	throw new NodeOperationError(context.getNode(), '"Base URL" in the Twilio credential cannot be used', {
		description: 'Use https:// and a host without a path, such as https://api.frankfurt.ie1.twilio.com.',
	});
}

const clientFor = (context: Context, baseUrl: string, limits: RetryLimits) =>
	new HttpClient(context, {
		provider: 'Twilio',
		credential: 'twilioMessageApi',
		baseUrl,
		limits,
		read: readAnswer,
	});

async function accountFor(context: Context, limits: RetryLimits): Promise<Account> {
	const settings = await context.getCredentials<Settings>('twilioMessageApi');
	return {
		http: clientFor(context, addressOf(context, settings), limits),
		sid: String(settings.accountSid ?? '').trim(),
		now: () => Date.now(),
		turns: new Map(),
		known: new Set(),
	};
}

/** A trigger that has answered already would leave the reply unread, and nobody would notice. */
function ensureWaiting(context: IExecuteFunctions): void {
	const parents = context.getParentNodes(context.getNode().name, { includeNodeParameters: true });
	const triggers = parents.filter(
		({ type, disabled }) => type.endsWith('.twilioMessageTrigger') && !disabled,
	);
	const waits = triggers.some(({ parameters }) => parameters?.responseMode === 'responseNode');
	if (triggers.length === 0 || waits) return;
	throw new NodeOperationError(context.getNode(), "Twilio's call has been answered already", {
		description:
			'Open the Twilio Message Trigger and set Respond to Using Twilio Message Node, or send the message with the operation Send.',
	});
}

/** Connects an execution, once for the run, with the limits of *Request Options*. */
export function connect(context: IExecuteFunctions): Connection {
	let account: Promise<Account> | undefined;
	return {
		account: async () => await (account ??= accountFor(context, limitsFrom(context))),
		reply: async (twiml) => {
			ensureWaiting(context);
			await context.sendResponse({
				body: twiml,
				headers: { 'content-type': TWIML_TYPE },
				statusCode: 200,
			});
		},
	};
}

/**
 * Connects the editor's lists, with the usual limits.
 *
 * @param product the API's name, the first part of its host
 */
export async function connectEditor(
	context: ILoadOptionsFunctions,
	product: 'content' | 'messaging',
): Promise<HttpClient> {
	const address = addressOf(context, await context.getCredentials<Settings>('twilioMessageApi'));
	return clientFor(context, address.replace('://api.', `://${product}.`), DEFAULT_LIMITS);
}

/**
 * Runs tasks for one recipient one after another: messages arrive in the order of the items, and two alike are not
 * taken for one when the first is looked up. Tasks for different recipients run side by side.
 */
export async function inTurn<Result>(
	{ turns }: Pick<Account, 'turns'>,
	recipient: string,
	task: () => Promise<Result>,
): Promise<Result> {
	const before = turns.get(recipient) ?? Promise.resolve();
	const result = before.then(task);
	turns.set(
		recipient,
		result.catch(() => undefined),
	);
	return await result;
}
