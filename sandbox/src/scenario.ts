import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { House } from './house';
import { SANDBOX } from './paths';

/** One line of a receipt: what should have arrived where, and whether it did. */
export interface Line {
	where: string;
	what: string;
	arrived: boolean;
}

/** A story from end to end, exported as `scenario` by a file in sandbox/scenarios. */
export interface Scenario {
	/** What happens, as one sentence. */
	title: string;
	/**
	 * Plays it among people of its own, and reads what became of it from providers and tables; what others left
	 * there stays.
	 */
	play(house: House): Promise<Line[]>;
}

type Row = Record<string, unknown>;

const FOLDER = path.join(SANDBOX, 'scenarios');
/** How long a receipt or a message is waited for. */
export const PATIENCE_SECONDS = 28;
/** How many characters of a message a receipt shows. */
const QUOTED = 80;

/** Every scenario, by file name: a new one needs no line here. */
export async function scenarios(): Promise<Scenario[]> {
	const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ts'));
	const modules = await Promise.all(
		files.sort().map(async (file) => (await import(path.join(FOLDER, file))) as { scenario?: Scenario }),
	);
	return modules.flatMap(({ scenario }) => scenario ?? []);
}

/**
 * What a simulated provider holds.
 *
 * @throws Error where the sandbox has no such provider
 */
export const stateOf = <State>(house: House, provider: string): State =>
	house.provider(provider).state() as State;

/**
 * The rows of a table of ours that have these values, oldest first.
 *
 * @param table its name without `frontdesk_`
 */
export const rows = async (house: House, table: string, values: Row): Promise<Row[]> =>
	(await house.editor.rows<Row>(`frontdesk_${table}`)).filter((row) =>
		Object.entries(values).every(([column, value]) => row[column] === value),
	);

/** Whether a table of ours has one row with these values, and no second one. */
export const hasRow = async (house: House, table: string, values: Row): Promise<boolean> =>
	(await rows(house, table, values)).length === 1;

/** Waits until something holds, for at most `PATIENCE_SECONDS`. @returns whether it does */
export async function inTime(check: () => boolean | Promise<boolean>): Promise<boolean> {
	const deadline = Date.now() + PATIENCE_SECONDS * 1000;
	for (;;) {
		if (await check()) return true;
		if (Date.now() > deadline) return false;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

/**
 * Reads a receipt until all has arrived, in time; then once more when n8n is idle, for what came twice has not
 * arrived as it should.
 *
 * @throws Error where n8n does not become idle
 */
export async function untilArrived(house: House, receipt: () => Line[] | Promise<Line[]>): Promise<Line[]> {
	const allArrived = async () => (await receipt()).every(({ arrived }) => arrived);
	if (await inTime(allArrived)) await house.untilIdle(PATIENCE_SECONDS);
	return await receipt();
}

/** The beginning of a message, on one line, as a receipt shows it. */
export function quote(text: string | null | undefined): string {
	const line = Array.from((text ?? '').replace(/\s+/g, ' '));
	return `"${line.slice(0, QUOTED).join('')}${line.length > QUOTED ? '…' : ''}"`;
}

/** The receipt of a story that could not be played on. */
export const brokenOff = ({ message }: Error): Line[] => [
	{ where: 'Scenario', what: message, arrived: false },
];

/** Plays a story part by part. Where something does not arrive the rest is not played. @returns all lines so far */
export async function inParts(...parts: Array<() => Promise<Line[]>>): Promise<Line[]> {
	const lines: Line[] = [];
	for (const part of parts) {
		lines.push(...(await part().catch(brokenOff)));
		if (!lines.every(({ arrived }) => arrived)) break;
	}
	return lines;
}
