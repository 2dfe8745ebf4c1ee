import { API_VERSION } from '../../../nodes/MondayLeads/connection';
import { MondaySimulator } from '../../../sandbox/simulators/monday';
import { credential, mondayBench, run, type Bench } from '../../unit/monday/bench';
import { describeWithSpecs, jsonPayload, readPayload } from '../../support/specs';
import { samples, twoItems } from './operations';

const post = async (
	simulator: MondaySimulator,
	headers: Record<string, string> = {},
	query = '{ me { id } }',
) =>
	await simulator.handle({
		method: 'POST',
		url: new URL('https://api.monday.com/v2'),
		headers: { authorization: 'sandbox-monday-token', ...headers },
		text: JSON.stringify({ query }),
	});

describe.each(samples)('monday.com, $name', ({ operation, parameters, field, writes, before }) => {
	let bench: Bench;
	beforeEach(() => (bench = mondayBench()));
	afterEach(() => bench.stop());

	it('sends one signed request for two items, values as variables only', async () => {
		await run(operation, parameters, { items: twoItems(bench) });
		const calls = bench.calls();
		expect(calls).toHaveLength(operation === 'getAll' ? 2 : before + 1);
		for (const { request } of calls) {
			expect(request).toMatchObject({
				method: 'POST',
				url: 'https://api.monday.com/v2',
				headers: { authorization: 'sandbox-monday-token', 'api-version': API_VERSION },
			});
			expect(request.headers['content-type']).toContain('application/json');
		}
		const [call] = bench.using(field);
		const body = bench.bodyOf(call!);
		expect(body.query).toMatch(writes ? /^mutation / : /^query /);
		expect(body.query).not.toMatch(/Jan|Ola|Topic|1234567890/);
		expect(typeof call?.request.headers['idempotency-key']).toBe(writes ? 'string' : 'undefined');
		for (const [name, value] of Object.entries(body.variables)) {
			if (name.endsWith('_columns')) expect(typeof value).toBe('string');
		}
	});

	it('links what comes out to what came in', async () => {
		const { outputs } = await run(operation, parameters, { items: twoItems(bench) });
		const links = new Set(outputs[0]?.map(({ pairedItem }) => JSON.stringify(pairedItem)));
		expect([...links]).toEqual(['{"item":0}', '{"item":1}']);
	});
});

describe('monday.com, headers', () => {
	it('asks for the API version of the credential', async () => {
		const bench = mondayBench();
		await run('create', { itemName: 'A' }, { credentials: [credential(undefined, '2026-07')] });
		const { error } = await run('create', { itemName: 'A' }, { credentials: [credential(undefined, 'new')] });
		expect(bench.calls().map(({ request }) => request.headers['api-version'])).toEqual(['2026-07', 'new']);
		expect(error?.message).toBe('monday.com does not know the API version');
		bench.stop();
	});
});

describeWithSpecs("the simulator of monday.com, against monday.com's own samples", () => {
	const create = 'mutation { create_item(board_id: "1234567890", item_name: "A") { id } }';

	it('refuses a second request with a key that is under way', async () => {
		const simulator = new MondaySimulator({ workMilliseconds: 5 });
		const key = { 'idempotency-key': 'k' };
		const [first, second] = await Promise.all([post(simulator, key, create), post(simulator, key, create)]);
		const third = await post(simulator, key, create);
		expect(second).toMatchObject({ status: 409, body: jsonPayload('monday', 'error-409-idempotency.json') });
		expect(second.headers?.['retry-after']).toBe('1');
		expect(third.body).toEqual(first.body);
		expect(third.headers?.['idempotency-replayed']).toBe('true');
	});

	it('keeps an answer for 30 minutes, and none for queries', async () => {
		let now = 0;
		const simulator = new MondaySimulator({ now: () => now });
		const key = { 'idempotency-key': 'k' };
		await post(simulator, key, create);
		now = 30 * 60_000;
		await post(simulator, key, create);
		expect(simulator.content.items).toHaveLength(2);
		await post(simulator, { 'idempotency-key': 'q' });
		expect((await post(simulator, { 'idempotency-key': 'q' })).headers).not.toHaveProperty(
			'idempotency-replayed',
		);
	});

	it('states its limits in the headers monday.com uses', async () => {
		const names = (text: string) => [...text.matchAll(/"(\w+)";[rq]=\d+/g)].map(([, name]) => name);
		const { headers } = await post(new MondaySimulator());
		const [policy = '', limits = ''] = readPayload('monday', 'ratelimit-headers.txt').split('\n');
		expect(names(headers?.['ratelimit-policy'] ?? '')).toEqual(names(policy));
		expect(names(headers?.ratelimit ?? '')).toEqual(names(limits));
		expect(new MondaySimulator().rateLimited(38).headers?.ratelimit).toMatch(/^"minuteRate";r=0;t=38/);
	});

	it('goes on after a failed alias, and names it', async () => {
		const query = `mutation {
			m0: create_item(board_id: "1234567890", item_name: "A") { name }
			m1: create_item(board_id: "404", item_name: "B") { name }
			m2: create_item(board_id: "1234567890", item_name: "C") { name }
		}`;
		const simulator = new MondaySimulator();
		const { status, body } = await post(simulator, {}, query);
		expect(status).toBe(200);
		expect(body).toMatchObject({
			data: { m0: { name: 'A' }, m1: null, m2: { name: 'C' } },
			errors: [{ path: ['m1'], extensions: { code: 'InvalidBoardIdException' } }],
		});
	});

	it('refuses a query that is not in the schema, a wrong token and another path', async () => {
		const simulator = new MondaySimulator();
		expect((await post(simulator, {}, '{ leads { id } }')).status).toBe(400);
		expect((await post(simulator, { authorization: 'other' })).status).toBe(401);
		const elsewhere = { method: 'GET', url: new URL('https://api.monday.com/v1'), headers: {}, text: '' };
		expect((await simulator.handle(elsewhere)).status).toBe(404);
	});

	it('counts complexity and calls, and starts again after the minute and the day', async () => {
		let now = 0;
		const simulator = new MondaySimulator({ now: () => now, complexityLimit: 15_000, dailyLimit: 3 });
		expect((await post(simulator, {}, create)).status).toBe(200);
		const refused = await post(simulator, {}, create);
		expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
		expect(JSON.stringify(refused.body)).toContain('COMPLEXITY_BUDGET_EXHAUSTED');
		now = 60_000;
		expect((await post(simulator, {}, create)).status).toBe(200);
		now = 120_000;
		await post(simulator, {}, create);
		expect(JSON.stringify((await post(simulator)).body)).toContain('DAILY_LIMIT_EXCEEDED');
		now = 24 * 60 * 60_000;
		expect((await post(simulator)).status).toBe(200);
	});
});
