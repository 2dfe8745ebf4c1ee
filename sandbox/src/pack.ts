import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './paths';
import { Progress, run } from './shell';

const cache = path.join(ROOT, 'node_modules/.cache/frontdesk');
/** How many packed states of the sources are kept; older ones are deleted. */
const KEPT = 5;

/** All the package is made of; what does not exist is left out. */
const SOURCES = [
	'package.json',
	'README.md',
	'LICENSE.md',
	'CHANGELOG.md',
	'THIRD_PARTY_NOTICES.md',
	'gulpfile.js',
	'tsconfig.json',
	'credentials',
	'lib',
	'nodes',
];

const exists = (file: string) =>
	stat(file).then(
		() => true,
		() => false,
	);

async function filesIn(entry: string): Promise<string[]> {
	const absolute = path.join(ROOT, entry);
	if (!(await exists(absolute))) return [];
	if ((await stat(absolute)).isFile()) return [entry];
	const entries = await readdir(absolute, { recursive: true, withFileTypes: true });
	return entries
		.filter((file) => file.isFile())
		.map((file) => path.relative(ROOT, path.join(file.parentPath, file.name)))
		.sort();
}

/** The lock file counts too: the bundle holds code of a dependency. */
async function contentHash(): Promise<string> {
	const hash = createHash('sha256');
	for (const source of [...SOURCES, 'package-lock.json']) {
		for (const file of await filesIn(source)) {
			hash.update(`${file}\0`).update(await readFile(path.join(ROOT, file)));
		}
	}
	return hash.digest('hex').slice(0, 16);
}

/** Builds in a copy, so that the checkout's own dist is left alone and two builds never meet. */
async function buildInto(folder: string, onTick: () => void): Promise<void> {
	const stage = await mkdtemp(path.join(os.tmpdir(), 'frontdesk-pack-'));
	try {
		for (const source of SOURCES) {
			if (!(await exists(path.join(ROOT, source)))) continue;
			await cp(path.join(ROOT, source), path.join(stage, source), { recursive: true });
		}
		await symlink(path.join(ROOT, 'node_modules'), path.join(stage, 'node_modules'), 'junction');
		const gulp = require.resolve('gulp-cli/bin/gulp.js', { paths: [ROOT] });
		await run(process.execPath, [gulp, 'build'], stage, onTick);
		await packFolder(stage, folder);
	} finally {
		await rm(stage, { recursive: true, force: true });
	}
}

/**
 * Packs a folder as `npm publish` would.
 *
 * @param source a package that is built
 * @param into where the tarball and its unpacked content (`package/`) go; made if need be
 * @returns absolute path of the .tgz
 */
export async function packFolder(source: string, into: string): Promise<string> {
	await mkdir(into, { recursive: true });
	await run('npm', ['pack', '--ignore-scripts', '--pack-destination', into], source);
	const tarball = path.join(into, String((await readdir(into)).find((name) => name.endsWith('.tgz'))));
	await run('tar', ['-xzf', tarball, '-C', into], into);
	return tarball;
}

async function forgetOld(): Promise<void> {
	const folders = await Promise.all(
		(await readdir(cache)).map(async (name) => {
			const folder = path.join(cache, name);
			return { folder, usedAt: (await stat(folder)).mtimeMs };
		}),
	);
	const old = folders.sort((a, b) => b.usedAt - a.usedAt).slice(KEPT);
	for (const { folder } of old) await rm(folder, { recursive: true, force: true });
}

async function pack(): Promise<string> {
	const folder = path.join(cache, await contentHash());
	if (await exists(folder)) return folder;
	const progress = new Progress('Building and packing the nodes');
	const draft = `${folder}.${process.pid}`;
	await rm(draft, { recursive: true, force: true });
	await buildInto(draft, () => progress.at('building'));
	// Another process may have packed the same sources meanwhile; its result is as good.
	await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
	await forgetOld();
	progress.done();
	return folder;
}

let packed: Promise<string> | undefined;
const packedFolder = () => (packed ??= pack());

/**
 * Builds and packs the package as `npm publish` would.
 *
 * The result is kept under node_modules/.cache by the content of the sources: the same sources are built once a
 * machine, and an edit gives another tarball.
 *
 * @returns absolute path of the .tgz
 * @throws with the output of the build or of npm, where one of them fails
 */
export async function packedTarball(): Promise<string> {
	const folder = await packedFolder();
	const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
	return path.join(folder, String(tarball));
}

/** The folder with the unpacked content of `packedTarball`. */
export async function unpackedPackage(): Promise<string> {
	return path.join(await packedFolder(), 'package');
}
