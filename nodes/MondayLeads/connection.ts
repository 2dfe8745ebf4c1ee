import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { DEFAULT_LIMITS, HttpClient, limitsFrom, type HttpAnswer, type RetryLimits } from '../../lib/http';
import {
	errorsByAlias,
	failureOf,
	isLimit,
	isTrouble,
	readAnswer,
	waitOf,
	type MondayError,
} from './answers';
import { aliasOf, documentOf, type Call, type RootField } from './graphql';
import type { Column } from './columns';

/**
 * The version of monday.com's API this node is written for. Current since 2026-10-26; versions change each
 * quarter, and monday.com answers a removed one with the oldest it still has (api-versioning page and the
 * changelog "2026-10 is now the current API version", read 2026-11-21). *API Version* in the credential
 * overrides it.
 */
export const API_VERSION = '2026-10';

/** How long a wait without a hint is, before single aliases are asked again, and how often they are. */
const WAIT_SECONDS = 2;
const MAX_ROUNDS = 4;

const NOTHING = {
	message: 'monday.com gave no answer for this item',
	howToFix: 'It may not exist, or the user of the token does not see it.',
};

/** A run's connection: the way to monday.com, and what the run has learnt so far. */
export interface Connection {
	http: HttpClient;
	/** IANA zone of the workflow, for dates and times without an offset. */
	timeZone: string;
	maxWaitSeconds: number;
	/** Columns by board, read once for the run. */
	columns: Map<string, Promise<Column[]>>;
	/** What this run created or updated, by what it was matched on. */
	known: Map<string, Array<{ id: string; created_at: string | null }>>;
	/** The last Create or Update batch that brings a lead, by what it is matched on; the next one waits for it. */
	turns: Map<string, Promise<unknown>>;
}

async function connectionFor(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	limits: RetryLimits,
): Promise<Connection> {
	const { apiVersion } = await context.getCredentials<{ apiVersion?: string }>('mondayLeadsApi');
	const http = new HttpClient(context, {
		provider: 'monday.com',
		credential: 'mondayLeadsApi',
		baseUrl: 'https://api.monday.com',
		headers: { 'API-Version': apiVersion?.trim() || API_VERSION },
		idempotencyHeader: 'Idempotency-Key',
		limits,
		read: readAnswer,
	});
	return {
		http,
		timeZone: context.getTimezone(),
		maxWaitSeconds: limits.maxWaitSeconds,
		columns: new Map(),
		known: new Map(),
		turns: new Map(),
	};
}

/** Connects an execution, once for the run, with the limits of *Request Options*. */
export const connect = async (context: IExecuteFunctions): Promise<Connection> =>
	await connectionFor(context, limitsFrom(context));

/** Connects the editor's lists and the column mapper, with the usual limits. */
export const connectEditor = async (context: ILoadOptionsFunctions): Promise<Connection> =>
	await connectionFor(context, DEFAULT_LIMITS);

async function send(api: Connection, calls: Call[], idempotencyKey: string): Promise<HttpAnswer> {
	const reads = calls[0]?.field.kind === 'query';
	return await api.http.request({
		method: 'POST',
		path: '/v2',
		body: documentOf(calls),
		reads,
		idempotencyKey: reads ? undefined : idempotencyKey,
	});
}

/** Seconds until a refused alias is asked again; undefined where its refusal stays. */
function repeatIn(error: MondayError, { kind }: RootField, isReplay: boolean): number | undefined {
	// A refusal of up to 30 minutes ago, kept under the key: what caused it may be mended by now.
	if (isReplay) return 0;
	const passes = isLimit(error) || (kind === 'query' && isTrouble(error));
	return passes ? (waitOf(error) ?? WAIT_SECONDS) : undefined;
}

/** What monday.com answered for one call; `replayed` where it is an answer it gave before under the same key. */
export interface Answer<T> {
	value: T;
	replayed: boolean;
}

type Refusal = { index: number; wait: number };

/** Sends the calls once, fills in their answers and gives back which may be asked again. */
async function attempt<T>(
	api: Connection,
	calls: Array<Call & { index: number }>,
	answers: Array<Answer<T> | Error>,
	idempotencyKey: string,
): Promise<Refusal[]> {
	let answer: HttpAnswer;
	try {
		answer = await send(api, calls, idempotencyKey);
	} catch (error) {
		for (const { index } of calls) answers[index] = error as Error;
		return [];
	}
	const { data } = answer.body as { data: Record<string, T | null> };
	const errors = errorsByAlias(answer.body);
	const replayed = answer.headers['idempotency-replayed'] !== undefined;
	return calls.flatMap(({ index, field }, position) => {
		const value = data[aliasOf(position)] ?? undefined;
		const error = errors.get(position);
		// Partial data: a field of a written item may be unavailable, the item is written all the same.
		answers[index] =
			value === undefined ? api.http.error(error ? failureOf(error) : NOTHING) : { value, replayed };
		const wait = value === undefined && error ? repeatIn(error, field, replayed) : undefined;
		return wait === undefined ? [] : [{ index, wait }];
	});
}

/**
 * Sends root fields as the aliases of one request, and gives one answer each, in order.
 *
 * Aliases that met a limit, or whose refusal is only replayed, are asked again, they alone, under a new key
 * (monday.com keeps the answer to the old one for 30 minutes); these waits together stay under *Max Retry Wait*.
 *
 * @param calls all queries or all mutations
 * @param idempotencyKey for mutations: the same key within 30 minutes gets the first answer again instead of
 *   a second execution, and 409 while the first is under way (idempotency page, 2026-09-06)
 * @returns for each call what monday.com answered, or the error of its alias or of the whole request
 */
export async function askWithKey<T>(
	api: Connection,
	calls: Call[],
	idempotencyKey: string,
): Promise<Array<Answer<T> | Error>> {
	const answers: Array<Answer<T> | Error> = [];
	let open = calls.map((call, index) => ({ ...call, index }));
	let waited = 0;
	for (let round = 0; open.length > 0; round++) {
		const key = round === 0 ? idempotencyKey : `${idempotencyKey}/${round}`;
		const refused = await attempt(api, open, answers, key);
		const wait = Math.max(0, ...refused.map((one) => one.wait));
		waited += wait;
		if (refused.length === 0 || round === MAX_ROUNDS || waited > api.maxWaitSeconds) break;
		await api.http.pause(wait);
		open = open.filter(({ index }) => refused.some((one) => one.index === index));
	}
	return answers;
}

/** The same for answers alone, under a random key unless given: it recognises a repeat after a lost answer. */
export async function ask<T>(
	api: Connection,
	calls: Call[],
	idempotencyKey: string = randomUUID(),
): Promise<Array<T | Error>> {
	const answers = await askWithKey<T>(api, calls, idempotencyKey);
	return answers.map((answer) => (answer instanceof Error ? answer : answer.value));
}

/** Sends one root field. @throws ProviderError */
export async function askOne<T>(api: Connection, call: Call): Promise<T> {
	const [answer] = await ask<T>(api, [call]);
	if (answer instanceof Error) throw answer;
	return answer as T;
}
