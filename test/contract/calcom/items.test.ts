import type { IDataObject } from 'n8n-workflow';
import { booked, byId, creating, finding, on, OPENING, studio, type Studio } from './bench';

let at: Studio;

beforeEach(() => (at = studio()));
afterEach(() => at.stop());

const onRequest = { service: byId('103') };
const TIMES = ['09:00', '10:00', '11:00'].map((time) => `2050-01-10T${time}:00+01:00`);
const SERVICE_LOST = { service: byId('={{ $json.service }}') };

/** An operation over two items; `bad` makes the second one fail at Cal.com. */
const cases: Array<{
	name: string;
	prepare(at: Studio): Promise<{ parameters: IDataObject; good: IDataObject[]; bad: IDataObject }>;
}> = [
	{
		name: 'Booking: Create',
		prepare: async () => ({
			parameters: creating({ start: '={{ $json.start }}' }),
			good: [{ start: TIMES[0] }, { start: TIMES[1] }],
			bad: { start: '2050-01-09T09:00:00+01:00' },
		}),
	},
	...['get', 'cancel', 'markNoShow'].map((operation) => ({
		name: `Booking: ${operation}`,
		prepare: async (to: Studio) => ({
			parameters: on(operation, '={{ $json.id }}'),
			good: [{ id: await booked(to) }, { id: await booked(to, { start: TIMES[1] }) }],
			bad: { id: 'nothing' },
		}),
	})),
	...['confirm', 'decline'].map((operation) => ({
		name: `Booking: ${operation}`,
		prepare: async (to: Studio) => ({
			parameters: on(operation, '={{ $json.id }}'),
			good: [
				{ id: await booked(to, onRequest) },
				{ id: await booked(to, { ...onRequest, start: TIMES[1] }) },
			],
			bad: { id: 'nothing' },
		}),
	})),
	{
		name: 'Booking: Reschedule',
		prepare: async (to) => ({
			parameters: on('reschedule', '={{ $json.id }}', { newStart: '={{ $json.start }}' }),
			good: [
				{ id: await booked(to), start: '2050-01-11T09:00:00+01:00' },
				{ id: await booked(to, { start: TIMES[1] }), start: '2050-01-11T10:00:00+01:00' },
			],
			bad: { id: 'nothing', start: TIMES[2] },
		}),
	},
	{
		name: 'Booking: Get Many',
		prepare: async (to) => {
			await booked(to);
			return {
				parameters: {
					...{ resource: 'appointment', operation: 'getMany' },
					filters: { status: '={{ $json.status }}' },
				},
				good: [{ status: ['upcoming'] }, { status: [] }],
				bad: { status: ['lost'] },
			};
		},
	},
	{
		name: 'Slot: Get Many',
		prepare: async () => ({
			parameters: finding({ ...SERVICE_LOST, limit: 1 }),
			good: [{ service: '101' }, { service: '102' }],
			bad: { service: '999' },
		}),
	},
	{
		name: 'Slot: Reserve',
		prepare: async () => ({
			parameters: { resource: 'slot', operation: 'reserve', start: OPENING, ...SERVICE_LOST },
			good: [{ service: '101' }, { service: '102' }],
			bad: { service: '999' },
		}),
	},
	{
		name: 'Event Type: Get Many',
		prepare: async () => ({
			parameters: {
				...{ resource: 'service', operation: 'getMany', limit: 1 },
				options: { teamId: '={{ $json.team }}' },
			},
			good: [{ team: '' }, { team: '7' }],
			bad: { team: 'nothing' },
		}),
	},
	{
		name: 'Event: Convert to Appointment',
		prepare: async () => {
			const event = { triggerEvent: 'BOOKING_CREATED', uid: 'u', startTime: OPENING };
			return {
				parameters: { resource: 'event', operation: 'toAppointment' },
				good: [event, event],
				bad: { hello: 'world' },
			};
		},
	},
];

describe.each(cases)('$name', ({ prepare }) => {
	it('links every output item to the item it comes from', async () => {
		const { parameters, good } = await prepare(at);
		const { outputs, error } = await at.run(parameters, { items: good });
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('gives a failed item in its place, linked, with what happened and how to fix it', async () => {
		const { parameters, good, bad } = await prepare(at);
		const items = [bad, good[1] ?? {}];
		const { outputs } = await at.run(parameters, { items, onError: 'continueRegularOutput' });
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(outputs[0]?.[0]?.json).toEqual({ error: expect.any(String), message: expect.any(String) });
		expect(outputs[0]?.[1]?.json).not.toHaveProperty('error');
	});
});
