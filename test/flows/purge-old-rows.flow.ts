import { DateTime } from 'luxon';
import { BRANCH, openBranch, publishForBranch } from '../support/branch';
import { startAfresh } from '../support/executions';
import { theHouse } from '../support/house';
import { runAt } from '../support/runAt';
import { ANNA, ANNA_KEY, rows, type Row } from '../support/salon';
import { restoreSettings, setSettings } from '../support/settings';
import { discard } from '../support/temporary';
import { execute } from '../../sandbox/src/setup';
import { MOMENT } from '../../sandbox/src/run';

const FLOW = 'purge-old-rows';
const ZONE = 'Europe/Warsaw';
const DAYS = 90;
const KINDS = ['Events', 'Messages', 'Deliveries', 'Errors', 'History', 'Appointments', 'Surveys', 'Leads'];
/** Each table with a date of its own, and that date. */
const DATED: Array<[table: string, date: string, key: string]> = [
	['events', 'receivedAt', 'eventKey'],
	['messages', 'at', 'text'],
	['errors', 'at', 'message'],
	['lead_history', 'at', 'reason'],
	['appointments', 'start', 'appointmentId'],
	['surveys', 'visitDate', 'visitId'],
];
const TABLES = [...DATED.map(([table]) => table), 'deliveries', 'leads'];

const put = async (table: string, ...data: Row[]) =>
	await theHouse().editor.insertRows(`frontdesk_${table}`, data);
const keep = (days: string) => Object.fromEntries(KINDS.map((kind) => [`keepDays${kind}`, days]));
const today = () => DateTime.now().setZone(ZONE).startOf('day');
const at = async (moment: DateTime) => await runAt(FLOW, moment.toISO() ?? '');

/** The moment that rows made today are exactly as old as they may be, and the first at which they are older. */
const lastMoment = () => today().plus({ days: DAYS }).endOf('day');
const tooLate = () =>
	today()
		.plus({ days: DAYS + 1 })
		.startOf('day');

const everything = async (): Promise<Record<string, Row[]>> =>
	Object.fromEntries(await Promise.all(TABLES.map(async (table) => [table, await rows(table)] as const)));
const left = async (table: string, key: string, tenant = 'main') =>
	(await rows(table)).filter((row) => row.tenant === tenant).map((row) => row[key]);

/** One row in every table, of today. */
async function keepOneOfEach(tenant: string): Promise<void> {
	for (const [table, date, key] of DATED) await put(table, { tenant, [key]: 'a', [date]: today().toISO() });
	await put('deliveries', { tenant, deliveryKey: 'a', status: 'sent' });
	await put('leads', { tenant, leadKey: ANNA_KEY, ...ANNA });
}

describe('Remove rows that are too old', () => {
	beforeEach(async () => {
		await startAfresh(...TABLES.map((table) => `frontdesk_${table}`));
		await setSettings({ timeZone: ZONE, ...keep(String(DAYS)) });
	});

	afterEach(restoreSettings);

	it.each(DATED)('removes %s by %s: what is exactly so old stays', async (table, date, key) => {
		const night = today().set({ hour: 3, minute: 30 });
		const edge = today().minus({ days: DAYS });
		await put(
			table,
			{ tenant: 'main', [key]: 'older', [date]: edge.minus({ days: 400 }).toISO() },
			{ tenant: 'main', [key]: 'a second over', [date]: edge.minus({ seconds: 1 }).toISO() },
			{ tenant: 'main', [key]: 'exact', [date]: edge.toISO() },
			{ tenant: 'main', [key]: 'new', [date]: night.toISO() },
			{ tenant: 'main', [key]: 'to come', [date]: night.plus({ days: 400 }).toISO() },
			{ tenant: 'main', [key]: 'without a date' },
			{ tenant: BRANCH, [key]: 'of others', [date]: edge.minus({ days: 400 }).toISO() },
		);
		await at(night);
		expect(await left(table, key)).toEqual(['exact', 'new', 'to come', 'without a date']);
		expect(await left(table, key, BRANCH)).toEqual(['of others']);
		await at(tooLate());
		expect(await left(table, key)).toEqual(['to come']);
	});

	it('removes every kind of row the night after its last day, in one tenant, and no more the next time', async () => {
		await keepOneOfEach('main');
		await keepOneOfEach(BRANCH);
		const before = await everything();
		await at(lastMoment());
		expect(await everything()).toEqual(before);
		await at(tooLate());
		const after = await everything();
		const others = Object.entries(before).map(([table, list]) => [
			table,
			list.filter(({ tenant }) => tenant === BRANCH),
		]);
		expect(after).toEqual(Object.fromEntries(others));
		await at(tooLate());
		expect(await everything()).toEqual(after);
	});

	it('serves a second business by a copy with its tenant and its own days', async () => {
		await openBranch(keep('400'));
		await keepOneOfEach('main');
		await keepOneOfEach(BRANCH);
		const before = await everything();
		const flow = await publishForBranch(FLOW);
		try {
			const run = async (moment: DateTime) =>
				await execute(theHouse().editor, flow.id, MOMENT, { now: moment.toISO() });
			await run(tooLate());
			expect(await everything()).toEqual(before);
			await run(today().plus({ days: 401 }));
			const after = Object.values(await everything()).flat();
			expect(after).toHaveLength(TABLES.length);
			expect(after.every(({ tenant }) => tenant === 'main')).toBe(true);
		} finally {
			await discard(flow);
		}
	});

	it('never removes a delivery that is still open', async () => {
		const due = today().toISO();
		const row = (deliveryKey: string, status: string, nextAttemptAt?: string | null) => ({
			tenant: 'main',
			deliveryKey,
			status,
			...(nextAttemptAt && { nextAttemptAt }),
		});
		await put(
			'deliveries',
			row('released', 'pending'),
			row('waiting', 'pending', due),
			row('under way', 'sending'),
			row('again', 'failed', due),
			row('perhaps', 'uncertain', due),
			row('perhaps, undated', 'uncertain'),
			row('refused', 'failed'),
			row('done', 'sent'),
			row('given up', 'parked'),
			row('erased', 'cancelled'),
		);
		await at(tooLate());
		expect(await left('deliveries', 'deliveryKey')).toEqual([
			'released',
			'waiting',
			'under way',
			'again',
			'perhaps',
			'perhaps, undated',
		]);
	});

	it('keeps a lead who is expected, was here or wrote since, is to be written to, or asked for silence', async () => {
		const later = tooLate().plus({ days: 3 }).toISO();
		const since = tooLate().minus({ days: DAYS }).toISO();
		const before = tooLate().minus({ days: DAYS, seconds: 1 }).toISO();
		const lead = (leadKey: string, more: Row = {}) => ({ tenant: 'main', leadKey, ...more });
		await put(
			'leads',
			...['gone', 'was here', 'expected', 'here since', 'wrote', 'waits', 'pending', 'done'].map((key) =>
				lead(key),
			),
			lead('by phone', { phone: ANNA.phone }),
			lead('by e-mail', { email: ANNA.email }),
			lead('wrote STOP', { optOut: 'all' }),
			lead('wrote START', { optOut: 'none' }),
			lead('of another tenant'),
		);
		await put(
			'appointments',
			{ tenant: 'main', leadKey: 'was here', start: before },
			{ tenant: 'main', leadKey: 'expected', start: later },
			{ tenant: 'main', leadKey: 'here since', start: since },
			{ tenant: 'main', phone: ANNA.phone, start: later },
			{ tenant: 'main', email: ANNA.email, start: later },
			{ tenant: BRANCH, leadKey: 'of another tenant', start: later },
		);
		await put('messages', { tenant: 'main', leadKey: 'wrote', at: since });
		await put(
			'deliveries',
			{ tenant: 'main', leadKey: 'waits', status: 'failed', nextAttemptAt: later },
			{ tenant: 'main', leadKey: 'pending', status: 'pending' },
			{ tenant: 'main', leadKey: 'done', status: 'sent' },
		);
		await at(tooLate());
		expect(await left('leads', 'leadKey')).toEqual([
			'expected',
			'here since',
			'wrote',
			'waits',
			'pending',
			'by phone',
			'by e-mail',
			'wrote STOP',
		]);
	});

	it.each(['0', '', 'for ever', '-1', '1.5', '90 days'])('removes nothing for "%s" days', async (days) => {
		await setSettings(keep(days));
		await keepOneOfEach('main');
		const before = await everything();
		await at(today().plus({ years: 50 }));
		expect(await everything()).toEqual(before);
	});

	it('removes nothing of a tenant without settings', async () => {
		await theHouse().editor.clearTables('frontdesk_settings');
		await keepOneOfEach('main');
		const before = await everything();
		await at(today().plus({ years: 50 }));
		expect(await everything()).toEqual(before);
	});

	it('keeps for 62 days what flows look back for, whatever the settings say', async () => {
		await setSettings(keep('1'));
		await keepOneOfEach('main');
		await at(today().plus({ days: 62 }).endOf('day'));
		const after = await everything();
		expect(Object.keys(after).filter((table) => after[table]?.length === 0)).toEqual(['messages', 'errors']);
		await at(today().plus({ days: 63 }));
		expect(Object.values(await everything()).flat()).toEqual([]);
	});

	it("counts days in the business's time zone", async () => {
		await setSettings({ timeZone: 'America/New_York' });
		const night = DateTime.fromISO('2026-06-30T03:30', { zone: ZONE });
		const edge = night.setZone('America/New_York').startOf('day').minus({ days: DAYS });
		await put(
			'errors',
			{ tenant: 'main', message: 'over', at: edge.minus({ seconds: 1 }).toISO() },
			{ tenant: 'main', message: 'exact', at: edge.toISO() },
		);
		await at(night);
		expect(await left('errors', 'message')).toEqual(['exact']);
	});
});
