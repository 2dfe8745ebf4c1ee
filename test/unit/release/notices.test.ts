import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundledPackages, noticesPage } from '../../../docs/generate/notices';

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'frontdesk-notices-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function given(name: string, files: Record<string, string>): void {
	const folder = path.join(root, 'node_modules', name);
	mkdirSync(folder, { recursive: true });
	for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
}

it('names each bundled package once, with all its licence files', () => {
	const manifest = JSON.stringify({ name: '@a/b', version: '1.2.3', license: 'MIT' });
	given('@a/b', { 'package.json': manifest, LICENSE: 'Do as you like.', 'LICENSE.Apache': 'Say who.' });
	const inputs = ['lib/own.ts', 'node_modules/@a/b/x.js', 'node_modules/@a/b/deep/y.js'];
	const packages = bundledPackages(inputs, root);
	expect(packages).toEqual([
		{
			name: '@a/b',
			version: '1.2.3',
			licence: 'MIT',
			homepage: 'https://www.npmjs.com/package/@a/b',
			texts: ['Do as you like.', 'Say who.'],
		},
	]);
	expect(noticesPage(packages)).toContain('## @a/b 1.2.3\n\nMIT, ');
});

it('refuses a package that says nothing of its licence', () => {
	given('c', { 'package.json': JSON.stringify({ name: 'c', version: '1.0.0' }), LICENSE: 'x' });
	expect(() => bundledPackages(['node_modules/c/c.js'], root)).toThrow('c is bundled and says nothing');
});
