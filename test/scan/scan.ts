/**
 * `npm run scan [-- <folder of a built package> …]`: what n8n's own scanner (`npx @n8n/scan-community-package`) will say of this package, before it is
 * published. Its rules are run over its two legs, the sources and the packed tarball. Left to the real one: the
 * provenance of a published version.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { version } from '@n8n/scan-community-package/package.json';
import { SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { packFolder, unpackedPackage } from '../../sandbox/src/pack';
import { lintAsScanner, type Leg } from './lint';

const root = path.resolve(__dirname, '../..');

const count = (legs: Leg[], level: 'error' | 'warning') =>
	legs.flatMap(({ findings }) => findings).filter((finding) => finding.level === level).length;

function report(name: string, leg: Leg): void {
	for (const { file, line, level, rule, text } of leg.findings) {
		console.log(`${level}  ${name}  ${file}:${line}  ${rule}  ${text.replace(/\s+/g, ' ')}`);
	}
}

/** What is published of a folder, unpacked. */
async function unpacked(folder: string): Promise<string> {
	if (folder === root) return await unpackedPackage();
	const into = await mkdtemp(path.join(tmpdir(), 'frontdesk-scan-'));
	await packFolder(folder, into);
	return path.join(into, 'package');
}

/** Scans one package. @returns whether it is clean of errors */
async function scan(folder: string): Promise<boolean> {
	const source = await lintAsScanner(folder, SOURCE_FILE_PATTERNS);
	report('source', source);
	const published = await unpacked(folder);
	const tarball = await lintAsScanner(published, ['**/*.js', 'package.json']);
	if (folder !== root) await rm(path.dirname(published), { recursive: true });
	report('tarball', tarball);

	const errors = count([source, tarball], 'error');
	const warnings = count([source, tarball], 'warning');
	const aside =
		folder === root ? "; set aside: n8n's guideline of one service a package, which is no lint rule" : '';
	console.log(
		`scan: ${errors} errors, ${warnings} warnings in ${source.files} source files and ${tarball.files} packed ` +
			`files of ${path.basename(folder)} (rules of @n8n/scan-community-package ${version}${aside})`,
	);
	return errors === 0;
}

async function main(): Promise<void> {
	const folders = process.argv.slice(2).map((folder) => path.resolve(folder));
	for (const folder of folders.length > 0 ? folders : [root]) {
		if (!(await scan(folder))) process.exitCode = 1;
	}
}

main().catch((error: Error) => {
	console.error(`scan: not finished. ${error.message}`);
	process.exitCode = 1;
});
