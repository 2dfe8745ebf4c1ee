import type { IDataObject, IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { DEFAULT_LIMITS, HttpClient, limitsFrom, path, safeAddress, type RetryLimits } from '../../lib/http';
import { readAnswer } from './answers';

/** The credential's fields. */
interface Settings extends IDataObject {
	installation?: 'cloud' | 'selfHosted';
	baseUrl?: string;
	allowHttp?: boolean;
}

/** A file of an input item. */
export interface InputFile {
	name: string;
	type: string;
	bytes: Buffer;
}

/** A run's way to Chatwoot. */
export interface Connection {
	http: HttpClient;
	/** Reads a file of an input item; throws in n8n's words where it has none of that name. */
	file(itemIndex: number, property: string): Promise<InputFile>;
	/** The last task of each subject, see `inTurn`. */
	turns: Map<string, Promise<unknown>>;
}

type Context = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions;

const CLOUD = 'https://app.chatwoot.com';

/** What people copy from the address bar, such as /app/accounts/1/dashboard, is no part of the address. */
const BEYOND_HOST = /\/+((app|api)(\/.*)?)?$/;

async function addressOf(context: Context): Promise<string> {
	const {
		installation,
		baseUrl = '',
		allowHttp,
	} = await context.getCredentials<Settings>('chatwootAccountApi');
	if (installation !== 'selfHosted') return CLOUD;
	return safeAddress(context.getNode(), baseUrl.trim().replace(BEYOND_HOST, ''), {
		provider: 'Chatwoot',
		field: 'Base URL',
		secret: 'the access token',
		allowHttp,
		example: 'https://chat.example.com',
	});
}

const clientFor = async (context: Context, limits: RetryLimits) =>
	new HttpClient(context, {
		provider: 'Chatwoot',
		credential: 'chatwootAccountApi',
		baseUrl: await addressOf(context),
		limits,
		read: readAnswer,
	});

async function fileOf(context: IExecuteFunctions, itemIndex: number, property: string): Promise<InputFile> {
	const { fileName, mimeType } = context.helpers.assertBinaryData(itemIndex, property);
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, property);
	return { name: fileName ?? property, type: mimeType, bytes };
}

/** Connects an execution, once for the run, with the limits of *Request Options*. */
export const connect = async (context: IExecuteFunctions): Promise<Connection> => ({
	http: await clientFor(context, limitsFrom(context)),
	file: async (itemIndex, property) => await fileOf(context, itemIndex, property),
	turns: new Map(),
});

/** Connects the editor's lists and the trigger's registration, with the usual limits. */
export const connectPlainly = async (context: ILoadOptionsFunctions | IHookFunctions): Promise<HttpClient> =>
	await clientFor(context, DEFAULT_LIMITS);

/** The path all calls of an account share. */
export const accountPath = (account: string): string => path`/api/v1/accounts/${account}`;

/**
 * Runs tasks on one subject one after another, so that two items of a run do not both read what the other is about
 * to write. Tasks on different subjects run side by side.
 *
 * @param subject what the task reads and writes, such as one conversation of one account
 */
export async function inTurn<Result>(
	{ turns }: Pick<Connection, 'turns'>,
	subject: string,
	task: () => Promise<Result>,
): Promise<Result> {
	const before = turns.get(subject) ?? Promise.resolve();
	const result = before.then(task);
	turns.set(
		subject,
		result.catch(() => undefined),
	);
	return await result;
}
