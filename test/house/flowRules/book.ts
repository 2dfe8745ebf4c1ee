import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers, type INode, type INodeParameters, type INodeTypeDescription } from 'n8n-workflow';
import { databaseCredentials } from '../../../sandbox/src/database';
import { providers } from '../../../sandbox/src/providers';
import { ensureN8n } from '../../../sandbox/src/runtime';
import {
	dataTables,
	flowFile,
	flowNames,
	readFlow,
	readSettings,
	type FlowNode,
	type FlowSettings,
	type WorkflowFile,
} from '../../../workflows/build/files';
import { manifest, nodes } from '../registry';

/** A flow's folder, as the rules look at it. */
export interface FlowFolder {
	folder: string;
	flow: WorkflowFile;
	settings: FlowSettings;
	/** Texts of the other files, by name; undefined where there is none. */
	files: Record<'README.md' | 'sample-input.json' | 'settings.json', string | undefined>;
}

/** What flows may refer to. */
export interface Book {
	/** The description of a node's type in the node's version; undefined where n8n has none. */
	describe(node: Pick<FlowNode, 'type' | 'typeVersion'>): INodeTypeDescription | undefined;
	/** Columns by table. */
	tables: Map<string, Set<string>>;
	/** Flows by their names in n8n. */
	flows: Map<string, WorkflowFile>;
	/** `type:name` of the sandbox's credentials. */
	credentials: Set<string>;
}

/** What a rule finds wrong in a flow, one line each; nothing where all is well. */
export type Rule = (folder: FlowFolder, book: Book) => string[];

const MODULES = path.resolve(__dirname, '../../../sandbox/node_modules');
export const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** The descriptions that a package of n8n was published with: reading them is quick, loading the nodes is not. */
function publishedNodes(name: string): Array<[type: string, description: INodeTypeDescription]> {
	const file = path.join(MODULES, name, 'dist', 'types', 'nodes.json');
	const descriptions = JSON.parse(readFileSync(file, 'utf8')) as INodeTypeDescription[];
	return descriptions.map((description) => [`${name}.${description.name}`, description]);
}

function ownNodes(): Array<[type: string, description: INodeTypeDescription]> {
	const { name } = manifest();
	return nodes.map(({ type: { description } }) => [
		`${name}.${description.name}`,
		description as INodeTypeDescription,
	]);
}

/** n8n makes a tool of every node that says it is usable as one, and adds the fields of a tool. */
const asTool = (description: INodeTypeDescription): INodeTypeDescription => ({
	...description,
	outputs: ['ai_tool'],
	properties: [
		...description.properties,
		{ displayName: 'Description', name: 'descriptionType', type: 'string', default: 'auto' },
		{ displayName: 'Description', name: 'toolDescription', type: 'string', default: '' },
	],
});

/** Reads everything that flows may refer to: n8n's nodes (installed at the first call) and ours, tables, flows, the sandbox's credentials. */
export async function readBook(): Promise<Book> {
	await ensureN8n();
	const known = new Map<string, INodeTypeDescription[]>();
	const all = [
		...publishedNodes('n8n-nodes-base'),
		...publishedNodes('@n8n/n8n-nodes-langchain'),
		...ownNodes(),
	];
	for (const [type, description] of all) {
		known.set(type, [...(known.get(type) ?? []), description]);
		if (!description.usableAsTool) continue;
		known.set(`${type}Tool`, [...(known.get(`${type}Tool`) ?? []), asTool(description)]);
	}
	const credentials = [
		...(await providers()).flatMap((provider) => provider.credentials ?? []),
		...databaseCredentials(),
	];
	return {
		describe: ({ type, typeVersion }) =>
			known.get(type)?.find(({ version }) => [version].flat().includes(typeVersion)),
		tables: new Map(
			dataTables().map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))]),
		),
		flows: new Map(flowNames().map((folder) => [readFlow(folder).name, readFlow(folder)])),
		credentials: new Set(credentials.map(({ type, name }) => `${type}:${name}`)),
	};
}

/** Reads a flow's folder. */
export function readFolder(folder: string): FlowFolder {
	const textOf = (file: string) =>
		existsSync(flowFile(folder, file)) ? readFileSync(flowFile(folder, file), 'utf8') : undefined;
	return {
		folder,
		flow: readFlow(folder),
		settings: readSettings(folder),
		files: {
			'README.md': textOf('README.md'),
			'sample-input.json': textOf('sample-input.json'),
			'settings.json': textOf('settings.json'),
		},
	};
}

/** The nodes that do something. */
export const workingNodes = ({ nodes }: WorkflowFile): FlowNode[] =>
	nodes.filter(({ type }) => type !== STICKY_NOTE);

/** Links to other flows are filled in on installation; until then n8n hides the fields that depend on them. */
function asInstalled({ parameters }: FlowNode): INodeParameters {
	const { workflowId } = parameters as { workflowId?: { cachedResultName?: string } };
	const linked = workflowId?.cachedResultName ? { workflowId: { ...workflowId, value: 'linked' } } : {};
	return { ...parameters, ...linked } as INodeParameters;
}

/** A node's parameters with the defaults of what is not given, as n8n runs it; hidden ones are left out. */
export const fullParameters = (node: FlowNode, description: INodeTypeDescription): INodeParameters =>
	NodeHelpers.getNodeParameters(
		description.properties,
		asInstalled(node),
		true,
		false,
		node as unknown as INode,
		description,
	) ?? {};

/** A text in a node's parameters, and where it stands: `assignments.assignments.0.value`. */
export interface PlacedText {
	node: string;
	at: string;
	text: string;
}

function textsIn(value: unknown, at: string, node: string): PlacedText[] {
	if (typeof value === 'string') return [{ node, at, text: value }];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, at ? `${at}.${key}` : key, node));
}

/** Every text in the parameters of some nodes. */
export const parameterTexts = (among: FlowNode[]): PlacedText[] =>
	among.flatMap(({ name, parameters }) => textsIn(parameters, '', name));

/** Every text in the samples that a flow's triggers hold. */
export const sampleTexts = ({ pinData = {} }: WorkflowFile): PlacedText[] =>
	Object.entries(pinData).flatMap(([name, items]) => textsIn(items, 'sample', name));

/** Those texts that n8n evaluates: expressions, and the source of Code nodes. */
export const evaluatedTexts = (flow: WorkflowFile): PlacedText[] =>
	parameterTexts(workingNodes(flow)).filter(({ at, text }) => text.startsWith('=') || at === 'jsCode');
