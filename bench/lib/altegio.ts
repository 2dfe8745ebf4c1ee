import type { ChainNode } from '../../sandbox/src/chain';
import type { AltegioBooking } from '../../sandbox/simulators/altegio-state';
import { randomFrom } from './random';

/** The location of the sandbox's salon. */
export const LOCATION = '123456';

export const CREDENTIAL: [type: string, name: string] = ['altegioApi', 'Altegio'];

const FIRST = Date.parse('2026-01-02T09:00:00+01:00');
const SPAN = 360 * 24 * 60 * 60 * 1000;

/** Appointments of a year, in order, the same in every run. */
export function bookingsOf(count: number): AltegioBooking[] {
	const random = randomFrom(7);
	return Array.from({ length: count }, (_, index) => ({
		id: 1_000_000 + index,
		visitId: 2_000_000 + index,
		staffId: random() < 0.5 ? 555 : 556,
		clientId: random() < 0.5 ? 1121412 : 1121413,
		services: [{ id: 331, cost: 120, first_cost: 120, discount: 0, amount: 1 }],
		start: FIRST + Math.floor((index / count) * SPAN),
		length: 3600,
		attendance: 1,
		confirmed: 1,
		deleted: false,
		online: random() < 0.3,
		paid: 0,
		comment: '',
		apiId: '',
		customFields: {},
		createdAt: '2026-01-01T08:00:00+0100',
		changedAt: '2026-01-01T08:00:00+0100',
	}));
}

/** Ours: all appointments of the year. */
export const listByUs: ChainNode = {
	name: 'List',
	type: 'n8n-nodes-frontdesk.altegio',
	credential: CREDENTIAL,
	parameters: {
		resource: 'appointment',
		operation: 'getMany',
		location: { __rl: true, mode: 'id', value: LOCATION },
		returnAll: true,
		rangeStart: '2026-01-01T00:00:00',
		rangeEnd: '2027-01-01T00:00:00',
	},
};
