/**
 * `npm run release:check`: what must be true of a release and no test suite looks at as a whole. One row a check;
 * the exit code is 0 where all hold.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { deadLinks } from '../docs/generate/links';
import { bundled } from '../docs/generate/notices';
import { Progress, run } from '../sandbox/src/shell';
import { checkChangelog } from './changelog';
import { checkSpelling } from './spelling';

const ROOT = path.resolve(__dirname, '..');
/** Licences that let their code be bundled into a package under MIT. */
const COMPATIBLE = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']);

/** Of npm's report. */
const MOST_BYTES = 64_000_000;

interface Check {
	name: string;
	/** What was found; throws what is wrong. */
	perform(): Promise<string>;
}

interface Manifest {
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	bundledDependencies?: string[];
}

interface Audit {
	vulnerabilities?: Record<string, { severity: string }>;
	message?: string;
}

const tsx = async (...args: string[]) =>
	await run(process.execPath, [require.resolve('tsx/cli'), ...args], ROOT);
const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';

/** npm ends with code 1 where it finds something, and reports all the same. */
async function report(args: string[]): Promise<Audit> {
	const { stdout } = await promisify(execFile)('npm', ['audit', '--json', ...args], {
		cwd: ROOT,
		maxBuffer: MOST_BYTES,
	}).catch((error: { stdout: string }) => error);
	return JSON.parse(stdout) as Audit;
}

/** Only what is published counts: nothing is installed with it, and what is bundled has no known hole. */
async function audit(): Promise<string> {
	const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;
	const { dependencies = {}, optionalDependencies = {}, bundledDependencies = [] } = manifest;
	const installed = [...Object.keys({ ...dependencies, ...optionalDependencies }), ...bundledDependencies];
	if (installed.length > 0) throw new Error(`Runtime dependencies: ${installed.join(', ')}`);
	const { vulnerabilities, message } = await report(['--omit=dev']);
	if (!vulnerabilities) throw new Error(`npm audit gave no report: ${message}`);
	const names = (await bundled()).map(({ name }) => name);
	const known = (await report([])).vulnerabilities ?? {};
	const holes = [...Object.keys(vulnerabilities), ...names.filter((name) => name in known)];
	if (holes.length > 0) throw new Error(`Known vulnerabilities: ${holes.join(', ')}`);
	return `no runtime dependencies; none known in ${names.join(', ')} (bundled)`;
}

async function licences(): Promise<string> {
	const packages = await bundled();
	const odd = packages.filter(({ licence }) => !COMPATIBLE.has(licence));
	if (odd.length > 0)
		throw new Error(
			`Look at these licences: ${odd.map(({ name, licence }) => `${name} ${licence}`).join(', ')}`,
		);
	return packages.map(({ name, version, licence }) => `${name} ${version} ${licence}`).join(', ');
}

async function links(): Promise<string> {
	const dead = deadLinks(ROOT).map(({ file, line, link, why }) => `${file}:${line}: ${link} ${why}`);
	if (dead.length > 0) throw new Error(dead.join('\n'));
	return 'none dead; of addresses outside only the form is checked';
}

async function tarball(): Promise<string> {
	await run(process.execPath, [require.resolve('jest/bin/jest'), 'test/house/package.test.ts'], ROOT);
	return 'holds what it should, and n8n loads it';
}

const CHECKS: Check[] = [
	{ name: 'changelog', perform: checkChangelog },
	{ name: 'licences', perform: licences },
	{ name: 'links', perform: links },
	{ name: 'spelling', perform: checkSpelling },
	{ name: 'audit', perform: audit },
	{ name: 'scan', perform: async () => lastLine(await tsx('test/scan/scan.ts')).replace(/^scan: /, '') },
	{ name: 'tarball', perform: tarball },
	{
		name: 'pages',
		perform: async () => {
			await tsx('docs/generate/run.ts', '--check');
			return 'pages, pictures and notices are as their sources say';
		},
	},
];

async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	const chosen = CHECKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
	const progress = new Progress('Checking the release');
	const rows: Array<{ name: string; ok: boolean; text: string }> = [];
	for (const { name, perform } of chosen) {
		progress.at(name);
		rows.push(
			await perform().then(
				(text) => ({ name, ok: true, text }),
				({ message }: Error) => ({ name, ok: false, text: message }),
			),
		);
	}
	progress.done();
	for (const { name, ok, text } of rows) {
		const [first, ...rest] = text.split('\n');
		console.log(`${ok ? '✓' : '✗'} ${name.padEnd(10)} ${first}`);
		for (const line of rest) console.log(`${' '.repeat(13)}${line}`);
	}
	process.exitCode = chosen.length > 0 && rows.every(({ ok }) => ok) ? 0 : 1;
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
