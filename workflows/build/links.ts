import { flowNames, readFlow, type WorkflowFile } from './files';

/** The flow that every other tells of its errors. */
export const ERROR_FLOW = 'Tell the salon about errors';

/** How a flow names another that it calls: by the other's name, as the editor's list shows it. */
export interface FlowLink {
	value: string;
	cachedResultName?: string;
}

/** The link in a node's parameters; undefined where the node calls no flow. */
export const linkIn = (parameters: Record<string, unknown>): FlowLink | undefined => {
	const link = parameters.workflowId as FlowLink | undefined;
	return link?.cachedResultName ? link : undefined;
};

/** The names of the flows that a flow calls. */
export const calledFlows = ({ nodes }: WorkflowFile): string[] => [
	...new Set(nodes.flatMap(({ parameters }) => linkIn(parameters)?.cachedResultName ?? [])),
];

/**
 * Flow files name the flows they call and the one that hears of their errors; n8n wants ids.
 *
 * @param ids by flow name
 */
export function withLinks(flow: WorkflowFile, ids: Map<string, string>): WorkflowFile {
	const nodes = flow.nodes.map((node) => {
		const link = linkIn(node.parameters);
		if (!link) return node;
		const value = ids.get(String(link.cachedResultName)) ?? '';
		return { ...node, parameters: { ...node.parameters, workflowId: { ...link, value } } };
	});
	const errorWorkflow = ids.get(ERROR_FLOW);
	return {
		...flow,
		nodes,
		settings: { ...flow.settings, ...(errorWorkflow && flow.name !== ERROR_FLOW && { errorWorkflow }) },
	};
}

/** Flows in an order in which each comes after those it calls: n8n publishes no flow that calls an unpublished one. */
export function inOrderOfCalls(flows: Map<string, WorkflowFile>): string[] {
	const folders = new Map([...flows].map(([folder, { name }]) => [name, folder]));
	const done = new Set<string>();
	const visit = (folder: string, way: string[]) => {
		if (done.has(folder)) return;
		if (way.includes(folder)) throw new Error(`Flows call each other in a circle: ${way.join(', ')}`);
		for (const name of calledFlows(flows.get(folder) as WorkflowFile)) {
			const called = folders.get(name);
			if (!called) throw new Error(`The flow "${folder}" calls "${name}", which is not among the flows`);
			visit(called, [...way, folder]);
		}
		done.add(folder);
	};
	const error = folders.get(ERROR_FLOW);
	if (error) visit(error, []);
	for (const folder of flows.keys()) visit(folder, []);
	return [...done];
}

/** Folders of the given flows, of those they call, directly or through one another, and of the one that hears of errors. */
export function withCalled(folders: string[]): string[] {
	const all = new Map(flowNames().map((folder) => [readFlow(folder).name, folder]));
	const found = new Set<string>();
	const add = (folder: string) => {
		if (found.has(folder)) return;
		found.add(folder);
		for (const name of calledFlows(readFlow(folder))) add(all.get(name) ?? name);
	};
	if (folders.length > 0) [...folders, all.get(ERROR_FLOW) ?? ERROR_FLOW].forEach(add);
	return [...found];
}
