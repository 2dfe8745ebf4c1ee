import {
	NodeApiError,
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { errorDetails, type ErrorDetails } from '../http';
import { mapBounded } from '../parallel';
import type { BatchOperation, Operation, Output, Resource } from './define';
import { ItemInput } from './input';

/** How many calls run at once unless the operator says otherwise. */
export const DEFAULT_MAX_PARALLEL = 5;

type NodeError = NodeApiError | NodeOperationError;
type Outcome = { output: Output } | { error: NodeError; details?: ErrorDetails };

function selectedOperation<Api>(context: IExecuteFunctions, resources: Array<Resource<Api>>): Operation<Api> {
	const resourceValue = context.getNodeParameter('resource', 0);
	const operationValue = context.getNodeParameter('operation', 0);
	const selected = resources
		.find(({ value }) => value === resourceValue)
		?.operations.find(({ value }) => value === operationValue);
	if (!selected) {
		throw new NodeOperationError(
			context.getNode(),
			`This node has no operation "${String(operationValue)}" on "${String(resourceValue)}"`,
			{ description: 'Choose the resource and the operation from the lists; expressions do not work there.' },
		);
	}
	return selected;
}

/** Every error that leaves a node is one of n8n's two, and says which item it belongs to. */
function toNodeError(context: IExecuteFunctions, thrown: unknown, itemIndex: number): NodeError {
	const error =
		thrown instanceof NodeApiError || thrown instanceof NodeOperationError
			? thrown
			: new NodeOperationError(context.getNode(), thrown instanceof Error ? thrown : String(thrown));
	if (error.context.itemIndex !== undefined && error.context.itemIndex !== itemIndex) {
		return error instanceof NodeApiError
			? new NodeApiError(context.getNode(), {} as JsonObject, {
					message: error.message,
					description: error.description ?? undefined,
					httpCode: error.httpCode ?? undefined,
					itemIndex,
				})
			: new NodeOperationError(context.getNode(), error.message, {
					description: error.description ?? undefined,
					itemIndex,
				});
	}
	error.context.itemIndex = itemIndex;
	return error;
}

/**
 * n8n 2.40.7 tells the model of an agent an error's message alone, so what to do about it has to stand there; in the
 * words that n8n itself used where it called tools directly.
 */
function forModel(context: IExecuteFunctions, error: NodeError): NodeError {
	const { description, message } = error;
	if (context.getNode().rewireOutputLogTo !== NodeConnectionTypes.AiTool) return error;
	if (description && !message.includes(description)) error.message = `${message}\n\nDetails: ${description}`;
	return error;
}

function toItems(outcome: Outcome, itemIndex: number): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if ('error' in outcome) {
		const { error, details } = outcome;
		// n8n sends an item to the error output when it has no other keys than these; before 2.35.3 it knew no details.
		const json: IDataObject = { error: error.message };
		if (error.description) json.message = error.description;
		if (details) json.details = details;
		return [{ json, pairedItem }];
	}
	const { output } = outcome;
	if (output === undefined) return [];
	return (Array.isArray(output) ? output : [output]).map((json) => ({ json, pairedItem }));
}

interface Run<Api> {
	context: IExecuteFunctions;
	api: Api;
	inputs: ItemInput[];
	maxParallel: number;
	/** True once nothing more should be started. */
	stopped(): boolean;
	/** Keeps a failure; the first one ends the run unless Continue On Fail is set. */
	fail(thrown: unknown, itemIndex: number): Outcome;
}

async function runItems<Api>(
	run: Run<Api>,
	operation: Operation<Api> & { run: unknown },
): Promise<Outcome[]> {
	const item = operation as Extract<Operation<Api>, { run: unknown }>;
	return await mapBounded(run.inputs, run.maxParallel, run.stopped, async (input) => {
		try {
			return { output: await item.run({ api: run.api, input }) };
		} catch (error) {
			return run.fail(error, input.itemIndex);
		}
	});
}

async function runBatches<Api>(run: Run<Api>, operation: BatchOperation<Api>): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	const prepared: Array<{ unit: unknown; itemIndex: number }> = [];
	for (const input of run.inputs) {
		if (run.stopped()) break;
		try {
			prepared.push({ unit: await operation.prepare({ api: run.api, input }), itemIndex: input.itemIndex });
		} catch (error) {
			outcomes[input.itemIndex] = run.fail(error, input.itemIndex);
		}
	}
	const size = run.inputs[0] ? operation.batchSize(run.inputs[0]) : 1;
	const batches: Array<typeof prepared> = [];
	for (let start = 0; start < prepared.length; start += size)
		batches.push(prepared.slice(start, start + size));
	await mapBounded(batches, run.maxParallel, run.stopped, async (batch) => {
		let answers: Array<Output | Error>;
		try {
			answers = await operation.runBatch(
				run.api,
				batch.map(({ unit }) => unit),
			);
		} catch (error) {
			answers = batch.map(() => error as Error);
		}
		batch.forEach(({ itemIndex }, position) => {
			const answer = answers[position];
			outcomes[itemIndex] = answer instanceof Error ? run.fail(answer, itemIndex) : { output: answer };
		});
	});
	return outcomes;
}

/**
 * Runs the chosen operation over a node's input items.
 *
 * Calls run at most *Max Parallel Requests* at a time (1: strictly one after another, in order). Output
 * order is input order. Every output item, success or error, carries `pairedItem`. With Continue On Fail
 * an item's failure is an item of its own, `{ error, message }` (what happened, how to fix it) and, with *Error
 * Details*, `details` of a provider's failure (`ErrorDetails`), on the error output where there is one;
 * without it the failure of the lowest item ends the run. A cancelled execution starts no further call.
 *
 * @param context the node's `this`
 * @param resources the node's table of operations
 * @param connect makes the provider's api once for the run
 * @throws NodeApiError | NodeOperationError with the item's index, when an item fails and Continue On Fail is off
 */
export async function runOperations<Api>(
	context: IExecuteFunctions,
	resources: Array<Resource<Api>>,
	connect: (context: IExecuteFunctions) => Promise<Api> | Api,
): Promise<INodeExecutionData[][]> {
	const operation = selectedOperation(context, resources);
	const settings = context.getNodeParameter('requestOptions', 0, {}) as IDataObject;
	const signal = context.getExecutionCancelSignal();
	const failures: NodeError[] = [];
	const continueOnFail = context.continueOnFail();
	const inputs = context.getInputData().map((_, index) => new ItemInput(operation.fields, context, index));
	const fail = (thrown: unknown, itemIndex: number, mayBeSent = true): Outcome => {
		const error = toNodeError(context, thrown, itemIndex);
		failures[itemIndex] = error;
		return { error, details: settings.errorDetails === true ? errorDetails(thrown, mayBeSent) : undefined };
	};
	let api: Api;
	try {
		api = await connect(context);
	} catch (error) {
		if (!continueOnFail) throw forModel(context, toNodeError(context, error, 0));
		return [inputs.flatMap(({ itemIndex }) => toItems(fail(error, itemIndex, false), itemIndex))];
	}
	const maxParallel = Math.max(1, Number(settings.maxParallelRequests) || DEFAULT_MAX_PARALLEL);
	const stopped = () => signal?.aborted === true || (failures.length > 0 && !continueOnFail);
	const run: Run<Api> = { context, api, inputs, maxParallel, stopped, fail };
	const outcomes =
		'runBatch' in operation ? await runBatches(run, operation) : await runItems(run, operation);
	const firstFailure = failures.find((failure) => failure !== undefined);
	if (firstFailure && !continueOnFail) throw forModel(context, firstFailure);
	if (signal?.aborted) throw new NodeOperationError(context.getNode(), 'The execution was cancelled');
	return [outcomes.flatMap((outcome, itemIndex) => toItems(outcome, itemIndex))];
}
