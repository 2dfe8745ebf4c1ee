import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RECOGNISABLE } from './audit';
import type { Day } from './day';
import type { Run } from './lab';

const ROOT = path.resolve(__dirname, '../..');
/** One line of the table a run, until all are there. */
export const LINES = path.join(ROOT, 'artifacts', 'faults.json');
const PAGE = path.join(ROOT, 'docs', 'reliability.md');

/** Writes a text into docs/reliability.md, between the two marks of that name. */
function writeBetween(name: string, text: string): void {
	const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
	const page = readFileSync(PAGE, 'utf8');
	const [before, rest = ''] = page.split(start);
	writeFileSync(PAGE, `${before}${start}\n\n${text}\n\n${end}${rest.split(end)[1] ?? ''}`);
}

const COLUMNS: Array<[title: string, value: (run: Run) => string | number]> = [
	['mode', ({ mode }) => mode],
	['seed', ({ seed }) => seed],
	['leads', ({ size }) => size.leads],
	['power cuts', ({ size }) => size.kills.join(', ')],
	['effects expected', ({ findings }) => findings.length],
	['delivered', ({ delivered }) => delivered],
	['lost', ({ lost }) => lost.length],
	['doubled, could be told', ({ doubled }) => doubled.filter(isRecognisable).length],
	['doubled, elsewhere', ({ doubled }) => doubled.filter((one) => !isRecognisable(one)).length],
	['in flight at the cuts', ({ inFlight }) => inFlight],
	['uncertain, on record', ({ uncertain }) => uncertain.length],
	['forged accepted', ({ forgedAccepted }) => forgedAccepted.length],
	['slowest recovery', ({ slowestRecovery }) => `${slowestRecovery.toFixed(0)} s`],
];

const isRecognisable = ({ channel }: Run['doubled'][number]) => RECOGNISABLE.includes(channel);

const read = (): Array<Array<string | number>> =>
	existsSync(LINES) ? (JSON.parse(readFileSync(LINES, 'utf8')) as Array<Array<string | number>>) : [];

/** Keeps a run's line for the table. */
export function keep(run: Run): void {
	mkdirSync(path.dirname(LINES), { recursive: true });
	const lines = [...read(), COLUMNS.map(([, value]) => value(run))];
	writeFileSync(LINES, JSON.stringify(lines));
}

/** Writes the kept lines into docs/reliability.md. */
export function writeTable(): void {
	const titles = COLUMNS.map(([title]) => title);
	const row = (cells: Array<string | number>) => `| ${cells.join(' | ')} |`;
	writeBetween('the runs', [row(titles), row(titles.map(() => '---')), ...read().map(row)].join('\n'));
}

/** Writes what n8n's heap held in each hour of a day into docs/reliability.md. */
export function writeDay({ findings, delivered, uncertain, lost, stuck, heap }: Day): void {
	const megabytes = heap.map((bytes) => Math.round(bytes / 1e6)).join(', ');
	writeBetween(
		'the day',
		`${findings.length} effects expected, ${delivered} delivered, ${uncertain.length} uncertain and on record, ` +
			`${lost.length} lost, ${stuck.length} stuck. n8n's heap by the hour, in MB: ${megabytes}.`,
	);
}
