import { callFlow, callFlowOnce } from '../support/callFlow';
import { CLAIM_STORES } from '../support/claims';
import { inRedis } from '../support/redis';
import { STORES } from '../support/stores';

interface Claim {
	tenant: string;
	key: string;
	first: boolean;
}

const claim = (more: object = {}) => ({
	tenant: 'main',
	key: 'calcom:1',
	provider: 'calcom',
	type: 'created',
	withinMinutes: 0,
	...more,
});

describe.each(CLAIM_STORES)('Claim a key once in $name', (store) => {
	const { flow } = store;
	const isFirst = async (more: object = {}) => (await callFlowOnce<Claim>(flow, claim(more))).first;

	beforeEach(async () => await store.clear());

	it('is first once, and keeps one claim', async () => {
		const answer = { tenant: 'main', key: 'calcom:1' };
		expect(await callFlowOnce<Claim>(flow, claim())).toEqual({ ...answer, first: true });
		expect(await callFlowOnce<Claim>(flow, claim())).toEqual({ ...answer, first: false });
		expect(await store.claims()).toEqual([expect.objectContaining({ tenant: 'main', eventKey: 'calcom:1' })]);
	});

	it('has one winner among twenty at once', async () => {
		await isFirst({ key: 'warm' });
		const firsts = await Promise.all(Array.from({ length: 20 }, async () => await isFirst()));
		expect(firsts.filter(Boolean)).toHaveLength(1);
		expect((await store.claims()).filter(({ eventKey }) => eventKey === 'calcom:1')).toHaveLength(1);
	});

	it('answers each of several items in order, repeats among them', async () => {
		const keys = ['a', 'b', 'a', 'c', 'b', 'a'];
		const claims = await callFlow<Claim>(
			flow,
			keys.map((key) => claim({ key })),
		);
		expect(claims.map(({ key, first }) => [key, first])).toEqual([
			['a', true],
			['b', true],
			['a', false],
			['c', true],
			['b', false],
			['a', false],
		]);
	});

	it('never lets one tenant take the key of another', async () => {
		const claims = await callFlow<Claim>(flow, [
			claim(),
			claim({ tenant: 'branch' }),
			claim({ tenant: 'main:calcom', key: '1' }),
		]);
		expect(claims.map(({ tenant, first }) => [tenant, first])).toEqual([
			['main', true],
			['branch', true],
			['main:calcom', true],
		]);
	});

	it('lets a key be claimed again when its time is over, counted from the first claim', async () => {
		const hourly = { withinMinutes: 60 };
		expect(await isFirst(hourly)).toBe(true);
		await store.age(59, 60);
		expect(await isFirst(hourly)).toBe(false);
		await store.age(61, 60);
		expect(await isFirst(hourly)).toBe(true);
		expect(await isFirst(hourly)).toBe(false);
		expect(await isFirst()).toBe(false);
	});

	it('takes what is left out for nothing', async () => {
		expect((await callFlowOnce<Claim>(flow, { tenant: 'main', key: 'short' })).first).toBe(true);
		expect((await callFlowOnce<Claim>(flow, { tenant: 'main', key: 'short' })).first).toBe(false);
	});

	it('fails without a key, which would stand for everything', async () => {
		await expect(callFlow(flow, [claim({ key: '' })])).rejects.toThrow('A claim without a key');
	});
});

it.each(STORES)('the table in $name says who sent what was claimed', async (store) => {
	await store.clear('frontdesk_events');
	await callFlowOnce(store.flow('claim-once'), claim());
	const kept = await store.rows<{ eventKey: string }>('frontdesk_events');
	expect(kept.filter(({ eventKey }) => eventKey === 'calcom:1')).toEqual([
		expect.objectContaining({ provider: 'calcom', type: 'created' }),
	]);
});

describe('Redis', () => {
	const seconds = async () => Number(await inRedis('TTL', 'frontdesk:claim:main:calcom:1'));
	const ask = async (more: object = {}) => await callFlowOnce<Claim>('claim-once-redis', claim(more));

	beforeEach(async () => void (await inRedis('DEL', 'frontdesk:claim:main:calcom:1')));

	it('forgets a claim by itself, and a repeat makes it stay no longer', async () => {
		await ask({ withinMinutes: 10 });
		expect(await seconds()).toBeGreaterThan(590);
		expect(await seconds()).toBeLessThanOrEqual(600);
		await inRedis('EXPIRE', 'frontdesk:claim:main:calcom:1', '100');
		expect(await ask({ withinMinutes: 10 })).toMatchObject({ first: false });
		expect(await seconds()).toBeLessThanOrEqual(100);
	});

	it('keeps a claim for ever only as long as the flow says, so that its memory does not fill up', async () => {
		await ask();
		expect(Math.round((await seconds()) / 86_400)).toBe(366);
	});
});
