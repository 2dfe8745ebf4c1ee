import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChatfuelCaller, type CallForm } from '../../../sandbox/simulators/chatfuel';

interface Seen {
	method?: string;
	url?: string;
	headers: IncomingHttpHeaders;
	body: string;
}

let server: Server;
let address: string;
let seen: Seen[];
let answer: { status?: number; body?: unknown; afterMilliseconds?: number };

beforeAll(async () => {
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method, url, headers } = request;
			seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
			const { status = 200, body, afterMilliseconds = 0 } = answer;
			setTimeout(() => {
				response.writeHead(status, { 'content-type': 'application/json' });
				response.end(body === undefined ? '' : JSON.stringify(body));
			}, afterMilliseconds);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(() => server.close());
beforeEach(() => {
	seen = [];
	answer = {};
});

const caller = (more = {}) =>
	new ChatfuelCaller({ url: address, headers: { 'X-Frontdesk-Secret': 's' }, ...more });

describe('ChatfuelCaller', () => {
	it.each<[string, CallForm, Partial<Seen>]>([
		[
			'get',
			{ kind: 'get', attributes: ['first name', 'note'] },
			{ method: 'GET', url: '/hook?first%20name=Jane&note=a%20%26%20b', body: '' },
		],
		[
			'form',
			{ kind: 'form', attributes: ['first name', 'gone'] },
			{ method: 'POST', url: '/hook', body: 'first+name=Jane&gone=null' },
		],
		[
			'json',
			{ kind: 'json', template: '{"n": "{{first name}}", "t": "{{note}}", "g": "{{gone}}"}' },
			{ body: '{"n": "Jane", "t": "a & b", "g": "{{gone}}"}' },
		],
	])('writes a %s call as the bot does', async (_, form, expected) => {
		await caller().call(form, { note: 'a & b' });
		expect(seen).toMatchObject([expected]);
		expect(seen[0]?.headers).toMatchObject({ 'user-agent': 'Chatfuel', 'x-frontdesk-secret': 's' });
	});

	it('writes a full profile', async () => {
		await caller().call({ kind: 'profile' }, { phone: '+12025550123' });
		expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
			'first name': 'Jane',
			'last clicked button name': 'null',
			phone: '+12025550123',
		});
	});

	it('shows the reply, sets attributes and follows redirects', async () => {
		answer.body = {
			messages: [
				{ text: 'Hello', quick_replies: [{ title: 'Yes', block_names: ['A'] }] },
				{ attachment: { type: 'image', payload: { url: 'https://example.com/a.png' } } },
			],
			set_attributes: { status: 'NEW' },
			redirect_to_blocks: ['Next'],
		};
		const bot = caller();
		const turn = await bot.call({ kind: 'profile' });
		expect(turn).toMatchObject({
			status: 200,
			shown: ['Hello', '[Yes]', '<image https://example.com/a.png>'],
			redirects: ['Next'],
			faults: [],
		});
		expect(bot.attributes.status).toBe('NEW');
	});

	it.each([
		['an unknown key', { message: 'x' }],
		[
			'4 buttons',
			{
				messages: [
					{
						attachment: {
							type: 'template',
							payload: {
								template_type: 'button',
								text: 'x',
								buttons: Array(4).fill({ type: 'web_url', url: 'x', title: 'x' }),
							},
						},
					},
				],
			},
		],
		['12 quick replies', { messages: [{ text: 'x', quick_replies: Array(12).fill({ title: 'x' }) }] }],
		[
			'11 cards',
			{
				messages: [
					{ attachment: { type: 'template', payload: { elements: Array(11).fill({ title: 'x' }) } } },
				],
			},
		],
		['a long title', { messages: [{ text: 'x', quick_replies: [{ title: 'x'.repeat(21) }] }] }],
		[
			'a button that lacks its address',
			{
				messages: [
					{ attachment: { type: 'template', payload: { buttons: [{ type: 'web_url', title: 'x' }] } } },
				],
			},
		],
		['a message without content', { messages: [{}] }],
		['a list', [1]],
	])('shows nothing of a reply with %s', async (_, body) => {
		answer.body = body;
		const turn = await caller().call({ kind: 'profile' });
		expect(turn.faults.length).toBeGreaterThan(0);
		expect(turn.shown).toEqual([]);
	});

	it('shows nothing and finds no fault where the answer is empty or a refusal', async () => {
		expect(await caller().call({ kind: 'profile' })).toMatchObject({ status: 200, shown: [], faults: [] });
		answer = { status: 401, body: { message: 'Unauthorized' } };
		expect(await caller().call({ kind: 'profile' })).toMatchObject({ status: 401, shown: [], faults: [] });
	});

	it('gives up when its time is over', async () => {
		answer.afterMilliseconds = 300;
		const turn = await caller({ timeoutSeconds: 0.1 }).call({ kind: 'profile' });
		expect(turn).toMatchObject({ status: undefined, shown: [] });
	});
});
