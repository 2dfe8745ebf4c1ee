import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { DEFAULT_LIMITS, type RetryLimits } from './retry';

/** The options every node with HTTP calls has: how many at once, how long each, how long to wait for limits. */
export const requestOptions: INodeProperties = {
	displayName: 'Request Options',
	name: 'requestOptions',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Error Details',
			name: 'errorDetails',
			type: 'boolean',
			default: false,
			description:
				'Whether an error item also has "details": "outcome" (refused, temporary or uncertain) with "httpCode", "networkCode" and "waitSeconds" where known. Needs n8n 2.35.3 or newer: older ones take such an item for a success.',
		},
		{
			displayName: 'Max Parallel Requests',
			name: 'maxParallelRequests',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 5,
			description: 'How many requests run at once; 1 sends them strictly one after another, in order',
		},
		{
			displayName: 'Max Retry Wait (Seconds)',
			name: 'maxRetryWait',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: DEFAULT_LIMITS.maxWaitSeconds,
			description:
				'How long one request may wait in all when the service asks to slow down or fails for a moment; 0 never repeats',
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_LIMITS.timeoutSeconds,
			description: 'How long to wait for each answer',
		},
	],
};

/**
 * Reads the limits from *Request Options*.
 *
 * @param context an action node's `this`; the first item's options hold for the whole run
 */
export function limitsFrom(context: Pick<IExecuteFunctions, 'getNodeParameter'>): RetryLimits {
	const set = context.getNodeParameter('requestOptions', 0, {}) as IDataObject;
	return {
		...DEFAULT_LIMITS,
		timeoutSeconds: Number(set.timeout ?? DEFAULT_LIMITS.timeoutSeconds),
		maxWaitSeconds: Number(set.maxRetryWait ?? DEFAULT_LIMITS.maxWaitSeconds),
	};
}
