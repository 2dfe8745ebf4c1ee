import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chromium } from './support/chromium';
import { hasQueueServers } from './support/servers';
import { specs } from './support/specsFolder';

/** What a suite needs that a machine may not have, and how to get it. */
interface Need {
	name: string;
	present: boolean;
	install: string;
}

interface Suite {
	projects: string[];
	/** How many of its files run at once. */
	workers: number;
	needs: Need[];
}

interface Report {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numRuntimeErrorTestSuites: number;
}

const ROOT = path.resolve(__dirname, '..');
const ARTIFACTS = path.join(ROOT, 'artifacts');
/** Tells of failures while a suite of one long file still runs. */
const REPORTER = path.join(ROOT, 'test', 'support', 'reporter.js');
/** A suite that hangs is ended, and so is red. */
const LONGEST_SUITE_MILLISECONDS = 60 * 60_000;
/** In CI nothing may be left out silently. */
const STRICT = process.env.FRONTDESK_STRICT === '1';

const SUITES: Suite[] = [
	{
		projects: ['unit', 'contract', 'house', 'load', 'fuzz'],
		workers: 2,
		needs: [
			{
				name: 'the official specs (contract tests against them are skipped)',
				present: specs !== undefined,
				install: 'set FRONTDESK_SPECS to the folder that holds specs/ and payloads/',
			},
		],
	},
	{ projects: ['flows'], workers: 2, needs: [] },
	{
		projects: ['install', 'queue', 'faults'],
		workers: 2,
		needs: [
			{
				name: 'Redis on 6379 or PostgreSQL on 5432 (the tests of queue mode are skipped)',
				present: hasQueueServers(),
				install:
					'Debian and Ubuntu: apt-get install redis-server postgresql; docs/scaling.md has the addresses',
			},
		],
	},
	{
		projects: ['editor', 'console'],
		workers: 1,
		needs: [
			{
				name: 'Chromium (the tests of the editor and of the console are skipped)',
				present: chromium !== undefined,
				install: 'Debian and Ubuntu: apt-get install chromium; or set FRONTDESK_CHROMIUM to its path',
			},
		],
	},
];

function runSuite({ projects, workers }: Suite): Report {
	const file = path.join(ARTIFACTS, `jest-${projects.join('-')}.json`);
	const args = [
		require.resolve('jest/bin/jest'),
		'--selectProjects',
		...projects,
		'--json',
		`--outputFile=${file}`,
		...(workers === 1 ? ['--runInBand'] : [`--maxWorkers=${workers}`]),
		'--reporters=default',
		`--reporters=${REPORTER}`,
		...process.argv.slice(2),
	];
	rmSync(file, { force: true });
	const { status } = spawnSync(process.execPath, args, {
		timeout: LONGEST_SUITE_MILLISECONDS,
		cwd: ROOT,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	if (!existsSync(file))
		throw new Error(`The suite ${projects.join(' and ')} ended with code ${status} and no report`);
	return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

mkdirSync(ARTIFACTS, { recursive: true });
const reports = SUITES.map((suite) => runSuite(suite));
const sum = (pick: (report: Report) => number) => reports.reduce((total, report) => total + pick(report), 0);
const skipped = sum(({ numPendingTests }) => numPendingTests);
const missing = SUITES.flatMap(({ needs }) => needs).filter(({ present }) => !present);
const failed =
	sum(({ numFailedTests, numRuntimeErrorTestSuites }) => numFailedTests + numRuntimeErrorTestSuites) +
	(STRICT ? skipped : 0);

for (const { name, install } of missing) console.log(`Not on this machine: ${name}. To have it: ${install}.`);
console.log(
	`${sum(({ numPassedTests }) => numPassedTests)} passed, ${failed} failed${skipped > 0 && !STRICT ? `, ${skipped} skipped` : ''}`,
);
process.exitCode = failed === 0 ? 0 : 1;
