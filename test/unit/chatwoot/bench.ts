import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { ChatwootAccountApi } from '../../../credentials/ChatwootAccountApi.credentials';
import { systemClock } from '../../../lib/clock';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { ChatwootSimulator, CREDENTIALS } from '../../../sandbox/simulators/chatwoot';
import type { ChatwootSettings } from '../../../sandbox/simulators/chatwoot-store';
import { intercept } from '../../support/intercept';
import { runNode, type NodeRun, type NodeRunOptions } from '../../support/n8n';

export const HOST = 'https://chat.frontdesk.example';

export const credential = (
	accessToken = CREDENTIALS.administrator,
	more: Record<string, string | boolean> = {},
) => ({
	type: new ChatwootAccountApi(),
	data: { accessToken, installation: 'selfHosted', baseUrl: HOST, headerName: 'api_access_token', ...more },
});

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export interface RunOptions extends Omit<NodeRunOptions, 'parameters'> {
	/** Files of the first input item. */
	binary?: IBinaryKeyData;
}

/** The node, with files put to the first item, which the test engine's items cannot carry. */
const withFiles = (binary: IBinaryKeyData): INodeType => {
	const node = new Chatwoot();
	return {
		description: node.description,
		async execute(this: IExecuteFunctions) {
			const [first] = this.getInputData();
			if (first) first.binary = binary;
			return await node.execute.call(this);
		},
	};
};

/** Runs an operation in account 1, given as `contact.match`. */
export async function run(name: string, parameters: IDataObject, options: RunOptions = {}): Promise<NodeRun> {
	const [resource, operation] = name.split('.');
	const { binary, ...rest } = options;
	return await runNode(binary ? withFiles(binary) : new Chatwoot(), {
		credentials: [credential()],
		...rest,
		parameters: { resource, operation, account: byId('1'), ...parameters },
	});
}

/** The json of all output items; throws what ended the run. */
export async function items(
	name: string,
	parameters: IDataObject,
	options: RunOptions = {},
): Promise<IDataObject[]> {
	const { outputs, error } = await run(name, parameters, options);
	if (error) throw error;
	return (outputs[0] ?? []).map(({ json }) => json);
}

/** Chatwoot at its hosts, and a clock that makes waits short. */
export function chatwootBench(settings: ChatwootSettings = {}) {
	const simulator = new ChatwootSimulator(settings);
	const world = intercept(simulator);
	const clock = jest.spyOn(systemClock, 'wait').mockResolvedValue();
	const calls = () => world.callsTo('chatwoot');
	return {
		simulator,
		world,
		calls,
		/** Method and path below the account of every call, with its query. */
		asked: () =>
			calls().map(({ request }) => {
				const { pathname, search } = new URL(request.url);
				return `${request.method} ${pathname.replace('/api/v1/accounts/1', '')}${decodeURIComponent(search)}`;
			}),
		/** The JSON body of the last call. */
		sent: () => JSON.parse(calls().at(-1)?.request.body ?? 'null') as unknown,
		stop: () => {
			clock.mockRestore();
			world.stop();
		},
	};
}

export type Bench = ReturnType<typeof chatwootBench>;

/** Numbers that are the same in every run, evenly spread from 0 up to 1 (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
