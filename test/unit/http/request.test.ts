import { limitsFrom, path } from '../../../lib/http';
import { BASE_URL, bench } from './bench';

describe('what is sent', () => {
	it('is JSON with the query beside it, signed by n8n, following no redirect', async () => {
		const { http, sent } = bench([], { headers: { 'X-Version': '2' } });
		await http.post('/things', { name: 'Ana' }, { query: { a: [1, 2] }, headers: { 'X-One': 'a' } });
		expect(sent[0]).toEqual({
			method: 'POST',
			url: `${BASE_URL}/things`,
			qs: { a: [1, 2] },
			arrayFormat: 'repeat',
			body: { name: 'Ana' },
			headers: { 'X-Version': '2', 'X-One': 'a' },
			json: true,
			timeout: 30_000,
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
		});
	});

	it('is a form where one is given', async () => {
		const { http, sent } = bench([]);
		const form = new URLSearchParams([
			['To', '+48600700800'],
			['MediaUrl', 'a'],
			['MediaUrl', 'b'],
		]);
		await http.post('/messages', undefined, { form });
		expect(sent[0]).toMatchObject({ body: form, json: false });
	});

	it('waits for an answer as long as the limits say', async () => {
		const { http, sent } = bench([], { limits: { timeoutSeconds: 4 } });
		await http.get('/things', { q: 'x' }, { arrayFormat: 'brackets' });
		expect(sent[0]).toMatchObject({ timeout: 4000, arrayFormat: 'brackets', qs: { q: 'x' }, method: 'GET' });
	});

	it('comes back with status, headers and body', async () => {
		const step = { status: 201, headers: { 'x-id': '7' }, body: { id: 7 } };
		const { http } = bench([step]);
		expect(await http.request({ method: 'PUT', path: '/things/7' })).toEqual(step);
	});
});

describe('the path tag', () => {
	it.each<[string, string]>([
		['abc-123', '/bookings/abc-123/cancel'],
		['a/b', '/bookings/a%2Fb/cancel'],
		['a?x=1&y#z', '/bookings/a%3Fx%3D1%26y%23z/cancel'],
		['..', '/bookings/%252E%252E/cancel'],
		['.', '/bookings/%252E/cancel'],
		['../admin', '/bookings/..%2Fadmin/cancel'],
		['v1.2', '/bookings/v1.2/cancel'],
		['zażółć 😀', '/bookings/za%C5%BC%C3%B3%C5%82%C4%87%20%F0%9F%98%80/cancel'],
		['%2e%2e', '/bookings/%252e%252e/cancel'],
		['a\\b', '/bookings/a%5Cb/cancel'],
	])('encodes %j', (id, expected) => {
		expect(path`/bookings/${id}/cancel`).toBe(expected);
	});

	it('keeps several values and none in their places', () => {
		expect(path`/${'a'}/${1}/${'b c'}`).toBe('/a/1/b%20c');
		expect(path`/things`).toBe('/things');
	});

	it('lets no id climb, whatever a URL parser makes of it', () => {
		for (const id of ['..', '../..', '.', '%2e%2e', '..\\..', '/..', '%2e.']) {
			const { pathname } = new URL(path`/v1/things/${id}/x`, 'https://api.example.com');
			expect(pathname).toMatch(/^\/v1\/things\/[^/]+\/x$/);
		}
	});
});

describe('Request Options', () => {
	const limits = (options: object) => limitsFrom({ getNodeParameter: () => options } as never);

	it('are thirty seconds an answer and a minute of waiting unless set', () => {
		expect(limits({})).toEqual({ timeoutSeconds: 30, maxWaitSeconds: 60, maxAttempts: 5 });
	});

	it('are taken as set, nothing as nothing', () => {
		expect(limits({ timeout: 5, maxRetryWait: 0 })).toMatchObject({ timeoutSeconds: 5, maxWaitSeconds: 0 });
	});
});
