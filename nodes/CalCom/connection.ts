import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { isObject } from '../../lib/fit';
import {
	DEFAULT_LIMITS,
	HttpClient,
	limitsFrom,
	safeAddress,
	type HttpAnswer,
	type Reading,
	type RetryLimits,
} from '../../lib/http';
import type { EventType } from './types';

/**
 * The `cal-api-version` header of each endpoint family (parameter defaults of the v2 OpenAPI, 2026-03). One
 * version for all would break slots or event types, and without the header Cal.com answers with older shapes.
 */
export const VERSIONS = {
	slots: '2024-09-04',
	eventTypes: '2024-06-14',
	/**
	 * Hosted docs show 2026-02-25 since 2026, but self-hosting knows only this one and takes an unknown one for
	 * 2024-04-15 without a word. Cal.com's own clients still send it (2026-08).
	 */
	bookings: '2024-08-13',
	/** The list with a cursor; hosted only ("Get all bookings" page, 2026-05). */
	bookingsByCursor: '2026-05-01',
} as const;

/** The credential's fields. */
export interface Account {
	region?: 'cloud' | 'eu' | 'selfHosted';
	baseUrl?: string;
	allowHttp?: boolean;
	bookingsVersion?: string;
}

/** A run's way to Cal.com. */
export interface Connection {
	http: HttpClient;
	/** The `cal-api-version` of calls on bookings, except the list by cursor. */
	bookingsVersion: string;
	/** IANA zone of the workflow, for times without an offset. */
	timeZone: string;
	/** False where the operator set *Max Retry Wait* to 0: nothing is ever repeated. */
	mayRepeat: boolean;
	/** Site on which clients see their bookings; undefined for self-hosted, whose site is unknown. */
	site?: string;
	/** Milliseconds since 1970. */
	now(): number;
	/** The account's event types, read once for the run. */
	ownEventTypes?: Promise<EventType[]>;
}

const HOSTED = {
	cloud: { api: 'https://api.cal.com', site: 'https://app.cal.com' },
	eu: { api: 'https://api.cal.eu', site: 'https://app.cal.eu' },
};

type Context = IExecuteFunctions | ILoadOptionsFunctions;

function addressOf(context: Context, { region = 'cloud', baseUrl = '', allowHttp }: Account) {
	if (region !== 'selfHosted') return HOSTED[region];
	const api = baseUrl.trim().replace(/\/+(v2\/*)?$/, '');
	const field = { provider: 'Cal.com', field: 'Base URL', secret: 'the API key', allowHttp };
	const example = 'https://api.booking.example.com';
	return { api: safeAddress(context.getNode(), api, { ...field, example }), site: undefined };
}

function connectionFor(context: Context, account: Account, limits: RetryLimits): Connection {
	const { api, site } = addressOf(context, account);
	const http = new HttpClient(context, {
		provider: 'Cal.com',
		credential: 'calComApi',
		baseUrl: api,
		limits,
		read: readAnswer,
	});
	return {
		http,
		bookingsVersion: account.bookingsVersion?.trim() || VERSIONS.bookings,
		timeZone: context.getTimezone(),
		mayRepeat: limits.maxWaitSeconds > 0,
		site,
		now: () => Date.now(),
	};
}

/** Connects an execution, once for the run. Converting events calls nobody and needs no credential. */
export async function connect(context: IExecuteFunctions): Promise<Connection> {
	const isOffline = context.getNodeParameter('resource', 0) === 'event';
	const account: Account = isOffline ? {} : await context.getCredentials<IDataObject & Account>('calComApi');
	return connectionFor(context, account, limitsFrom(context));
}

/** Connects the editor's lists, with the usual limits. */
export const connectEditor = async (context: ILoadOptionsFunctions): Promise<Connection> =>
	connectionFor(context, await context.getCredentials<IDataObject & Account>('calComApi'), DEFAULT_LIMITS);

const listOf = (value: unknown): IDataObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/**
 * Cal.com's own words: `error.message` of the envelope, or `message` (a text or a list) of an answer that
 * bypasses it, and what list validation puts into `error.details.errors[].constraints`.
 */
function wordsOf(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const error = isObject(body.error) ? body.error : body;
	const details = isObject(error.details) ? error.details : {};
	const constraints = listOf(details.errors).flatMap(({ constraints }) =>
		isObject(constraints) ? Object.values(constraints) : [],
	);
	const words = [error.message, ...constraints].flat().filter((word) => typeof word === 'string' && word);
	return words.join('; ').slice(0, 500) || undefined;
}

/** Reads what only Cal.com says: an error envelope under a good status, and the answer of an unknown address. */
export function readAnswer({ status, body }: HttpAnswer): Reading | undefined {
	const said = wordsOf(body);
	if (status < 300) {
		if (!isObject(body) || body.status !== 'error') return undefined;
		return { failure: { said, message: 'Cal.com did not accept the request' }, outlook: 'final' };
	}
	if (said === undefined) return undefined;
	if (!/^Cannot (GET|POST|PATCH|DELETE) \//.test(said)) return { failure: { said } };
	return {
		failure: {
			said,
			message: 'There is no API v2 of Cal.com at this address',
			howToFix:
				'Check Region and Base URL in the credential: it must be the API, not the site, and without /v2.',
		},
	};
}
