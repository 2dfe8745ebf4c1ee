import path from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { pageOf } from '../docs/generate/pageOf';
import { filesIn, load } from '../docs/generate/sources';

/** One provider's nodes and credentials, as its own package holds them. */
export interface Service {
	/** The name of its page in docs/providers, and the end of its package's name. */
	name: string;
	/** As the interface calls it. */
	displayName: string;
	/** Below nodes/. */
	folder: string;
	/** Source files relative to the checkout. */
	nodeFiles: string[];
	credentialFiles: string[];
	nodes: INodeType[];
	credentials: ICredentialType[];
}

interface Loaded<Type> {
	file: string;
	type: Type;
}

const loadAll = async <Type>(folder: string, ending: string): Promise<Array<Loaded<Type>>> =>
	await Promise.all(filesIn(folder, ending).map(async (file) => ({ file, type: await load<Type>(file) })));

/**
 * Every service of this repository, by folder of nodes: what n8n calls one package for one service.
 * A credential belongs to the service whose nodes name it.
 */
export async function services(): Promise<Service[]> {
	const nodes = await loadAll<INodeType>('nodes', '.node.ts');
	const credentials = await loadAll<ICredentialType>('credentials', '.credentials.ts');
	const folders = [...new Set(nodes.map(({ file }) => path.dirname(file)))].sort();
	return folders.map((folder) => {
		const own = nodes.filter(({ file }) => path.dirname(file) === folder);
		const named = new Set(
			own.flatMap(({ type }) => type.description.credentials?.map(({ name }) => name) ?? []),
		);
		const kept = credentials.filter(({ type }) => named.has(type.name));
		return {
			name: pageOf(own[0]?.file ?? ''),
			displayName: own[0]?.type.description.displayName ?? '',
			folder: path.basename(folder),
			nodeFiles: own.map(({ file }) => file),
			credentialFiles: kept.map(({ file }) => file),
			nodes: own.map(({ type }) => type),
			credentials: kept.map(({ type }) => type),
		};
	});
}
