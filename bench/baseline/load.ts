/**
 * Run by n8n's own Node: loads a package the way n8n does, with n8n's own loader, and tells what that took. Arguments:
 * the folder with n8n's modules, the package's folder.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

interface Loaders {
	PackageDirectoryLoader: new (folder: string) => { loadAll(): Promise<void> };
}

const [, , modules = '', folder = ''] = process.argv;
const load = createRequire(path.join(modules, 'n8n', 'package.json'));
const { PackageDirectoryLoader } = load(path.join(modules, 'n8n-core')) as Loaders;

function usedBytes(): number {
	global.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

async function main(): Promise<void> {
	const before = usedBytes();
	const work = process.cpuUsage();
	await new PackageDirectoryLoader(folder).loadAll();
	const { user, system } = process.cpuUsage(work);
	process.stdout.write(JSON.stringify({ milliseconds: (user + system) / 1000, bytes: usedBytes() - before }));
}

void main();
