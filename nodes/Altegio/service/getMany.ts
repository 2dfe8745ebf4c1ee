import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { listServices } from '../api';
import type { AltegioApi } from '../connection';
import { limit, limitFrom, location, numericId, returnAll, simplify } from '../fields';
import type { Service } from '../types';

const toService = (service: Service): IDataObject => ({
	provider: 'altegio',
	id: String(service.id),
	name: service.title ?? null,
	categoryId: service.category_id === undefined ? null : String(service.category_id),
	priceMin: service.price_min ?? null,
	priceMax: service.price_max ?? null,
	durationMinutes: service.duration ? service.duration / 60 : null,
	active: service.active === undefined ? null : Number(service.active) === 1,
	staffIds: (service.staff ?? []).map(({ id }) => String(id)),
});

/** Reads a location's services: GET /company/{company}/services. */
export const getMany = operation<AltegioApi>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many services',
	description: 'Read many services of a location, with price, duration and who does them',
	fields: [location, returnAll, limit, simplify],
	run: async ({ api, input }) => {
		const services = await listServices(api, numericId(input, 'location'));
		const wanted = services.slice(0, limitFrom(input));
		return input.boolean('simplify') ? wanted.map(toService) : wanted.map((service) => ({ ...service }));
	},
});
