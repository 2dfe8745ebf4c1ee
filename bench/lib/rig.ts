import axios from 'axios';
import { parse } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';
import { publishChain, type ChainNode } from '../../sandbox/src/chain';
import type { House } from '../../sandbox/src/house';
import { watchPeak, workedMilliseconds } from './memory';

/** What a run of a rig took. */
export interface Run {
	/** From the call of the webhook to its answer, in milliseconds. */
	whole: number;
	/** From the start of the first measured node to the end of the last, in milliseconds, by n8n's own clock. */
	nodes: number;
	/** Requests that reached providers. */
	calls: number;
	/** Items that the last measured node gave. */
	items: number;
	/** How long processors worked for n8n, in milliseconds; undefined where the system does not say. */
	work?: number;
	/** By how much n8n's memory rose at most, in kilobytes; undefined where the system does not say. */
	peak?: number;
}

const LONGEST_MILLISECONDS = 300_000;
/** Longer than a signal takes to arrive in a process that has nothing to do. */
const SIGNAL_MILLISECONDS = 200;

type RunData = IRunExecutionData['resultData']['runData'];

/** n8n keeps of each node when it started and how long it took. */
function windowOf(runData: RunData, names: string[]): number {
	const runs = names.flatMap((name) => runData[name] ?? []);
	const start = Math.min(...runs.map(({ startTime }) => startTime));
	return Math.max(...runs.map(({ startTime, executionTime }) => startTime + executionTime)) - start;
}

/** A flow made on the spot that does one thing to all the items it is called with. */
export class Rig {
	private constructor(
		private readonly house: House,
		private readonly id: string,
		private readonly url: string,
		private readonly measured: string[],
	) {}

	/**
	 * Imports the flow and waits until it listens.
	 *
	 * @param name of the flow
	 * @param nodes what is measured, in a row; `Items` comes before the first one
	 */
	static async build(house: House, name: string, nodes: ChainNode[]): Promise<Rig> {
		const path = `bench-${name.toLowerCase().replace(/\W+/g, '-')}`;
		const flow = await publishChain(house.editor, `Bench: ${name}`, [
			{
				name: 'Receive',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				webhookId: path,
				parameters: { path, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
			},
			{
				name: 'Items',
				type: 'n8n-nodes-base.splitOut',
				parameters: { fieldToSplitOut: 'body.items', options: {} },
			},
			...nodes,
			{
				name: 'Done',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				executeOnce: true,
				parameters: { mode: 'raw', jsonOutput: '={{ { items: $input.all().length } }}', options: {} },
			},
		]);
		await house.untilListening(path, 'POST');
		return new Rig(
			house,
			flow.id,
			house.webhook(path),
			nodes.map((node) => node.name),
		);
	}

	/**
	 * Collects n8n's garbage, so that what the next run takes in memory is the run's own.
	 *
	 * @throws Error where n8n does not run
	 */
	async collectGarbage(): Promise<void> {
		process.kill(this.pid(), 'SIGUSR2');
		await new Promise((resolve) => setTimeout(resolve, SIGNAL_MILLISECONDS));
		// n8n answers nothing while it collects.
		await axios.get(`${this.house.n8n.webhookUrl}/healthz`, { proxy: false, timeout: LONGEST_MILLISECONDS });
	}

	/**
	 * Runs the flow once over the items.
	 *
	 * @throws Error with the flow's own message where it fails
	 */
	async run(items: object[]): Promise<Run> {
		const { exchanges } = this.house.world;
		exchanges.length = 0;
		const pid = this.pid();
		const peak = watchPeak(pid);
		const before = workedMilliseconds(pid);
		const start = performance.now();
		const { status } = await axios.post(
			this.url,
			{ items },
			{ proxy: false, timeout: LONGEST_MILLISECONDS, validateStatus: () => true },
		);
		const whole = performance.now() - start;
		const rise = peak();
		const work = before === undefined ? undefined : (workedMilliseconds(pid) ?? 0) - before;
		const { error, runData } = await this.last();
		if (status !== 200 || error) throw new Error(`A flow of the bench failed: ${error?.message ?? status}`);
		const done = runData.Done?.[0]?.data?.main?.[0]?.[0]?.json.items;
		return {
			whole,
			nodes: windowOf(runData, this.measured),
			calls: exchanges.length,
			items: Number(done),
			work,
			peak: rise,
		};
	}

	private pid(): number {
		const pid = this.house.n8n.processes.get('main')?.pid;
		if (pid === undefined) throw new Error('n8n does not run');
		return pid;
	}

	/** The newest execution, once n8n has written it. */
	private async last(): Promise<IRunExecutionData['resultData']> {
		const deadline = Date.now() + LONGEST_MILLISECONDS;
		for (;;) {
			const [newest] = await this.house.editor.executions({ workflowId: this.id });
			if (newest && ['success', 'error', 'crashed'].includes(newest.status)) {
				return (parse((await this.house.editor.execution(newest.id)).data) as IRunExecutionData).resultData;
			}
			if (Date.now() > deadline) throw new Error('A flow of the bench has not ended');
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}
