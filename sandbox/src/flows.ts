import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DataTable, EditorApi, WorkflowFile } from './editor-api';
import { WORKFLOWS } from './paths';

const readJson = <T>(...parts: string[]): T => JSON.parse(readFileSync(path.join(...parts), 'utf8')) as T;

/** A flow's file, as exported from n8n. */
export const readFlow = (name: string): WorkflowFile => readJson(WORKFLOWS, name, 'workflow.json');

/** The folders under workflows/ that hold a flow. */
export const flowNames = (): string[] =>
	readdirSync(WORKFLOWS)
		.filter((name) => existsSync(path.join(WORKFLOWS, name, 'workflow.json')))
		.sort();

/** The Data Tables that flows keep their state in. */
export function dataTables(): DataTable[] {
	const tables = readJson<
		Array<{ name: string; columns: Record<string, DataTable['columns'][number]['type']> }>
	>(WORKFLOWS, 'tables.json');
	return tables.map(({ name, columns }) => ({
		name,
		columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
	}));
}

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

/**
 * Imports flows and switches them on.
 *
 * @param editor signed in
 * @param credentialIds by `type:name`
 * @param names folders under workflows/
 * @returns workflow ids by folder name
 */
export async function publishFlows(
	editor: EditorApi,
	credentialIds: Map<string, string>,
	names: string[],
): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	for (const name of names) {
		const stored = await editor.saveWorkflow(withCredentials(readFlow(name), credentialIds));
		await editor.publish(stored);
		ids.set(name, stored.id);
	}
	return ids;
}
