import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { isObject } from '../../lib/fit';
import {
	DEFAULT_LIMITS,
	HttpClient,
	limitsFrom,
	type HttpAnswer,
	type Reading,
	type RetryLimits,
} from '../../lib/http';
import type { EventType, User } from './types';

/** A run's way to Calendly. */
export interface Connection {
	http: HttpClient;
	/** IANA zone of the workflow, for times without an offset. */
	timeZone: string;
	/** False where the operator set *Max Retry Wait* to 0: nothing is ever repeated. */
	mayRepeat: boolean;
	/** Milliseconds since 1970. */
	now(): number;
	/** Whom the credential belongs to, read once for the run. */
	me?: Promise<User>;
	/** Event types by UUID, each read once for the run. */
	eventTypes: Map<string, Promise<EventType>>;
}

/** The credential of each choice under *Authentication*. */
const credentialOf = (authentication: unknown): string =>
	authentication === 'oAuth2' ? 'calendlyBookingOAuth2Api' : 'calendlyTokenApi';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

function connectionFor(context: Context, authentication: unknown, limits: RetryLimits): Connection {
	return {
		http: new HttpClient(context, {
			provider: 'Calendly',
			credential: credentialOf(authentication),
			baseUrl: 'https://api.calendly.com',
			limits,
			read: readAnswer,
		}),
		timeZone: context.getTimezone(),
		mayRepeat: limits.maxWaitSeconds > 0,
		now: () => Date.now(),
		eventTypes: new Map(),
	};
}

/** Connects an execution, once for the run. */
export const connect = (context: IExecuteFunctions): Connection =>
	connectionFor(context, context.getNodeParameter('authentication', 0, 'accessToken'), limitsFrom(context));

/** Connects the editor's lists, with the usual limits. */
export const connectEditor = (context: ILoadOptionsFunctions): Connection =>
	connectionFor(context, context.getCurrentNodeParameter('authentication'), DEFAULT_LIMITS);

/** An entry of `details` in Calendly's error body. */
interface Detail {
	parameter?: string;
	message?: string;
	code?: string;
}

/** What Calendly names one by one: `{title, message, details: [{parameter, message, code}]}`. */
export const detailsOf = (body: unknown): Detail[] =>
	isObject(body) && Array.isArray(body.details) ? (body.details as unknown[]).filter(isObject) : [];

/** Calendly's own words: the message, and what it says of each parameter. */
function wordsOf(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const details = detailsOf(body).map(({ parameter, message }) =>
		[parameter, message].filter(Boolean).join(': '),
	);
	const words = [body.message ?? body.title, ...details].filter((word) => typeof word === 'string' && word);
	return words.join('; ').slice(0, 500) || undefined;
}

/** Reads what only Calendly says: details by parameter, and the scopes that a token lacks. */
export function readAnswer({ status, body }: HttpAnswer): Reading | undefined {
	const said = wordsOf(body);
	if (status < 300 || said === undefined) return undefined;
	const scopes = isObject(body) ? [body.required_scopes].flat().filter(Boolean) : [];
	if (status !== 403 || scopes.length === 0) return { failure: { said } };
	return {
		failure: {
			said,
			message: 'The Calendly credential lacks a permission (HTTP 403)',
			howToFix: `It needs the scope ${scopes.join(', ')}. Connect the OAuth2 credential again, or create an access token that has it.`,
		},
	};
}
