import { clientIdFromLeadKey } from '../../nodes/Ga4Events/identity';
import type { Fault, SimResponse, Weather } from '../../sandbox/simulators/kit';
import { leadKeyOf, type Lead } from './plan';
import { pick, randomOf, type Random } from './random';

/** A gateway that gives up on a hanging provider; shorter than a node's own patience, so both ends are met. */
const CUT_AFTER_MILLISECONDS = 6000;

const page = (status: number): SimResponse => ({
	status,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	body: `<!DOCTYPE html><html><head><title>${status}</title></head><body>Please come back later</body></html>`,
});

const failure = (status: number): SimResponse => ({
	status,
	headers: { 'content-type': 'application/json' },
	body: { message: 'Internal error' },
});

/** "Too many requests" in every way that a provider, or a gateway before it, says when to come back. */
function slowDown(random: Random): Fault {
	const seconds = 1 + Math.floor(random() * 3);
	const inSeconds = Math.ceil(Date.now() / 1000) + seconds;
	const styles: Array<Record<string, string>> = [
		{},
		{ 'retry-after': String(seconds) },
		{ 'retry-after': new Date(inSeconds * 1000).toUTCString() },
		{ 'retry-after': 'soon' },
		{ 'x-ratelimit-reset': String(seconds) },
		{ 'x-ratelimit-reset': String(inSeconds) },
		{ 'x-ratelimit-reset-default': String(inSeconds * 1000) },
		{ ratelimit: `"minute";r=0;t=${seconds}` },
	];
	const own: Fault = { kind: 'rateLimit', seconds };
	const body = pick(random, [
		{ message: 'Too Many Requests' },
		{ errors: [{ message: 'Slow down', extensions: { retry_in_seconds: seconds } }] },
	]);
	const headers = { 'content-type': 'application/json', ...pick(random, styles) };
	return random() < 0.4 ? own : { kind: 'answer', response: { status: 429, headers, body } };
}

const KINDS: Array<(random: Random) => Fault> = [
	(random) => ({ kind: 'latency', milliseconds: 100 + Math.floor(random() * 2000) }),
	slowDown,
	slowDown,
	(random) => ({ kind: 'answer', response: failure(pick(random, [500, 503])) }),
	() => ({ kind: 'answer', response: page(502) }),
	() => ({ kind: 'answer', response: page(200) }),
	() => ({ kind: 'answerAfter', response: failure(500) }),
	() => ({ kind: 'truncated' }),
	() => ({ kind: 'reset' }),
	() => ({ kind: 'resetAfter' }),
	() => ({ kind: 'timeout', milliseconds: CUT_AFTER_MILLISECONDS }),
	() => ({ kind: 'timeoutAfter', milliseconds: CUT_AFTER_MILLISECONDS }),
];

/**
 * Bad weather between n8n and its providers. What becomes of a request depends on the seed, the provider, the lead it is
 * about and how often that was asked before: not on what else goes on at the same moment, so a run repeats.
 *
 * @param share of requests that meet a fault, from 0 to 1
 */
export function badWeather(seed: number, share: number, leads: Lead[]): Weather {
	const byClient = new Map(leads.map((lead) => [clientIdFromLeadKey(leadKeyOf(lead)), lead.digits]));
	const asked = new Map<string, number>();
	return (provider, request) => {
		const text = request.url.search + request.text;
		const client = /"client_id":"([^"]+)"/.exec(text)?.[1] ?? '';
		const digits = byClient.get(client) ?? /(?:48601|lead\.)(\d{6})/.exec(text)?.[1] ?? 'nobody';
		const subject = `${provider} ${request.method} ${request.url.pathname} ${digits}`;
		const times = (asked.get(subject) ?? 0) + 1;
		asked.set(subject, times);
		const random = randomOf(seed, subject, times);
		return random() < share ? pick(random, KINDS)(random) : undefined;
	};
}
