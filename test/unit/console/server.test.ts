import { request } from 'node:http';
import { freePort } from '../../../sandbox/src/n8n';
import { Live } from '../../../sandbox/console/live';
import { serve } from '../../../sandbox/console/server';

interface Answer {
	status?: number;
	headers: NodeJS.Dict<string | string[]>;
	body: string;
}

const live = new Live();
const asked: Array<[string, object]> = [];
let port: number;
let close: () => Promise<void>;

const call = async (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
	await new Promise<Answer>((resolve, reject) => {
		const calling = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
			let text = '';
			response.on('data', (chunk) => (text += String(chunk)));
			response.on('end', () =>
				resolve({ status: response.statusCode, headers: response.headers, body: text }),
			);
		});
		calling.on('error', reject);
		calling.end(body);
	});
const JSON_BODY = { 'content-type': 'application/json' };

describe('the console’s server', () => {
	beforeAll(async () => {
		port = await freePort();
		const server = await serve(port, {
			assets: new Map([['/', { type: 'text/html', content: 'page' }]]),
			live,
			act: async (name, values) => {
				asked.push([name, values]);
				if (name === 'wrong') throw new Error('In plain words');
				return undefined;
			},
			mail: (provider, id) => (provider === 'sendgrid' && id === '0' ? 'mail' : undefined),
		});
		close = async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		};
	});
	beforeEach(() => (asked.length = 0));
	afterAll(async () => {
		live.close();
		await close();
	});

	it('serves the page under a policy that lets in nothing from elsewhere', async () => {
		const { status, headers, body } = await call('GET', '/');
		expect([status, body]).toEqual([200, 'page']);
		expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
	});

	it('serves mails under one that lets them do nothing', async () => {
		const { headers, body } = await call('GET', '/mail/sendgrid/0');
		expect(body).toBe('mail');
		expect(headers['content-security-policy']).toMatch(/^sandbox;/);
		expect((await call('GET', '/mail/sendgrid/1')).status).toBe(404);
	});

	it('does what its own page asks, and answers in words where it cannot', async () => {
		const right = await call('POST', '/api/clock/day', JSON_BODY, '{"days":1}');
		expect([right.status, right.body]).toEqual([200, '{"result":null}']);
		expect(asked).toEqual([['clock/day', { days: 1 }]]);
		const wrong = await call('POST', '/api/wrong', JSON_BODY, '{}');
		expect([wrong.status, wrong.body]).toEqual([400, '{"error":"In plain words"}']);
	});

	it.each<[string, string, string, Record<string, string>]>([
		['a name that leads here', 'GET', '/', { host: 'evil.example' }],
		['a page of another origin', 'POST', '/api/x', { ...JSON_BODY, origin: 'http://evil.example' }],
		['a plain form of another page', 'POST', '/api/x', { 'content-type': 'text/plain' }],
	])('refuses %s', async (_, method, path, headers) => {
		expect((await call(method, path, headers, method === 'POST' ? '{}' : '')).status).toBe(403);
		expect(asked).toEqual([]);
	});

	it.each([['{'], ['[]x'], ['null'], [`{"a":"${'x'.repeat(70_000)}"}`]])(
		'refuses a body it cannot read',
		async (body) => {
			expect((await call('POST', '/api/x', JSON_BODY, body)).status).toBe(400);
			expect(asked).toEqual([]);
		},
	);
});
