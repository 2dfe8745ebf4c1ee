import { DateTime } from 'luxon';
import { eventually, theHouse } from '../support/house';
import { runAt } from '../support/runAt';
import type { Delivery } from './audit';

const SWEEP = 'deliveries-sweep';
const OPEN = ['pending', 'sending'];
const MOST_SWEEPS = 40;
/** Longer than a node waits for a provider that asked it to slow down. */
const QUIET_MILLISECONDS = 25_000;

/** Deliveries that are still to be tried. */
export const openRows = async (): Promise<Delivery[]> => {
	const rows = await theHouse().editor.rows<Delivery>('frontdesk_deliveries');
	return rows.filter(({ status, nextAttemptAt }) => OPEN.includes(status) || nextAttemptAt !== null);
};

/** Waits until n8n has asked no provider for a while. A killed worker's executions stay "running", so they say nothing. */
async function untilQuiet(): Promise<void> {
	await eventually(() => {
		const last = Date.parse(theHouse().world.exchanges.at(-1)?.at ?? '') || 0;
		expect(Date.now() - last).toBeGreaterThan(QUIET_MILLISECONDS);
	}, 300);
}

/**
 * Lets time pass, as the schedule does: each run of the sweep is an hour later than the one before.
 *
 * @returns how many runs it took until nothing was left to try
 */
export async function recover(): Promise<number> {
	await untilQuiet();
	for (let sweeps = 1; sweeps <= MOST_SWEEPS; sweeps++) {
		if ((await openRows()).length === 0) return sweeps - 1;
		await runAt(
			SWEEP,
			DateTime.now()
				.plus({ hours: 7 * sweeps })
				.toISO(),
		);
	}
	throw new Error(`After ${MOST_SWEEPS} sweeps ${(await openRows()).length} deliveries are still open`);
}

/** Settings of the lab: night or day, and as many rows a sweep as there are. */
export async function prepareSettings(): Promise<void> {
	await theHouse().editor.changeSettings({
		quietHoursStart: '00:00',
		quietHoursEnd: '00:00',
		deliveriesPerSweep: '500',
		// The default is to count again, as a lost count is worse than a double one; the lab wants to see doubles.
		uncertainGa4: 'park',
	});
}
