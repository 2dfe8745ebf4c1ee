import { ProviderError } from '../../lib/http';

export type Outcome<T> = { value: T } | { refusal: ProviderError };

/** Waits for a call and gives Twilio's refusal, or its silence, as a value; anything else is thrown on. */
export const outcomeOf = async <T>(call: Promise<T>): Promise<Outcome<T>> =>
	await call.then(
		(value) => ({ value }),
		(error: unknown) => {
			if (error instanceof ProviderError) return { refusal: error };
			throw error;
		},
	);
