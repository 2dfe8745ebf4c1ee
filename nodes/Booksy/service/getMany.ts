import { operation } from '../../../lib/operations';
import type { Booksy } from '../api';
import { diaryOf, limit, limitOf, options, returnAll, simplify, timeZone } from '../fields';

/**
 * Partner API: `GET business/{business_id}/service/` and `service/{id}/variant/`, one item a variant, since
 * appointments name variants. API key: `GET /services` (our reading). Prices are in units of the currency.
 */
export const getMany = operation<Booksy>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many services',
	description: 'Get many services that can be booked',
	fields: [returnAll, limit, simplify, timeZone, options],
	run: async ({ api, input }) => {
		const offers = (await diaryOf(api, input).offers()).slice(0, limitOf(input));
		return input.boolean('simplify')
			? offers.map(({ id, name, durationMinutes, price, currency, staffIds }) => ({
					provider: 'booksy',
					id,
					name,
					durationMinutes,
					price,
					currency,
					staffIds,
				}))
			: offers.map(({ raw }) => raw);
	},
});
