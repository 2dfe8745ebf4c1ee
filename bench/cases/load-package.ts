import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { N8n } from '../../sandbox/src/n8n';
import { unpackedPackage } from '../../sandbox/src/pack';
import { SANDBOX } from '../../sandbox/src/paths';
import { nodeForN8n } from '../../sandbox/src/runtime';
import { run } from '../../sandbox/src/shell';
import type { Bench } from '../lib/define';
import type { Lab } from '../lib/lab';
import { residentKilobytes } from '../lib/memory';
import { inTurn } from '../lib/rounds';
import { atMost, median, milliseconds, round, spread } from '../lib/statistics';

const MODULES = path.join(SANDBOX, 'node_modules');
const SCRIPT = path.resolve(__dirname, '../baseline/load.ts');
const SETTLE_MILLISECONDS = 3000;

const megabytes = (bytes: number) => `${round(bytes / 2 ** 20)} MB`;

interface Loading {
	/** Of the processor's time. */
	milliseconds: number;
	/** After the garbage is collected. */
	bytes: number;
}

/** n8n's own loader on the published package, in fresh processes of n8n's Node. */
async function loadings(count: number): Promise<Loading[]> {
	// Away from this checkout, whose own n8n-workflow would be found, and loaded, besides n8n's.
	const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-load-'));
	try {
		cpSync(await unpackedPackage(), folder, { recursive: true });
		const results: Loading[] = [];
		for (let index = 0; index < count; index++) {
			const env = `NODE_PATH=${MODULES}`;
			const args = [env, nodeForN8n(), '--expose-gc', '--no-warnings', SCRIPT, MODULES, folder];
			results.push(JSON.parse(await run('env', args, folder)) as Loading);
		}
		return results;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** From the start of n8n to its readiness, and what it holds a moment later, without flows. */
async function start({ house }: Lab, home: string, packages?: string[]): Promise<Loading> {
	const n8n = new N8n({ home, proxy: house.proxy, packages });
	const begin = performance.now();
	await n8n.start();
	const time = performance.now() - begin;
	await new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS));
	const bytes = (residentKilobytes(n8n.processes.get('main')?.pid ?? 0) ?? NaN) * 1024;
	await n8n.stop();
	return { milliseconds: time, bytes };
}

/** What n8n pays for having the package, at its start. */
export const bench: Bench = {
	title: 'loading the package',
	against: "n8n's start without it",
	section: 'aims',
	order: 10,
	async measure(lab) {
		const loaded = await loadings(lab.size(7, 3));
		const findings = [
			{
				what: "time in n8n's loader (processor)",
				ours: spread(
					loaded.map((one) => one.milliseconds),
					milliseconds,
				),
				score: median(loaded.map((one) => one.milliseconds)),
				aim: atMost(150, 'ms'),
			},
			{
				what: 'memory held afterwards',
				ours: spread(
					loaded.map(({ bytes }) => bytes),
					megabytes,
				),
				score: median(loaded.map(({ bytes }) => bytes)) / 2 ** 20,
				aim: atMost(15, 'MB'),
			},
		];
		if (lab.options.quick) return { findings };
		const homes = [0, 1].map(() => mkdtempSync(path.join(tmpdir(), 'frontdesk-start-')));
		const [withIt = '', without = ''] = homes;
		const starts = await inTurn(4, {
			ours: async () => await start(lab, withIt),
			theirs: async () => await start(lab, without, []),
		});
		for (const home of homes) rmSync(home, { recursive: true, force: true });
		const of = (pick: (one: Loading) => number, show: (value: number) => string) => ({
			ours: spread(starts.ours.map(pick), show),
			theirs: spread(starts.theirs.map(pick), show),
		});
		return {
			findings: [
				...findings,
				{ what: "n8n's whole start", ...of((one) => one.milliseconds, milliseconds) },
				{ what: 'memory of n8n after its start', ...of(({ bytes }) => bytes, megabytes) },
			],
		};
	},
};
