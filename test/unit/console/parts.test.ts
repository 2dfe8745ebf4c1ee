import { requestsOf } from '../../../sandbox/console/exchanges';
import { Live } from '../../../sandbox/console/live';
import { checkedCustomer, stranger } from '../../../sandbox/console/people';
import { fail, FAULTS, troubles } from '../../../sandbox/console/trouble';
import { World, type Exchange, type Simulator } from '../../../sandbox/simulators/kit';

const provider: Simulator = {
	name: 'example',
	hosts: ['api.example.com'],
	handle: () => ({ status: 200 }),
	rateLimited: () => ({ status: 429 }),
	reset: () => undefined,
	state: () => ({}),
};
const request = { method: 'GET', url: new URL('https://api.example.com/a'), headers: {}, text: '' };

describe('telling the page', () => {
	it('tells everything at first, and then only what has changed', () => {
		const live = new Live();
		let customer = stranger();
		live.watch('customer', () => customer);
		live.watch('lastCall', () => null);
		const heard: string[] = [];
		const end = live.listen((message) => heard.push((JSON.parse(message) as { topic: string }).topic));
		expect(heard).toEqual(['customer', 'lastCall']);
		live.look();
		customer = { ...customer, name: 'Somebody else' };
		live.look();
		expect(heard).toEqual(['customer', 'lastCall', 'customer']);
		end();
		expect(live.isHeard).toBe(false);
		live.close();
	});
});

describe('making a provider fail', () => {
	it('fails so many requests, says what is left, and recovers', async () => {
		const world = new World([provider]);
		fail(world, 'example', 'error', 2);
		expect(troubles(world)).toEqual([{ provider: 'example', kind: FAULTS.error?.title, left: 2 }]);
		expect(await world.deliver(request)).toMatchObject({ response: { status: 500 } });
		expect(troubles(world)[0]?.left).toBe(1);
		world.behave('example');
		expect(troubles(world)).toEqual([]);
		expect(await world.deliver(request)).toMatchObject({ response: { status: 200 } });
	});

	it('knows no other providers and no other faults', () => {
		expect(() => fail(new World([provider]), 'other', 'error', 1)).toThrow('other');
		expect(() => fail(new World([provider]), 'example', 'surprise', 1)).toThrow('surprise');
	});

	it('names each fault by its own words', () => {
		for (const [key, { title }] of Object.entries(FAULTS)) {
			const world = new World([provider]);
			fail(world, 'example', key, 1);
			expect(troubles(world)[0]?.kind).toBe(title);
		}
	});
});

describe('requests on the page', () => {
	const exchange = (url: string, more: Partial<Exchange> = {}): Exchange => ({
		at: '2026-11-23T10:00:00Z',
		provider: 'example',
		request: { method: 'POST', url, headers: { authorization: 'Bearer secret' }, body: 'x'.repeat(5000) },
		response: { status: 201, body: { id: 1 } },
		...more,
	});

	it('shows the newest first, with neither keys nor endless bodies', () => {
		const shown = requestsOf([
			exchange('https://api.example.com/a?api_secret=hidden&b=1'),
			exchange('https://api.example.com/b', { response: undefined, fault: 'reset' }),
		]);
		expect(shown.map(({ address }) => address)).toEqual([
			'api.example.com/b',
			'api.example.com/a?api_secret=…&b=1',
		]);
		expect(shown[0]).toMatchObject({ fault: 'reset', answered: '' });
		expect(shown[0]?.status).toBeUndefined();
		expect(shown[1]?.sent.length).toBeLessThan(2100);
		expect(JSON.stringify(shown)).not.toContain('Bearer');
	});
});

describe('the customer', () => {
	it('is somebody new each time, whom every flow takes', () => {
		const one = stranger(() => 0.123456);
		expect(checkedCustomer(one)).toEqual(one);
		expect(one.email).toMatch(/^[a-z]+\.\d{6}@example\.com$/);
	});

	it.each([
		[{ phone: '601 234 567' }, 'country'],
		[{ email: 'anna' }, 'e-mail'],
		[{ name: ' ' }, 'name'],
		[{ language: 'de' }, 'de'],
	])('refuses %o', (wrong, words) => {
		expect(() => checkedCustomer({ ...stranger(), ...wrong })).toThrow(words);
	});

	it('may write the number as people do', () => {
		expect(checkedCustomer({ ...stranger(), phone: '+48 (601) 234-567' }).phone).toBe('+48601234567');
	});
});
