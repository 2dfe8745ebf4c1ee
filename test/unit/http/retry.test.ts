import { backoffSeconds } from '../../../lib/http/retry';
import { bench, failureOf, type Step } from './bench';

const key = { idempotencyKey: 'lead:42' };
const keyed = { idempotencyHeader: 'Idempotency-Key' };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const times = (count: number, step: Step) => Array.from({ length: count }, () => step);

/** Sends one request of each kind into the same first step; what counts is how often it was sent. */
const attempts = {
	read: async (step: Step) => {
		const { http, sent } = bench([step]);
		await http.get('/things').catch(() => undefined);
		return sent.length;
	},
	'POST that reads': async (step: Step) => {
		const { http, sent } = bench([step]);
		await http.post('/search', {}, { reads: true }).catch(() => undefined);
		return sent.length;
	},
	write: async (step: Step) => {
		const { http, sent } = bench([step]);
		await http.post('/things', {}).catch(() => undefined);
		return sent.length;
	},
	'keyed write': async (step: Step) => {
		const { http, sent } = bench([step], keyed);
		await http.post('/things', {}, key).catch(() => undefined);
		return sent.length;
	},
	'write with a key that the provider does not know': async (step: Step) => {
		const { http, sent } = bench([step]);
		await http.post('/things', {}, key).catch(() => undefined);
		return sent.length;
	},
	delete: async (step: Step) => {
		const { http, sent } = bench([step]);
		await http.request({ method: 'DELETE', path: '/things/1' }).catch(() => undefined);
		return sent.length;
	},
};

const kinds = Object.entries(attempts);
const repeatable = ['read', 'POST that reads', 'keyed write'];

describe('which attempts are repeated', () => {
	const refused: Array<[string, Step]> = [
		['429', { status: 429 }],
		['a refused connection', { code: 'ECONNREFUSED' }],
		['an unknown host', { code: 'ENOTFOUND' }],
		['a resolver that is busy', { code: 'EAI_AGAIN' }],
		['an unreachable host', { code: 'EHOSTUNREACH' }],
	];
	const passing: Array<[string, Step]> = [
		['500', { status: 500 }],
		['502', { status: 502 }],
		['503', { status: 503 }],
		['504', { status: 504 }],
		['500 with a web page', { status: 500, body: '<!DOCTYPE html><title>Oops</title>' }],
		['200 with half a body', { status: 200, headers: JSON_TYPE, body: '{"data":{"m0":{"id' }],
		['a connection reset', { code: 'ECONNRESET' }],
		['a timeout', { code: 'ECONNABORTED' }],
		['a broken pipe', { code: 'EPIPE' }],
	];
	const final: Array<[string, Step]> = [
		['302', { status: 302, headers: { location: 'https://elsewhere.example' } }],
		['400', { status: 400 }],
		['401', { status: 401 }],
		['403', { status: 403 }],
		['404', { status: 404 }],
		['409', { status: 409 }],
		['422', { status: 422 }],
		['501', { status: 501 }],
		['200 with a web page', { status: 200, body: '<html><title>Welcome</title></html>' }],
		['an expired certificate', { code: 'CERT_HAS_EXPIRED' }],
		['an unknown certificate', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }],
		['a certificate for another host', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
		['an address that is none', { code: 'ERR_INVALID_URL' }],
	];

	describe.each(kinds)('%s', (kind, send) => {
		it.each(refused)('after %s: always', async (_, step) => {
			expect(await send(step)).toBe(2);
		});

		it.each(passing)('after %s: only where a repeat is safe', async (_, step) => {
			expect(await send(step)).toBe(repeatable.includes(kind) ? 2 : 1);
		});

		it.each(final)('after %s: never', async (_, step) => {
			expect(await send(step)).toBe(1);
		});
	});
});

describe('idempotency keys', () => {
	const keysOf = async (steps: Step[]) => {
		const { http, sent } = bench(steps, { ...keyed, limits: { timeoutSeconds: 10 } });
		await http.post('/things', {}, key).catch(() => undefined);
		return sent.map(({ headers }) => headers?.['Idempotency-Key']);
	};

	it('are renewed after a refusal, or the provider would repeat its refusal', async () => {
		expect(await keysOf(times(2, { status: 429 }))).toEqual(['lead:42', 'lead:42:1', 'lead:42:2']);
	});

	it.each<[string, Step]>([
		['a 5xx', { status: 502 }],
		['a timeout', { code: 'ECONNABORTED' }],
		['a reset', { code: 'ECONNRESET' }],
	])('are kept after %s, or the thing would be made twice', async (_, step) => {
		expect(await keysOf([step, step])).toEqual(['lead:42', 'lead:42', 'lead:42']);
	});

	it('are kept for good once an attempt was uncertain, even through a later refusal', async () => {
		expect(await keysOf([{ status: 429 }, { code: 'ECONNRESET' }, { status: 429 }])).toEqual([
			'lead:42',
			'lead:42:1',
			'lead:42:1',
			'lead:42:1',
		]);
	});

	it('are not sent to a provider that knows none', async () => {
		const { http, sent } = bench([]);
		await http.post('/things', {}, key);
		expect(JSON.stringify(sent)).not.toContain('lead:42');
	});
});

describe('how long is waited', () => {
	const waitsFor = async (steps: Step[], maxWaitSeconds = 60, random = 0.5) => {
		const { http, waits, sent } = bench(steps, { limits: { maxWaitSeconds } }, random);
		const error = await http.get('/things').then(
			() => undefined,
			(thrown: Error) => thrown,
		);
		return { waits, sent: sent.length, error };
	};

	it('doubles the back-off, up to 10 s, with full jitter', () => {
		expect([1, 2, 3, 4, 5, 6].map((attempt) => backoffSeconds(attempt, 1))).toEqual([1, 2, 4, 8, 10, 10]);
		expect([1, 2, 3].map((attempt) => backoffSeconds(attempt, 0.25))).toEqual([0.25, 0.5, 1]);
		expect(backoffSeconds(4, 0)).toBe(0);
	});

	it('backs off where the server gives no hint', async () => {
		expect((await waitsFor(times(3, { status: 503 }))).waits).toEqual([0.5, 1, 2]);
	});

	it('obeys the hint', async () => {
		expect((await waitsFor([{ status: 429, headers: { 'retry-after': '7' } }])).waits).toEqual([7]);
	});

	it('stretches a hint that has proved too short', async () => {
		const hasty = times(3, { status: 429, headers: { 'retry-after': '0' } });
		expect((await waitsFor(hasty)).waits).toEqual([0, 1, 2]);
	});

	it('gives up after five attempts', async () => {
		const { sent, error } = await waitsFor(times(9, { status: 503 }));
		expect(sent).toBe(5);
		expect(error?.message).toBe('Acme is not able to answer right now (HTTP 503)');
	});

	it('keeps all waits of a request together under the cap', async () => {
		const limited = { status: 429, headers: { 'retry-after': '25' } };
		expect(await waitsFor(times(4, limited))).toMatchObject({ waits: [25, 25], sent: 3 });
	});

	it.each(['ECONNABORTED', 'ETIMEDOUT'])(
		'takes the wait for an answer that never came (%s) for one',
		async (code) => {
			expect((await waitsFor(times(4, { code }), 29)).sent).toBe(1);
			expect((await waitsFor(times(4, { code }))).sent).toBe(2);
			expect((await waitsFor(times(9, { code: 'ECONNRESET' }))).sent).toBe(5);
		},
	);

	it('waits exactly up to the cap and not a second more', async () => {
		const ask = (seconds: number) =>
			waitsFor([{ status: 429, headers: { 'retry-after': `${seconds}` } }], 10);
		expect((await ask(10)).sent).toBe(2);
		expect((await ask(11)).sent).toBe(1);
	});

	it.each<[string, Step, number]>([
		['a 429 that asks for no wait', { status: 429, headers: { 'retry-after': '0' } }, 0.5],
		['a back-off of nothing', { status: 503 }, 0],
	])('never repeats when Max Retry Wait is 0: %s', async (_, step, random) => {
		expect(await waitsFor([step], 0, random)).toMatchObject({ waits: [], sent: 1 });
	});
});

describe('a cancelled execution', () => {
	it('sends nothing that it has not begun', async () => {
		const { http, sent, waits, controller } = bench([{ status: 429 }]);
		controller.abort();
		const error = await failureOf(http.get('/things'));
		expect({ sent: sent.length, waits }).toEqual({ sent: 0, waits: [] });
		expect(error.message).toBe('The execution was cancelled');
	});

	it('sends nothing more when it is cancelled during the wait', async () => {
		const { http, sent, controller } = bench(times(3, { status: 503 }), {
			clock: { now: () => 0, random: () => 0.5, wait: async () => controller.abort() },
		});
		const error = await failureOf(http.get('/things'));
		expect(sent).toHaveLength(1);
		expect(error.httpCode).toBe('503');
	});
});

describe('pause', () => {
	it('waits as long as asked, up to the whole wait of a request', async () => {
		const { http, waits } = bench([], { limits: { maxWaitSeconds: 20 } });
		await http.pause(3);
		await http.pause(90);
		expect(waits).toEqual([3, 20]);
	});
});
