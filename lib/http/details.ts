import type { IDataObject } from 'n8n-workflow';
import { ProviderError } from './errors';

/** What a flow needs to know of a failed call besides its words; `details` of an error item. */
export interface ErrorDetails extends IDataObject {
	/**
	 * - refused: the provider did nothing, and asking again gives the same answer
	 * - temporary: the provider did nothing; later it may
	 * - uncertain: the provider may have carried it out although no good answer came
	 */
	outcome: 'refused' | 'temporary' | 'uncertain';
	/** HTTP status; absent where no answer came. */
	httpCode?: number;
	/** Such as ECONNREFUSED, where no answer came. */
	networkCode?: string;
	/** Seconds the provider asked to wait, where it did. */
	waitSeconds?: number;
}

/**
 * Reads an error for a flow that tries again, or does without.
 *
 * @param thrown whatever a call or an operation threw
 * @returns undefined for anything but a ProviderError: such an item was refused before a request was made of it
 */
export function errorDetails(thrown: unknown): ErrorDetails | undefined {
	if (!(thrown instanceof ProviderError)) return undefined;
	const { uncertain, temporary, status, code, waitSeconds } = thrown.reason;
	return {
		outcome: uncertain ? 'uncertain' : temporary ? 'temporary' : 'refused',
		...(status !== undefined && { httpCode: status }),
		...(code !== undefined && { networkCode: code }),
		...(waitSeconds !== undefined && { waitSeconds }),
	};
}
