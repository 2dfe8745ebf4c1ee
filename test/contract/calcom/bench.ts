import type { IDataObject } from 'n8n-workflow';
import { CalComApi } from '../../../credentials/CalComApi.credentials';
import { CalCom } from '../../../nodes/CalCom/CalCom.node';
import { CalComSimulator, CREDENTIALS, type CalComSettings } from '../../../sandbox/simulators/calcom';
import { intercept } from '../../support/intercept';
import { runNode, type NodeRun, type NodeRunOptions } from '../../support/n8n';

/** A Monday, 8 o'clock in Warsaw: an hour before the studio opens. */
export const NOW = '2050-01-10T07:00:00Z';
/** The studio's first time on that day. */
export const OPENING = '2050-01-10T09:00:00+01:00';

/** The credential as an operator of the hosted Cal.com would have it. */
export const credential = (data: IDataObject = {}) => ({
	type: new CalComApi(),
	data: { ...CREDENTIALS, region: 'cloud', bookingsVersion: '2024-08-13', ...data } as never,
});

/** A studio at Cal.com's hosts, and the node to run against it. */
export function studio(settings: CalComSettings = {}) {
	const clock = { now: new Date(NOW) };
	const simulator = new CalComSimulator({ now: () => clock.now, ...settings });
	const world = intercept(simulator);
	const run = async (parameters: IDataObject, more: NodeRunOptions = {}): Promise<NodeRun> =>
		await runNode(new CalCom(), {
			credentials: [credential()],
			...more,
			parameters: parameters,
		});
	return {
		simulator,
		world,
		run,
		/** Moves the studio's clock. */
		at: (time: string) => (clock.now = new Date(time)),
		/** Runs and gives the first output's items; throws where the node ended in an error. */
		items: async (parameters: IDataObject, more?: NodeRunOptions): Promise<IDataObject[]> => {
			const { outputs, error } = await run(parameters, more);
			if (error) throw error;
			return outputs[0]?.map(({ json }) => json) ?? [];
		},
		/** Method and path of every call, in order. */
		calls: () =>
			world.callsTo('calcom').map(({ request }) => `${request.method} ${new URL(request.url).pathname}`),
		/** The bodies of the calls that a method and the end of a path single out. */
		sent: (method: string, ending: string) =>
			world
				.callsTo('calcom')
				.filter(({ request }) => request.method === method && new URL(request.url).pathname.endsWith(ending))
				.map(({ request }) => JSON.parse(request.body) as IDataObject),
		stop: () => world.stop(),
	};
}

export type Studio = ReturnType<typeof studio>;

/** The locator of an event type by ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Parameters of Booking: Create, for the studio's consultation at its opening. */
export const creating = (more: IDataObject = {}): IDataObject => ({
	resource: 'appointment',
	operation: 'create',
	service: byId('101'),
	start: OPENING,
	timeZone: 'Europe/Warsaw',
	clientName: 'Jane Kowalska',
	clientEmail: 'jane@example.com',
	clientPhone: '+48 601 234 567',
	leadKey: 'lead-1',
	notes: 'First visit',
	...more,
});

/** Parameters of an operation on a booking. */
export const on = (operation: string, appointmentId: unknown, more: IDataObject = {}): IDataObject => ({
	resource: 'appointment',
	operation,
	appointmentId: appointmentId as string,
	...more,
});

/** Parameters of Slot: Get Many for the studio's day. */
export const finding = (more: IDataObject = {}): IDataObject => ({
	resource: 'slot',
	operation: 'getMany',
	service: byId('101'),
	rangeStart: OPENING,
	rangeEnd: '2050-01-10T18:00:00+01:00',
	timeZone: 'Europe/Warsaw',
	...more,
});

/** Books at the opening, or elsewhere, and gives the new booking's ID. */
export async function booked(at: Studio, more: IDataObject = {}): Promise<string> {
	const [made] = await at.items(creating(more));
	return String(made?.id);
}
