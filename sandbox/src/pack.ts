import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths';
import { Progress, run } from './shell';

/** Everything the tarball is made from. */
const SOURCES = [
	'package.json',
	'tsconfig.json',
	'gulpfile.js',
	'README.md',
	'LICENSE.md',
	'CHANGELOG.md',
	'credentials',
	'nodes',
	'lib',
];

const filesIn = (entry: string): string[] =>
	statSync(entry).isFile()
		? [entry]
		: readdirSync(entry, { recursive: true, withFileTypes: true })
				.filter((file) => file.isFile())
				.map((file) => path.join(file.parentPath, file.name))
				.sort();

function sourceHash(): string {
	const hash = createHash('sha256');
	for (const file of SOURCES.map((source) => path.join(ROOT, source))
		.filter(existsSync)
		.flatMap(filesIn)) {
		hash.update(path.relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
	}
	return hash.digest('hex').slice(0, 16);
}

/**
 * Builds and packs the package as `npm publish` would; the tarball is kept by the sources' content, so an
 * unchanged tree is packed once.
 *
 * @returns the tarball's path
 */
export async function packedTarball(): Promise<string> {
	const folder = path.join(ROOT, 'artifacts', 'package');
	const tarball = path.join(folder, `n8n-nodes-frontdesk-${sourceHash()}.tgz`);
	if (existsSync(tarball)) return tarball;
	mkdirSync(folder, { recursive: true });
	const progress = new Progress('Building and packing the nodes');
	await run('npm', ['run', 'build', '--silent'], ROOT, () => progress.at('building'));
	const answer = await run('npm', ['pack', '--json', '--pack-destination', folder], ROOT);
	const [{ filename }] = JSON.parse(answer.slice(answer.indexOf('['))) as [{ filename: string }];
	renameSync(path.join(folder, filename), tarball);
	progress.done();
	return tarball;
}
