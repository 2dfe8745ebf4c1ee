import type { NodeConnectionType } from 'n8n-workflow';
import type { WorkflowFile } from '../../workflows/build/files';
import type { EditorApi, StoredWorkflow } from './editor-api';

/** A node of a flow made on the spot; positions do not matter there. */
export interface ChainNode {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: Record<string, unknown>;
	/** Type and name of its credential. */
	credential?: [type: string, name: string];
	webhookId?: string;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
	/** What comes before it; the node listed before it unless given. */
	after?: Array<{ node: string; output?: number; input?: number }>;
	/** Of a sub-node such as a tool: which node it hangs on, and by what kind of connection. */
	attached?: { to: string; by: NodeConnectionType };
}

type Connections = WorkflowFile['connections'];

function connectionsOf(nodes: ChainNode[]): Connections {
	const connections: Connections = {};
	const link = (from: string, to: string, type: NodeConnectionType, output = 0, index = 0) => {
		const outputs = ((connections[from] ??= {})[type] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type, index });
	};
	let previous: ChainNode | undefined;
	for (const node of nodes) {
		if (node.attached) {
			link(node.name, node.attached.to, node.attached.by);
			continue;
		}
		const before = node.after ?? (previous ? [{ node: previous.name }] : []);
		for (const { node: from, output, input } of before) link(from, node.name, 'main', output, input);
		previous = node;
	}
	return connections;
}

/**
 * Imports and switches on a flow whose nodes follow one another, or what they name; sub-nodes hang on the node they
 * name.
 *
 * @param editor signed in
 * @param name the flow's name; one of that name is written over
 */
export async function publishChain(
	editor: EditorApi,
	name: string,
	chain: ChainNode[],
): Promise<StoredWorkflow> {
	const nodes = await Promise.all(
		chain.map(async ({ credential, parameters = {}, typeVersion = 1, attached: _, after: __, ...node }) => ({
			...node,
			id: node.name,
			typeVersion,
			parameters,
			position: [0, 0] as [number, number],
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
	const connections = connectionsOf(chain);
	const file = { name, nodes, connections, settings: { executionOrder: 'v1' } } as WorkflowFile;
	const stored = await editor.saveWorkflow(file);
	await editor.publish(stored);
	return stored;
}
