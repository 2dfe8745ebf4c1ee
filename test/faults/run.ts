import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { CHOICE_VARIABLE, FULL, type Choice } from './choice';
import { PAGE } from './report';

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

/** Sets the tables that the runs wrote as this house sets its pages; jest itself cannot load prettier. */
async function tidyPage(): Promise<void> {
	const options = { ...(await resolveConfig(PAGE)), parser: 'markdown' };
	writeFileSync(PAGE, await format(readFileSync(PAGE, 'utf8'), options));
}

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
if (chosen.write) void tidyPage();
