import { NodeApiError, NodeOperationError, UserError, type INode } from 'n8n-workflow';
import { errorDetails, ProviderError, providerWords, type Reading } from '../../../lib/http';
import { bench, BASE_URL, failureOf, SECRET, type Step } from './bench';

const read = async (step: Step) =>
	await failureOf(bench([step], { limits: { maxWaitSeconds: 0 } }).http.get('/things/7'));
const write = async (step: Step) => await failureOf(bench([step]).http.post('/things', { name: 'Ana' }));

describe('what an error tells a flow', () => {
	it.each<[string, Step, object]>([
		['nobody reached', { code: 'ECONNREFUSED' }, { outcome: 'temporary', networkCode: 'ECONNREFUSED' }],
		['a certificate', { code: 'CERT_HAS_EXPIRED' }, { outcome: 'refused', networkCode: 'CERT_HAS_EXPIRED' }],
		['a refusal', { status: 400 }, { outcome: 'refused', httpCode: 400 }],
	])('%s', async (_, step, details) => {
		const { http } = bench([step], { limits: { maxWaitSeconds: 0 } });
		expect(errorDetails(await failureOf(http.post('/things', {})))).toEqual(details);
	});

	it('is nothing where the item was refused before a request was made of it', () => {
		expect(errorDetails(new NodeOperationError({} as INode, '"To" is empty'))).toBeUndefined();
		expect(errorDetails(new UserError('Credential with ID "7" does not exist'))).toBeUndefined();
	});

	it('lets pass what n8n itself could not do', () => {
		const thrown = new Error('timeout exceeded when trying to connect');
		expect(errorDetails(thrown)).toEqual({ outcome: 'uncertain' });
		expect(errorDetails(thrown, false)).toEqual({ outcome: 'temporary' });
	});
});

describe('an error has two parts', () => {
	it.each<[string, Step, string, string]>([
		['400', { status: 400 }, 'Acme did not accept the request (HTTP 400)', 'Check the values of the fields.'],
		['401', { status: 401 }, 'Acme did not accept the credential (HTTP 401)', 'press Test'],
		['403', { status: 403 }, 'Acme does not allow this with the credential in use (HTTP 403)', 'permission'],
		['404', { status: 404 }, 'Acme could not find what was asked for (HTTP 404)', 'Check the ID'],
		[
			'409',
			{ status: 409 },
			'Acme refused because it conflicts with something already there (HTTP 409)',
			'Check',
		],
		['413', { status: 413 }, 'Acme refused because too much was sent at once (HTTP 413)', 'Check'],
		['422', { status: 422 }, 'Acme did not accept the request (HTTP 422)', 'Check the values'],
		['429', { status: 429 }, 'Acme asks to slow down (HTTP 429)', 'Lower Max Parallel Requests'],
		['500', { status: 500 }, 'Acme is not able to answer right now (HTTP 500)', 'Try again in a few minutes'],
		['301', { status: 301 }, 'Acme answered with a redirect instead of data (HTTP 301)', 'Check the address'],
		['timeout', { code: 'ECONNABORTED' }, 'Acme did not answer within 30 s', '(ECONNABORTED)'],
		['connect timeout', { code: 'ETIMEDOUT' }, 'Acme did not answer within 30 s', '(ETIMEDOUT)'],
		['reset', { code: 'ECONNRESET' }, 'The connection to Acme broke', '(ECONNRESET)'],
		['refused', { code: 'ECONNREFUSED' }, 'Acme could not be reached', 'Check the address'],
		['no host', { code: 'ENOTFOUND' }, 'Acme could not be reached', '(ENOTFOUND)'],
		['certificate', { code: 'CERT_HAS_EXPIRED' }, 'No safe connection to Acme could be made', 'certificate'],
		[
			'web page',
			{ status: 200, body: '<!doctype html><html><title>Sign in</title></html>' },
			'Acme answered with a web page instead of data',
			'a web page: Sign in',
		],
		[
			'half a body',
			{ status: 200, headers: { 'content-type': 'application/json' }, body: '[{"id":' },
			'Acme answered with a body that breaks off',
			'Try again',
		],
	])('%s', async (_, step, message, howToFix) => {
		const error = await read(step);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe(message);
		expect(error.description).toContain(howToFix);
	});

	it('leaves open what became of a write that a gateway answered with its page', async () => {
		const page: Step = { status: 200, body: '<html><title>Maintenance</title></html>' };
		expect(errorDetails(await read(page))?.outcome).toBe('temporary');
		expect(errorDetails(await write(page))?.outcome).toBe('uncertain');
	});

	it('takes text that only looks like JSON, and an empty body, as they are', async () => {
		const { http } = bench([
			{ status: 200, headers: { 'content-type': 'text/plain' }, body: '{ not JSON' },
			{ status: 200, headers: { 'content-type': 'application/json' }, body: '' },
		]);
		expect(await http.get('/text')).toBe('{ not JSON');
		expect(await http.get('/nothing')).toBe('');
	});

	it('says how long the provider asked to wait', async () => {
		const error = await read({ status: 429, headers: { 'retry-after': '89.2' } });
		expect(error.description).toMatch(/^It asked to wait 90 s\. Raise Max Retry Wait above that/);
	});

	it.each<[string, Step]>([
		['500', { status: 500 }],
		['timeout', { code: 'ECONNABORTED' }],
		['reset', { code: 'ECONNRESET' }],
	])('says of a write that ended in %s that it may have been done', async (_, step) => {
		expect((await write(step)).description).toContain('may have carried the request out');
		expect((await read(step)).description).not.toContain('may have carried');
	});

	it('keeps saying so when a later attempt got a plain answer', async () => {
		const { http } = bench([{ code: 'ECONNRESET' }, { status: 422 }], { idempotencyHeader: 'Key' });
		const error = await failureOf(http.post('/things', {}, { idempotencyKey: 'k' }));
		expect(error).toMatchObject({ httpCode: '422', reason: { uncertain: true } });
	});

	it.each<[string, Step]>([
		['a refused connection', { code: 'ECONNREFUSED' }],
		['429', { status: 429 }],
		['400', { status: 400 }],
	])('does not say so after %s, when nothing was done', async (_, step) => {
		const { http } = bench(Array.from({ length: 5 }, () => step));
		expect((await failureOf(http.post('/things', {}))).description).not.toContain('may have');
	});

	it('holds neither address nor secret nor body', async () => {
		const { http } = bench([
			{ status: 422, body: { message: 'bad phone', echo: { phone: '+48600700800' } } },
		]);
		const error = await failureOf(http.post('/things', { token: SECRET }, { query: { key: SECRET } }));
		const shown = JSON.stringify({ ...error, message: error.message, description: error.description });
		for (const hidden of [BASE_URL, '/things', SECRET, '+48600700800']) expect(shown).not.toContain(hidden);
		expect((await read({ code: 'ECONNRESET' })).messages.join()).not.toContain(SECRET);
	});

	it('passes on what n8n itself refuses, such as a missing credential', async () => {
		const { http } = bench([]);
		const refusal = new Error('Node does not have any credentials set');
		Object.assign(http, {
			context: {
				...Reflect.get(http, 'context'),
				helpers: { httpRequestWithAuthentication: () => Promise.reject(refusal) },
			},
		});
		expect(await failureOf(http.get('/things'))).toBe(refusal);
	});
});

describe("the provider's own words", () => {
	it('stand at the end of the second part', async () => {
		const error = await read({ status: 404, body: { message: 'No such thing' } });
		expect(error.description).toMatch(/ Acme said: "No such thing"$/);
	});

	it('are kept from a 401, which n8n throws', async () => {
		const error = await read({ status: 401, body: { error: { message: 'Token expired' } } });
		expect(error.description).toContain('Acme said: "Token expired"');
		expect(error.httpCode).toBe('401');
	});

	it.each<[unknown, string | undefined]>([
		[{ message: 'a' }, 'a'],
		[{ error: 'a' }, 'a'],
		[{ error: { message: 'a' } }, 'a'],
		[{ errors: [{ message: 'a' }, { message: 'b' }] }, 'a; b'],
		[{ errors: ['a', 'b'] }, 'a; b'],
		[{ meta: { message: 'a' } }, 'a'],
		[{ title: 'a', detail: 'b' }, 'a'],
		[{ error_description: 'a' }, 'a'],
		[{ message: '', detail: 'b' }, 'b'],
		[{ details: [{ message: 'a' }] }, 'a'],
		['plain text ', 'plain text'],
		['<html><head><title> Bad gateway </title></head></html>', 'a web page: Bad gateway'],
		['<!DOCTYPE html><body>no title</body>', 'a web page: untitled'],
		[{}, undefined],
		[[], undefined],
		['', undefined],
		[null, undefined],
		[42, undefined],
	])('in %j are %j', (body, words) => {
		expect(providerWords(body)).toBe(words);
	});

	it('are cut at 500 characters', () => {
		const long = 'x'.repeat(600);
		for (const body of [long, { message: long }, [long], { errors: [{ message: long }] }]) {
			expect(providerWords(body)).toHaveLength(500);
		}
	});
});

describe('what only the provider knows', () => {
	const reading = (result: Reading) => ({ read: () => result });

	it('makes a failure of a good status', async () => {
		const { http, sent } = bench(
			[{ status: 200, body: { error_code: 'X', errors: [{ message: 'Board not found' }] } }],
			{ read: ({ body }) => ('errors' in (body as object) ? { failure: {} } : undefined) },
		);
		const error = await failureOf(http.post('/graphql', {}));
		expect(error.description).toContain('Acme said: "Board not found"');
		expect(sent).toHaveLength(1);
	});

	it('overrides the words', async () => {
		const { http } = bench(
			[{ status: 400 }],
			reading({ failure: { message: 'Taken', howToFix: 'Ask again.' } }),
		);
		expect(await failureOf(http.get('/slots'))).toMatchObject({
			message: 'Taken',
			description: 'Ask again.',
		});
	});

	it('is asked about a 401 too', async () => {
		const { http } = bench([{ status: 401, body: { code: 7 } }], {
			read: ({ body }) => ({ failure: { message: `Code ${(body as { code: number }).code}` } }),
		});
		expect((await failureOf(http.get('/slots'))).message).toBe('Code 7');
	});

	it('says that nothing was done, so that a write is repeated after the wait it asks for', async () => {
		const busy = { status: 200, body: { busy: true } };
		const { http, sent, waits } = bench([busy], {
			read: ({ body }) =>
				'busy' in (body as object) ? { failure: {}, outlook: 'refused', waitSeconds: 4 } : undefined,
		});
		await http.post('/things', {});
		expect({ sent: sent.length, waits }).toEqual({ sent: 2, waits: [4] });
	});

	it('says that a failure will not pass', async () => {
		const { http, sent } = bench([{ status: 429 }], reading({ failure: {}, outlook: 'final' }));
		await failureOf(http.get('/things'));
		expect(sent).toHaveLength(1);
	});

	it('says itself that the request may have been carried out', async () => {
		const { http } = bench([{ status: 409 }], reading({ failure: { uncertain: true } }));
		expect((await failureOf(http.post('/things', {}))).description).toContain('may have carried');
	});

	it('makes an error of its own, in the same two parts', () => {
		const error = bench([]).http.error({ message: 'No slot is left', howToFix: 'Choose another day.' });
		expect(error).toBeInstanceOf(ProviderError);
		expect(error).toMatchObject({ message: 'No slot is left', description: 'Choose another day.' });
	});
});
