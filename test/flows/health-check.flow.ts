import { BRANCH } from '../support/branch';
import { mailsTo, OWNER, textsTo } from '../support/outbox';
import { restoreSettings, setSettings } from '../support/settings';
import { startAfresh } from '../support/executions';
import { theHouse } from '../support/house';
import { runAt } from '../support/runAt';

interface HealthRow {
	tenant: string;
	provider: string;
	status: string;
	since: string;
	checkedAt: string;
	lastError: string;
}

/** Every provider that can be asked, in the flow's order. */
const PROVIDERS = [
	'altegio',
	'booksy',
	'calcom',
	'calendly',
	'chatwoot',
	'twilio',
	'instagram',
	'monday',
	'sendgrid',
	'ga4',
	'openai',
];

/** A moment of the moved clock: so many minutes after its start. */
const at = (minutes: number) => new Date(Date.UTC(2027, 2, 1, 10, minutes)).toISOString();

const check = async (minutes: number) => await runAt('health-check', at(minutes));
const using = async (...providers: string[]) =>
	await setSettings({ ...OWNER, alertPhone: '', healthProviders: providers.join(', ') });
const rows = async () => await theHouse().editor.rows<HealthRow>('frontdesk_health');
const mails = () => mailsTo(OWNER.alertEmail).map(({ subject }) => subject);

/** The next time it is asked, the provider refuses. (n8n itself asks once more after a 401.) */
const refuses = (provider: string, message = 'The key was revoked') =>
	theHouse().world.misbehave(provider, {
		kind: 'answer',
		response: { status: 403, headers: { 'content-type': 'application/json' }, body: { message } },
	});

describe('Check every provider', () => {
	beforeEach(async () => {
		await startAfresh('frontdesk_health', 'frontdesk_deliveries');
	});

	afterEach(restoreSettings);

	it('really asks each provider, with its credential, and says nothing where all is well', async () => {
		await using(...PROVIDERS);
		await check(0);
		expect(await rows()).toEqual([]);
		for (const provider of PROVIDERS) {
			const statuses = theHouse()
				.world.callsTo(provider)
				.map(({ response }) => response?.status);
			expect([provider, statuses.at(-1)]).toEqual([provider, 200]);
		}
		expect(mails()).toEqual([]);
	});

	it('never asks a provider that is not listed', async () => {
		await using('altegio');
		await check(0);
		await using();
		await check(5);
		expect([...new Set(theHouse().world.exchanges.map(({ provider }) => provider))]).toEqual(['altegio']);
		expect(theHouse().world.callsTo('altegio')).toHaveLength(1);
	});

	it('tells once that a provider is down, and once that it works again', async () => {
		await using('altegio', 'monday');
		refuses('altegio');
		await check(0);
		expect(mails()).toEqual([expect.stringContaining('altegio does not answer')]);
		expect(mailsTo(OWNER.alertEmail)[0]?.text).toContain('The key was revoked');
		expect(await rows()).toMatchObject([
			{ tenant: 'main', provider: 'altegio', status: 'down', since: at(0), checkedAt: at(0) },
		]);
		refuses('altegio', 'Still revoked');
		await check(5);
		expect(mails()).toHaveLength(1);
		expect(await rows()).toMatchObject([
			{
				status: 'down',
				since: at(0),
				checkedAt: at(5),
				lastError: expect.stringContaining('Still') as string,
			},
		]);
		await check(10);
		expect(mails().slice(1)).toEqual([expect.stringContaining('altegio works again')]);
		expect(await rows()).toMatchObject([{ status: 'up', since: at(10), lastError: '' }]);
		await check(15);
		expect(mails()).toHaveLength(2);
		refuses('altegio');
		await check(20);
		expect(mails().slice(2)).toEqual([expect.stringContaining('altegio does not answer')]);
		expect(await rows()).toMatchObject([{ status: 'down', since: at(20) }]);
	});

	it('tells of each of several, and of one that comes as another goes', async () => {
		await using('altegio', 'monday', 'calendly');
		refuses('altegio');
		refuses('calendly');
		await check(0);
		expect(mails().sort()).toEqual([
			expect.stringContaining('altegio does not answer'),
			expect.stringContaining('calendly does not answer'),
		]);
		refuses('altegio');
		refuses('monday');
		await check(5);
		expect(mails().slice(2).sort()).toEqual([
			expect.stringContaining('calendly works again'),
			expect.stringContaining('monday does not answer'),
		]);
		const status = (await rows()).map((row) => [row.provider, row.status]);
		expect(Object.fromEntries(status)).toEqual({ altegio: 'down', calendly: 'up', monday: 'down' });
	});

	it('gives no all-clear for what was not asked, nor for another tenant', async () => {
		const down = { status: 'down', since: at(0), checkedAt: at(0), lastError: 'Revoked' };
		await theHouse().editor.insertRows('frontdesk_health', [
			{ tenant: 'main', provider: 'booksy', ...down },
			{ tenant: BRANCH, provider: 'altegio', ...down },
		]);
		await using('altegio');
		refuses('altegio');
		await check(5);
		await check(10);
		expect(mails()).toEqual([
			expect.stringContaining('altegio does not answer'),
			expect.stringContaining('altegio works again'),
		]);
		expect(await rows()).toMatchObject([
			{ tenant: 'main', provider: 'booksy', ...down },
			{ tenant: BRANCH, provider: 'altegio', ...down },
			{ tenant: 'main', provider: 'altegio', status: 'up' },
		]);
	});

	it('tells by SMS where there is only a phone, even of SendGrid', async () => {
		await setSettings({ ...OWNER, alertEmail: '', healthProviders: 'sendgrid' });
		// The node asks three times.
		refuses('sendgrid');
		refuses('sendgrid');
		refuses('sendgrid');
		await check(0);
		expect(textsTo(OWNER.alertPhone)).toEqual([expect.stringContaining('sendgrid does not answer')]);
	});
});
