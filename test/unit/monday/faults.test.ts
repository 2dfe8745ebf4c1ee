import { MondayException } from '../../../sandbox/simulators/monday-columns';
import { mondayError } from '../../../sandbox/simulators/monday';
import type { Fault } from '../../../sandbox/simulators/kit';
import { email, mapped, matchOn, mondayBench, run, type Bench } from './bench';

const upsert = async () =>
	await run('upsert', {
		itemName: 'Jan',
		matchOn: matchOn({ column: 'email', value: 'jan@example.com' }),
		columns: mapped({ text1: 'Premium' }),
	});
const create = async () => await run('create', { itemName: 'Jan' });

const serverError: Fault = { kind: 'answer', response: { status: 500, body: 'Internal Server Error' } };
const busy: Fault = {
	kind: 'answer',
	response: mondayError('COMPLEXITY_BUDGET_EXHAUSTED', 'Complexity budget exhausted', {
		extensions: { retry_in_seconds: 3 },
	}),
};
const troubled: Fault = {
	kind: 'answer',
	response: mondayError('INTERNAL_SERVER_ERROR', 'Internal server error'),
};

describe('monday.com Leads, when monday.com misbehaves', () => {
	let bench: Bench;
	beforeEach(() => (bench = mondayBench()));
	afterEach(() => bench.stop());

	it.each([
		['Create', create],
		['Create or Update', upsert],
	])('%s: a limit, a 500, a reset and HTTP 200 with errors leave exactly one item', async (_, write) => {
		bench.world.misbehave('monday', { kind: 'rateLimit', seconds: 7 }, serverError, { kind: 'reset' }, busy);
		const { error } = await write();
		expect(error).toBeUndefined();
		expect(bench.items()).toHaveLength(1);
		expect(bench.waits[0]).toBe(7_000);
		expect(bench.waits[3]).toBeGreaterThanOrEqual(3_000);
	});

	it.each([
		['Create', create],
		['Create or Update', upsert],
	])('%s: an answer lost after monday.com acted is asked for again, not the deed', async (_, write) => {
		const reads: Fault[] = write === create ? [] : Array<Fault>(2).fill({ kind: 'latency', milliseconds: 0 });
		bench.world.misbehave('monday', ...reads, { kind: 'timeoutAfter' }, { kind: 'resetAfter' });
		const { error, outputs } = await write();
		expect(error).toBeUndefined();
		expect(bench.items()).toHaveLength(1);
		expect(outputs[0]?.[0]?.json.id).toBe(bench.items()[0]?.id);
		const creations = bench.using('create_item');
		expect(creations).toHaveLength(3);
		expect(creations.at(-1)?.response?.headers?.['idempotency-replayed']).toBe('true');
	});

	it('keeps the key through limits and outages, so that a racing execution is still recognised', async () => {
		bench.world.misbehave('monday', { kind: 'rateLimit', seconds: 1 }, troubled);
		await create();
		const keys = bench.calls().map(({ request }) => request.headers['idempotency-key']);
		expect(keys).toHaveLength(3);
		expect(new Set(keys).size).toBe(1);
	});

	it('asks again only for the aliases that met a limit', async () => {
		const parameters = { itemName: '={{ $json.name }}' };
		const items = [{ name: 'A' }, { name: 'B' }, { name: 'C' }];
		const done = bench.given('A', {});
		bench.world.misbehave('monday', {
			kind: 'answer',
			response: {
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: {
					data: { m0: { id: done.id, name: 'A', column_values: [] }, m1: null, m2: null },
					errors: ['m1', 'm2'].map((alias) => ({
						message: 'Mutation calls exceeded',
						path: [alias],
						extensions: { code: 'MutationCallsExceeded', retry_in_seconds: 2 },
					})),
				},
			},
		});
		const { outputs } = await run('create', parameters, { items });
		expect(bench.items().map(({ name }) => name)).toEqual(['A', 'B', 'C']);
		expect(outputs[0]?.map(({ json }) => json.name)).toEqual(['A', 'B', 'C']);
		expect(bench.waits).toEqual([2_000]);
		const [first, second] = bench.calls().map(({ request }) => request.headers['idempotency-key']);
		expect(second).toBe(`${first}/1`);
	});

	it('does not take a refusal from the cache for the last word', async () => {
		const parameters = { itemName: 'Jan', options: { idempotencyKey: 'event-1' } };
		const { content } = bench.simulator;
		const refuse = () => {
			throw new MondayException(
				'ItemsLimitationException',
				'You have reached the limit of items on this board',
			);
		};
		const full = jest.spyOn(content, 'create').mockImplementationOnce(refuse);
		expect((await run('create', parameters)).error?.message).toBe(
			'monday.com adds no more items to this board',
		);
		expect((await run('create', parameters)).error).toBeUndefined();
		expect(bench.items()).toHaveLength(1);
		full.mockRestore();
	});

	it('gives up when the wait is longer than it may be, and says what to change', async () => {
		bench.world.misbehave('monday', { kind: 'rateLimit', seconds: 300 });
		const { error } = await create();
		expect(error?.message).toBe('monday.com asks to slow down');
		expect(error?.description).toContain('raise Max Retry Wait');
		expect(bench.items()).toHaveLength(0);
		expect(bench.waits).toEqual([]);
	});

	it('does not wait for tomorrow', async () => {
		bench.stop();
		bench = mondayBench({ dailyLimit: 0 });
		const { error } = await create();
		expect(error?.message).toContain('daily limit');
		expect(error?.description).toContain('00:00 UTC');
		expect(bench.calls()).toHaveLength(1);
	});

	it('says that a write may have been done when no answer ever came', async () => {
		bench.world.misbehave('monday', ...Array<Fault>(5).fill({ kind: 'timeoutAfter' }));
		const { error } = await create();
		expect(error?.description).toContain('may have carried the request out');
		expect(bench.items()).toHaveLength(1);
	});

	it('reads limits as flat errors, as monday.com once wrote them', async () => {
		bench.given('Jan', { email: email('jan@example.com') });
		bench.world.misbehave('monday', {
			kind: 'answer',
			response: {
				status: 429,
				headers: { 'content-type': 'application/json' },
				body: {
					error_message: 'Concurrency limit exceeded for the field',
					error_code: 'FIELD_LIMIT_EXCEEDED',
					error_data: { retry_in_seconds: 15, entity: 'boards' },
					status_code: 429,
				},
			},
		});
		expect((await upsert()).error).toBeUndefined();
		expect(bench.waits).toEqual([15_000]);
	});
});
