import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

const root = path.resolve(__dirname, '../..');

/** A node or credential as its source file declares it. */
interface Declared<Type> {
	name: string;
	/** Absolute. */
	folder: string;
	/** The path package.json has to name. */
	built: string;
	type: Type;
}

const filesOf = (folder: string, suffix: string) =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(suffix))
		.map((file) => path.join(folder, file))
		.sort();

function declared<Type>(file: string, suffix: string): Declared<Type> {
	const name = path.basename(file, suffix);
	const classes = jest.requireActual<Record<string, new () => Type>>(path.join(root, file));
	const Class = classes[name];
	if (!Class) throw new Error(`${file} exports no class ${name}`);
	return {
		name,
		folder: path.dirname(path.join(root, file)),
		built: path.posix.join('dist', file.split(path.sep).join('/').replace(/ts$/, 'js')),
		type: new Class(),
	};
}

const declaredIn = <Type>(folder: string, suffix: string) =>
	filesOf(folder, suffix).map((file) => declared<Type>(file, suffix));

/** Every node there is a source file for, registered or not. */
export const nodes = declaredIn<INodeType>('nodes', '.node.ts');

/** Every credential there is a source file for, registered or not. */
export const credentials = declaredIn<ICredentialType>('credentials', '.credentials.ts');

/** The checkout's package.json, as far as the house checks it. */
export interface Manifest {
	name: string;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	bundledDependencies?: string[];
	bundleDependencies?: string[];
	scripts?: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

/** Reads package.json of the checkout. */
export const manifest = (): Manifest =>
	JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
