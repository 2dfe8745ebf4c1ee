import { packed } from '../../../nodes/Ga4Events/delivery';
import type { Envelope } from '../../../nodes/Ga4Events/api';
import type { Measurement } from '../../../nodes/Ga4Events/measurement';

const measurement = (
	client: string,
	name: string,
	more: Partial<Envelope> = {},
	params = {},
): Measurement => ({
	envelope: { client_id: client, ...more },
	event: { name, params },
});

/** Names of events, request by request, client by client. */
const plan = (...measurements: Measurement[]) =>
	packed(measurements).map((lane) => lane.map(({ events }) => events.map(({ name }) => name)));

describe('packing', () => {
	it('puts the events of one client into one request, in order', () => {
		expect(plan(measurement('a', '1'), measurement('b', '2'), measurement('a', '3'))).toEqual([
			[['1', '3']],
			[['2']],
		]);
	});

	it('remembers where each event came from', () => {
		const [lane] = packed([measurement('a', '1'), measurement('b', '2'), measurement('a', '3')]);
		expect(lane?.[0]?.positions).toEqual([0, 2]);
	});

	it.each<[string, Partial<Envelope>]>([
		['another user', { user_id: 'u1' }],
		['another consent', { consent: { ad_user_data: 'DENIED' } }],
		['other ads', { non_personalized_ads: true }],
		['other user properties', { user_properties: { tier: { value: 'gold' } } }],
	])('starts a new request for %s, and never goes back', (_, more) => {
		expect(plan(measurement('a', '1'), measurement('a', '2', more), measurement('a', '3'))).toEqual([
			[['1'], ['2'], ['3']],
		]);
	});

	it('fills a request with 25 events', () => {
		const lanes = plan(...Array.from({ length: 60 }, (_, at) => measurement('a', `e${at}`)));
		expect(lanes[0]?.map((names) => names.length)).toEqual([25, 25, 10]);
		expect(lanes[0]?.flat()).toEqual(Array.from({ length: 60 }, (_, at) => `e${at}`));
	});

	it('stays under 130 kB', () => {
		const big = { page_location: 'ż'.repeat(20_000) };
		const lanes = packed(Array.from({ length: 7 }, (_, at) => measurement('a', `e${at}`, {}, big)));
		expect(lanes[0]?.map(({ events }) => events.length)).toEqual([3, 3, 1]);
		for (const { envelope, events } of lanes[0] ?? []) {
			expect(Buffer.byteLength(JSON.stringify({ ...envelope, events }))).toBeLessThan(130_000);
		}
	});

	it('makes nothing of nothing', () => {
		expect(packed([])).toEqual([]);
	});
});
