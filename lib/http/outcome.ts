import { ProviderError } from './errors';

/** What a call came to, where a refusal is an answer to think about. */
export type Outcome<T> = { value: T } | { refusal: ProviderError };

/** Waits for a call and gives the provider's refusal, or its silence, as a value; anything else is thrown on. */
export const outcomeOf = async <T>(call: Promise<T>): Promise<Outcome<T>> =>
	await call.then(
		(value) => ({ value }),
		(error: unknown) => {
			if (error instanceof ProviderError) return { refusal: error };
			throw error;
		},
	);
