import { readFileSync } from 'node:fs';
import type { BooksySimulator } from '../../sandbox/simulators/booksy';
import { SECRET_HEADERS } from '../../sandbox/src/sample';
import { flowFile } from '../../workflows/build/files';
import type { Lab } from './lab';
import { Caller, type Call } from './load';

/** The flow that a customer waits for: it reads settings, calls two others, asks a booking system and answers. */
export const REPLYING = 'booking-availability';
const PATH = `${REPLYING}/chatfuel`;

/** How many callers there are at once. */
export const CONNECTIONS = 10;

/** Booksy takes 200 requests a minute (`sandbox/simulators/booksy.ts`), and no more than this many replies need. */
const REPLIES_A_MINUTE = 50;

/** A customer's question for free times, once the flow listens. */
export async function question({ house }: Lab): Promise<Call> {
	await house.untilListening(PATH);
	const body = readFileSync(flowFile(REPLYING, 'sample-input.json'), 'utf8');
	return { url: house.webhook(PATH), headers: SECRET_HEADERS, body };
}

/** Asks so many times, on all connections at once. @returns replies a second */
export async function repliesASecond(lab: Lab, count: number): Promise<number> {
	if (count > REPLIES_A_MINUTE) throw new Error(`Booksy allows no more than ${REPLIES_A_MINUTE} at a time`);
	const call = await question(lab);
	lab.simulated<BooksySimulator>('booksy').newMinute();
	const caller = new Caller(CONNECTIONS);
	try {
		return await caller.all(Array.from({ length: count }, () => call));
	} finally {
		caller.close();
		await lab.untilIdle();
	}
}
