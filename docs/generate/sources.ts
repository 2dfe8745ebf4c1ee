import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { pageOf } from './pageOf';

const ROOT = path.resolve(__dirname, '../..');

/**
 * Makes the class that a source file is named after.
 *
 * @param file relative to the checkout
 * @throws Error where it exports no class of that name
 */
export async function load<Type>(file: string): Promise<Type> {
	const name = path.basename(file).split('.')[0] ?? '';
	const classes = (await import(path.join(ROOT, file))) as Record<string, new () => Type>;
	const Class = classes[name];
	if (!Class) throw new Error(`${file} exports no class ${name}`);
	return new Class();
}

/** Files below a folder of the checkout by the end of their names, relative to the checkout, in order. */
export const filesIn = (folder: string, ending: string): string[] =>
	readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => path.join(folder, file))
		.sort();

/** Every node with the page it is described on, in the order of their files. */
export const loadNodes = async () =>
	await Promise.all(
		filesIn('nodes', '.node.ts').map(async (file) => ({
			page: pageOf(file),
			node: await load<INodeType>(file),
		})),
	);
