import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../../sandbox/src/paths';
import { aimsChart, growthChart } from './chart';
import type { Result, Section } from './define';
import type { Machine } from './machine';
import { tableOf } from './table';

const PAGE = path.join(ROOT, 'docs/performance.md');
/** The newest run and the one before it: an aim counts as reached when two runs reach it. */
const RUNS = path.join(ROOT, 'docs/performance.json');
const PICTURES = path.join(ROOT, 'docs/pictures');

const SECTIONS: Section[] = ['aims', 'growth', 'queue', 'settings'];

interface MeasuredRun {
	at: string;
	machine: Machine;
	results: Result[];
}

/** What stands above a section's table. */
const CHARTS: Partial<Record<Section, string>> = {
	aims: '![How far each aim is reached](pictures/performance.svg)',
	growth: '![Time and memory an item, against the number of items](pictures/performance-growth.svg)',
};

const machineText = ({ processor, cores, gigabytes, system, n8n, node, loadBefore }: Machine) =>
	`${processor}, ${cores} cores, ${gigabytes} GB, ${system}; n8n ${n8n} on Node ${node}; load before the run ${loadBefore}`;

function contentOf(section: Section, [run, before]: MeasuredRun[]): string {
	const of = (one: MeasuredRun | undefined) =>
		(one?.results ?? []).filter(({ bench }) => bench.section === section);
	if (of(run).length === 0) return 'Not measured yet.';
	return [CHARTS[section], tableOf(of(run), of(before))].filter(Boolean).join('\n\n');
}

/** Puts text between `<!-- name -->` and `<!-- /name -->`. @throws Error where the page has no such markers */
function between(page: string, name: string, text: string): string {
	const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
	if (!page.includes(start) || !page.includes(end)) throw new Error(`${PAGE} has no markers for ${name}`);
	const [head = ''] = page.split(start);
	const [, tail = ''] = page.split(end);
	return `${head}${start}\n\n${text}\n\n${end}${tail}`;
}

/**
 * Writes a whole run into docs/performance.md, between its markers, and its charts.
 *
 * @returns the files, relative to the checkout
 */
export async function writePage(machine: Machine, results: Result[]): Promise<string[]> {
	const earlier = existsSync(RUNS) ? (JSON.parse(readFileSync(RUNS, 'utf8')) as MeasuredRun[]) : [];
	const runs = [{ at: new Date().toISOString().slice(0, 16), machine, results }, ...earlier].slice(0, 2);
	const about = runs.map(
		({ at, machine: on }, index) =>
			`- ${index === 0 ? 'This run' : 'The run before'}: ${at.replace('T', ' ')} UTC, ${machineText(on)}.`,
	);
	let page = readFileSync(PAGE, 'utf8');
	page = between(page, 'machine', about.join('\n'));
	for (const section of SECTIONS) {
		page = between(page, section, contentOf(section, runs));
	}
	mkdirSync(PICTURES, { recursive: true });
	const files: Array<[file: string, text: string]> = [
		[PAGE, page],
		[RUNS, JSON.stringify(runs)],
		[path.join(PICTURES, 'performance.svg'), aimsChart(results)],
		[path.join(PICTURES, 'performance-growth.svg'), growthChart(results)],
	];
	for (const [file, text] of files) {
		const options = (await resolveConfig(file)) ?? {};
		writeFileSync(file, file.endsWith('.svg') ? text : await format(text, { ...options, filepath: file }));
	}
	return files.map(([file]) => path.relative(ROOT, file));
}
