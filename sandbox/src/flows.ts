import { readFlow, type WorkflowFile } from '../../workflows/build/files';
import { inOrderOfCalls, withLinks } from '../../workflows/build/links';
import type { SandboxEntry } from '../simulators/kit';
import type { EditorApi } from './editor-api';

export type Choices = NonNullable<SandboxEntry['choices']>;

/** Flow files name their credentials; n8n wants ids beside the names, as the editor's credential picker sets them. */
function withCredentials(flow: WorkflowFile, ids: Map<string, string>): WorkflowFile {
	const nodes = flow.nodes.map((node) => ({
		...node,
		credentials:
			node.credentials &&
			Object.fromEntries(
				Object.entries(node.credentials).map(([type, { name }]) => [
					type,
					{ name, id: ids.get(`${type}:${name}`) },
				]),
			),
	}));
	return { ...flow, nodes };
}

/** n8n switches on no flow that only a person starts. */
const isTriedByHand = ({ nodes }: WorkflowFile) =>
	nodes.some(({ type }) => type === 'n8n-nodes-base.manualTrigger') &&
	!nodes.some(({ type }) => type !== 'n8n-nodes-base.manualTrigger' && /trigger$/i.test(type));

/** Whether a field was left open: empty, or a list with nothing chosen. */
function isOpen(field: unknown): boolean {
	const isLocator = typeof field === 'object' && field !== null && '__rl' in field && 'value' in field;
	const chosen = isLocator ? field.value : field;
	return chosen === undefined || chosen === '';
}

/** Fills in what an operator chooses from lists; what a file has chosen stays. */
function withChoices(flow: WorkflowFile, choices: Choices): WorkflowFile {
	const nodes = flow.nodes.map((node) => {
		const open = Object.entries(choices[node.type] ?? {}).filter(([name]) => isOpen(node.parameters[name]));
		return { ...node, parameters: { ...node.parameters, ...Object.fromEntries(open) } };
	});
	return { ...flow, nodes };
}

interface Publishing {
	/** By `type:name`. */
	credentialIds: Map<string, string>;
	/** What the operator chooses from lists. */
	choices: Choices;
	/** Folders of flows that are imported over others, under the others' names: by the other's folder. */
	standIns?: Record<string, string>;
}

/**
 * Imports flows and switches them on.
 *
 * @param editor signed in
 * @param names folders under workflows/
 * @param progress is told which flow it is at
 * @returns workflow ids by folder name
 */
export async function publishFlows(
	editor: EditorApi,
	{ credentialIds, choices, standIns = {} }: Publishing,
	names: string[],
	progress: (state: string) => void,
): Promise<Map<string, string>> {
	const flows = new Map(
		names.map((name) => [name, { ...readFlow(standIns[name] ?? name), name: readFlow(name).name }]),
	);
	const ids = new Map<string, string>();
	const idsByFlowName = new Map<string, string>();
	for (const name of inOrderOfCalls(flows)) {
		progress(`flow ${ids.size + 1} of ${flows.size}`);
		const file = withLinks(withChoices(flows.get(name) as WorkflowFile, choices), idsByFlowName);
		const stored = await editor.saveWorkflow(withCredentials(file, credentialIds));
		if (!isTriedByHand(file)) await editor.publish(stored);
		ids.set(name, stored.id);
		idsByFlowName.set(file.name, stored.id);
	}
	return ids;
}
