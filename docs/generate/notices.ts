import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.resolve(__dirname, '../..');
/** The third-party notices, published with the package. */
export const NOTICES = path.join(ROOT, 'THIRD_PARTY_NOTICES.md');

/** A package whose code is part of what we publish. */
export interface BundledPackage {
	name: string;
	version: string;
	/** As its package.json says: an SPDX expression. */
	licence: string;
	homepage: string;
	/** What its licence files say; a package with data of others has several. */
	texts: string[];
}

/** The folder of the package a file of node_modules belongs to. */
const folderOf = (file: string) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

function describe(folder: string): BundledPackage {
	const { name, version, license, homepage } = JSON.parse(
		readFileSync(path.join(folder, 'package.json'), 'utf8'),
	) as { name: string; version: string; license?: string; homepage?: string };
	const files = readdirSync(folder).filter((entry) => /^(licen[cs]e|copying|notice)(\.\w+)?$/i.test(entry));
	if (!license || files.length === 0) throw new Error(`${name} is bundled and says nothing of its licence`);
	return {
		name,
		version,
		licence: license,
		homepage: homepage ?? `https://www.npmjs.com/package/${name}`,
		texts: files.sort().map((file) => readFileSync(path.join(folder, file), 'utf8').trim()),
	};
}

/**
 * The packages that esbuild put into a bundle.
 *
 * @param inputs names of the bundled files, as its metafile has them
 * @param root what these names are relative to
 * @throws Error where one of them has no licence
 */
export function bundledPackages(inputs: string[], root: string): BundledPackage[] {
	const folders = new Set(inputs.map(folderOf).filter((folder) => folder !== undefined));
	return [...folders].sort().map((folder) => describe(path.resolve(root, folder)));
}

/** What the build bundles into dist/lib/phone.js; everything else there is our own. */
export async function bundled(): Promise<BundledPackage[]> {
	const { metafile } = await build({
		entryPoints: ['lib/phone.ts'],
		absWorkingDir: ROOT,
		bundle: true,
		write: false,
		metafile: true,
		platform: 'node',
		external: ['n8n-workflow'],
	});
	return bundledPackages(Object.keys(metafile.inputs), ROOT);
}

/** The page of third-party notices for the given packages, as Markdown. */
export const noticesPage = (packages: BundledPackage[]): string =>
	[
		'# Third-party notices',
		'This package holds code of others, bundled into its own files. It has no runtime dependencies.',
		...packages.flatMap(({ name, version, licence, homepage, texts }) => [
			`## ${name} ${version}`,
			`${licence}, <${homepage}>`,
			...texts.map((text) => ['```text', text, '```'].join('\n')),
		]),
		'Made by `npm run docs` from what is bundled.',
	].join('\n\n') + '\n';
