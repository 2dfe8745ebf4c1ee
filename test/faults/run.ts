import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CHOICE_VARIABLE, FULL, type Choice } from './choice';
import { LINES, writeTable } from './report';

/** `npm run test:faults -- [--mode regular,queue] [--seeds 1,2,3] [--leads 1000] [--write]` */
const { values } = parseArgs({
	options: {
		mode: { type: 'string', default: FULL.modes.join(',') },
		seeds: { type: 'string', default: FULL.seeds.join(',') },
		leads: { type: 'string', default: String(FULL.leads) },
		write: { type: 'boolean', default: false },
	},
});
const chosen: Choice = {
	modes: values.mode.split(',') as Choice['modes'],
	seeds: values.seeds.split(',').map(Number),
	leads: Number(values.leads),
	write: values.write,
};

rmSync(LINES, { force: true });
const { status } = spawnSync(
	process.execPath,
	[require.resolve('jest/bin/jest'), '--selectProjects', 'faults', '--runInBand'],
	{
		cwd: path.resolve(__dirname, '../..'),
		stdio: 'inherit',
		env: { ...process.env, [CHOICE_VARIABLE]: JSON.stringify(chosen) },
	},
);
if (chosen.write) writeTable();
process.exitCode = status ?? 1;
