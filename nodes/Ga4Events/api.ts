import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { HttpClient, limitsFrom } from '../../lib/http';
import { DEFAULT_MAX_PARALLEL } from '../../lib/operations';

/** A value GA4 takes for an event's parameter; a list only for `items`. */
export type ParameterValue = string | number | boolean | IDataObject[];

export interface Ga4Event {
	name: string;
	params: Record<string, ParameterValue>;
	/** Microseconds since 1970. */
	timestamp_micros?: number;
}

/** What all events of one request share (reference page, "JSON post body"). */
export interface Envelope {
	client_id: string;
	user_id?: string;
	consent?: { ad_user_data?: string; ad_personalization?: string };
	non_personalized_ads?: boolean;
	user_properties?: Record<string, { value: string | number }>;
}

/** What the validation server finds (validating-events page, "ValidationMessage"). */
export interface ValidationMessage {
	fieldPath?: string;
	description?: string;
	validationCode?: string;
}

/** A run's connection. */
export interface Ga4 {
	http: HttpClient;
	/** How many clients' requests may be under way at once. */
	maxParallel: number;
	/** Whether a failed request leaves the others to go on. */
	continuesOnFailure: boolean;
	/** Aborts when the execution is cancelled. */
	signal?: AbortSignal;
}

/** Both endpoints are at both hosts (reference page, "Transport"; validating-events page, tip for the EU). */
const GLOBAL = 'https://www.google-analytics.com';
const EU = 'https://region1.google-analytics.com';

/** As Google shows it under Admin, Data streams; "UA-…" and stream numbers go nowhere. */
const MEASUREMENT_ID = /^G-[A-Z0-9]+$/;

/**
 * Connects an execution, once for the run.
 *
 * @throws NodeOperationError where the credential's measurement ID cannot be one, as GA4 would never say so
 */
export async function connect(context: IExecuteFunctions): Promise<Ga4> {
	const { measurementId, region } = await context.getCredentials<Record<string, string>>('ga4EventsApi');
	if (!MEASUREMENT_ID.test(measurementId ?? '')) {
		throw new NodeOperationError(context.getNode(), 'The credential holds no GA4 measurement ID', {
			description:
				'Use the ID of the form G-XXXXXXXXXX from Admin, Data streams in Google Analytics; a stream ID (digits) or a UA-… ID goes nowhere.',
		});
	}
	const options = context.getNodeParameter('requestOptions', 0, {}) as IDataObject;
	return {
		http: new HttpClient(context, {
			provider: 'GA4',
			credential: 'ga4EventsApi',
			baseUrl: region === 'eu' ? EU : GLOBAL,
			limits: limitsFrom(context),
		}),
		maxParallel: Number(options.maxParallelRequests ?? DEFAULT_MAX_PARALLEL),
		continuesOnFailure: context.continueOnFail(),
		signal: context.getExecutionCancelSignal(),
	};
}

/** The body of a request (sending-events page). */
export const bodyOf = (envelope: Envelope, events: Ga4Event[]): IDataObject => ({
	...(envelope as unknown as IDataObject),
	events: events as unknown as IDataObject[],
});

/**
 * Sends events of one client. GA4 answers 2xx to anything that reaches it (reference page, "Response codes"),
 * so coming back means sent and nothing more. Sent twice is counted twice: not repeated after a timeout or 5xx.
 *
 * @param events 1 to 25
 * @throws ProviderError
 */
export async function collect({ http }: Ga4, envelope: Envelope, events: Ga4Event[]): Promise<void> {
	await http.post('/mp/collect', bodyOf(envelope, events));
}

/**
 * Asks the validation server what is wrong with an event; it records nothing, and checks neither the measurement
 * ID nor the API secret (validating-events page). Asks strictly, as that page advises for tests.
 *
 * @returns messages, none where nothing is wrong
 * @throws ProviderError
 */
export async function validateEvent(
	{ http }: Ga4,
	envelope: Envelope,
	event: Ga4Event,
): Promise<ValidationMessage[]> {
	const body = { validation_behavior: 'ENFORCE_RECOMMENDATIONS', ...bodyOf(envelope, [event]) };
	const answer = await http.post<{ validationMessages?: ValidationMessage[] } | string>(
		'/debug/mp/collect',
		body,
		{ reads: true },
	);
	if (typeof answer === 'object') return answer.validationMessages ?? [];
	throw http.error({
		message: 'GA4 did not say whether the event is valid',
		howToFix: 'Try again, or switch Validate First off.',
		temporary: true,
	});
}
