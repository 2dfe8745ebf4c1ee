import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { preProcessFile } from 'typescript';
import { bundledPackages, noticesPage } from '../docs/generate/notices';
import { manifestOf, packageName, readmeOf } from './papers';
import type { Service } from './services';

const ROOT = path.resolve(__dirname, '..');

/** A package that was made. */
export interface MadePackage {
	name: string;
	/** Absolute. */
	folder: string;
	/** Names and versions of the packages of others that are inlined. */
	bundled: string[];
}

/** Writes a file, its folder made first. */
function write(folder: string, file: string, text: string): void {
	mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
	writeFileSync(path.join(folder, file), text);
}

/**
 * Inlines what each node, trigger and credential imports into its own file; what n8n provides stays an import.
 * Console calls are dropped because n8n's scanner refuses `console` in a tarball.
 *
 * @returns the source files that went in, relative to the checkout
 */
async function inline({ nodeFiles, credentialFiles }: Service, folder: string): Promise<string[]> {
	const { metafile } = await build({
		entryPoints: [...nodeFiles, ...credentialFiles],
		absWorkingDir: ROOT,
		outdir: path.join(folder, 'dist'),
		outbase: ROOT,
		bundle: true,
		metafile: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: ['n8n-workflow', 'luxon'],
		drop: ['console'],
		legalComments: 'none',
	});
	return Object.keys(metafile.inputs).sort();
}

/** A file and all it imports from this repository, types too, relative to the checkout. */
function sourcesOf(file: string, known = new Set<string>()): Set<string> {
	known.add(file);
	const text = readFileSync(path.join(ROOT, file), 'utf8');
	for (const { fileName } of preProcessFile(text).importedFiles) {
		if (!fileName.startsWith('.')) continue;
		const target = path.join(path.dirname(file), fileName);
		const found = [`${target}.ts`, path.join(target, 'index.ts')].find((one) =>
			existsSync(path.join(ROOT, one)),
		);
		if (!found) throw new Error(`${file} imports ${fileName}, which is not there`);
		if (!known.has(found)) sourcesOf(found, known);
	}
	return known;
}

/** Icons stand beside the nodes; codex files too, which name the node by its package. */
async function copyAssets(service: Service, folder: string): Promise<void> {
	const source = path.join('nodes', service.folder);
	for (const file of await readdir(path.join(ROOT, source))) {
		for (const target of [source, path.join('dist', source)]) {
			if (file.endsWith('.svg')) await cp(path.join(ROOT, source, file), path.join(folder, target, file));
			if (!file.endsWith('.node.json')) continue;
			const codex = JSON.parse(readFileSync(path.join(ROOT, source, file), 'utf8')) as { node: string };
			const node = codex.node.replace(/^[^.]+/, packageName(service));
			write(folder, path.join(target, file), `${JSON.stringify({ ...codex, node }, null, 2)}\n`);
		}
	}
}

/**
 * Makes the package of one service: its sources, what is built of them, and its papers. The folder is a package of
 * its own, ready for `npm publish`; the published part is `dist` and the papers.
 *
 * @param into where the folder goes; one of its name there is written over
 */
export async function makePackage(service: Service, into: string): Promise<MadePackage> {
	const name = packageName(service);
	const folder = path.join(into, name);
	rmSync(folder, { recursive: true, force: true });
	const inputs = await inline(service, folder);
	const sources = [...service.nodeFiles, ...service.credentialFiles].flatMap((file) => [...sourcesOf(file)]);
	for (const file of new Set(sources)) await cp(path.join(ROOT, file), path.join(folder, file));
	await copyAssets(service, folder);
	const bundled = bundledPackages(inputs, ROOT);
	write(folder, 'package.json', `${JSON.stringify(manifestOf(service), null, 2)}\n`);
	write(folder, 'README.md', await readmeOf(service));
	if (bundled.length > 0) write(folder, 'THIRD_PARTY_NOTICES.md', noticesPage(bundled));
	for (const paper of ['LICENSE.md', 'CHANGELOG.md'])
		await cp(path.join(ROOT, paper), path.join(folder, paper));
	return { name, folder, bundled: bundled.map((one) => `${one.name} ${one.version}`) };
}
