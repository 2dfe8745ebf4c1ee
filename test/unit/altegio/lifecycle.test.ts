import { AltegioSimulator, type AltegioSettings } from '../../../sandbox/simulators/altegio';
import { intercept } from '../../support/intercept';
import { fakeClock } from './clock';
import { lifecycle, SECRET } from './triggerBench';

let simulator: AltegioSimulator;
let world: ReturnType<typeof intercept>;

function open(settings: AltegioSettings = {}) {
	const clock = fakeClock();
	simulator = new AltegioSimulator({ now: clock.date, ...settings });
	world = intercept(simulator);
}

beforeEach(() => open());

afterEach(() => {
	world.stop();
	jest.restoreAllMocks();
});

const reopen = (settings: AltegioSettings) => {
	world.stop();
	jest.restoreAllMocks();
	open(settings);
};

const urls = () => simulator.hooks.hooks.map(({ url }) => url);
const hook = (url: string) => simulator.hooks.hooks.find((one) => one.url === url);
const ours = () => urls().find((url) => url.startsWith('https://n8n.example.com/')) ?? '';
/** Another app's settings, as it would have written them. */
const others = (list: string[], flags: Record<string, number>) =>
	simulator.hooks.replace({ urls: list, active: 1, ...flags });
const posted = () => {
	const posts = world.callsTo('altegio').filter(({ request }) => request.method === 'POST');
	return posts.map(({ request }) => JSON.parse(request.body) as Record<string, unknown>);
};

const APP = 'https://crm.example.com/altegio';

describe('activation', () => {
	it('registers an address with the secret, for what is wanted', async () => {
		expect(await lifecycle('checkExists')).toBe(false);
		expect(await lifecycle('create')).toBe(true);
		expect(new URL(ours()).searchParams.get('secret')).toBe(SECRET);
		expect(new URL(ours()).pathname).toMatch(/^\/webhook\/.*altegio$/);
		expect(hook(ours())).toMatchObject({ active: 1, record: 1, client: 1, salon: 0, self_sending: 0 });
		expect(await lifecycle('checkExists')).toBe(true);
	});

	it('asks for no clients where nobody wants them', async () => {
		await lifecycle('create', { events: ['visitCompleted'] });
		expect(hook(ours())).toMatchObject({ record: 1, client: 0 });
		await lifecycle('create', { events: ['clientCreated'] });
		expect(hook(ours())).toMatchObject({ record: 1, client: 1 });
	});

	it("leaves other apps' addresses and all they hear", async () => {
		others([APP, `${APP}/2`], { master: 1, good: 1, self_sending: 1 });
		await lifecycle('create');
		expect(urls()).toEqual([APP, `${APP}/2`, ours()]);
		expect(hook(APP)).toMatchObject({ active: 1, master: 1, good: 1, record: 1, client: 1, self_sending: 1 });
	});

	it('keeps on what any of several addresses had', async () => {
		others([APP, `${APP}/2`], { master: 1 });
		Object.assign(hook(`${APP}/2`) ?? {}, { finances_operation: 1, master: 0 });
		await lifecycle('create');
		expect(posted()[0]).toMatchObject({ master: 1, finances_operation: 1, salon: 0 });
	});

	it('sends what an old back end hides: good for others, no schedule, no own changes', async () => {
		reopen({ oldBackEnd: true });
		others([APP], { record: 1, good: 1 });
		await lifecycle('create');
		expect(posted()[0]).toMatchObject({ good: 1, self_sending: 0, record: 1 });
		expect(posted()[0]).not.toHaveProperty('schedule');
		expect(urls()).toEqual([APP, ours()]);
		expect(await lifecycle('checkExists')).toBe(true);
	});

	it('sends no good to itself alone', async () => {
		reopen({ oldBackEnd: true });
		await lifecycle('create');
		expect(posted()[0]).toMatchObject({ good: 0 });
	});

	it('asks for own changes where they are wanted', async () => {
		const wanted = { additionalOptions: { ownChanges: true } };
		await lifecycle('create');
		expect(await lifecycle('checkExists', wanted)).toBe(false);
		await lifecycle('create', wanted);
		expect(hook(ours())).toMatchObject({ self_sending: 1 });
		expect(await lifecycle('checkExists', wanted)).toBe(true);
	});

	it('replaces its own address when the secret changes', async () => {
		await lifecycle('create');
		const other = 'another-secret-of-thirty-two-letters-or-so';
		expect(await lifecycle('checkExists', {}, { webhookSecret: other })).toBe(false);
		await lifecycle('create', {}, { webhookSecret: other });
		expect(urls()).toHaveLength(1);
		expect(new URL(ours()).searchParams.get('secret')).toBe(other);
	});

	it('says so where all ten places are taken, and writes nothing', async () => {
		const ten = Array.from({ length: 10 }, (_, index) => `${APP}/${index}`);
		others(ten, { record: 1 });
		await expect(lifecycle('create')).rejects.toThrow('has 10 webhook addresses already');
		expect(urls()).toEqual(ten);
	});

	it('says so where Altegio did not keep an address, without telling the secret', async () => {
		const keep = simulator.hooks.replace.bind(simulator.hooks);
		simulator.hooks.replace = (body) => keep({ ...body, urls: [APP] });
		const failure = await lifecycle('create').catch((error: Error) => error);
		expect((failure as Error).message).toMatch(
			/^Altegio did not keep https:\/\/n8n\.example\.com\/\S+ among/,
		);
		expect((failure as Error).message).not.toContain(SECRET);
	});

	it.each([
		['', 'The webhook secret is missing'],
		['   ', 'The webhook secret is missing'],
		['short', 'The webhook secret is too short'],
	])('refuses the secret "%s" before Altegio learns of anything', async (webhookSecret, message) => {
		await expect(lifecycle('checkExists', {}, { webhookSecret })).rejects.toThrow(message);
		await expect(lifecycle('create', {}, { webhookSecret })).rejects.toThrow(message);
		expect(world.callsTo('altegio')).toEqual([]);
	});

	it('lets two flows register at once without losing one', async () => {
		others([APP], { record: 1 });
		const twice = [lifecycle('create'), lifecycle('create', {}, { webhookSecret: `${SECRET}-2` })];
		await Promise.all(twice);
		expect(urls()).toHaveLength(2);
		expect(urls()[0]).toBe(APP);
	});

	it('reads the time zone, unless it is set', async () => {
		const read = () =>
			world.callsTo('altegio').filter(({ request }) => request.url.includes('/company/')).length;
		await lifecycle('create');
		expect(read()).toBe(0);
		await lifecycle('create', { timeZone: '' });
		expect(read()).toBe(1);
	});

	const NOWHERE = { location: { __rl: true, mode: 'list', value: '' } };

	it("takes the user's only location where none is chosen, on and off", async () => {
		await lifecycle('create', NOWHERE);
		expect(urls()).toHaveLength(1);
		expect(await lifecycle('checkExists', NOWHERE)).toBe(true);
		await lifecycle('delete', NOWHERE);
		expect(simulator.hooks.hooks).toMatchObject([{ active: 0 }]);
	});

	it('asks for a choice among several locations', async () => {
		const companies = [{ id: 123456 }, { id: 9 }];
		jest
			.spyOn(simulator, 'handle')
			.mockReturnValue({ status: 200, body: { success: true, data: companies, meta: [] } });
		await expect(lifecycle('create', NOWHERE)).rejects.toThrow('manages 2 locations, and none is chosen');
		expect(urls()).toEqual([]);
	});

	it("passes Altegio's refusal on", async () => {
		await expect(lifecycle('checkExists', {}, { userToken: 'wrong' })).rejects.toThrow(
			'did not accept the credential',
		);
		const elsewhere = { location: { __rl: true, mode: 'id', value: '999' } };
		await expect(lifecycle('create', elsewhere)).rejects.toThrow(
			'does not allow this with the credential in use',
		);
	});
});

describe('deactivation', () => {
	it("takes its own address away and leaves the others', with their flags", async () => {
		others([APP], { master: 1 });
		await lifecycle('create');
		expect(await lifecycle('delete')).toBe(true);
		expect(urls()).toEqual([APP]);
		expect(hook(APP)).toMatchObject({ active: 1, master: 1 });
	});

	it('switches its own off where it is the last, since one must stay', async () => {
		await lifecycle('create');
		await lifecycle('delete');
		expect(simulator.hooks.hooks).toMatchObject([{ active: 0 }]);
		expect(await lifecycle('checkExists')).toBe(false);
		await lifecycle('create');
		expect(simulator.hooks.hooks).toMatchObject([{ active: 1, record: 1 }]);
	});

	it('writes nothing where its address is gone already', async () => {
		others([APP], { record: 1 });
		expect(await lifecycle('delete')).toBe(true);
		expect(posted()).toEqual([]);
	});

	it('leaves settings that are switched off so', async () => {
		await lifecycle('create');
		const kept = hook(ours());
		others([APP, ours()], { record: 1, active: 0 });
		await lifecycle('delete');
		expect(kept).toBeDefined();
		expect(hook(APP)).toMatchObject({ active: 0 });
	});
});
