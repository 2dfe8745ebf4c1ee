import path from 'node:path';
import { ESLint } from 'eslint';

/** One thing the scanner has to say about a file. */
export interface Finding {
	/** Relative to the scanned folder. */
	file: string;
	line: number;
	level: 'error' | 'warning';
	rule: string;
	text: string;
}

/** What scanning one folder gave. */
export interface Leg {
	files: number;
	findings: Finding[];
}

/**
 * Lints a folder as n8n's scanner does: its rules, its ESLint, no inline disables.
 *
 * @param folder absolute path
 * @param patterns files below it, as globs
 */
export async function lintAsScanner(folder: string, patterns: string[]): Promise<Leg> {
	const { buildScanConfig } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	const findings = results.flatMap(({ filePath, messages }) =>
		messages.map(({ line, severity, ruleId, message }): Finding => ({
			file: path.relative(folder, filePath),
			line: line ?? 0,
			// A file that ESLint refuses to read was not scanned, however mildly it says so.
			level: severity === 2 || ruleId === null ? 'error' : 'warning',
			rule: ruleId ?? 'not scanned',
			text: message,
		})),
	);
	return { files: results.length, findings };
}
