import { runAt as runHouseAt } from '../../sandbox/src/run';
import { theHouse } from './house';

/** Runs a scheduled flow in the open sandbox; see `runAt` there. */
export const runAt = async (folder: string, now: string): Promise<void> =>
	await runHouseAt(theHouse(), folder, now);
