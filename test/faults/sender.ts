import axios from 'axios';
import { LEAD_WEBHOOK, SECRET_HEADERS } from '../../sandbox/src/sample';
import { theHouse } from '../support/house';
import type { Sending } from './plan';

/** A busy machine answers late; the bot's own patience is ten seconds. */
const TIMEOUT_MILLISECONDS = 30_000;
const PAUSE_MILLISECONDS = 1000;
const PATIENCE_MILLISECONDS = 10 * 60_000;

export interface Outcome {
	sending: Sending;
	/** How often it was sent until it was answered. */
	times: number;
	/** The status of the answer that ended it; undefined where none ever came. */
	status?: number;
	/** When that answer came, in milliseconds since 1970. */
	at: number;
}

interface Reply {
	set_attributes?: Record<string, string>;
}

async function post(sending: Sending): Promise<{ status: number; isTaken: boolean } | undefined> {
	const { attributes } = sending.kind === 'forgery' ? sending : sending.lead;
	const headers = sending.kind === 'forgery' ? sending.headers : SECRET_HEADERS;
	try {
		const { status, data } = await axios.post<Reply>(theHouse().webhook(LEAD_WEBHOOK), attributes, {
			headers,
			proxy: false,
			timeout: TIMEOUT_MILLISECONDS,
			validateStatus: () => true,
		});
		return { status, isTaken: status === 200 && data.set_attributes?.['lead saved'] === 'yes' };
	} catch {
		return undefined;
	}
}

/** A forgery is judged by any answer that n8n itself gives; 404 and 5xx come from one that has just started. */
const isOver = (sending: Sending, answer: { status: number; isTaken: boolean }) =>
	sending.kind === 'forgery' ? answer.status !== 404 && answer.status < 500 : answer.isTaken;

/** Sends until n8n says that it has the lead, as the bot's fallback block does. */
export async function send(sending: Sending): Promise<Outcome> {
	const deadline = Date.now() + PATIENCE_MILLISECONDS;
	for (let times = 1; ; times++) {
		const answer = await post(sending);
		if (answer && isOver(sending, answer)) return { sending, times, status: answer.status, at: Date.now() };
		if (Date.now() > deadline) return { sending, times, at: Date.now() };
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
	}
}
