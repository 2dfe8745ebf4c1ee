import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RECOGNISABLE } from './audit';
import type { Day } from './day';
import type { Run } from './lab';

/** The page that the runs are written to. */
export const PAGE = path.resolve(__dirname, '../../docs/reliability.md');

/** Changes what stands in docs/reliability.md between the two marks of that name. */
function changeBetween(name: string, change: (text: string) => string): void {
	const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
	const page = readFileSync(PAGE, 'utf8');
	const [before, rest = ''] = page.split(start);
	const [text = '', after = ''] = rest.split(end);
	writeFileSync(PAGE, `${before}${start}\n\n${change(text.trim())}\n\n${end}${after}`);
}

const COLUMNS: Array<[title: string, value: (run: Run) => string | number]> = [
	['mode', ({ mode }) => mode],
	['seed', ({ seed }) => seed],
	['date', () => new Date().toISOString().slice(0, 10)],
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

const row = (cells: Array<string | number>) => `| ${cells.join(' | ')} |`;
const cellsOf = (line: string) =>
	line
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim());

/** Regular mode first, then by seed. */
const inOrder = (one: string[], other: string[]) =>
	String(other[0]).localeCompare(String(one[0])) || Number(one[1]) - Number(other[1]);

/** Writes a run's line into the table of docs/reliability.md, over that of an earlier run of its mode and seed. */
export function writeRun(run: Run): void {
	const mine = COLUMNS.map(([, value]) => String(value(run)));
	const titles = COLUMNS.map(([title]) => title);
	changeBetween('the runs', (table) => {
		const others = table.split('\n').slice(2).map(cellsOf);
		const kept = others.filter(([mode, seed]) => mode !== mine[0] || seed !== mine[1]);
		return [titles, titles.map(() => '---'), ...[...kept, mine].sort(inOrder)].map(row).join('\n');
	});
}

/** Writes what n8n's heap held in each hour of a day into docs/reliability.md. */
export function writeDay({ findings, delivered, uncertain, lost, stuck, heap }: Day): void {
	const megabytes = heap.map((bytes) => Math.round(bytes / 1e6)).join(', ');
	changeBetween(
		'the day',
		() =>
			`${findings.length} effects expected, ${delivered} delivered, ${uncertain.length} uncertain and on record, ` +
			`${lost.length} lost, ${stuck.length} stuck. n8n's heap by the hour, in MB: ${megabytes}.`,
	);
}
