import { existsSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import type { IDataObject, INodeType } from 'n8n-workflow';
import { APPOINTMENT_SCHEMA, SLOT_SCHEMA } from '../../lib/appointment';
import { intercept } from '../../test/support/intercept';
import { runNode } from '../../test/support/n8n';
import { BEGINNING, type Earlier, type SampleRun, type Samples } from './samples/kind';
import { steadyIds } from './steady';
import { stopClock, type StillClock } from './still';

/** What an operation was given and what it answered. */
export interface Sample {
	/** The node's parameters, as an exported workflow holds them. */
	parameters: IDataObject;
	item?: IDataObject;
	output: IDataObject;
	/** How many items the output had. */
	items: number;
}

/** Samples by "resource.operation". */
export type SampleBook = Map<string, Sample>;

/** Pages that have to show a sample of every operation. */
const COMPLETE = ['altegio', 'booksy', 'calcom', 'calendly'];
const MINUTE = 60_000;

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const shapes = { appointment: ajv.compile(APPOINTMENT_SCHEMA), slot: ajv.compile(SLOT_SCHEMA) };

const keyOf = ({ resource, operation }: Pick<SampleRun, 'resource' | 'operation'>) =>
	`${resource}.${operation}`;

function shapeOf({ shape, resource }: SampleRun): keyof typeof shapes | undefined {
	if (shape === 'none') return undefined;
	if (shape) return shape;
	return resource === 'appointment' || resource === 'slot' ? resource : undefined;
}

/** Holds every output item to the shape that all booking nodes share. */
function insistOnShape(run: SampleRun, outputs: IDataObject[]): void {
	const shape = shapeOf(run);
	if (!shape) return;
	const { beyond = [] } = run;
	for (const output of outputs) {
		const own = Object.fromEntries(Object.entries(output).filter(([name]) => !beyond.includes(name)));
		if (shapes[shape](own)) continue;
		throw new Error(`${keyOf(run)} does not answer as ${shape}: ${ajv.errorsText(shapes[shape].errors)}`);
	}
}

type Stage = Samples & { node: INodeType };

async function perform({ node, credentials }: Stage, run: SampleRun, earlier: Earlier): Promise<Sample> {
	const { resource, operation, parameters = {}, item } = run;
	const given = (value: typeof item) => (typeof value === 'function' ? value(earlier) : value);
	const set = { resource, operation, ...given(parameters) };
	const incoming = given(item);
	const { outputs, error } = await runNode(node, {
		parameters: set,
		items: [incoming ?? {}],
		credentials,
	});
	if (error)
		throw new Error(`The sample of ${keyOf(run)} ended: ${error.message} ${error.description ?? ''}`);
	const items = (outputs[0] ?? []).map(({ json }) => json);
	const [output] = items;
	if (!output) throw new Error(`The sample of ${keyOf(run)} gave nothing`);
	insistOnShape(run, items);
	return { parameters: set, item: incoming, output, items: items.length };
}

async function performAll(stage: Stage, clock: StillClock): Promise<SampleBook> {
	const book: SampleBook = new Map();
	const outputs = new Map<string, IDataObject>();
	const steady = steadyIds();
	const earlier: Earlier = (run) => {
		const output = outputs.get(run);
		if (!output) throw new Error(`No run ${run} before this one`);
		return output;
	};
	for (const run of stage.runs) {
		clock.moveTo(run.at ? Date.parse(run.at) : clock.now() + MINUTE);
		run.before?.(earlier);
		const sample = await perform(stage, run, earlier);
		outputs.set(run.as ?? keyOf(run), sample.output);
		if (!run.as) book.set(keyOf(run), steady(sample));
	}
	return book;
}

/**
 * Runs a page's samples through n8n's engine against the simulated provider, on a clock that stands still.
 *
 * @param page name of the page; its samples are declared in `samples/<page>.ts`
 * @param node the action node of the page
 * @returns undefined where none are declared
 * @throws where a run ends in an error, or an answer breaks the shape of all booking nodes
 */
export async function samplesOf(page: string, node: INodeType): Promise<SampleBook | undefined> {
	const file = path.join(__dirname, 'samples', `${page}.ts`);
	if (!existsSync(file)) {
		if (COMPLETE.includes(page)) throw new Error(`docs/generate/samples/${page}.ts is missing`);
		return undefined;
	}
	const { samples } = (await import(file)) as { samples: (now: () => Date) => Samples };
	const clock = stopClock(Date.parse(BEGINNING));
	let world: ReturnType<typeof intercept> | undefined;
	try {
		const declared = samples(() => new Date(clock.now()));
		world = intercept(...(declared.simulators ?? []));
		return await performAll({ ...declared, node }, clock);
	} finally {
		world?.stop();
		clock.release();
	}
}

/** How to read the samples; stands once on a page. */
export const ABOUT_SAMPLES =
	"The samples below are real runs of the node in n8n's engine, against the simulated provider and one after another. Sample input is the node's parameters as an exported workflow holds them; what is left out has its default.";

const LONGEST_LIST = 2;

/** Cuts lists to their first entries; tells whether it did. */
function cut(value: unknown): { value: unknown; isCut: boolean } {
	if (typeof value !== 'object' || value === null) return { value, isCut: false };
	const isList = Array.isArray(value);
	const kept = Object.entries(value)
		.slice(0, isList ? LONGEST_LIST : undefined)
		.map(([key, inner]) => ({ key, ...cut(inner) }));
	const isCut = (isList && value.length > LONGEST_LIST) || kept.some((one) => one.isCut);
	return {
		value: isList
			? kept.map((one) => one.value)
			: Object.fromEntries(kept.map((one) => [one.key, one.value])),
		isCut,
	};
}

const block = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

/** The part of an operation's section that shows what goes in and what comes out. */
export function sampleSection({ parameters, item, output, items }: Sample): string {
	const shown = cut(output);
	const notes = [
		...(items > 1 ? [`The first of ${items} items.`] : []),
		...(shown.isCut ? [`Lists are cut to ${LONGEST_LIST} entries.`] : []),
	];
	return [
		'#### Sample input',
		block(parameters),
		...(item ? ['The item that comes in:', block(item)] : []),
		'#### Sample output',
		...(notes.length > 0 ? [notes.join(' ')] : []),
		block(shown.value),
	].join('\n\n');
}
