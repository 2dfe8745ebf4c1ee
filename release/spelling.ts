import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../sandbox/src/shell';

const ROOT = path.resolve(__dirname, '..');
/** What n8n's editor shows of our nodes and credentials, one text a line; for the spelling checker alone. */
const TEXTS = path.join(ROOT, 'artifacts', 'interface-texts.md');

/** Keys of a description whose values people read; placeholders are examples, in any language. */
const SHOWN = new Set([
	'displayName',
	'description',
	'hint',
	'action',
	'message',
	'errorMessage',
	'multipleValueButtonText',
]);

/** Names are shown for choices only, where a value stands beside them. */
function textsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(textsIn);
	if (typeof value !== 'object' || value === null) return [];
	const entries = Object.entries(value);
	return entries.flatMap(([key, inner]) => {
		const isShown = SHOWN.has(key) || (key === 'name' && 'value' in value);
		return typeof inner === 'string' ? (isShown && !inner.startsWith('=') ? [inner] : []) : textsIn(inner);
	});
}

async function shownBy(folder: string, ending: string): Promise<string[]> {
	const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
	const texts: string[] = [];
	for (const file of files.filter((name) => name.endsWith(ending)).sort()) {
		const classes = (await import(path.join(ROOT, folder, file))) as Record<string, new () => object>;
		const shown = Object.values(classes).flatMap((Class) => textsIn(new Class()));
		texts.push(`# ${path.basename(file, '.ts')}`, ...new Set(shown));
	}
	return texts;
}

/**
 * Checks the spelling of every Markdown page and of every text that the editor shows, against English dictionaries
 * and the project's own words (release/words.txt).
 *
 * @returns what was checked
 * @throws Error that lists the unknown words with their places
 */
export async function checkSpelling(): Promise<string> {
	const texts = [
		...(await shownBy('nodes', '.node.ts')),
		...(await shownBy('credentials', '.credentials.ts')),
	];
	mkdirSync(path.dirname(TEXTS), { recursive: true });
	writeFileSync(TEXTS, texts.join('\n\n'));
	// Its exports name no file that CommonJS could resolve.
	const cspell = path.join(ROOT, 'node_modules', 'cspell', 'bin.mjs');
	const args = ['lint', '--no-progress', '--no-summary', '--no-color', '**/*.md', TEXTS];
	await run(process.execPath, [cspell, ...args], ROOT);
	return `all Markdown pages, ${texts.length} texts of the interface`;
}
