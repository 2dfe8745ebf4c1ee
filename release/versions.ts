import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dependencies, overrides } from '../sandbox/package.json';
import { n8nBin } from '../sandbox/src/runtime';
import { Progress, run } from '../sandbox/src/shell';

const ROOT = path.resolve(__dirname, '..');
/** Kept between runs: an n8n has 2 to 3 GB. Git, the linters and jest leave it alone. */
const CACHE = path.join(ROOT, 'sandbox', '.home-compat');

/**
 * The oldest n8n that the flows are made for. Since this one, an error item with `details` goes to the error output
 * (n8n-core 2.35.2, handleNodeErrorOutput); n8n-core 2.35.1, in n8n 2.35.2, took it for a success. `deliver` and its
 * callers tell by them a refusal from a failure that passes. Data Tables and all versions of the built-in nodes that
 * the flows use are older. Its parser knows no `...$json`, so test/house keeps the flows free of it.
 */
export const OLDEST = '2.35.3';

/** An n8n that is installed. */
export interface Installation {
	version: string;
	bin: string;
}

/** A version that npm could not put together, and why. */
export interface Unavailable {
	version: string;
	why: string;
}

const asNumbers = (version: string) => version.split('.').map(Number);

/** Order of versions, oldest first. */
export function byVersion(one: string, other: string): number {
	const [a, b] = [asNumbers(one), asNumbers(other)];
	return a.map((part, index) => part - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Versions of n8n on npm from the oldest supported one on, oldest first; those for trying out are left out. */
export async function publishedVersions(): Promise<string[]> {
	const all = JSON.parse(await run('npm', ['view', 'n8n', 'versions', '--json'], ROOT)) as string[];
	return all
		.filter((version) => /^\d+\.\d+\.\d+$/.test(version) && byVersion(version, OLDEST) >= 0)
		.sort(byVersion);
}

/** npm's own line of why; paths and addresses of logs say nothing to anybody. */
const reasonOf = (message: string) =>
	/npm (?:error|ERR!) (?:code )?(E\w+|notarget .*|404 .*)/.exec(message)?.[1] ?? message.slice(-200);

async function installInto(folder: string, version: string): Promise<void> {
	const progress = new Progress(`Installing n8n ${version}, once (3 to 6 minutes)`);
	mkdirSync(folder, { recursive: true });
	const manifest = { name: 'compat', private: true, dependencies: { n8n: version }, overrides };
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
	const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
	try {
		await run('npm', ['install', ...flags], folder, () => progress.at('fetching'));
		await run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false'], folder, () =>
			progress.at('building sqlite3'),
		);
	} finally {
		progress.done();
	}
}

/** Installs one version, unless it is there. The sandbox's own is taken for its version. */
async function installed(version: string): Promise<Installation | Unavailable> {
	if (version === dependencies.n8n) return { version, bin: n8nBin };
	const folder = path.join(CACHE, version);
	const stamp = path.join(folder, '.ready');
	if (!existsSync(stamp)) {
		try {
			await installInto(folder, version);
		} catch (error) {
			rmSync(folder, { recursive: true, force: true });
			return { version, why: reasonOf((error as Error).message) };
		}
		writeFileSync(stamp, '');
	}
	return { version, bin: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/**
 * The first of some versions that npm can install. Some on npm name dependencies that are not there.
 *
 * @param versions in the order to try
 * @returns the installation, and those that could not be had
 * @throws Error where none can be installed
 */
export async function firstInstallable(
	versions: string[],
): Promise<{ found: Installation; unavailable: Unavailable[] }> {
	const unavailable: Unavailable[] = [];
	for (const version of versions) {
		const result = await installed(version);
		if ('bin' in result) return { found: result, unavailable };
		unavailable.push(result);
		console.log(`n8n ${version} cannot be installed: ${result.why}`);
	}
	throw new Error('No version of n8n could be installed');
}
