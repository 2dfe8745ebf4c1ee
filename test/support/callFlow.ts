import axios from 'axios';
import { readFlow } from '../../workflows/build/files';
import { errorOf } from './executions';
import { eventually, theHouse } from './house';
import { publishChain } from './temporary';

interface FlowInput {
	name: string;
	type?: string;
}

interface Answer {
	index: number;
	output: unknown;
}

const TRIGGER = 'n8n-nodes-base.executeWorkflowTrigger';

/** Workflow id and webhook address of the calling flows of this n8n, by its address and the called flow's folder. */
const callers = new Map<string, Promise<{ id: string; url: string }>>();

function inputsOf(folder: string): FlowInput[] {
	const trigger = readFlow(folder).nodes.find(({ type }) => type === TRIGGER);
	if (!trigger) throw new Error(`No other flow can call "${folder}": it has no Execute Workflow Trigger`);
	return (trigger.parameters.workflowInputs as { values: FlowInput[] }).values;
}

const post = async (url: string, items: Array<{ index: number; input: object }>) =>
	await axios.post<Answer[]>(url, { items }, { proxy: false, validateStatus: () => true });

async function publishCaller(folder: string): Promise<{ id: string; url: string }> {
	const house = theHouse();
	const path = `call-${folder}`;
	const inputs = inputsOf(folder);
	const flow = await publishChain(`Call ${folder}`, [
		{
			name: 'Receive the items',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: path,
			parameters: {
				path,
				httpMethod: 'POST',
				responseMode: 'lastNode',
				responseData: 'allEntries',
				options: {},
			},
		},
		{
			name: 'Items',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'body.items', options: {} },
		},
		{
			name: 'Call',
			type: 'n8n-nodes-base.executeWorkflow',
			typeVersion: 1.3,
			parameters: {
				workflowId: { __rl: true, mode: 'list', value: house.flowIds.get(folder) },
				workflowInputs: {
					mappingMode: 'defineBelow',
					value: Object.fromEntries(inputs.map(({ name }) => [name, `={{ $json.input.${name} }}`])),
					matchingColumns: [],
					schema: inputs.map(({ name, type = 'string' }) => ({
						id: name,
						displayName: name,
						required: false,
						defaultMatch: false,
						display: true,
						canBeUsedToMatch: true,
						...(type !== 'any' && { type }),
					})),
					attemptToConvertTypes: false,
					convertFieldsToString: false,
				},
				mode: 'once',
				options: {},
			},
		},
		{
			name: 'Answer',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: "={{ { index: $('Items').item.json.index, output: $json } }}",
				options: {},
			},
		},
	]);
	const url = house.webhook(path);
	// n8n registers a webhook a moment after its flow is switched on.
	await eventually(async () => expect(await post(url, [])).not.toHaveProperty('status', 404));
	return { id: flow.id, url };
}

const callerOf = async (folder: string) => {
	const key = `${theHouse().n8n.url}/${folder}`;
	const caller = callers.get(key) ?? publishCaller(folder);
	callers.set(key, caller);
	return await caller;
};

/**
 * Calls a sub-flow as another flow does: Execute Workflow, all items at once. A flow made for this on the first call
 * stays published.
 *
 * @param folder the sub-flow's folder under workflows/
 * @param items what each item gives the sub-flow's inputs; an input that is left out arrives as null
 * @returns one output item an input item, in order
 * @throws Error with the sub-flow's own message when it fails, or when an output item is not linked to its input item
 */
export async function callFlow<Output>(folder: string, items: object[]): Promise<Output[]> {
	const { id, url } = await callerOf(folder);
	const { status, data } = await post(
		url,
		items.map((input, index) => ({ index, input })),
	);
	if (status !== 200)
		throw new Error(
			`The flow "${folder}" failed: ${await errorOf(await theHouse().editor.executions({ workflowId: id }))}`,
		);
	expect(data.map(({ index }) => index)).toEqual(items.map((_, index) => index));
	return data.map(({ output }) => output as Output);
}

/** Calls a sub-flow with one item; see `callFlow`. */
export async function callFlowOnce<Output>(folder: string, item: object): Promise<Output> {
	const [output] = await callFlow<Output>(folder, [item]);
	return output as Output;
}
