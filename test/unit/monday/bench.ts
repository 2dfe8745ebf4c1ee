import type { IDataObject } from 'n8n-workflow';
import { MondayLeadsApi } from '../../../credentials/MondayLeadsApi.credentials';
import { systemClock } from '../../../lib/clock';
import { MondayLeads } from '../../../nodes/MondayLeads/MondayLeads.node';
import type { Exchange } from '../../../sandbox/simulators/kit';
import { MONDAY_TOKEN, MondaySimulator, type MondaySettings } from '../../../sandbox/simulators/monday';
import { intercept } from '../../support/intercept';
import { runNode, type NodeRun, type NodeRunOptions } from '../../support/n8n';

export const LEADS = '1234567890';
export const EVERY_COLUMN = '2234567890';

export const credential = (token = MONDAY_TOKEN, apiVersion = '') => ({
	type: new MondayLeadsApi(),
	data: { token, apiVersion },
});

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** What the column mapper stores for values typed or mapped by hand. */
export const mapped = (value: IDataObject) => ({
	mappingMode: 'defineBelow',
	value,
	matchingColumns: [],
	schema: [],
	attemptToConvertTypes: false,
	convertFieldsToString: false,
});

export const matchOn = (...rules: Array<{ column: string; value: string }>) => ({ rules });

/** Runs an operation on the board of leads. */
export const run = async (
	operation: string,
	parameters: IDataObject,
	options: Omit<NodeRunOptions, 'parameters'> = {},
): Promise<NodeRun> =>
	await runNode(new MondayLeads(), {
		credentials: [credential()],
		...options,
		parameters: { resource: 'item', operation, board: byId(LEADS), ...parameters },
	});

/** monday.com at its host, and a clock that makes waits short and notes them. */
export function mondayBench(settings: MondaySettings = {}) {
	const simulator = new MondaySimulator(settings);
	const world = intercept(simulator);
	const waits: number[] = [];
	const clock = jest.spyOn(systemClock, 'wait').mockImplementation(async (milliseconds) => {
		waits.push(milliseconds);
		// However quick the machine: a request under the same key is over when it is asked for again.
		await new Promise((resolve) => setTimeout(resolve, 5 + (settings.workMilliseconds ?? 0)));
	});
	const bodyOf = ({ request }: Exchange) =>
		JSON.parse(request.body) as { query: string; variables: Record<string, unknown> };
	const calls = () => world.callsTo('monday');
	return {
		simulator,
		world,
		waits,
		calls,
		bodies: () => calls().map(bodyOf),
		/** Requests whose document uses a root field. */
		using: (field: string) => calls().filter((call) => bodyOf(call).query.includes(`: ${field}(`)),
		bodyOf,
		items: (board = LEADS) => simulator.content.itemsOf(simulator.content.board(board)),
		/** Puts an item on the board as somebody in monday.com would. */
		given: (name: string, values: IDataObject, board = LEADS) =>
			simulator.content.create(board, undefined, name, values, false),
		stop: () => {
			clock.mockRestore();
			world.stop();
		},
	};
}

export type Bench = ReturnType<typeof mondayBench>;

export const email = (address: string, text = address) => ({ email: address, text });
