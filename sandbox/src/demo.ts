import { House } from './house';
import { brokenOff, type Line, type Scenario, scenarios } from './scenario';
import { Progress } from './shell';

/** Plays one scenario and prints its receipt. @returns the lines that did not arrive */
async function play({ title, play: perform }: Scenario, house: House): Promise<Line[]> {
	console.log(`\n${title}`);
	const lines = await perform(house).catch(brokenOff);
	for (const { where, what, arrived } of lines)
		console.log(`  ${arrived ? '✓' : '✗'} ${where.padEnd(11)} ${what}`);
	return lines.filter(({ arrived }) => !arrived);
}

/** `npm run demo` plays every scenario; `npm run demo -- <part of a title>` those whose titles have it. */
async function main(): Promise<void> {
	const wanted = (process.argv[2] ?? '').toLowerCase();
	const all = await scenarios();
	const chosen = all.filter(({ title }) => title.toLowerCase().includes(wanted));
	if (chosen.length === 0) {
		const titles = all.map(({ title }) => `  ${title}`).join('\n');
		throw new Error(`No scenario has "${wanted}" in its title. There are:\n${titles}`);
	}
	const progress = new Progress('Starting n8n with every provider simulated');
	const house = await House.open();
	progress.done();
	try {
		const missing: Line[] = [];
		for (const scenario of chosen) missing.push(...(await play(scenario, house)));
		console.log(
			missing.length === 0 ? '\nAll arrived.' : `\nMissing: ${missing.map(({ where }) => where).join(', ')}.`,
		);
		process.exitCode = missing.length === 0 ? 0 : 1;
	} finally {
		await house.close();
	}
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
