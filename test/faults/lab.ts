import { LEAD_WEBHOOK } from '../../sandbox/src/sample';
import { closeHouse, openHouse, theHouse } from '../support/house';
import { audit, type Audit } from './audit';
import { planOf, type Sending, type Size } from './plan';
import { prepareSettings, recover } from './recovery';
import { send, type Outcome } from './sender';
import { startServers, type PrivateServers } from './servers';
import { badWeather } from './weather';

export type Mode = 'regular' | 'queue';

export interface Run extends Audit {
	mode: Mode;
	seed: number;
	size: Size;
	outcomes: Outcome[];
	/** What was in flight at each kill: leads sent and not yet answered, and requests at providers. */
	inFlight: number;
	/** The longest time from a kill to the next lead that was answered, in seconds. */
	slowestRecovery: number;
	sweeps: number;
	seconds: number;
}

/** How many are sent at once. */
const SENDERS = 6;
const DOWN_MILLISECONDS = 500;

/**
 * As a busy house sets its n8n (docs/scaling.md). Only failures are kept: else the list of executions outgrows the leads.
 * n8n 2.40.7 makes an isolate for every execution, sub-flows too, which triples the work of a lead; in its older engine
 * expressions mean the same, and a thousand leads come in before the night.
 */
const BUSY_HOUSE = { EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none', N8N_EXPRESSION_ENGINE: 'legacy' };

interface Kill {
	name: string;
	at: number;
	inFlight: number;
}

/** Power cuts, one after another: the next process is not ended before the last one is back. */
class PowerCuts {
	readonly kills: Kill[] = [];
	private last: Promise<void> = Promise.resolve();

	constructor(private readonly servers?: PrivateServers) {}

	/** Ends a process, or one of the lab's own servers, and starts it again. */
	cut(name: string, inFlight: () => number): void {
		this.last = this.last.then(async () => {
			this.kills.push({ name, at: Date.now(), inFlight: inFlight() });
			if (name === 'redis' || name === 'postgres') return await this.servers?.restart[name]();
			await theHouse().kill(name);
			await new Promise((resolve) => setTimeout(resolve, DOWN_MILLISECONDS));
			await theHouse().restart(name);
		});
	}

	async over(): Promise<void> {
		await this.last;
	}
}

/** Sends everything in the plan's order, so many at once, and ends processes on the way. */
async function sendAll(sendings: Sending[], kills: Map<number, string>, cuts: PowerCuts): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	let next = 0;
	let open = 0;
	const atProviders = () =>
		theHouse().world.exchanges.filter(({ response, fault }) => !response && !fault).length;
	const sender = async () => {
		while (next < sendings.length) {
			const index = next++;
			const name = kills.get(index);
			if (name) cuts.cut(name, () => open + atProviders());
			open++;
			outcomes.push(await send(sendings[index] as Sending));
			open--;
		}
	};
	await Promise.all(Array.from({ length: SENDERS }, sender));
	await cuts.over();
	return outcomes;
}

const slowest = (kills: Kill[], outcomes: Outcome[]) => {
	const answers = outcomes.filter(({ status }) => status === 200).map(({ at }) => at);
	const waits = kills.map(({ at }) => Math.min(...answers.filter((answer) => answer > at)) - at);
	return Math.max(0, ...waits.filter(Number.isFinite)) / 1000;
};

/** Plays one run in an n8n of its own, from the first lead to the last sweep, and audits it. */
export async function play(mode: Mode, seed: number, size: Size): Promise<Run> {
	const started = Date.now();
	const servers = mode === 'queue' ? await startServers() : undefined;
	try {
		await openHouse({
			...(servers && { queue: servers.services }),
			env: BUSY_HOUSE,
		});
		await theHouse().untilListening(LEAD_WEBHOOK);
		await prepareSettings();
		const plan = planOf(seed, size);
		theHouse().world.weather = badWeather(seed, size.faults, plan.leads);
		const cuts = new PowerCuts(servers);
		const outcomes = await sendAll(plan.sendings, plan.kills, cuts);
		const sweeps = await recover();
		return {
			...(await audit(plan, outcomes)),
			...{ mode, seed, size, outcomes, sweeps },
			inFlight: cuts.kills.reduce((sum, { inFlight }) => sum + inFlight, 0),
			slowestRecovery: slowest(cuts.kills, outcomes),
			seconds: (Date.now() - started) / 1000,
		};
	} finally {
		await closeHouse();
		await servers?.stop();
	}
}
