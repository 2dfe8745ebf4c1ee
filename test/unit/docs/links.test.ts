import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deadLinks } from '../../../docs/generate/links';

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'frontdesk-links-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
	mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
	writeFileSync(path.join(root, file), text);
}

const faults = () => deadLinks(root).map(({ file, line, link, why }) => `${file}:${line} ${link} ${why}`);

it('follows files, folders, anchors and pictures, in Markdown and in HTML', () => {
	write(
		'docs/page.md',
		'# One page\n\n## Was it `good`, or not?\n\n## Twice\n\n## Twice\n\n<a id="own"></a>\n',
	);
	write('docs/picture.png', '');
	write(
		'README.md',
		[
			'[a](docs/page.md) [b](docs/page.md#was-it-good-or-not) [c](docs/page.md#twice-1) [d](docs) [e](#top)',
			'',
			'![f](docs/picture.png) <a href="docs/page.md#own"><img src="docs/picture.png"></a>',
			'',
			'| [g][ref] | [h](https://n8n.io/) | [i](mailto:hello@frontdesk-n8n.dev) |',
			'| --- | --- | --- |',
			'',
			'[ref]: docs/page.md',
			'',
			'# Top',
		].join('\n'),
	);
	expect(faults()).toEqual([]);
});

it('names what leads nowhere, with its line', () => {
	write('docs/page.md', '# One page\n');
	write(
		'README.md',
		[
			'[a](docs/gone.md) and `[code](gone.md)`',
			'',
			'[b](docs/page.md#gone)',
			'',
			'<p><img src="docs/gone.png"></p>',
			'',
			'[c](../other/README.md)',
			'',
			'```md',
			'[in code](gone.md)',
			'```',
			'',
			'[d](https://github.com/frontdesk-n8n/n8n-nodes-frontdesk/blob/main/docs/none.md)',
		].join('\n'),
	);
	expect(faults()).toEqual([
		'README.md:1 docs/gone.md is not there',
		'README.md:3 docs/page.md#gone is a page without the heading "#gone"',
		'README.md:5 docs/gone.png is not there',
		'README.md:7 ../other/README.md leads out of the repository',
		'README.md:13 https://github.com/frontdesk-n8n/n8n-nodes-frontdesk/blob/main/docs/none.md is not there',
	]);
});

it('looks at the form alone of what is outside', () => {
	const links = [
		'http://n8n.io/',
		'https://your.example.com/x',
		'https://localhost:5678/',
		'https://n8n.io/nothing',
	];
	write('README.md', links.map((link, index) => `[${index}](${link})`).join('\n\n'));
	expect(faults()).toEqual([
		'README.md:1 http://n8n.io/ does not begin with https://',
		'README.md:3 https://your.example.com/x names a host that only stands for one',
		'README.md:5 https://localhost:5678/ names a host that only stands for one',
	]);
});

it('follows what codex files and credentials show in the editor', () => {
	const page = 'https://github.com/frontdesk-n8n/n8n-nodes-frontdesk/blob/main/docs/providers/gone.md';
	write('nodes/A/A.node.json', `{\n"url": "${page}"\n}`);
	write(
		'credentials/A.credentials.ts',
		"const url = 'https://github.com/frontdesk-n8n/n8n-nodes-frontdesk#readme';\n",
	);
	expect(faults()).toEqual([`nodes/A/A.node.json:2 ${page} is not there`]);
});
