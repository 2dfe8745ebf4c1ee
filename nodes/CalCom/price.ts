/** The currencies that Stripe, and Cal.com with it, counts in whole units (Stripe's list of zero-decimal currencies). */
const WITHOUT_CENTS = new Set([
	...['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA'],
	...['PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'],
]);

export interface Price {
	/** In units of the currency. */
	price: number | null;
	/** ISO 4217. */
	currency: string | null;
}

/**
 * A price as Cal.com writes it, in the currency's smallest unit, such as cents.
 *
 * @param currency ISO 4217 in any case
 */
export function priceOf(price: unknown, currency: unknown): Price {
	const code = typeof currency === 'string' && /^[a-z]{3}$/i.test(currency) ? currency.toUpperCase() : null;
	if (typeof price !== 'number' || !Number.isFinite(price)) return { price: null, currency: code };
	return { price: code && WITHOUT_CENTS.has(code) ? price : price / 100, currency: code };
}
