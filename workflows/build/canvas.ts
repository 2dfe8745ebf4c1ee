import type { FlowNode, WorkflowFile } from './files';
import { steadyUuid } from './identity';

interface NodeOptions {
	/** One run for all items that come in. */
	executeOnce?: boolean;
	/** Goes on with an empty item where there is nothing to give. */
	alwaysOutputData?: boolean;
	onError?: 'continueRegularOutput';
}

/** n8n's colours of sticky notes. */
const COLOURS = { overview: 1, section: 7 };

/** Puts nodes and notes of an assembled flow on the canvas. */
export class Canvas {
	private readonly nodes: FlowNode[] = [];
	private readonly notes: FlowNode[] = [];
	private readonly connections: WorkflowFile['connections'] = {};

	constructor(
		/** The flow's folder: node ids are derived from it. */
		private readonly folder: string,
		private readonly name: string,
	) {}

	private idOf(what: string): string {
		return steadyUuid(`${this.folder}/${what}`);
	}

	/** Adds a node of n8n's own; type without the package's name. @returns the name, for `chain` and `link` */
	add(
		name: string,
		type: [name: string, version: number],
		position: [number, number],
		parameters: Record<string, unknown>,
		options: NodeOptions = {},
	): string {
		this.nodes.push({
			parameters,
			id: this.idOf(name),
			name,
			type: `n8n-nodes-base.${type[0]}`,
			typeVersion: type[1],
			position,
			...options,
		});
		return name;
	}

	/** Adds an Edit Fields node. @param fields by name: a literal, or an expression that starts with "=" */
	fields(
		name: string,
		position: [number, number],
		fields: Record<string, { type: string; value: unknown }>,
		options: NodeOptions = {},
	): string {
		const assignments = Object.entries(fields).map(([field, { type, value }]) => ({
			id: this.idOf(`${name}/${field}`),
			name: field,
			value,
			type,
		}));
		return this.add(
			name,
			['set', 3.4],
			position,
			{ mode: 'manual', assignments: { assignments }, options: {} },
			options,
		);
	}

	/** Adds an Edit Fields node that gives an object: JSON text, or an expression that starts with "=". */
	json(
		name: string,
		position: [number, number],
		jsonOutput: string,
		{ includeOtherFields = false, ...options }: NodeOptions & { includeOtherFields?: boolean } = {},
	): string {
		const parameters = { mode: 'raw', jsonOutput, includeOtherFields, options: {} };
		return this.add(name, ['set', 3.4], position, parameters, options);
	}

	/** Connects an output of one node with another node. */
	link(from: string, to: string, output = 0): void {
		const outputs = ((this.connections[from] ??= {}).main ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type: 'main', index: 0 });
	}

	/** Connects nodes one after another. */
	chain(...names: string[]): void {
		names.slice(1).forEach((name, index) => this.link(String(names[index]), name));
	}

	/** Adds a sticky note; the overview is the yellow one. */
	note(
		name: string,
		content: string,
		[x, y, width, height]: [number, number, number, number],
		kind: keyof typeof COLOURS = 'section',
	): void {
		this.notes.push({
			parameters: { content, height, width, color: COLOURS[kind] },
			id: this.idOf(`note ${name}`),
			name,
			type: 'n8n-nodes-base.stickyNote',
			typeVersion: 1,
			position: [x, y],
		});
	}

	/** The flow, as n8n exports one. */
	flow(): WorkflowFile {
		return {
			name: this.name,
			nodes: [...this.nodes, ...this.notes],
			connections: this.connections,
			settings: { executionOrder: 'v1' },
			pinData: {},
		};
	}
}
