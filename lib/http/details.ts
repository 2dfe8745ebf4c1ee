import { ExpressionError, NodeOperationError, UserError, type IDataObject } from 'n8n-workflow';
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

/** What is wrong with a field, an expression or the choice of a credential stays wrong. */
const LASTING = [NodeOperationError, ExpressionError, UserError];

/**
 * Reads an error for a flow that tries again, or does without. What n8n itself could not do, such as reading a credential
 * while its database restarts, passes.
 *
 * @param thrown whatever a call or an operation threw
 * @param mayBeSent whether a request may have gone out before it was thrown
 * @returns undefined where the item was refused before a request was made of it
 */
export function errorDetails(thrown: unknown, mayBeSent = true): ErrorDetails | undefined {
	if (!(thrown instanceof ProviderError)) {
		if (LASTING.some((type) => thrown instanceof type)) return undefined;
		return { outcome: mayBeSent ? 'uncertain' : 'temporary' };
	}
	const { uncertain, temporary, status, code, waitSeconds } = thrown.reason;
	return {
		outcome: uncertain ? 'uncertain' : temporary ? 'temporary' : 'refused',
		...(status !== undefined && { httpCode: status }),
		...(code !== undefined && { networkCode: code }),
		...(waitSeconds !== undefined && { waitSeconds }),
	};
}
