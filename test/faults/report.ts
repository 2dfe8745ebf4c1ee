import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RECOGNISABLE } from './audit';
import type { Run } from './lab';

const ROOT = path.resolve(__dirname, '../..');
/** One line of the table a run, until all are there. */
export const LINES = path.join(ROOT, 'artifacts', 'faults.json');
const PAGE = path.join(ROOT, 'docs', 'reliability.md');
const [START, END] = ['<!-- the runs -->', '<!-- end of the runs -->'];

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

/** Writes the kept lines into docs/reliability.md, between its two marks. */
export function writeTable(): void {
	const titles = COLUMNS.map(([title]) => title);
	const row = (cells: Array<string | number>) => `| ${cells.join(' | ')} |`;
	const table = [row(titles), row(titles.map(() => '---')), ...read().map(row)].join('\n');
	const page = readFileSync(PAGE, 'utf8');
	const [before, rest = ''] = page.split(START);
	writeFileSync(PAGE, `${before}${START}\n\n${table}\n\n${END}${rest.split(END)[1] ?? ''}`);
}
