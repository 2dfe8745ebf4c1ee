import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { ItemInput } from '../../../lib/operations';

const NODE: INode = {
	id: 'node',
	name: 'Node',
	type: 'test.node',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The fields of one item of a node in Warsaw, filled with whatever came. */
export const inputOf = (values: IDataObject): ItemInput =>
	new ItemInput(
		Object.keys(values).map((name) => ({ name, displayName: `The ${name}` })),
		{
			getNode: () => NODE,
			getTimezone: () => 'Europe/Warsaw',
			getNodeParameter: (name: string, _: number, fallback: unknown) =>
				Object.hasOwn(values, name) ? values[name] : fallback,
			getInputData: () => [{ json: {} }],
		} as unknown as IExecuteFunctions,
		0,
	);
