import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import manifest from '../package.json';
import { FOLDER, isTrigger, operationsOf, sentence } from '../docs/generate/pages';
import type { Service } from './services';

const HOME = 'https://github.com/frontdesk-n8n/n8n-nodes-frontdesk';
/** What stands for its service in the keywords of package.json, where the name differs. */
const KEYWORDS: Record<string, string[]> = {
	calcom: ['cal.com', 'booking', 'appointments'],
	ga4: ['ga4', 'google analytics', 'measurement protocol'],
	instagramdirect: ['instagram', 'direct messages'],
	monday: ['monday.com', 'leads', 'crm'],
	phonenumber: ['phone', 'e164'],
	twilio: ['twilio', 'sms', 'whatsapp'],
};

/** The name on npm of a service's own package. */
export const packageName = ({ name }: Pick<Service, 'name'>): string => `${manifest.name}-${name}`;

const built = (file: string) =>
	path.posix.join('dist', file.split(path.sep).join('/').replace(/\.ts$/, '.js'));

const describes = ({ nodes }: Service) =>
	nodes.find((node) => !isTrigger(node))?.description.description ?? '';

/** The package.json of a service's own package. */
export function manifestOf(service: Service): object {
	const { version, license, bugs, author, repository, engines, peerDependencies, n8n } = manifest;
	const { nodeFiles, credentialFiles, name } = service;
	return {
		name: packageName(service),
		version,
		description: describes(service),
		keywords: ['n8n-community-node-package', ...(KEYWORDS[name] ?? [name])],
		license,
		homepage: `${HOME}/blob/main/docs/providers/${name}.md`,
		bugs,
		author,
		repository,
		engines,
		files: ['dist', 'CHANGELOG.md', 'THIRD_PARTY_NOTICES.md'],
		n8n: { ...n8n, credentials: credentialFiles.map(built), nodes: nodeFiles.map(built) },
		peerDependencies,
	};
}

/** Links of a page in docs/providers, as they have to be where the page is not beside them. */
const absolute = (text: string) =>
	text.replace(/\]\((?!https?:|#)([^)\s]+)\)/g, (_, target: string) => {
		const file = path.posix.normalize(path.posix.join('docs/providers', target));
		return `](${HOME}/blob/main/${file})`;
	});

/** What a person wrote of the service, without its title; empty where nothing is written. */
function introOf({ name }: Service): string {
	const file = path.join(FOLDER, `${name}.intro.md`);
	if (!existsSync(file)) return '';
	return absolute(readFileSync(file, 'utf8').replace(/^# .*\n/, '')).trim();
}

const nodesPart = ({ nodes }: Service) =>
	nodes
		.map(({ description, ...node }) => {
			const whole = { ...node, description } as Service['nodes'][number];
			const list = isTrigger(whole) ? '' : `\n\n${operationsOf(whole)}`;
			return `**${description.displayName}**: ${sentence(description.description)}${list}`;
		})
		.join('\n\n');

const credentialsPart = ({ credentials, name }: Service) =>
	credentials.length === 0
		? 'None.'
		: `${credentials.map(({ displayName }) => `**${displayName}**`).join(', ')}. How to get them, field by field: ` +
			`[${name}](${HOME}/blob/main/docs/providers/${name}.md#credentials).`;

/** The README of a service's own package, in the order of n8n's template. */
export async function readmeOf(service: Service): Promise<string> {
	const name = packageName(service);
	const text = [
		`# ${name}`,
		`n8n community nodes for ${service.displayName}. ${sentence(describes(service))}`,
		'## Installation',
		`In n8n open **Settings**, **Community nodes**, **Install**, and enter \`${name}\`.`,
		'## Operations',
		nodesPart(service),
		'## Credentials',
		credentialsPart(service),
		'## Compatibility',
		`The same as of [n8n-nodes-frontdesk](${HOME}#compatibility). No runtime dependencies.`,
		...(introOf(service) === '' ? [] : ['## Usage', introOf(service).replace(/^## /gm, '### ')]),
		'## With the flows of Frontdesk',
		`This package is one service of [n8n-nodes-frontdesk](${HOME}), made from the same sources. Inside n8n its nodes ` +
			`are called \`${name}.…\`, those of the whole package \`n8n-nodes-frontdesk.…\`. The flows of Frontdesk name ` +
			'the latter, so they need the whole package. Install the one or the other: with both, every node stands in ' +
			'the list twice.',
		'## Resources',
		`- [Every field, with samples](${HOME}/blob/main/docs/providers/${service.name}.md)\n` +
			`- [Changes](${HOME}/blob/main/CHANGELOG.md)\n` +
			'- [n8n community nodes](https://docs.n8n.io/integrations/#community-nodes)',
	].join('\n\n');
	return await format(text, { parser: 'markdown' });
}
