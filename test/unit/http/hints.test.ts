import { retryHint } from '../../../lib/http';
import { NOW } from './bench';

const hint = (headers: Record<string, unknown>, body?: unknown, status = 429) =>
	retryHint({ status, headers, body }, NOW);

const epochSeconds = NOW / 1000;

describe('retryHint', () => {
	it.each<[string, Record<string, unknown>, number | undefined]>([
		['Retry-After in seconds', { 'retry-after': '12' }, 12],
		['Retry-After in parts of a second', { 'retry-after': '0.5' }, 0.5],
		['Retry-After as a number', { 'retry-after': 3 }, 3],
		['Retry-After as a list', { 'retry-after': ['4', '9'] }, 4],
		['Retry-After as an HTTP date', { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' }, 30],
		['Retry-After as a date gone by', { 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }, 0],
		['Retry-After that says nothing', { 'retry-after': 'soon' }, undefined],
		['Retry-After below zero', { 'retry-after': '-1' }, undefined],
		['an empty Retry-After', { 'retry-after': '' }, undefined],
		['RateLimit', { ratelimit: '"default";r=0;t=38' }, 38],
		[
			'RateLimit with several quotas: the exhausted one',
			{ ratelimit: '"minute";r=0;t=20, "day";r=900;t=4000' },
			20,
		],
		[
			'RateLimit with two exhausted: the later one',
			{ ratelimit: '"minute";r=0;t=20, "day";r=0;t=4000' },
			4000,
		],
		['RateLimit with none exhausted: the latest', { ratelimit: '"minute";r=1;t=20, "day";r=2;t=30' }, 30],
		['RateLimit without a reset', { ratelimit: '"minute";r=0' }, undefined],
		['X-RateLimit-Reset as a span', { 'x-ratelimit-reset': '17' }, 17],
		['X-RateLimit-Reset as epoch seconds', { 'x-ratelimit-reset': `${epochSeconds + 45}` }, 45],
		['X-RateLimit-Reset as epoch milliseconds', { 'x-ratelimit-reset': `${NOW + 45_000}` }, 45],
		['X-RateLimit-Reset gone by', { 'x-ratelimit-reset': `${epochSeconds - 5}` }, 0],
		['X-RateLimit-Reset-Default', { 'x-ratelimit-reset-default': '9' }, 9],
		['X-RateLimit-Reset that is no number', { 'x-ratelimit-reset': 'tomorrow' }, undefined],
		['other X-RateLimit headers', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0' }, undefined],
		['no header', {}, undefined],
	])('reads %s', (_, headers, seconds) => {
		expect(hint(headers)).toBe(seconds);
	});

	it.each<[string, unknown]>([
		['at the top', { retry_in_seconds: 38 }],
		['in extensions', { extensions: { retry_in_seconds: 38 } }],
		['in error_data', { error_data: { retry_in_seconds: '38' } }],
		['in an entry of errors', { errors: [{ message: 'x', extensions: { retry_in_seconds: 38 } }] }],
		['in error_data of an entry', { errors: [{ extensions: { error_data: { retry_in_seconds: 38 } } }] }],
	])('reads retry_in_seconds %s', (_, body) => {
		expect(hint({}, body)).toBe(38);
		expect(hint({}, body, 200)).toBe(38);
	});

	it('takes the longest of several errors', () => {
		const errors = [5, 38, 12].map((seconds) => ({ extensions: { retry_in_seconds: seconds } }));
		expect(hint({}, { errors })).toBe(38);
	});

	it.each([[{ errors: ['text', null] }], [['list']], ['text'], [null], [{ retry_in_seconds: 'soon' }]])(
		'finds nothing in %j',
		(body) => {
			expect(hint({}, body)).toBeUndefined();
		},
	);

	it('believes the body before Retry-After, that before RateLimit, that before X-RateLimit-Reset', () => {
		const all = { 'retry-after': '2', ratelimit: '"a";r=0;t=3', 'x-ratelimit-reset': '4' };
		expect(hint(all, { retry_in_seconds: 1 })).toBe(1);
		expect(hint(all)).toBe(2);
		expect(hint({ ...all, 'retry-after': undefined })).toBe(3);
		expect(hint({ 'x-ratelimit-reset': '4' })).toBe(4);
	});

	it('passes X-RateLimit-Reset over outside a 429, where it comes with every answer', () => {
		expect(hint({ 'x-ratelimit-reset': '4' }, undefined, 503)).toBeUndefined();
		expect(hint({ 'x-ratelimit-reset-default': '4' }, undefined, 400)).toBeUndefined();
	});

	it('outside a 429 takes RateLimit only from a quota that is exhausted', () => {
		expect(hint({ ratelimit: '"a";r=5;t=30' }, undefined, 503)).toBeUndefined();
		expect(hint({ ratelimit: '"a";r=0;t=30' }, undefined, 503)).toBe(30);
		expect(hint({ 'retry-after': '6' }, undefined, 503)).toBe(6);
	});
});
