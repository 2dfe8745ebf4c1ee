import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import type { ICredentialType, INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { requestOptions } from '../../lib/http';
import { filesIn, load, loadNodes } from './sources';
import { rowsOf, tableOf } from './properties';
import { ABOUT_SAMPLES, sampleSection, samplesOf, type SampleBook } from './samples';

const ROOT = path.resolve(__dirname, '../..');
export const FOLDER = path.join(ROOT, 'docs', 'providers');

/** A description with its full stop: n8n writes one sentence without, several with. */
export const sentence = (text = '') => (/[.!?]$/.test(text) ? text : `${text}.`);

const choices = (properties: INodeProperties[], name: string, resource?: string): INodePropertyOptions[] =>
	properties
		.filter((property) => property.name === name)
		.filter((property) => !resource || property.displayOptions?.show?.resource?.includes(resource))
		.flatMap((property) => (property.options ?? []) as INodePropertyOptions[]);

function fieldsFor(properties: INodeProperties[], resource: string, operation: string): INodeProperties[] {
	return properties.filter(({ name, displayOptions }) => {
		if (['resource', 'operation', requestOptions.name].includes(name)) return false;
		const { resource: resources, operation: operations } = displayOptions?.show ?? {};
		if (displayOptions?.hide?.resource?.includes(resource)) return false;
		return (!resources || resources.includes(resource)) && (!operations || operations.includes(operation));
	});
}

/** The samples of an operation; a page that has some has to have all. */
function samplePart(samples: SampleBook | undefined, operation: string, node: string): string[] {
	if (!samples) return [];
	const sample = samples.get(operation);
	if (!sample) throw new Error(`${node} has no sample of ${operation}: add it in docs/generate/samples`);
	return [sampleSection(sample)];
}

/** A node's heading, what it is for, and its panel as `npm run docs:pictures` took it. */
const opening = ({ description: { name, displayName, description } }: INodeType) => [
	`## ${displayName}`,
	sentence(description),
	`<img src="../pictures/nodes/${name}.png" width="420" alt="Panel of ${displayName} in n8n's editor">`,
];

function actionSection(node: INodeType, samples: SampleBook | undefined): string {
	const { properties, displayName } = node.description;
	const parts = choices(properties, 'resource').flatMap(({ name: resourceName, value: resource }) =>
		choices(properties, 'operation', String(resource)).map(({ name, value, description: what }) =>
			[
				`### ${resourceName}: ${name}`,
				sentence(what),
				tableOf(rowsOf(fieldsFor(properties, String(resource), String(value)))),
				...samplePart(samples, `${resource}.${value}`, displayName),
			].join('\n\n'),
		),
	);
	const shared = properties.includes(requestOptions)
		? [
				'### Request Options',
				'Every operation has these.',
				tableOf(rowsOf(requestOptions.options as INodeProperties[])),
			]
		: [];
	const origin = samples ? [ABOUT_SAMPLES] : [];
	return [...opening(node), ...origin, ...parts, ...shared].join('\n\n');
}

/** Whether a node starts flows. */
export const isTrigger = ({ description }: INodeType) => description.group.includes('trigger');

const triggerSection = (node: INodeType) =>
	[...opening(node), tableOf(rowsOf(node.description.properties))].join('\n\n');

function credentialSection({ displayName, properties }: ICredentialType): string {
	return [`### ${displayName}`, tableOf(rowsOf(properties))].join('\n\n');
}

/** "Booking: Create, Get" for each resource of a node; a node with one resource needs no name for it. */
export function operationsOf({ description: { properties } }: INodeType): string {
	const resources = choices(properties, 'resource');
	return resources
		.map(({ name, value }) => {
			const names = choices(properties, 'operation', String(value)).map((operation) => operation.name);
			return resources.length > 1 ? `_${name}_: ${names.join(', ')}` : names.join(', ');
		})
		.join('<br>');
}

/** A row for each node of the front page's table: its name, linked to its page, and what it does. */
export async function nodeRows(): Promise<string[][]> {
	return (await loadNodes()).map(({ page, node }) => [
		`[**${node.description.displayName}**](docs/providers/${page}.md)`,
		isTrigger(node) ? sentence(node.description.description) : operationsOf(node),
	]);
}

/**
 * Writes every provider's page from the descriptions that n8n itself shows.
 *
 * @returns Markdown by page name; what a person wrote stands in `<page>.intro.md` beside it and comes first
 */
export async function providerPages(): Promise<Map<string, string>> {
	const credentials = await Promise.all(
		filesIn('credentials', '.credentials.ts').map((file) => load<ICredentialType>(file)),
	);
	const nodes = await loadNodes();
	const pages = new Map<string, string>();
	for (const page of [...new Set(nodes.map((entry) => entry.page))]) {
		const own = nodes.filter((entry) => entry.page === page).map(({ node }) => node);
		const used = new Set(
			own.flatMap(({ description }) => description.credentials?.map(({ name }) => name) ?? []),
		);
		const intro = path.join(FOLDER, `${page}.intro.md`);
		const action = own.find((node) => !isTrigger(node));
		const samples =
			action &&
			(await samplesOf(page, action).catch((error: Error) => {
				throw new Error(`docs/providers/${page}.md: ${error.message}`);
			}));
		const title = own[0]?.description.displayName ?? page;
		const text = [
			existsSync(intro) ? readFileSync(intro, 'utf8').trim() : `# ${title}`,
			...own.map((node) => (isTrigger(node) ? triggerSection(node) : actionSection(node, samples))),
			...(used.size > 0 ? ['## Credentials'] : []),
			...credentials.filter(({ name }) => used.has(name)).map(credentialSection),
			'\\* required. Made by `npm run docs` from the node descriptions.',
		].join('\n\n');
		pages.set(page, await format(text, { parser: 'markdown' }));
	}
	return pages;
}
