import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

/** A file of the page. */
export interface Asset {
	type: string;
	content: string;
}

const PAGE = path.join(__dirname, 'page');
const read = async (file: string) => await readFile(path.join(PAGE, file), 'utf8');

/** Bundles the page, Preact with it; takes less than a second. @returns files by path */
export async function bundlePage(): Promise<Map<string, Asset>> {
	const { outputFiles } = await build({
		entryPoints: [path.join(PAGE, 'main.tsx')],
		bundle: true,
		write: false,
		format: 'iife',
		target: 'es2022',
		minify: true,
		jsx: 'automatic',
		jsxImportSource: 'preact',
		legalComments: 'inline',
	});
	return new Map([
		['/', { type: 'text/html; charset=utf-8', content: await read('index.html') }],
		['/style.css', { type: 'text/css; charset=utf-8', content: await read('style.css') }],
		['/icon.svg', { type: 'image/svg+xml', content: await read('icon.svg') }],
		['/main.js', { type: 'text/javascript; charset=utf-8', content: outputFiles[0]?.text ?? '' }],
	]);
}
