import { createHash } from 'node:crypto';
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
} from 'n8n-workflow';
import { DEFAULT_LIMITS, HttpClient, limitsFrom, path, type RetryLimits } from '../../lib/http';
import { getAccount } from './api';
import { gatesOf, type Gates } from './gate';
import { Directory } from './directory';
import { readRefusal } from './refusals';
import type { Account } from './types';

/** Of 2026-07-29 (Instagram Platform changelog); the credential can name another. */
export const API_VERSION = 'v26.0';

const HOST = 'https://graph.instagram.com';

/** A run's way to one professional account. */
export interface Connection {
	http: HttpClient;
	gates: Gates;
	/** IANA zone of the workflow, in which times are given. */
	timeZone: string;
	/** Who has written, as far as this run has looked. */
	directory: Directory;
	/** The token's own account, asked for once. */
	account(): Promise<Account>;
	/** The last sending to each person that this run has under way. */
	sendings: Map<string, Promise<unknown>>;
	signal?: AbortSignal;
}

type Context = IExecuteFunctions | IHookFunctions;

function versionOf(context: Context, typed: unknown): string {
	const version = String(typed ?? '').trim() || API_VERSION;
	if (/^v\d{1,3}\.\d{1,2}$/.test(version)) return version;
	throw new NodeOperationError(
		context.getNode(),
		'"API Version" in the Instagram Direct credential is no version',
		{ description: `Use a form like ${API_VERSION}, or leave it empty.` },
	);
}

async function connectionFor(context: Context, limits: RetryLimits): Promise<Connection> {
	const credential = await context.getCredentials<IDataObject>('instagramDirectApi');
	const http = new HttpClient(context, {
		provider: 'Instagram',
		credential: 'instagramDirectApi',
		baseUrl: HOST + path`/${versionOf(context, credential.apiVersion)}`,
		limits,
		read: readRefusal,
	});
	// The token stands for its account; the map of gates keeps a digest of it and nothing more.
	const key = createHash('sha256').update(String(credential.accessToken)).digest('base64');
	let account: Promise<Account> | undefined;
	const connection: Connection = {
		http,
		gates: gatesOf(key),
		timeZone: context.getTimezone(),
		directory: new Directory(() => connection),
		account: async () => {
			account ??= getAccount(connection).catch((error: unknown) => {
				account = undefined;
				throw error;
			});
			return await account;
		},
		sendings: new Map(),
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
	};
	return connection;
}

/** Connects an execution, once for the run. */
export const connect = async (context: IExecuteFunctions): Promise<Connection> =>
	await connectionFor(context, limitsFrom(context));

/** Connects a trigger while it is switched on or off, with the usual limits. */
export const connectHook = async (context: IHookFunctions): Promise<Connection> =>
	await connectionFor(context, DEFAULT_LIMITS);
