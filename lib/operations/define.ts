import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ItemInput } from './input';

/** What an operation gives back for one input item: one output item, several, or none. */
export type Output = IDataObject | IDataObject[] | undefined;

interface Described {
	/** Title Case, as the operation list shows it. */
	name: string;
	value: string;
	/** Sentence case with the resource and without an article, as the node panel shows it. */
	action: string;
	description: string;
	/** Without displayOptions for resource and operation: `propertiesOf` adds them. */
	fields: INodeProperties[];
}

/** An operation that makes its own call for each item. */
export interface ItemOperation<Api> extends Described {
	run(step: { api: Api; input: ItemInput }): Promise<Output> | Output;
}

/** An operation that sends many items in one call and answers for each of them. */
export interface BatchOperation<Api, Unit = unknown> extends Described {
	/** How many units go into one call; read once for the whole run. */
	batchSize(first: ItemInput): number;
	/** Reads and checks one item; what it throws fails that item alone. */
	prepare(step: { api: Api; input: ItemInput }): Promise<Unit> | Unit;
	/** One call for all units; the answer has one entry a unit, in the same order. */
	runBatch(api: Api, units: Unit[]): Promise<Array<Output | Error>>;
}

export type Operation<Api> = ItemOperation<Api> | BatchOperation<Api>;

export interface Resource<Api> {
	/** Singular, Title Case. */
	name: string;
	value: string;
	operations: Array<Operation<Api>>;
}

/**
 * Declares an operation that makes its own call for each item.
 *
 * @param definition fields, texts and `run`; `run` gets the provider's api and the item's readers, and
 *   knows neither item index nor loop: the runner links, retries nothing and reports errors.
 */
export const operation = <Api>(definition: ItemOperation<Api>): ItemOperation<Api> => definition;

/**
 * Declares an operation that sends many items in one call.
 *
 * @param definition `prepare` runs for each item and may refuse it; `runBatch` gets the accepted ones.
 */
export const batchOperation = <Api, Unit>(definition: BatchOperation<Api, Unit>): BatchOperation<Api> =>
	definition as BatchOperation<Api>;

/** Declares a resource: a name and its operations. */
export const resource = <Api>(definition: Resource<Api>): Resource<Api> => definition;

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'en');

const operationSelector = <Api>({ value, operations }: Resource<Api>): INodeProperties => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: [value] } },
	options: operations
		.map(({ name, value: operationValue, action, description }): INodePropertyOptions => ({
			name,
			value: operationValue,
			action,
			description,
		}))
		.sort(byName),
	default: operations[0]?.value ?? '',
});

/** A field shared by several operations (the same object) becomes one property shown for all of them. */
function fieldsOf<Api>({ value: resourceValue, operations }: Resource<Api>): INodeProperties[] {
	const shownFor = new Map<INodeProperties, string[]>();
	for (const { value, fields } of operations) {
		for (const field of fields) shownFor.set(field, [...(shownFor.get(field) ?? []), value]);
	}
	return [...shownFor].map(([field, values]) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { resource: [resourceValue], operation: values, ...field.displayOptions?.show },
		},
	}));
}

/**
 * Makes a node's properties out of its resources: the resource list, one operation list a resource and
 * every field, shown where it belongs.
 *
 * @param resources in any order; lists are sorted by name, as n8n's guidelines ask
 * @returns properties for `INodeTypeDescription.properties`
 */
export function propertiesOf<Api>(resources: Array<Resource<Api>>): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })).sort(byName),
			default: resources[0]?.value ?? '',
		},
		...resources.map(operationSelector),
		...resources.flatMap(fieldsOf),
	];
}
