/**
 * `npm run scan`: what n8n's own scanner (`npx @n8n/scan-community-package`) will say of this package, before it is
 * published. Its rules are run over its two legs, the sources and the packed tarball. Left to the real one: the
 * provenance of a published version.
 */
import path from 'node:path';
import { version } from '@n8n/scan-community-package/package.json';
import { SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { unpackedPackage } from '../../sandbox/src/pack';
import { lintAsScanner, type Leg } from './lint';

const root = path.resolve(__dirname, '../..');

const count = (legs: Leg[], level: 'error' | 'warning') =>
	legs.flatMap(({ findings }) => findings).filter((finding) => finding.level === level).length;

function report(name: string, leg: Leg): void {
	for (const { file, line, level, rule, text } of leg.findings) {
		console.log(`${level}  ${name}  ${file}:${line}  ${rule}  ${text.replace(/\s+/g, ' ')}`);
	}
}

async function scan(): Promise<void> {
	const source = await lintAsScanner(root, SOURCE_FILE_PATTERNS);
	report('source', source);
	const tarball = await lintAsScanner(await unpackedPackage(), ['**/*.js', 'package.json']);
	report('tarball', tarball);

	const errors = count([source, tarball], 'error');
	const warnings = count([source, tarball], 'warning');
	console.log(
		`scan: ${errors} errors, ${warnings} warnings in ${source.files} source files and ${tarball.files} packed ` +
			`files (rules of @n8n/scan-community-package ${version}; set aside: n8n's guideline of one service a ` +
			'package, which is no lint rule)',
	);
	process.exitCode = errors === 0 ? 0 : 1;
}

scan().catch((error: Error) => {
	console.error(`scan: not finished. ${error.message}`);
	process.exitCode = 1;
});
