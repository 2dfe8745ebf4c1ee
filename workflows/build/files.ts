import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder with one folder a flow. */
export const WORKFLOWS = path.resolve(__dirname, '..');

/** A node of a flow, as n8n exports it. */
export interface FlowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [x: number, y: number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id?: string; name: string }>;
	[more: string]: unknown;
}

/** Where one output of a node leads: the other node, and which of its inputs. */
export interface Target {
	node: string;
	type: string;
	index: number;
}

/** A flow, as n8n exports it. */
export interface WorkflowFile {
	name: string;
	nodes: FlowNode[];
	/** By node name and kind (`main`, `ai_languageModel`, …): a list of targets for each output. */
	connections: Record<string, Record<string, Array<Target[] | null>>>;
	settings?: Record<string, unknown>;
	/** Samples of what triggers give, by the trigger's name: what n8n runs the flow with where a person starts it. */
	pinData?: Record<string, Array<{ json: Record<string, unknown> }>>;
	[more: string]: unknown;
}

export type ColumnType = 'string' | 'number' | 'boolean' | 'date';

export interface DataTable {
	name: string;
	columns: Array<{ name: string; type: ColumnType }>;
}

/** The languages that texts to customers come in. */
export const LANGUAGES = ['en', 'pl', 'es', 'uk', 'ru'] as const;

export type Language = (typeof LANGUAGES)[number];

export interface Text {
	/** Of an e-mail. */
	subject?: string;
	text: string;
}

export interface Setting {
	key: string;
	value: string;
	description: string;
}

/** A flow's `settings.json`: what it reads, with the defaults; account-specific values are empty. */
export interface FlowSettings {
	settings: Setting[];
	/** By template, then language. */
	texts: Record<string, Record<string, Text>>;
}

const readJson = <T>(...parts: string[]): T => JSON.parse(readFileSync(path.join(...parts), 'utf8')) as T;

/** The path of a file in a flow's folder. */
export const flowFile = (folder: string, file: string): string => path.join(WORKFLOWS, folder, file);

/** A flow's file, as exported from n8n. */
export const readFlow = (folder: string): WorkflowFile => readJson(WORKFLOWS, folder, 'workflow.json');

/** The folders under workflows/ that hold a flow. */
export const flowNames = (): string[] =>
	readdirSync(WORKFLOWS)
		.filter((name) => existsSync(flowFile(name, 'workflow.json')))
		.sort();

/** What a flow reads from `frontdesk_settings`; nothing where it has no settings.json. */
export function readSettings(folder: string): FlowSettings {
	const file = flowFile(folder, 'settings.json');
	return existsSync(file) ? readJson<FlowSettings>(file) : { settings: [], texts: {} };
}

/** The Data Tables that flows keep their state in. */
export function dataTables(): DataTable[] {
	const tables = readJson<Array<{ name: string; columns: Record<string, ColumnType> }>>(
		WORKFLOWS,
		'tables.json',
	);
	return tables.map(({ name, columns }) => ({
		name,
		columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
	}));
}
