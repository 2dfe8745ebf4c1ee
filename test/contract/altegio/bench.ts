import type { IDataObject } from 'n8n-workflow';
import { AltegioApi } from '../../../credentials/AltegioApi.credentials';
import { Altegio } from '../../../nodes/Altegio/Altegio.node';
import {
	AltegioSimulator,
	CREDENTIALS,
	WEBHOOK_SECRET,
	type AltegioSettings,
} from '../../../sandbox/simulators/altegio';
import type { Exchange } from '../../../sandbox/simulators/kit';
import { intercept } from '../../support/intercept';
import { runNode, type NodeRunOptions } from '../../support/n8n';
import { fakeClock } from '../../unit/altegio/clock';

export const COMPANY = '123456';

/** A credential as an operator would fill it in. */
export const credential = (data: IDataObject = {}) => ({
	type: new AltegioApi(),
	data: { ...CREDENTIALS, webhookSecret: WEBHOOK_SECRET, ...data } as never,
});

/** A resource locator's value. */
export const pick = (value: string) => ({ __rl: true, mode: 'id', value });

/** What a new node has where the operator changes nothing. */
const DEFAULTS: IDataObject = {
	location: pick(COMPANY),
	timeZone: '',
	simplify: true,
	includeRaw: false,
	instagramIn: 'nowhere',
	returnAll: true,
	staff: pick(''),
	filters: {},
	additionalFields: {},
	updateFields: {},
	sort: {},
	requestOptions: { maxRetryWait: 10, timeout: 1 },
};

/** A simulated Altegio on a clock that stands at Monday 2 March 2026, 9:00 in Warsaw. Call `stop` after each test. */
export function openBench(settings: AltegioSettings = {}, clock = fakeClock()) {
	const simulator = new AltegioSimulator({ now: clock.date, ...settings });
	const world = intercept(simulator);
	const run = async (
		resource: string,
		operation: string,
		parameters: IDataObject = {},
		options: Omit<NodeRunOptions, 'parameters'> = {},
	) =>
		await runNode(new Altegio(), {
			credentials: [credential()],
			...options,
			parameters: { ...DEFAULTS, resource, operation, ...parameters },
		});
	return {
		clock,
		simulator,
		world,
		run,
		/** The first output's objects. */
		given: async (...call: Parameters<typeof run>): Promise<IDataObject[]> => {
			const { outputs, error } = await run(...call);
			if (error) throw error;
			return (outputs[0] ?? []).map(({ json }) => json);
		},
		/** What was asked for, as "METHOD path?query". */
		asked: () => world.callsTo('altegio').map(lineOf),
		/** The body of the last request with a method. */
		body: (method: string) => {
			const call = world.callsTo('altegio').findLast(({ request }) => request.method === method);
			return JSON.parse(call?.request.body || '{}') as IDataObject;
		},
		stop: () => {
			world.stop();
			jest.restoreAllMocks();
		},
	};
}

export type Bench = ReturnType<typeof openBench>;

const lineOf = ({ request }: Exchange) => {
	const { pathname, search } = new URL(request.url);
	return `${request.method} ${pathname.replace('/api/v1', '')}${decodeURIComponent(search)}`;
};

/** An appointment of Jane's with Anna, as the simulator's calendar holds it. */
export const book = ({ simulator }: Bench, datetime: string, more: IDataObject = {}) =>
	simulator.records.create(
		{
			staff_id: 555,
			services: [{ id: 331 }],
			client: { name: 'Jane', phone: '12025550123' },
			datetime,
			seance_length: 3600,
			...more,
		},
		false,
	);
