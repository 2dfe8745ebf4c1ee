import {
	NodeConnectionTypes,
	type ICredentialType,
	type IDataObject,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';
import { json, type Fault, type SimRequest, type Simulator } from '../../../sandbox/simulators/kit';
import { HttpClient, limitsFrom, path, requestOptions } from '../../../lib/http';
import { operation, propertiesOf, resource, runOperations } from '../../../lib/operations';
import { intercept } from '../../support/intercept';
import { runNode } from '../../support/n8n';

const SECRET = 'key-4711';

class AcmeApi implements ICredentialType {
	name = 'acmeApi';
	displayName = 'Acme API';
	properties: INodeProperties[] = [];
	authenticate = {
		type: 'generic' as const,
		properties: {
			headers: { authorization: '=Bearer {{$credentials.key}}' },
			qs: { key: '={{$credentials.key}}' },
		},
	};
}

/** Takes one key, gives every thing back, and knows three things that go wrong. */
class Acme implements Simulator {
	readonly name = 'acme';
	readonly hosts = ['api.acme.example'];
	handle({ headers, url, method, text }: SimRequest) {
		if (headers.authorization !== `Bearer ${SECRET}`) return json(401, { message: 'Unknown key' });
		if (url.pathname === '/things/moved')
			return { status: 302, headers: { location: 'https://evil.example' } };
		if (url.pathname === '/things/page')
			return { status: 200, body: '<!doctype html><title>Sign in</title>' };
		return json(200, { method, path: url.pathname, ...(text && { text }) });
	}
	rateLimited = (seconds: number) => json(429, { message: 'Slow down' }, { 'retry-after': `${seconds}` });
	reset() {}
	state = () => ({});
}

const id: INodeProperties = { displayName: 'ID', name: 'id', type: 'string', default: '' };
const common = { action: 'Do thing', description: 'Does it', fields: [id] };

const nodeAt = (baseUrl: string): INodeType => {
	const resources = [
		resource<HttpClient>({
			name: 'Thing',
			value: 'thing',
			operations: [
				operation({
					...common,
					name: 'Get',
					value: 'get',
					run: async ({ api, input }) => await api.get<IDataObject>(path`/things/${input.id('id')}`),
				}),
				operation({
					...common,
					name: 'Create',
					value: 'create',
					run: async ({ api, input }) => await api.post<IDataObject>('/things', { id: input.id('id') }),
				}),
			],
		}),
	];
	return {
		description: {
			displayName: 'Acme',
			name: 'acme',
			group: ['transform'],
			version: 1,
			description: 'Does things',
			defaults: { name: 'Acme' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'acmeApi', required: true }],
			properties: [...propertiesOf(resources), requestOptions],
		},
		async execute() {
			const connect = () =>
				new HttpClient(this, { provider: 'Acme', credential: 'acmeApi', baseUrl, limits: limitsFrom(this) });
			return await runOperations(this, resources, connect);
		},
	};
};

let acme: ReturnType<typeof intercept>;
beforeEach(() => (acme = intercept(new Acme())));
afterEach(() => acme.stop());

const run = async (operationValue: string, thing: string, options: IDataObject = {}, more = {}) =>
	await runNode(nodeAt('https://api.acme.example'), {
		parameters: { resource: 'thing', operation: operationValue, id: thing, requestOptions: options },
		credentials: [{ type: new AcmeApi(), data: { key: SECRET } }],
		...more,
	});

describe('through n8n and its own request helper', () => {
	it('signs, encodes and reads', async () => {
		const { outputs } = await run('get', 'a/b ż');
		expect(outputs[0]?.[0]?.json).toEqual({ method: 'GET', path: '/things/a%2Fb%20%C5%BC' });
	});

	it('sends JSON as it was typed', async () => {
		const { outputs } = await run('create', 'O"Brien \\ {"x":1}\n😀');
		expect(JSON.parse(String(outputs[0]?.[0]?.json.text))).toEqual({ id: 'O"Brien \\ {"x":1}\n😀' });
	});

	it('repeats a write after a 429', async () => {
		acme.misbehave('acme', { kind: 'rateLimit', seconds: 0 });
		const { outputs } = await run('create', '1');
		expect(outputs[0]).toHaveLength(1);
		expect(acme.callsTo('acme')).toHaveLength(2);
	});

	it('does not wait for a 429 longer than Max Retry Wait', async () => {
		acme.misbehave('acme', { kind: 'rateLimit', seconds: 30 });
		const { error } = await run('get', '1', { maxRetryWait: 5 });
		expect(error?.message).toBe('Acme asks to slow down (HTTP 429)');
		expect(error?.description).toContain('It asked to wait 30 s.');
		expect(error?.description).toContain('Acme said: "Slow down"');
	});

	it.each(['reset', 'timeout'] as const)('repeats a read but no write after a %s', async (kind) => {
		acme.misbehave('acme', { kind });
		expect((await run('get', '1')).outputs[0]).toHaveLength(1);
		acme.reset();
		acme.misbehave('acme', { kind });
		const { error } = await run('create', '1');
		expect(acme.callsTo('acme')).toHaveLength(1);
		expect(error?.message).toBe(
			kind === 'reset' ? 'The connection to Acme broke' : 'Acme did not answer within 30 s',
		);
		expect(error?.description).toContain('may have carried the request out');
	});

	it('keeps the words of a 401', async () => {
		const { error } = await run(
			'get',
			'1',
			{},
			{ credentials: [{ type: new AcmeApi(), data: { key: 'old' } }] },
		);
		expect(error?.message).toBe('Acme did not accept the credential (HTTP 401)');
		expect(error?.description).toContain('Acme said: "Unknown key"');
		expect(error?.httpCode).toBe('401');
	});

	it('follows no redirect, which would carry the key elsewhere', async () => {
		const { error } = await run('get', 'moved');
		expect(error?.message).toBe('Acme answered with a redirect instead of data (HTTP 302)');
	});

	it('takes no web page for data', async () => {
		const { error } = await run('get', 'page');
		expect(error?.message).toBe('Acme answered with a web page instead of data');
		expect(error?.description).toContain('Acme said: "a web page: Sign in"');
	});

	it('names an address that is none, and asks only once', async () => {
		const { error } = await runNode(nodeAt('not an address'), {
			parameters: { resource: 'thing', operation: 'get', id: '1' },
			credentials: [{ type: new AcmeApi(), data: { key: SECRET } }],
		});
		expect(error?.message).toBe('No safe connection to Acme could be made');
	});

	it('shows the key nowhere in an error item', async () => {
		acme.misbehave('acme', { kind: 'answer', response: json(500, { message: 'Oops' }) });
		const { outputs } = await run('create', '1', {}, { onError: 'continueErrorOutput' });
		expect(outputs[1]?.[0]?.json.error).toBe('Acme is not able to answer right now (HTTP 500)');
		expect(JSON.stringify(outputs)).not.toContain(SECRET);
	});

	it.each<[string, string, Fault, object]>([
		[
			'a plain refusal',
			'create',
			{ kind: 'answer', response: json(422, {}) },
			{ outcome: 'refused', httpCode: 422 },
		],
		[
			'a rate limit',
			'create',
			{ kind: 'rateLimit', seconds: 30 },
			{ outcome: 'temporary', httpCode: 429, waitSeconds: 30 },
		],
		[
			'a read that found the provider down',
			'get',
			{ kind: 'answer', response: json(503, {}) },
			{ outcome: 'temporary', httpCode: 503 },
		],
		[
			'a write that found it down',
			'create',
			{ kind: 'answer', response: json(503, {}) },
			{ outcome: 'uncertain', httpCode: 503 },
		],
		[
			'a write whose answer got lost',
			'create',
			{ kind: 'resetAfter' },
			{ outcome: 'uncertain', networkCode: 'ECONNRESET' },
		],
		[
			'a write that timed out',
			'create',
			{ kind: 'timeout' },
			{ outcome: 'uncertain', networkCode: 'ECONNABORTED' },
		],
	])('tells a flow what %s came to', async (_, operationValue, fault, details) => {
		acme.misbehave('acme', fault);
		const { outputs } = await run(
			operationValue,
			'1',
			{ maxRetryWait: 0, errorDetails: true },
			{ onError: 'continueErrorOutput' },
		);
		expect(outputs[0]).toEqual([]);
		expect(outputs[1]?.[0]?.json.details).toEqual(details);
	});

	it('tells a flow that nobody was reached, and nothing of an item it refused itself', async () => {
		const at = async (baseUrl: string, id: string) =>
			await runNode(nodeAt(baseUrl), {
				parameters: {
					resource: 'thing',
					operation: 'create',
					id,
					requestOptions: { maxRetryWait: 0, errorDetails: true },
				},
				credentials: [{ type: new AcmeApi(), data: { key: SECRET } }],
				onError: 'continueErrorOutput',
			});
		const untrusted = (await at('not an address', '1')).outputs[1]?.[0]?.json.details;
		expect(untrusted).toEqual({ outcome: 'refused', networkCode: 'ERR_INVALID_URL' });
		expect((await at('https://api.acme.example', '')).outputs[1]?.[0]?.json).not.toHaveProperty('details');
	});

	it('keeps the details to itself unless asked: older n8n would take the item for a success', async () => {
		acme.misbehave('acme', { kind: 'answer', response: json(422, {}) });
		const { outputs } = await run('create', '1', {}, { onError: 'continueErrorOutput' });
		expect(Object.keys(outputs[1]?.[0]?.json ?? {})).not.toContain('details');
	});

	it('stops waiting when the execution is cancelled', async () => {
		const controller = new AbortController();
		acme.misbehave('acme', { kind: 'rateLimit', seconds: 2 });
		const started = performance.now();
		setTimeout(() => controller.abort(), 100);
		await run('get', '1', {}, { signal: controller.signal });
		expect(performance.now() - started).toBeLessThan(1_500);
		expect(acme.callsTo('acme')).toHaveLength(1);
	});
});
