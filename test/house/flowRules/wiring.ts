import type { INodeTypeDescription } from 'n8n-workflow';
import type { FlowNode, Target, WorkflowFile } from '../../../workflows/build/files';
import { workingNodes, type Book, type Rule } from './book';
import { askedCredentials } from './nodes';

/** They call a network without a credential of their own. */
const CALLERS = [
	'n8n-nodes-base.httpRequest',
	'n8n-nodes-base.quickChart',
	'@n8n/n8n-nodes-langchain.agent',
	'@n8n/n8n-nodes-langchain.chainLlm',
	'@n8n/n8n-nodes-langchain.chainSummarization',
	'@n8n/n8n-nodes-langchain.informationExtractor',
	'@n8n/n8n-nodes-langchain.sentimentAnalysis',
	'@n8n/n8n-nodes-langchain.textClassifier',
];
/**
 * Their credential is a key for work done inside n8n, or guards a page that n8n itself shows. Postgres and Redis hold
 * a flow's own state, as Data Tables do: what cannot be kept has to stop the flow, with the database's message, which
 * the node's error output loses (n8n 2.40.7).
 */
const STAY_HOME = [
	'n8n-nodes-base.crypto',
	'n8n-nodes-base.jwt',
	'n8n-nodes-base.postgres',
	'n8n-nodes-base.redis',
	'n8n-nodes-base.totp',
	'n8n-nodes-base.wait',
];

interface Edge extends Target {
	from: string;
	kind: string;
	output: number;
}

const edgesOf = ({ connections }: WorkflowFile): Edge[] =>
	Object.entries(connections).flatMap(([from, kinds]) =>
		Object.entries(kinds).flatMap(([kind, outputs]) =>
			outputs.flatMap((targets, output) =>
				(targets ?? []).map((target) => ({ ...target, from, kind, output })),
			),
		),
	);

const isTrigger = (description?: INodeTypeDescription) => description?.group.includes('trigger') ?? false;

/** Sub-nodes give a model, a memory, a tool: the node they serve is the one that fails. */
const isSubNode = ({ outputs }: INodeTypeDescription) =>
	Array.isArray(outputs) &&
	outputs.length > 0 &&
	outputs.every((output) => String(typeof output === 'string' ? output : output.type).startsWith('ai_'));

/** Whether a node calls a provider over the network. */
export function callsNetwork(node: FlowNode, { describe }: Pick<Book, 'describe'>): boolean {
	const description = describe(node);
	if (!description || isTrigger(description) || isSubNode(description)) return false;
	if (CALLERS.includes(node.type)) return true;
	return !STAY_HOME.includes(node.type) && askedCredentials(node, description).length > 0;
}

/** Connections from or to nodes that are not there, and nodes that nothing leads to or, as a trigger, from. */
export const nodesAreConnected: Rule = ({ flow }, { describe }) => {
	const edges = edgesOf(flow);
	const names = flow.nodes.map(({ name }) => name);
	const loose = edges
		.filter(({ from, node }) => !names.includes(from) || !names.includes(node))
		.map(({ from, node }) => `${from} → ${node}: one of them is not there`);
	const lonely = workingNodes(flow).filter((node) => {
		const leads = edges.some(({ from }) => from === node.name);
		const isReached = edges.some((edge) => edge.node === node.name);
		const serves = edges.some(({ from, kind }) => from === node.name && kind !== 'main');
		return isTrigger(describe(node)) ? !leads : !isReached && !serves;
	});
	return [...loose, ...lonely.map(({ name }) => `${name}: connected to nothing`)];
};

/** Nodes that call a provider and whose error leads nowhere. */
export const errorsLeadSomewhere: Rule = ({ flow }, book) => {
	const edges = edgesOf(flow);
	return workingNodes(flow)
		.filter((node) => callsNetwork(node, book))
		.flatMap((node) => {
			if (node.onError !== 'continueErrorOutput')
				return [`${node.name}: calls a provider, so On Error has to be "Continue (using error output)"`];
			const outputs = book.describe(node)?.outputs;
			const errorOutput = Array.isArray(outputs) ? outputs.length : 1;
			const isWired = edges.some(
				({ from, kind, output }) => from === node.name && kind === 'main' && output === errorOutput,
			);
			return isWired ? [] : [`${node.name}: its error output leads nowhere`];
		});
};

interface Link {
	value?: unknown;
	mode?: string;
	cachedResultName?: string;
}

/** What a flow that is called by others takes; undefined where it takes anything. */
function inputsOf(flow: WorkflowFile): string[] | undefined {
	const trigger = flow.nodes.find(({ type }) => type === 'n8n-nodes-base.executeWorkflowTrigger');
	const { workflowInputs } = (trigger?.parameters ?? {}) as {
		workflowInputs?: { values?: Array<{ name: string }> };
	};
	return workflowInputs?.values?.map(({ name }) => name);
}

/** Calls of flows that are not there, calls by id, and inputs that differ from what the called flow declares. */
export const callsMatch: Rule = ({ flow }, { flows }) =>
	workingNodes(flow).flatMap(({ name, type, parameters }) => {
		if (!/\.(executeWorkflow|toolWorkflow)$/.test(type)) return [];
		const { value, mode, cachedResultName } = (parameters.workflowId ?? {}) as Link;
		if (mode !== 'list' || value !== '' || !cachedResultName)
			return [`${name}: names the flow it calls (cachedResultName), and leaves its ID empty`];
		const called = flows.get(cachedResultName);
		if (!called) return [`${name}: there is no flow "${cachedResultName}"`];
		const declared = inputsOf(called);
		if (!declared) return [];
		const mapped = (parameters.workflowInputs as { value?: object | null } | undefined)?.value ?? {};
		const given = Object.keys(mapped);
		return [
			...declared
				.filter((input) => !given.includes(input))
				.map((input) => `${name}: "${cachedResultName}" also takes "${input}"`),
			...given
				.filter((input) => !declared.includes(input))
				.map((input) => `${name}: "${cachedResultName}" takes no "${input}"`),
		];
	});
