import { parse } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';
import type { StoredWorkflow, WorkflowFile } from '../../sandbox/src/editor-api';
import { eventually, theHouse } from './house';

/** A node of a flow that only a test needs; positions do not matter there. */
export interface TestNode {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: Record<string, unknown>;
	/** Type and name of its credential. */
	credential?: [type: string, name: string];
	webhookId?: string;
	executeOnce?: boolean;
}

/**
 * Imports and switches on a flow whose nodes follow one another.
 *
 * @param name the flow's name; one of that name is written over
 */
export async function publishChain(name: string, chain: TestNode[]): Promise<StoredWorkflow> {
	const { editor } = theHouse();
	const nodes = await Promise.all(
		chain.map(async ({ credential, parameters = {}, typeVersion = 1, ...node }) => ({
			...node,
			id: node.name,
			typeVersion,
			parameters,
			position: [0, 0],
			...(credential && {
				credentials: {
					[credential[0]]: {
						id: await editor.credentialId(credential[1], credential[0]),
						name: credential[1],
					},
				},
			}),
		})),
	);
	const connections = Object.fromEntries(
		chain
			.slice(0, -1)
			.map(({ name: from }, index) => [
				from,
				{ main: [[{ node: chain[index + 1]?.name, type: 'main', index: 0 }]] },
			]),
	);
	const file = { name, nodes, connections, settings: { executionOrder: 'v1' } } as WorkflowFile;
	const stored = await editor.saveWorkflow(file);
	await editor.publish(stored);
	return stored;
}

/** Waits for a flow's finished executions and gives the items of one of its nodes, oldest execution first. */
export async function outputsOf(workflowId: string, node: string, count: number): Promise<unknown[][]> {
	const { editor } = theHouse();
	const done = await eventually(async () => {
		const all = (await editor.executions(workflowId)).filter(({ status }) =>
			['success', 'error'].includes(status),
		);
		expect(all).toHaveLength(count);
		return all.reverse();
	});
	return await Promise.all(
		done.map(async ({ id }) => {
			const { data } = await editor.execution(id);
			const run = parse(data) as IRunExecutionData;
			if (run.resultData.error) throw new Error(`The flow ended with: ${run.resultData.error.message}`);
			return (run.resultData.runData[node]?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json);
		}),
	);
}
