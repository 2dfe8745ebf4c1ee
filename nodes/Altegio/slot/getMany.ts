import { operation } from '../../../lib/operations';
import { listServices } from '../api';
import type { AltegioApi } from '../connection';
import * as fields from '../fields';
import { listSlots } from '../slots';

/** Reads free times: GET /book_dates, /book_staff and /book_times (REST documentation, online booking). */
export const getMany = operation<AltegioApi>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many slots',
	description: 'Read many free times of a service; of several free team members each gives a slot',
	fields: [
		fields.location,
		fields.service,
		fields.staff,
		fields.rangeStart,
		fields.rangeEnd,
		fields.returnAll,
		fields.limit,
		fields.timeZone,
	],
	run: async ({ api, input }) => {
		const company = fields.numericId(input, 'location');
		const id = fields.numericId(input, 'service');
		const staff = fields.optionalNumericId(input, 'staff');
		const timeZone = await fields.zoneFor(api, input, company);
		const range = fields.rangeFrom(input, timeZone);
		const found = (await listServices(api, company)).find((service) => String(service.id) === id);
		const service = { id, name: found?.title ?? null };
		const slots = await listSlots(api, {
			company,
			service,
			staff,
			...range,
			timeZone,
			limit: fields.limitFrom(input),
		});
		return slots.map((slot) => ({ ...slot }));
	},
});
