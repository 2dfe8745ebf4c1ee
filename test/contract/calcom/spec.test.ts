import type { IDataObject } from 'n8n-workflow';
import { describeWithSpecs, jsonPayload } from '../../support/specs';
import { booked, byId, creating, finding, on, OPENING, studio, type Studio } from './bench';
import { checkExchange } from './openapi';

let at: Studio;

beforeEach(() => (at = studio()));
afterEach(() => at.stop());

const LATER = '2050-01-11T10:00:00+01:00';

const onRequest = { service: byId('103') };

/** What to do first, what to run, and what must have been asked of Cal.com in the end. */
const cases: Array<[string, (at: Studio) => Promise<IDataObject>, string[]]> = [
	['Booking: Create', async () => creating(), ['POST /v2/bookings']],
	[
		'Booking: Create with everything',
		async () =>
			creating({
				service: byId('102'),
				additionalFields: {
					bookingFields: '{"package": "Premium"}',
					duration: 120,
					guests: 'anna@example.com, piotr@example.com',
					language: 'pl',
					location: { place: { kind: 'integration', value: 'cal-video' } },
					metadata: { entry: [{ key: 'source', value: 'instagram' }] },
				},
			}),
		['POST /v2/bookings'],
	],
	['Booking: Get', async (to) => on('get', await booked(to)), ['GET /v2/bookings/:uid']],
	[
		'Booking: Get Many',
		async (to) => {
			await booked(to);
			return {
				resource: 'appointment',
				operation: 'getMany',
				rangeStart: OPENING,
				rangeEnd: LATER,
				filters: {
					clientEmail: 'jane@example.com',
					clientName: 'Jane Kowalska',
					createdAfter: '2050-01-01',
					createdBefore: '2050-02-01',
					serviceId: '101',
					status: ['upcoming', 'past'],
					updatedAfter: '2050-01-01',
					updatedBefore: '2050-02-01',
				},
			};
		},
		['GET /v2/bookings'],
	],
	[
		'Booking: Reschedule',
		async (to) => on('reschedule', await booked(to), { newStart: LATER, reason: 'Other day' }),
		['POST /v2/bookings/:uid/reschedule'],
	],
	[
		'Booking: Cancel',
		async (to) => on('cancel', await booked(to), { reason: 'Ill' }),
		['POST /v2/bookings/:uid/cancel'],
	],
	[
		'Booking: Confirm',
		async (to) => on('confirm', await booked(to, onRequest)),
		['POST /v2/bookings/:uid/confirm'],
	],
	[
		'Booking: Decline',
		async (to) => on('decline', await booked(to, onRequest), { reason: 'No time' }),
		['POST /v2/bookings/:uid/decline'],
	],
	[
		'Booking: Mark No-Show of the client',
		async (to) => on('markNoShow', await booked(to), { who: 'client' }),
		['GET /v2/bookings/:uid', 'POST /v2/bookings/:uid/mark-absent'],
	],
	[
		'Booking: Mark No-Show of the staff',
		async (to) => on('markNoShow', await booked(to), { who: 'staff' }),
		['POST /v2/bookings/:uid/mark-absent'],
	],
	[
		'Slot: Get Many',
		async (to) =>
			finding({
				service: byId('102'),
				options: { duration: 120, rescheduleId: await booked(to, { service: byId('102') }) },
			}),
		['GET /v2/slots'],
	],
	[
		'Slot: Reserve',
		async () => ({
			...{ resource: 'slot', operation: 'reserve', service: byId('101'), start: OPENING },
			options: { reservationDuration: 10 },
		}),
		['POST /v2/slots/reservations'],
	],
	[
		'Event Type: Get Many',
		async () => ({ resource: 'service', operation: 'getMany' }),
		['GET /v2/event-types'],
	],
	[
		'Event Type: Get Many of a team',
		async () => ({ resource: 'service', operation: 'getMany', options: { teamId: '7' } }),
		['GET /v2/teams/7/event-types'],
	],
];

describeWithSpecs('requests of Cal.com and its answers, against the OpenAPI', () => {
	it.each(cases)('%s', async (_, prepare, calls) => {
		const parameters = await prepare(at);
		at.world.exchanges.length = 0;
		await at.items(parameters);
		expect(at.calls().map((call) => call.replace(/bookings\/[^/]{10,}/, 'bookings/:uid'))).toEqual(calls);
		at.world.callsTo('calcom').forEach(checkExchange);
	});

	it('answers for webhooks as the spec says, on both levels', async () => {
		const ask = async (method: string, path: string, body?: object) => {
			const url = new URL(`https://api.cal.com${path}`);
			const headers = { authorization: 'Bearer cal_live_frontdesk_sandbox' };
			const delivery = await at.world.deliver({ method, url, headers, text: JSON.stringify(body ?? {}) });
			return (delivery as { response: { body: { data: { id: string } } } }).response.body.data;
		};
		for (const level of ['', '/event-types/101']) {
			const webhook = {
				subscriberUrl: 'https://n8n.example.com/webhook/1',
				triggers: ['BOOKING_CREATED', 'MEETING_ENDED'],
				active: true,
				secret: 'a'.repeat(64),
			};
			const { id } = await ask('POST', `/v2${level}/webhooks`, webhook);
			await ask('GET', `/v2${level}/webhooks?take=250&skip=0`);
			await ask('PATCH', `/v2${level}/webhooks/${id}`, { active: false });
			await ask('GET', `/v2${level}/webhooks/${id}`);
			await ask('DELETE', `/v2${level}/webhooks/${id}`);
		}
		await ask('GET', '/v2/me');
		at.world.callsTo('calcom').forEach(checkExchange);
	});

	it('refuses a taken time with the documented answer', async () => {
		await booked(at);
		await at.run(creating());
		const refusal = at.world.callsTo('calcom').find(({ response }) => response?.status === 400);
		const documented = jsonPayload<IDataObject>('calcom', 'error.slot-taken.response.json');
		expect(refusal?.response?.body).toEqual({ ...documented, timestamp: '2050-01-10T07:00:00.000Z' });
	});
});
