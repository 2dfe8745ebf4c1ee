import { readFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import {
	flowFile,
	flowNames,
	readFlow,
	readSettings,
	type FlowNode,
	type FlowSettings,
	type WorkflowFile,
} from '../../workflows/build/files';
import { calledFlows } from '../../workflows/build/links';
import { TASKS } from './tasks';

const ROOT = path.resolve(__dirname, '../..');
/** Where the flows' pages are. */
export const FLOW_PAGES = path.join(ROOT, 'docs', 'flows');

const CALLED_TRIGGER = 'n8n-nodes-base.executeWorkflowTrigger';

const INDEX_INTRO = `# Flows

Every flow is a folder under [\`workflows\`](../../workflows). There are two ways to have them:

- **All at once**: \`npm run flows -- --package\` makes \`artifacts/frontdesk.n8np\`, a package in n8n's own format, with the
  flows linked to one another. Install it through n8n's public API; the key needs the scope _workflow:import_:

  \`\`\`sh
  curl -H "X-N8N-API-KEY: <your key>" -F package=@artifacts/frontdesk.n8np \\
    -F workflowConflictPolicy=new-version <your n8n>/api/v1/n8n-packages/import
  \`\`\`

  It creates empty credentials for you to fill in, and switches nothing on. Installing a later package the same way
  updates the flows in place; with \`-F workflowPublishingPolicy=match-source\` they are switched on as well.

- **One by one**: import its \`workflow.json\` in n8n's editor, choose your credentials, and choose the flows it calls in
  its Execute Workflow nodes. Those are listed on its page and come first.

Run [Set up Frontdesk](setup.md) before any other.`;

const row = (cells: string[]) =>
	`| ${cells.map((cell) => cell.replace(/\|/g, '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
/** A Markdown table; bars and line breaks in cells are made harmless. */
export const table = (head: string[], rows: string[][]) =>
	[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const code = (text: string) => (text === '' ? '' : `\`${text}\``);

/** A link of a README in workflows/<flow>/, as a page in docs/flows/ has to write it. */
function movedLink(target: string, folder: string): string {
	if (/^([a-z]+:|#)/i.test(target)) return target;
	const resolved = path.posix.join('workflows', folder, target);
	const other = /^workflows\/([\w-]+)\/README\.md(#.*)?$/.exec(resolved);
	return other ? `${other[1]}.md${other[2] ?? ''}` : path.posix.relative('docs/flows', resolved);
}

const movedReadme = (folder: string) =>
	readFileSync(flowFile(folder, 'README.md'), 'utf8')
		.trim()
		.replace(/\]\(([^)\s]+)\)/g, (_, target: string) => `](${movedLink(target, folder)})`);

/** `sendGridTool` of n8n-nodes-base becomes "Send Grid Tool": the page says which kind of node it is. */
const kindOf = ({ type }: FlowNode) =>
	(type.split('.').pop() ?? '')
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.replace(/^./, (first) => first.toUpperCase());

/** Which credential is for which nodes. */
function credentialRows({ nodes }: WorkflowFile): string[][] {
	const rows = nodes.flatMap((node) =>
		Object.values(node.credentials ?? {}).map(({ name }) => ({
			credential: name,
			kind: kindOf(node),
			node: node.name,
		})),
	);
	const names = [...new Set(rows.map(({ credential }) => credential))].sort();
	return names.map((name) => {
		const own = rows.filter(({ credential }) => credential === name);
		const kinds = [...new Set(own.map(({ kind }) => kind))].join(', ');
		return [name, kinds, own.map(({ node }) => `_${node}_`).join(', ')];
	});
}

const placeholdersIn = (texts: FlowSettings['texts'][string]) => [
	...new Set(
		Object.values(texts).flatMap(({ subject = '', text }) => `${subject} ${text}`.match(/\{\w+\}/g) ?? []),
	),
];

function settingsPart({ settings, texts }: FlowSettings): string[] {
	const templates = Object.entries(texts);
	return [
		...(settings.length > 0
			? [
					'### Settings',
					'In the Data Table `frontdesk_settings`; an empty standard value is for you to fill in.',
					table(
						['setting', 'standard', 'what it is'],
						settings.map(({ key, value, description }) => [code(key), code(value), description]),
					),
				]
			: []),
		...(templates.length > 0
			? [
					'### Texts',
					'In the same table, as `text.<name>.<language>` and, for e-mails, `subject.<name>.<language>`.',
					table(
						['name', 'may hold', 'in English'],
						templates.map(([name, languages]) => [
							code(name),
							placeholdersIn(languages).map(code).join(' '),
							languages.en?.text ?? '',
						]),
					),
				]
			: []),
	];
}

const tablesOf = ({ nodes }: WorkflowFile): string[] => [
	...new Set(
		nodes.flatMap(({ parameters }) => {
			const { value, mode } = (parameters.dataTableId ?? {}) as { value?: string; mode?: string };
			return mode === 'name' && value ? [value] : [];
		}),
	),
];

interface Flows {
	/** By folder. */
	files: Map<string, WorkflowFile>;
	/** Folders by name. */
	folders: Map<string, string>;
}

const linkTo = (name: string, { folders }: Flows) => `[${name}](${folders.get(name) ?? ''}.md)`;

function usesPart(folder: string, flows: Flows): string[] {
	const flow = flows.files.get(folder) as WorkflowFile;
	const credentials = credentialRows(flow);
	const called = calledFlows(flow);
	const callers = [...flows.files.values()].filter((other) => calledFlows(other).includes(flow.name));
	const tables = tablesOf(flow);
	return [
		...(credentials.length > 0
			? ['### Credentials', table(['credential', 'kind of node', 'nodes'], credentials)]
			: []),
		...settingsPart(readSettings(folder)),
		...(tables.length > 0 ? ['### Data Tables', `${tables.map(code).join(', ')}.`] : []),
		...(called.length > 0
			? ['### Flows it calls', `${called.map((name) => linkTo(name, flows)).join(', ')}.`]
			: []),
		...(callers.length > 0
			? ['### Flows that call it', `${callers.map(({ name }) => linkTo(name, flows)).join(', ')}.`]
			: []),
	];
}

/** How to try a flow whose trigger holds a sample. */
function samplePart({ pinData = {} }: WorkflowFile): string[] {
	const triggers = Object.keys(pinData).map((name) => `_${name}_`);
	if (triggers.length === 0) return [];
	return [
		'## Try it',
		`${triggers.join(' and ')} ${triggers.length > 1 ? 'hold a sample each' : 'holds a sample'}, pinned: click _Execute workflow_ in the editor, and the flow runs with it, before anybody calls. It asks the providers whose credentials you chose. Unpin it to listen for a real call; once the flow is switched on, the sample does nothing.`,
	];
}

/** The README's first sentence below its title and picture. */
function gistOf(folder: string): string {
	const [gist = ''] = movedReadme(folder)
		.split('\n\n')
		.filter((part) => !/^(#|!\[)/.test(part));
	return /^.*?\.(?=\s|$)/s.exec(gist)?.[0] ?? gist;
}

/** Whether only other flows start it. */
const isCalledOnly = ({ nodes }: WorkflowFile) =>
	nodes.filter(({ type }) => /trigger$/i.test(type)).every(({ type }) => type === CALLED_TRIGGER);

/** A task of the business, and the flows for it. */
export interface FlowGroup {
	task: string;
	flows: Array<{ folder: string; name: string; gist: string }>;
}

/** Every flow under the task it is for; those that only other flows call come last. */
export function flowGroups(): FlowGroup[] {
	const files = new Map(flowNames().map((folder) => [folder, readFlow(folder)]));
	const known = [...files.keys()];
	const told = TASKS.map(({ task, flows }) => ({ task, flows: flows.filter((flow) => files.has(flow)) }));
	const rest = known.filter((folder) => !TASKS.some(({ flows }) => flows.includes(folder)));
	const called = rest.filter((folder) => isCalledOnly(files.get(folder) as WorkflowFile));
	const groups = [
		...told,
		{ task: 'More', flows: rest.filter((folder) => !called.includes(folder)) },
		{ task: 'Called by the flows above', flows: called },
	];
	return groups
		.map(({ task, flows }) => ({
			task,
			flows: flows.map((folder) => ({ folder, name: String(files.get(folder)?.name), gist: gistOf(folder) })),
		}))
		.filter(({ flows }) => flows.length > 0);
}

function indexPage(): string {
	const parts = flowGroups().flatMap(({ task, flows }) => [
		`## ${task}`,
		table(
			['flow', 'what it does'],
			flows.map(({ folder, name, gist }) => [`[${name}](${folder}.md)`, gist]),
		),
	]);
	return [INDEX_INTRO, ...parts].join('\n\n');
}

/**
 * Writes every flow's page from its README and its files, and the index of them all.
 *
 * @returns Markdown by page name; `README` is the index
 */
export async function flowPages(): Promise<Map<string, string>> {
	const files = new Map(flowNames().map((folder) => [folder, readFlow(folder)]));
	const flows: Flows = { files, folders: new Map([...files].map(([folder, { name }]) => [name, folder])) };
	const markdown = (parts: string[]) => format(parts.join('\n\n'), { parser: 'markdown' });
	const pages = new Map([['README', await markdown([indexPage()])]]);
	for (const folder of files.keys()) {
		const uses = usesPart(folder, flows);
		const own = [
			movedReadme(folder),
			...samplePart(files.get(folder) as WorkflowFile),
			...(uses.length > 0 ? ['## What it uses', ...uses] : []),
		];
		pages.set(folder, await markdown([...own, "Made by `npm run docs` from the flow's own files."]));
	}
	return pages;
}
