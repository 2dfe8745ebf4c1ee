import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import { makePackages, packAll, script } from '../support/packages';
import { credentials, nodes, type Manifest } from './registry';

jest.setTimeout(600_000);

// Below node_modules, where what n8n provides is found.
const CACHE = path.resolve(__dirname, '../../node_modules/.cache');
mkdirSync(CACHE, { recursive: true });
const home = mkdtempSync(path.join(CACHE, 'packages-'));
let made: string[];
let packed: Array<{ tarball: string; folder: string }>;

beforeAll(async () => {
	made = await makePackages(path.join(home, 'made'));
	packed = await packAll(made, path.join(home, 'packed'));
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

const manifestIn = (folder: string) =>
	JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest & { version: string };

async function loaded(folder: string): Promise<PackageDirectoryLoader> {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	return loader;
}

describe('the packages of single services', () => {
	it('hold every node and credential of the whole package once', async () => {
		const loaders = await Promise.all(packed.map(({ folder }) => loaded(folder)));
		const names = <Type extends { name: string }>(all: Type[]) => all.map(({ name }) => name).sort();
		expect(loaders.flatMap(({ nodeTypes }) => Object.keys(nodeTypes)).sort()).toEqual(
			names(nodes.map(({ type }) => type.description)),
		);
		expect(loaders.flatMap(({ credentialTypes }) => Object.keys(credentialTypes)).sort()).toEqual(
			names(credentials.map(({ type }) => type)),
		);
		for (const { nodeTypes, packageName } of loaders) {
			for (const { type } of Object.values(nodeTypes)) {
				const { codex, iconUrl } = type.description;
				expect(codex).toMatchObject({ alias: expect.arrayContaining([expect.any(String)]) });
				for (const url of Object.values(iconUrl as Record<string, string>)) {
					const file = url.replace(`icons/${packageName}/`, '');
					const { folder } = packed.find((one) => manifestIn(one.folder).name === packageName) ?? {};
					expect(existsSync(path.join(folder ?? '', file))).toBe(true);
				}
			}
		}
	});

	it('stand in docs/packages.md with their nodes', () => {
		const page = readFileSync(path.resolve(__dirname, '../../docs/packages.md'), 'utf8');
		const rows = [...page.matchAll(/^\| `(n8n-nodes-frontdesk-\w+)` +\| ([^|]+?) +\|$/gm)];
		const told = rows.map(([, name, list]) => [name, list?.split(', ').sort()]);
		const names = (folder: string) =>
			manifestIn(folder).n8n.nodes.map((file) => path.basename(file, '.node.js'));
		const labelOf = (name: string) => nodes.find((node) => node.name === name)?.type.description.displayName;
		expect(told).toEqual(made.map((folder) => [path.basename(folder), names(folder).map(labelOf).sort()]));
	});

	it('depend on nothing, and import nothing but what n8n provides', () => {
		for (const { folder } of packed) {
			const { dependencies, n8n } = manifestIn(folder);
			expect(dependencies ?? {}).toEqual({});
			const imports = [...n8n.nodes, ...n8n.credentials].flatMap((file) =>
				[...readFileSync(path.join(folder, file), 'utf8').matchAll(/require\("([^"]+)"\)/g)].map(
					([, name]) => name,
				),
			);
			const foreign = imports.filter(
				(name) => !['n8n-workflow', 'luxon', 'node:crypto'].includes(String(name)),
			);
			expect(foreign).toEqual([]);
		}
	});

	it('carry the notices of what they inline', () => {
		for (const { folder } of packed) {
			const { n8n } = manifestIn(folder);
			const code = n8n.nodes.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('');
			const notices = path.join(folder, 'THIRD_PARTY_NOTICES.md');
			expect(existsSync(notices)).toBe(code.includes('node_modules/libphonenumber-js'));
			for (const paper of ['LICENSE.md', 'README.md', 'CHANGELOG.md'])
				expect([paper, existsSync(path.join(folder, paper))]).toEqual([paper, true]);
		}
	});

	it("pass n8n's scanner, sources and tarball", async () => {
		const lines = (await script('test/scan/scan.ts', ...made)).trim().split('\n');
		expect(lines.filter((line) => !line.startsWith('scan: 0 errors, 0 warnings in '))).toEqual([]);
		expect(lines).toHaveLength(made.length);
	});

	it('would not pass it with a call of the console', async () => {
		const [first = ''] = made;
		const folder = path.join(home, 'loud');
		cpSync(first, folder, { recursive: true });
		writeFileSync(path.join(folder, 'dist', 'loud.js'), 'console.log("loud");\n');
		expect(await script('test/scan/scan.ts', folder)).toMatch(
			/^error {2}tarball {2}dist\/loud\.js:1 {2}no-console/m,
		);
	});
});
