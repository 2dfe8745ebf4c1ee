import { operation } from '../../../lib/operations';
import type { Booksy } from '../api';
import { diaryOf, limit, limitOf, options, returnAll, simplify, timeZone } from '../fields';

/**
 * Partner API: `GET business/{business_id}/resource/`, the resources of type S; chairs and rooms are left out.
 * API key: `GET /staff` (our reading).
 */
export const getMany = operation<Booksy>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many staff members',
	description: 'Get many people who can be booked',
	fields: [returnAll, limit, simplify, timeZone, options],
	run: async ({ api, input }) => {
		const members = (await diaryOf(api, input).staff()).slice(0, limitOf(input));
		return input.boolean('simplify')
			? members.map(({ id, name }) => ({ provider: 'booksy', id, name }))
			: members.map(({ raw }) => raw);
	},
});
