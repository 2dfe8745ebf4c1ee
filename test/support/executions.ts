import { parse } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';
import type { Execution } from '../../sandbox/src/editor-api';
import { eventually, theHouse } from './house';

/** A machine that is busy with other tests lets flows end late. */
const PATIENCE_SECONDS = 60;

/** Waits until n8n runs nothing any more; a form that nobody has filled in yet does not count. */
export async function untilIdle(): Promise<void> {
	await theHouse().untilIdle(PATIENCE_SECONDS);
}

/** Waits until n8n runs nothing, then empties the simulated providers and the given tables. */
export async function startAfresh(...tables: string[]): Promise<void> {
	await untilIdle();
	theHouse().world.reset();
	await theHouse().editor.clearTables(...tables);
}

/** A flow's executions, newest first. */
export async function executionsOf(folder: string): Promise<Execution[]> {
	return await theHouse().editor.executions({ workflowId: theHouse().flowIds.get(folder) });
}

/** What every node of an execution got and gave. */
export async function runOf(executionId: string): Promise<IRunExecutionData> {
	const { data } = await theHouse().editor.execution(executionId);
	return parse(data) as IRunExecutionData;
}

/** What the newest of a flow's executions failed with, message and description; undefined where it did not. */
export async function errorOf([last]: Execution[]): Promise<string | undefined> {
	if (!last) throw new Error('The flow never ran');
	const { error } = (await runOf(last.id)).resultData;
	return error && [error.message, error.description].filter(Boolean).join(' ');
}

/** `errorOf` the flow of that folder. */
export const lastErrorOf = async (folder: string): Promise<string | undefined> =>
	await errorOf(await executionsOf(folder));

/** Waits until a flow has so many executions, all of them finished; gives them oldest first. */
export async function finished(workflowId: string, count: number): Promise<Execution[]> {
	return await eventually(async () => {
		const all = await theHouse().editor.executions({ workflowId });
		expect(all.filter(({ status }) => !['success', 'error'].includes(status))).toEqual([]);
		expect(all).toHaveLength(count);
		return all.reverse();
	});
}

/** What ended executions of a flow that failed. */
export async function problemsOf(workflowId: string): Promise<string[]> {
	const all = await theHouse().editor.executions({ workflowId });
	const failed = all.filter(({ status }) => !['success', 'new', 'running'].includes(status));
	return await Promise.all(
		failed.map(async ({ id, status }) => (await runOf(id)).resultData.error?.message ?? status),
	);
}

/** Waits for a flow's finished executions and gives the items of one of its nodes, oldest execution first. */
export async function outputsOf(workflowId: string, node: string, count: number): Promise<unknown[][]> {
	const done = await finished(workflowId, count);
	return await Promise.all(
		done.map(async ({ id }) => {
			const run = await runOf(id);
			if (run.resultData.error) throw new Error(`The flow ended with: ${run.resultData.error.message}`);
			return (run.resultData.runData[node]?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json);
		}),
	);
}
