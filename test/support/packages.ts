import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { packFolder } from '../../sandbox/src/pack';

const ROOT = path.resolve(__dirname, '../..');

/** What a script wrote; one that fails gives its output all the same. */
export async function script(file: string, ...args: string[]): Promise<string> {
	const run = promisify(execFile);
	const { stdout } = await run(process.execPath, [require.resolve('tsx/cli'), file, ...args], {
		cwd: ROOT,
		// n8n's rules look at no file name where they believe themselves under test.
		env: { ...process.env, NODE_ENV: 'production' },
	}).catch((error: { stdout: string }) => error);
	return stdout;
}

/** Makes the packages of all services. @returns their folders */
export async function makePackages(into: string): Promise<string[]> {
	await script('release/packages.ts', into);
	return readdirSync(into)
		.sort()
		.map((name) => path.join(into, name));
}

/** Packs built packages. @returns tarball and unpacked folder of each, in order */
export async function packAll(
	folders: string[],
	into: string,
): Promise<Array<{ tarball: string; folder: string }>> {
	const packed = [];
	for (const folder of folders) {
		const target = path.join(into, path.basename(folder));
		packed.push({ tarball: await packFolder(folder, target), folder: path.join(target, 'package') });
	}
	return packed;
}
