/**
 * `npm run test:compat`: the packed package in the oldest supported n8n and in the newest that npm can install.
 * Each must load every node, take and switch on every flow, and play the whole demo. What came of it is kept in
 * docs/compatibility.json, from which `npm run docs` makes the front page's table.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../package.json';
import { flowNames } from '../workflows/build/files';
import { COMPATIBILITY, type Compatibility, type TestedVersion } from '../docs/generate/compatibility';
import { House } from '../sandbox/src/house';
import { SANDBOX } from '../sandbox/src/paths';
import { nodeForN8n } from '../sandbox/src/runtime';
import { brokenOff, type Line, scenarios } from '../sandbox/src/scenario';
import { Progress, run } from '../sandbox/src/shell';
import { firstInstallable, type Installation, OLDEST, publishedVersions } from './versions';

/** Plays every scenario; a line that did not arrive is printed. */
async function playAll(house: House): Promise<TestedVersion['demo']> {
	const lines: Line[] = [];
	for (const { title, play } of await scenarios()) {
		const played = await play(house).catch(brokenOff);
		lines.push(...played);
		for (const { where, what } of played.filter(({ arrived }) => !arrived))
			console.log(`  ✗ ${title}: ${where}: ${what}`);
	}
	return { arrived: lines.filter(({ arrived }) => arrived).length, all: lines.length };
}

async function test({ version, bin }: Installation): Promise<TestedVersion> {
	const progress = new Progress(`Starting n8n ${version} with every flow`);
	const house = await House.open({ bin });
	progress.done();
	try {
		const ours = (await house.editor.nodeTypes()).filter((name) => name.startsWith(`${manifest.name}.`));
		const known = new Set(ours.map((name) => name.split('.')[1]?.toLowerCase()));
		const files = manifest.n8n.nodes.map((file) => path.basename(file, '.node.js').toLowerCase());
		return {
			n8n: version,
			node: (await run(nodeForN8n(), ['--version'], SANDBOX)).trim().replace(/^v/, ''),
			nodes: { loaded: files.filter((name) => known.has(name)).length, all: files.length },
			flows: { imported: house.flowIds.size, all: flowNames().length },
			demo: await playAll(house),
		};
	} finally {
		await house.close();
	}
}

const isWhole = ({ nodes, flows, demo }: TestedVersion) =>
	nodes.loaded === nodes.all && flows.imported === flows.all && demo.arrived === demo.all && demo.all > 0;

async function main(): Promise<void> {
	const versions = await publishedVersions();
	const oldest = await firstInstallable(versions);
	const newest = await firstInstallable([...versions].reverse());
	const tested = [await test(oldest.found), await test(newest.found)];
	const result: Compatibility = {
		package: manifest.version,
		testedOn: new Date().toISOString().slice(0, 10),
		oldestSupported: OLDEST,
		tested,
		unavailable: [...oldest.unavailable, ...newest.unavailable],
	};
	writeFileSync(COMPATIBILITY, `${JSON.stringify(result, null, 2)}\n`);
	for (const { n8n, nodes, flows, demo } of tested) {
		console.log(
			`n8n ${n8n}: ${nodes.loaded} of ${nodes.all} nodes, ${flows.imported} of ${flows.all} flows, ` +
				`${demo.arrived} of ${demo.all} lines of the demo`,
		);
	}
	console.log('Now npm run docs writes it into README.md.');
	process.exitCode = tested.every(isWhole) ? 0 : 1;
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
