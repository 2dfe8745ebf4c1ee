import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import { packedTarball, unpackedPackage } from '../../sandbox/src/pack';
import { manifest, type Manifest } from './registry';

jest.setTimeout(180_000);

/** What n8n hands to community nodes; its own lint rule for their imports names more (no-restricted-imports, 2026). */
const FROM_N8N = ['n8n-workflow', 'luxon'];

let tarball: string;
let folder: string;
let files: string[];
let packed: Manifest;

beforeAll(async () => {
	tarball = await packedTarball();
	folder = await unpackedPackage();
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
		.sort();
	packed = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
});

describe('the packed tarball', () => {
	it('holds the build and the five papers, nothing else', () => {
		const rest = files.filter((file) => !file.startsWith('dist/'));
		expect(rest).toEqual([
			'CHANGELOG.md',
			'LICENSE.md',
			'README.md',
			'THIRD_PARTY_NOTICES.md',
			'package.json',
		]);
	});

	it('holds no sources, tests or leftovers in the build', () => {
		const kinds = /^dist\/(credentials|lib|nodes)\/.*(\.js|\.svg|\.node\.json)$|^dist\/lib\/.*\.LICENSE$/;
		expect(files.filter((file) => file.startsWith('dist/') && !kinds.test(file))).toEqual([]);
	});

	it('is smaller than 600 kB', () => {
		expect(statSync(tarball).size).toBeLessThan(600_000);
	});

	it('depends on nothing at run time but n8n itself, so that there is nothing to audit', () => {
		expect(packed.dependencies ?? {}).toEqual({});
		expect(packed.optionalDependencies ?? {}).toEqual({});
		expect(packed.bundledDependencies ?? packed.bundleDependencies ?? []).toEqual([]);
		expect(Object.keys(packed.peerDependencies ?? {})).toEqual(['n8n-workflow']);
	});

	it('requires no module that it does not bring, but n8n itself and what Node has', () => {
		const brought = (name: string) => /^(\.|node:)/.test(name) || FROM_N8N.includes(name);
		const foreign = files
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) => {
				const source = readFileSync(path.join(folder, file), 'utf8');
				const required = [...source.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name = '']) => name);
				return required.filter((name) => !brought(name)).map((name) => `${file}: ${name}`);
			});
		expect(foreign).toEqual([]);
	});

	it('runs nothing when it is installed', () => {
		const atInstall = ['preinstall', 'install', 'postinstall', 'prepare'];
		expect(Object.keys(packed.scripts ?? {}).filter((name) => atInstall.includes(name))).toEqual([]);
	});

	it('carries the licence of the code it bundles', () => {
		const licence = readFileSync(path.join(folder, 'dist/lib/libphonenumber-js.LICENSE'), 'utf8');
		expect(licence).toContain('MIT');
	});

	it('has every file that n8n is told to load', () => {
		const named = [...packed.n8n.nodes, ...packed.n8n.credentials];
		expect(named.filter((file) => !existsSync(path.join(folder, file)))).toEqual([]);
	});
});

describe("n8n's loader", () => {
	it('loads every node with its codex and icons, and every credential, without a word', async () => {
		const loader = new PackageDirectoryLoader(folder);
		const said: string[] = [];
		const note = (message: string) => said.push(message);
		const debug = (message: string) => (message.startsWith('No codex') ? note(message) : 0);
		Reflect.set(loader, 'logger', { debug, info: note, warn: note, error: note });

		await loader.loadAll();

		expect(said).toEqual([]);
		const loaded = Object.values(loader.nodeTypes).map(({ type }) => type);
		expect(loaded).toHaveLength(manifest().n8n.nodes.length);
		expect(Object.keys(loader.credentialTypes)).toHaveLength(manifest().n8n.credentials.length);
		for (const { description } of loaded) {
			expect(description.codex).toMatchObject({ categories: expect.anything(), alias: expect.anything() });
			expectIcons(description.iconUrl);
		}
		for (const { type } of Object.values(loader.credentialTypes)) expectIcons(type.iconUrl);
	});
});

/** n8n serves icons under icons/<package>/<path in the package>. */
function expectIcons(iconUrl: unknown): void {
	expect(iconUrl).toEqual({ light: expect.any(String), dark: expect.any(String) });
	for (const url of Object.values(iconUrl as Record<string, string>)) {
		const file = url.replace(`icons/${packed.name}/`, '');
		expect(existsSync(path.join(folder, file))).toBe(true);
	}
}
