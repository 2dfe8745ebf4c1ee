import { CREDENTIALS } from '../../../sandbox/simulators/chatwoot';
import { chatwootBench, type Bench } from './bench';
import { Activated, URL_OF_TRIGGER } from './trigger';

describe('Chatwoot Trigger: registration', () => {
	let bench: Bench;
	beforeEach(() => (bench = chatwootBench()));
	afterEach(() => bench.stop());

	const hooks = () => bench.simulator.account().webhooks;
	const fromOthers = {
		id: 1,
		name: 'CRM',
		url: 'https://crm.example/hook',
		subscriptions: ['contact_created'],
		secret: 's',
	};
	const message = async (promise: Promise<unknown>) =>
		await promise.then(
			() => undefined,
			(error: Error & { description?: string }) => `${error.message} ${error.description ?? ''}`,
		);

	it('registers, keeps the secret that Chatwoot made, and finds itself again', async () => {
		hooks().push({ ...fromOthers });
		const trigger = new Activated({ events: ['message_created', 'contact_updated'] });
		expect(await trigger.lifecycle('checkExists')).toBe(false);
		expect(await trigger.lifecycle('create')).toBe(true);
		const [other, ours] = hooks();
		expect(other).toEqual(fromOthers);
		expect(ours).toMatchObject({
			url: URL_OF_TRIGGER,
			subscriptions: ['message_created', 'contact_updated'],
		});
		expect(trigger.kept).toEqual({ webhookId: ours?.id, url: URL_OF_TRIGGER, secret: ours?.secret });
		expect(await trigger.lifecycle('checkExists')).toBe(true);
	});

	it('has one webhook, however often the flow is switched on', async () => {
		const trigger = new Activated();
		await trigger.switchOn();
		await trigger.switchOn();
		await trigger.lifecycle('create');
		expect(hooks()).toHaveLength(1);
		expect(trigger.kept.secret).toBe(hooks()[0]?.secret);
	});

	it('reads the secret again where n8n has lost it', async () => {
		const trigger = new Activated();
		await trigger.switchOn();
		const { secret } = trigger.kept;
		trigger.kept = {};
		expect(await trigger.lifecycle('checkExists')).toBe(true);
		expect(trigger.kept.secret).toBe(secret);
	});

	it('replaces its own webhook when the events change', async () => {
		await new Activated().switchOn();
		await new Activated({ events: ['contact_created'] }).switchOn();
		expect(hooks().map(({ subscriptions }) => subscriptions)).toEqual([['contact_created']]);
	});

	it("cleans up its own webhooks at old addresses, and nobody else's", async () => {
		const trigger = new Activated();
		await trigger.switchOn();
		const [ours] = hooks();
		if (ours) ours.url = 'https://old.example/webhook/00000000-0000-4000-8000-000000000000/chatwoot';
		hooks().push({ ...fromOthers });
		expect(await trigger.lifecycle('checkExists')).toBe(false);
		await trigger.lifecycle('create');
		expect(hooks().map(({ url }) => url)).toEqual([fromOthers.url, URL_OF_TRIGGER]);
	});

	it('leaves the webhook of the same flow in another n8n alone', async () => {
		await new Activated({}, undefined, 'instance-two').switchOn();
		const [theirs] = hooks();
		if (theirs) theirs.url = 'https://other.example/webhook/x';
		await new Activated().switchOn();
		expect(hooks()).toHaveLength(2);
	});

	it('adopts no webhook that it did not make, though it has the same address', async () => {
		hooks().push({ ...fromOthers, name: 'by hand', url: URL_OF_TRIGGER, subscriptions: ['message_created'] });
		const said = await message(new Activated().switchOn());
		expect(said).toContain('Chatwoot has a webhook with this address that this trigger did not make');
		expect(said).toContain('Delete it in Chatwoot under Settings, Integrations, Webhooks');
		expect(hooks()).toHaveLength(1);
	});

	it('takes away what it made, and is fine where it is gone', async () => {
		hooks().push({ ...fromOthers });
		const trigger = new Activated();
		await trigger.switchOn();
		expect(await trigger.lifecycle('delete')).toBe(true);
		expect(hooks()).toEqual([fromOthers]);
		expect(trigger.kept).toEqual({ webhookId: 0, url: '', secret: '' });
		expect(await trigger.lifecycle('delete')).toBe(true);
	});

	it('says that it takes an administrator', async () => {
		const said = await message(new Activated({}, CREDENTIALS.agent).switchOn());
		expect(said).toContain('webhooks and deleting need an administrator');
		expect(hooks()).toHaveLength(0);
	});

	it('says which account it could not find', async () => {
		const account = { __rl: true, mode: 'id', value: '404' };
		expect(await message(new Activated({ account }).switchOn())).toContain(
			'could not find what was asked for',
		);
	});

	it('looks up what it made before the connection broke', async () => {
		const trigger = new Activated();
		expect(await trigger.lifecycle('checkExists')).toBe(false);
		bench.world.misbehave('chatwoot', { kind: 'latency', milliseconds: 0 }, { kind: 'timeoutAfter' });
		expect(await trigger.lifecycle('create')).toBe(true);
		expect(hooks()).toHaveLength(1);
		expect(trigger.kept.secret).toBe(hooks()[0]?.secret);
	});

	describe('at a Chatwoot that is too old', () => {
		it('refuses to pretend that calls are signed, and leaves nothing behind', async () => {
			bench.stop();
			bench = chatwootBench({ signs: false });
			const said = await message(new Activated().switchOn());
			expect(said).toContain('This Chatwoot does not sign its calls');
			expect(said).toContain('older than 4.12');
			expect(hooks()).toHaveLength(0);
		});

		it('registers without signatures where the operator says so', async () => {
			bench.stop();
			bench = chatwootBench({ signs: false, keepsNames: false });
			const trigger = new Activated({ authentication: 'none' });
			await trigger.switchOn();
			expect(await trigger.lifecycle('checkExists')).toBe(true);
			await trigger.lifecycle('create');
			expect(hooks()).toHaveLength(1);
			await trigger.lifecycle('delete');
			expect(hooks()).toHaveLength(0);
		});

		it('knows its own webhook by what it kept where there are no names', async () => {
			bench.stop();
			bench = chatwootBench({ signs: false, keepsNames: false });
			hooks().push({ ...fromOthers });
			const trigger = new Activated({ authentication: 'none' });
			await trigger.switchOn();
			trigger.kept = {};
			await trigger.lifecycle('delete');
			expect(hooks()).toHaveLength(2);
		});
	});

	it('makes a webhook without a secret anew after Chatwoot was upgraded', async () => {
		const trigger = new Activated({ authentication: 'none' });
		await trigger.switchOn();
		const [old] = hooks();
		if (old) old.secret = '';
		const signing = new Activated();
		signing.kept = trigger.kept;
		await signing.switchOn();
		expect(hooks()).toHaveLength(1);
		expect(signing.kept.secret).toMatch(/^[0-9a-f]{32}$/);
	});
});
