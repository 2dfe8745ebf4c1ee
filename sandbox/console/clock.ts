import { DateTime } from 'luxon';
import { readFlow, type WorkflowFile } from '../../workflows/build/files';
import type { House } from '../src/house';
import { MOMENT, runAt } from '../src/run';
import type { Clock } from './model';

const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';
/** When flows that n8n starts all day are tried: in the morning, and when the evening's work is done. */
const HOURS = ['10:00', '19:30'];
const ZONE = 'Europe/Warsaw';

interface Interval {
	field: string;
	expression?: string;
}

/** At which times of a day a flow is tried: a daily one at its own, any other twice. */
function hoursOf({ nodes }: WorkflowFile): string[] {
	const rule = nodes.find(({ type }) => type === SCHEDULE)?.parameters.rule as
		{ interval: Interval[] } | undefined;
	const daily = rule?.interval.map(({ expression }) => /^(\d+) (\d+) \* \* \*$/.exec(expression ?? ''))[0];
	if (!daily) return HOURS;
	return [`${daily[2]?.padStart(2, '0')}:${daily[1]?.padStart(2, '0')}`];
}

/**
 * What n8n's schedule would start on a day: every flow with a schedule that can be tried at another moment.
 *
 * @param flows by folder
 * @param date ISO 8601, without a time
 * @returns folder and moment (ISO 8601 with an offset), in order
 */
export function dayOf(flows: Map<string, WorkflowFile>, date: string): Array<{ folder: string; at: string }> {
	const runs = [...flows]
		.filter(([, { nodes }]) => nodes.some(({ name }) => name === MOMENT))
		.filter(([, { nodes }]) => nodes.some(({ type }) => type === SCHEDULE))
		.flatMap(([folder, flow]) => hoursOf(flow).map((hour) => ({ folder, time: `${date}T${hour}` })));
	return runs
		.map(({ folder, time }) => {
			const at = DateTime.fromISO(time, { zone: ZONE }).toISO({ suppressMilliseconds: true }) ?? time;
			return { folder, at };
		})
		.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/**
 * The clock of the scheduled flows. Moving it a day runs them, one after another, as if it were the next day; n8n and the
 * providers keep the real time.
 */
export class MovedClock {
	private days = 0;
	private isMoving = false;
	private runs: Clock['runs'] = [];

	constructor(private readonly house: House) {}

	private get date(): string {
		return DateTime.now().setZone(ZONE).plus({ days: this.days }).toISODate() ?? '';
	}

	/** Where it stands. */
	get state(): Clock {
		return { days: this.days, date: this.date, isMoving: this.isMoving, runs: this.runs };
	}

	/**
	 * Lets a day pass, to its end.
	 *
	 * @throws Error while it is moving
	 */
	async moveDay(): Promise<void> {
		if (this.isMoving) throw new Error('The clock is moving already');
		this.isMoving = true;
		this.days++;
		const flows = new Map([...this.house.flowIds.keys()].map((folder) => [folder, readFlow(folder)]));
		const planned = dayOf(flows, this.date);
		this.runs = planned.map(({ folder, at }) => ({
			flow: flows.get(folder)?.name ?? folder,
			at,
			outcome: 'waiting',
		}));
		try {
			for (const [index, { folder, at }] of planned.entries()) await this.run(index, folder, at);
		} finally {
			this.isMoving = false;
		}
	}

	private async run(index: number, folder: string, at: string): Promise<void> {
		const run = this.runs[index];
		if (!run) return;
		run.outcome = 'running';
		try {
			await runAt(this.house, folder, at);
			run.outcome = 'done';
		} catch (error) {
			run.outcome = 'failed';
			run.message = (error as Error).message;
		}
	}
}
