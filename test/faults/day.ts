import axios from 'axios';
import { DateTime } from 'luxon';
import { LEAD_WEBHOOK } from '../../sandbox/src/sample';
import { closeHouse, openHouse, theHouse } from '../support/house';
import { runAt } from '../support/runAt';
import { audit, type Audit, type Delivery } from './audit';
import { planOf, type Plan, type Sending } from './plan';
import { openRows, prepareSettings, recover } from './recovery';
import { send, type Outcome } from './sender';
import { badWeather } from './weather';

export interface Day extends Audit {
	/** The least that n8n's heap held in each of the day's hours, in bytes: what is left when rubbish was collected. */
	heap: number[];
	/** Deliveries that are still to be tried after the day. */
	stuck: Delivery[];
}

const HOURS = 24;
const SENDERS = 3;
const SAMPLE_MILLISECONDS = 250;
/** The flows that n8n's clock starts, each as often as once an hour; the report of the day comes at eight. */
const HOURLY = [
	'deliveries-sweep',
	'appointment-reminders',
	'visit-survey',
	'photo-reminders',
	'health-check',
];
const REPORT_HOUR = 20;

/** What n8n's heap holds now, in bytes, as its own metrics say. */
async function heapUsed(): Promise<number> {
	const { data } = await axios.get<string>(`${theHouse().n8n.url}/metrics`, { proxy: false });
	const [, bytes] = /^n8n_nodejs_heap_size_used_bytes ([\d.e+]+)$/m.exec(data) ?? [];
	if (!bytes) throw new Error('n8n tells no figure for its heap');
	return Number(bytes);
}

/** Watches the heap while something is done. @returns the least that was seen */
async function leastHeapDuring(work: () => Promise<void>): Promise<number> {
	const seen: number[] = [];
	let isOver = false;
	const watch = async () => {
		while (!isOver) {
			seen.push(await heapUsed());
			await new Promise((resolve) => setTimeout(resolve, SAMPLE_MILLISECONDS));
		}
	};
	const watching = watch();
	try {
		await work();
	} finally {
		isOver = true;
		await watching;
	}
	return Math.min(...seen);
}

/** An hour's visitors, some at once, and then all that the clock starts in that hour. */
async function playHour(hour: number, sendings: Sending[], outcomes: Outcome[]): Promise<void> {
	const waiting = [...sendings];
	const sender = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.push(await send(next));
	};
	await Promise.all(Array.from({ length: SENDERS }, sender));
	const flows = hour === REPORT_HOUR ? [...HOURLY, 'daily-report'] : HOURLY;
	for (const flow of flows) await runAt(flow, DateTime.now().plus({ hours: hour }).toISO());
}

const shareOf = (sendings: Sending[], hour: number) =>
	sendings.slice(
		Math.floor((sendings.length * hour) / HOURS),
		Math.floor((sendings.length * (hour + 1)) / HOURS),
	);

async function playHours(plan: Plan): Promise<{ heap: number[]; outcomes: Outcome[] }> {
	const outcomes: Outcome[] = [];
	const heap: number[] = [];
	for (let hour = 0; hour < HOURS; hour++) {
		heap.push(
			await leastHeapDuring(async () => await playHour(hour, shareOf(plan.sendings, hour), outcomes)),
		);
	}
	return { heap, outcomes };
}

/** Plays a day of visitors in bad weather, an hour of it in some seconds, and audits what is left. */
export async function playDay(seed: number, leads: number): Promise<Day> {
	try {
		await openHouse({ env: { EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none', N8N_METRICS: 'true' } });
		await theHouse().untilListening(LEAD_WEBHOOK);
		await prepareSettings();
		const plan = planOf(seed, { leads, faults: 0.2, duplicates: 0.1, forgeries: 0.1, kills: [] });
		theHouse().world.weather = badWeather(seed, 0.2, plan.leads);
		const { heap, outcomes } = await playHours(plan);
		await recover();
		return { ...(await audit(plan, outcomes)), heap, stuck: await openRows() };
	} finally {
		await closeHouse();
	}
}
