import { createVerify } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { BooksyApi } from '../../../credentials/BooksyApi.credentials';
import { CREDENTIALS } from '../../../sandbox/simulators/booksy';
import { partnerKeys } from '../../../sandbox/simulators/booksy-tokens';
import { asked, booksyBench, credential, run, type Bench } from './bench';
import { testCredential } from '../../support/credentialTest';

const MINUTE = 60_000;
const decoded = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as IDataObject;

describe('the access token of the Partner API', () => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	const staff = async (one = credential('partner'), more = {}) =>
		await run('staff.getMany', {}, { credentials: [one], ...more });

	it('is asked for with an assertion that the partner has signed', async () => {
		const one = credential('partner');
		await staff(one);
		const [{ request } = { request: undefined }] = bench.tokenCalls();
		expect(request).toMatchObject({ method: 'POST', url: 'https://pl.booksy.com/public-api/pl/token/' });
		expect(request?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
		const form = new URLSearchParams(request?.body);
		expect([...form.keys()]).toEqual(['partner_name', 'token']);
		expect(form.get('partner_name')).toBe(CREDENTIALS.partnerName);
		const [header, claims, signature] = (form.get('token') ?? '').split('.');
		const now = Math.floor(Date.now() / 1000);
		expect(decoded(header)).toEqual({ typ: 'JWT', alg: 'RS256' });
		expect(decoded(claims)).toEqual({
			iss: 'https://public-api.booksy.com',
			iat: now,
			exp: now + 180,
			aud: one.data.partnerId,
		});
		const verify = createVerify('RSA-SHA256').update(`${header}.${claims}`);
		expect(verify.verify(String(one.data.privateKey), Buffer.from(signature ?? '', 'base64url'))).toBe(true);
	});

	it('is kept in the credential, and used until shortly before its end', async () => {
		const one = credential('partner');
		await staff(one);
		expect(one.data).toMatchObject({
			accessToken: expect.stringMatching(/^access-/) as string,
			renewAt: Date.now() + 255_000,
		});
		bench.pass(4 * MINUTE);
		await staff(one);
		expect(bench.tokenCalls()).toHaveLength(1);
	});

	it('is renewed before it ends, so that no request is refused', async () => {
		const one = credential('partner');
		await staff(one);
		const first = one.data.accessToken;
		bench.pass(4.5 * MINUTE);
		expect((await staff(one)).error).toBeUndefined();
		expect(one.data.accessToken).not.toBe(first);
		expect(bench.tokenCalls()).toHaveLength(2);
		expect(bench.calls().map(({ response }) => response?.status)).toEqual([200, 200]);
	});

	it('is renewed where Booksy refuses it all the same', async () => {
		const one = credential('partner');
		await staff(one);
		bench.simulator.tokens.forget();
		expect((await staff(one)).error).toBeUndefined();
		expect(bench.calls().map(({ response }) => response?.status)).toEqual([200, 401, 200]);
	});

	it('is renewed once for all requests that run at once', async () => {
		const one = credential('partner');
		const items = Array.from({ length: 12 }, (_, id) => ({ id: String(id) }));
		const get = async () =>
			await run(
				'appointment.get',
				{ appointmentId: '={{ $json.id }}', requestOptions: { maxParallelRequests: 12 } },
				{ credentials: [one], items, onError: 'continueRegularOutput' },
			);
		await get();
		expect(bench.tokenCalls()).toHaveLength(1);
		bench.pass(5 * MINUTE);
		const { items: told } = await get();
		expect(bench.tokenCalls()).toHaveLength(2);
		expect(told.every(({ error }) => String(error).includes('HTTP 404'))).toBe(true);
	});

	it('stays out of errors and of what comes out', async () => {
		const one = credential('partner');
		const { error } = await run('appointment.get', { appointmentId: '9' }, { credentials: [one] });
		const { items } = await staff(one);
		const seen = JSON.stringify([error, error?.message, error?.stack, items]);
		expect(seen).not.toContain(one.data.accessToken);
		expect(seen).not.toContain('PRIVATE KEY');
	});

	it.each([
		['in one line with spaces', (pem: string) => pem.replace(/\n/g, ' ')],
		['with its line breaks spelt out', (pem: string) => pem.replace(/\n/g, '\\n')],
		['with Windows line breaks', (pem: string) => pem.replace(/\n/g, '\r\n')],
	])('is signed with a key that was pasted %s', async (_, damage) => {
		const one = credential('partner');
		one.data.privateKey = damage(String(one.data.privateKey));
		expect((await staff(one)).error).toBeUndefined();
	});

	it.each([
		['text that is no key', 'secret'],
		['a key that is cut off', '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----'],
	])('is not asked for with %s', async (_, privateKey) => {
		const { error } = await staff(credential('partner', { privateKey }));
		expect(error?.message).toBe('The private key of the Booksy credential cannot be read');
		expect(error?.description).toContain('-----BEGIN');
		expect(bench.world.exchanges).toEqual([]);
	});

	it.each([
		['another partner name', { partnerName: 'somebody' }],
		['another partner ID', { partnerId: 'other' }],
		['another key', { privateKey: partnerKeys().privateKey }],
	])('is refused to %s', async (_, more) => {
		const { error } = await staff(credential('partner', more));
		expect(error?.message).toBe('Booksy gave no access token (HTTP 401)');
		expect(error?.description).toContain('test and live keys differ');
	});

	it.each([
		[429, 'Booksy asks to slow down: it gives 10 access tokens a minute'],
		[503, 'Booksy is not able to give an access token right now (HTTP 503)'],
		[302, 'Booksy gave no access token but something else'],
		[200, 'Booksy gave no access token but something else'],
	])(
		'says what an answer of %i to the request for it means, and is asked for again later',
		async (status, message) => {
			const one = credential('partner');
			bench.world.misbehave('booksy', { kind: 'answer', response: { status, body: '<html></html>' } });
			const { error } = await staff(one);
			expect(error?.message).toBe(message);
			expect(error?.description).toBeTruthy();
			expect((await staff(one)).error).toBeUndefined();
		},
	);

	it('says that Booksy cannot be reached', async () => {
		bench.world.misbehave('booksy', { kind: 'reset' });
		const { error } = await run('staff.getMany', { requestOptions: { maxRetryWait: 0 } });
		expect(error?.message).toBe('The connection to Booksy broke');
	});
});

describe('an API key', () => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	it('is sent as a bearer, and no token is asked for', async () => {
		await run('staff.getMany', {}, { way: 'apiKey' });
		expect(bench.calls()[0]?.request.headers.authorization).toBe(`Bearer ${CREDENTIALS.apiKey}`);
		expect(bench.tokenCalls()).toEqual([]);
	});
});

describe('the test of the credential', () => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	it('reads the business of a partner, which proves key, partner and business', async () => {
		expect(await testCredential(credential('partner'))).toBeUndefined();
		expect(bench.calls().map(asked)).toEqual(['GET /public-api/pl/business/123/']);
		expect(bench.calls()[0]?.request.headers.accept).toBe('application/json; version=0.3');
	});

	it('reads the availability of today with an API key', async () => {
		expect(
			await testCredential(credential('apiKey', { baseUrl: `${CREDENTIALS.gatewayUrl}/` })),
		).toBeUndefined();
		expect(bench.calls().map(asked)).toEqual(['GET /v1/availability?date=2026-06-01']);
	});

	it.each([
		['partner', { businessId: '999' }],
		['partner', { partnerId: 'other' }],
		['apiKey', { apiKey: 'wrong' }],
		['apiKey', { baseUrl: 'https://api.booksy.com/api/v1' }],
	] as const)('fails for %s with %j', async (way, more) => {
		expect(await testCredential(credential(way, more))).toBeTruthy();
	});

	it('goes to https where plain HTTP is not allowed', async () => {
		const baseUrl = CREDENTIALS.gatewayUrl.replace('https:', 'http:');
		expect(await testCredential(credential('apiKey', { baseUrl }))).toBeUndefined();
		expect(bench.calls()[0]?.request.url).toMatch(/^https:/);
		const asked = bench.calls().length;
		expect(await testCredential(credential('apiKey', { baseUrl, allowHttp: true }))).toBeTruthy();
		expect(bench.calls()).toHaveLength(asked);
	});

	it('fails where a web page answers under 200', async () => {
		expect(await testCredential(credential('apiKey', { baseUrl: 'https://booksy.com' }))).toBe(
			'The address answers with a web page: it is a site, not the API',
		);
	});

	it('keeps its secrets in password fields, and its token hidden', () => {
		const { properties } = new BooksyApi();
		const isSecret = (name: string) =>
			properties.find((one) => one.name === name)?.typeOptions?.password === true;
		expect(['privateKey', 'apiKey', 'accessToken'].every(isSecret)).toBe(true);
		expect(properties.find(({ name }) => name === 'accessToken')).toMatchObject({
			type: 'hidden',
			typeOptions: { expirable: true },
		});
	});
});
