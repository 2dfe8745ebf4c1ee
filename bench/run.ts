import { writeSync } from 'node:fs';
import { isFarOff, isMet, type Finding, type NamedBench, type Result } from './lib/define';
import { findBenches } from './lib/found';
import { Lab } from './lib/lab';
import { thisMachine } from './lib/machine';
import { writePage } from './lib/page';
import { aimText, scoreText } from './lib/table';

const say = (text: string) => void writeSync(1, `${text}\n`);

function tell({ what, ours, theirs, ...rest }: Finding): string {
	const verdict = { true: 'reached', false: 'missed', undefined: '' }[String(isMet({ what, ours, ...rest }))];
	const parts = [
		`  ${what}: ${ours}`,
		theirs && `against ${theirs}`,
		scoreText(rest),
		aimText(rest.aim),
		verdict,
	];
	return parts.filter(Boolean).join(', ');
}

async function measure(lab: Lab, bench: NamedBench): Promise<Result> {
	const { name, title, against, section, order } = bench;
	say(`${name}: ${title}, against ${against}`);
	const outcome = await bench.measure(lab);
	for (const finding of outcome.findings) say(tell(finding));
	return { bench: { name, title, against, section, order }, ...outcome };
}

/**
 * `npm run bench` measures everything and writes docs/performance.md; `-- <name> …` measures some and writes nothing;
 * `-- --quick` measures small and fails where a ratio misses its aim by more than half; `-- --profile` keeps n8n's
 * processor profiles.
 */
async function main(): Promise<void> {
	const args = process.argv.slice(2);
	const names = args.filter((arg) => !arg.startsWith('--'));
	const quick = args.includes('--quick');
	const all = await findBenches();
	const unknown = names.filter((name) => !all.some((bench) => bench.name === name));
	if (unknown.length > 0) {
		throw new Error(`No bench ${unknown.join(', ')}; there are: ${all.map(({ name }) => name).join(', ')}`);
	}
	const chosen = all.filter(({ name, slow }) => (names.length > 0 ? names.includes(name) : !quick || !slow));
	const machine = thisMachine();
	const flows = chosen.flatMap((bench) => bench.flows ?? []);
	const lab = await Lab.open({ quick, flows, profile: args.includes('--profile') });
	const results: Result[] = [];
	try {
		for (const bench of chosen) results.push(await measure(lab, bench));
	} finally {
		await lab.close();
	}
	if (names.length === 0 && !quick) say(`Written: ${(await writePage(machine, results)).join(', ')}`);
	const farOff = results.flatMap(({ bench, findings }) =>
		findings.filter(isFarOff).map(({ what }) => `${bench.name} (${what})`),
	);
	if (quick && farOff.length > 0) {
		say(`Far off their aims: ${farOff.join(', ')}`);
		process.exitCode = 1;
	}
}

main().catch((error: unknown) => {
	say(error instanceof Error ? (error.stack ?? error.message) : String(error));
	process.exitCode = 1;
});
