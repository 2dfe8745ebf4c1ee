import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CHOICE_VARIABLE, FULL, type Choice } from './choice';

/** `npm run test:faults -- [--mode regular,queue] [--seeds 1,2,3] [--leads 1000] [--day] [--write]`; with `--day` alone, only that */
const { values } = parseArgs({
	options: {
		mode: { type: 'string' },
		seeds: { type: 'string', default: FULL.seeds.join(',') },
		leads: { type: 'string', default: String(FULL.leads) },
		day: { type: 'boolean', default: false },
		write: { type: 'boolean', default: false },
	},
});
const modes = values.mode ?? (values.day ? '' : FULL.modes.join(','));
const chosen: Choice = {
	modes: modes.split(',').filter(Boolean) as Choice['modes'],
	seeds: values.seeds.split(',').map(Number),
	leads: Number(values.leads),
	day: values.day || values.mode === undefined,
	write: values.write,
};

const { status } = spawnSync(
	process.execPath,
	[require.resolve('jest/bin/jest'), '--selectProjects', 'faults', '--runInBand'],
	{
		cwd: path.resolve(__dirname, '../..'),
		stdio: 'inherit',
		env: { ...process.env, [CHOICE_VARIABLE]: JSON.stringify(chosen) },
	},
);
process.exitCode = status ?? 1;
