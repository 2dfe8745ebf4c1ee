import type { House } from '../src/house';
import type { LeadLine, Run } from './model';
import { TABLES, timelines, type Row, type Tables } from './timeline';

const EACH_MILLISECONDS = 1000;
/** Rows that no flow wrote, such as an operator's own, show after so long at the latest. */
const OLDEST_MILLISECONDS = 10_000;
const SHOWN_RUNS = 25;
/** One that waits, as for a form, does not count. */
const RUNNING = ['new', 'running'];

/** Reads n8n's executions again and again, and the Data Tables whenever executions have changed. */
export class Records {
	leads: LeadLine[] = [];
	runs: { running: number; list: Run[] } = { running: 0, list: [] };
	private seen = '';
	private readAt = 0;
	private isOpen = true;
	private readonly reading: Promise<void>;

	/** @param isWanted whether anybody looks; nothing is read while nobody does */
	constructor(
		private readonly house: House,
		private readonly isWanted: () => boolean,
	) {
		this.reading = this.keepReading();
	}

	/** Reads no more; resolves when the last reading has ended. */
	async close(): Promise<void> {
		this.isOpen = false;
		await this.reading;
	}

	private async keepReading(): Promise<void> {
		while (this.isOpen) {
			// n8n may be busy or going down; the next reading shows what is there then.
			if (this.isWanted()) await this.read().catch(() => undefined);
			await new Promise((resolve) => setTimeout(resolve, EACH_MILLISECONDS));
		}
	}

	private async read(): Promise<void> {
		const executions = await this.house.editor.executions();
		const seen = executions.map(({ id, status }) => `${id} ${status}`).join();
		const running = executions.filter(({ status }) => RUNNING.includes(status));
		const shown = executions.filter(({ mode, status }) => mode !== 'integrated' || status === 'error');
		this.runs = {
			running: running.length,
			list: shown.slice(0, SHOWN_RUNS).map(({ id, workflowId, workflowName, status, startedAt }) => ({
				id,
				flow: workflowName,
				status,
				at: startedAt ?? '',
				url: `${this.house.n8n.url}/workflow/${workflowId}/executions/${id}`,
			})),
		};
		if (seen === this.seen && Date.now() - this.readAt < OLDEST_MILLISECONDS) return;
		await this.readTables();
		this.seen = seen;
		this.readAt = Date.now();
	}

	private async readTables(): Promise<void> {
		const entries: Array<[string, Row[]]> = [];
		for (const name of TABLES) entries.push([name, await this.house.editor.rows<Row>(`frontdesk_${name}`)]);
		this.leads = timelines(Object.fromEntries(entries) as Tables);
	}
}
