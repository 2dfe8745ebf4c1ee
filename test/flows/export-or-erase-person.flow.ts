import axios from 'axios';
import { DateTime } from 'luxon';
import { STAFF } from '../../sandbox/simulators/operator';
import { BRANCH } from '../support/branch';
import { executionsOf, startAfresh } from '../support/executions';
import { formUrl, openForm, type FormPage } from '../support/form';
import { eventually, theHouse } from '../support/house';
import { ANNA, ANNA_KEY, rows, type Row } from '../support/salon';

const FLOW = 'export-or-erase-person';
const TABLES = [
	...['leads', 'lead_history', 'appointments', 'deliveries', 'surveys', 'messages', 'errors', 'events'],
];
const ACTION = 'What would you like to do?';

const put = async (table: string, ...data: Row[]) =>
	await theHouse().editor.insertRows(`frontdesk_${table}`, data);
const ask = async (action: string, who: Record<string, string>): Promise<FormPage> =>
	await (await openForm(FLOW, STAFF)).submit({ [ACTION]: action, ...who });
const give = async (who: Record<string, string>) => await ask('Give a file of it', who);
const erase = async (who: Record<string, string>) => await ask('Erase it', who);

/** All that a tenant keeps about Anna: every table, by one name of hers or another. */
async function keepAnna(tenant: string): Promise<void> {
	const at = DateTime.now().toISO();
	const { name, email, phone } = ANNA;
	const own = { tenant, leadKey: ANNA_KEY };
	await put('leads', {
		...own,
		...{ name, email, phone, instagram: 'anna.k', status: 'BOOKED', topic: 'Wedding', consentGdpr: true },
		...{ mondayItemId: '7001', chatwootContactId: '42', bookingProvider: 'calcom', bookingId: 'abc' },
	});
	await put('lead_history', { ...own, from: 'NEW', to: 'BOOKED', moved: true, reason: 'Anna asked', at });
	await put(
		'appointments',
		{
			...own,
			provider: 'calcom',
			appointmentId: 'abc',
			clientName: name,
			phone,
			email,
			amount: 120,
			start: at,
		},
		// Booked at the desk: no lead, only an address.
		{ tenant, provider: 'booksy', appointmentId: '9', clientName: name, email, start: at },
	);
	await put(
		'deliveries',
		{
			...own,
			deliveryKey: `lead:${ANNA_KEY}:sms`,
			channel: 'sms',
			to: phone,
			payload: '{"text":"Hello Anna"}',
			status: 'sent',
		},
		{
			...own,
			deliveryKey: 'next',
			channel: 'email',
			to: email,
			payload: '{}',
			status: 'failed',
			// Later than this test: the sweep of every minute would take it up.
			nextAttemptAt: DateTime.now().plus({ hours: 1 }).toISO(),
		},
		{ tenant, deliveryKey: 'other', channel: 'instagram', to: 'anna.k', payload: '{}', status: 'sending' },
	);
	await put('surveys', {
		tenant,
		visitId: '5',
		clientName: name,
		phone,
		rating: 5,
		comment: 'Anna loved it',
		receivedAt: at,
	});
	await put('messages', {
		...own,
		conversationKey: 'c1',
		direction: 'in',
		text: 'Anna here',
		at,
		replyMillis: 900,
	});
	await put('errors', { ...own, flow: 'x', message: 'Anna cannot be reached', at });
	await put('events', { tenant, eventKey: `lead:${ANNA_KEY}:welcome`, receivedAt: at });
}

/** Somebody else, whose rows nobody may touch. */
async function keepBoris(tenant: string): Promise<void> {
	await put('leads', {
		tenant,
		leadKey: 'phone:+48600000002',
		name: 'Boris',
		phone: '+48600000002',
		status: 'NEW',
	});
	const keys = [
		'lead:phone:+48600000002:welcome',
		'lead:phone:+486012345678:welcome',
		'lead:email:xanna@example.com:x',
	];
	await put('events', ...keys.map((eventKey) => ({ tenant, eventKey })));
	await put('appointments', { tenant, provider: 'booksy', appointmentId: '10', clientName: 'Boris' });
}

const everything = async (): Promise<Record<string, Row[]>> =>
	Object.fromEntries(await Promise.all(TABLES.map(async (table) => [table, await rows(table)] as const)));
const ofTenant = (all: Record<string, Row[]>, tenant: string) =>
	Object.fromEntries(
		Object.entries(all).map(([table, list]) => [table, list.filter((row) => row.tenant === tenant)]),
	);
const NAMES = /anna|\+48601234567|abc@/i;

/** The file that the last page hands over, as the browser saves it. */
function fileIn(page: FormPage): {
	counts: Array<{ table: string; count: number }>;
	tables: Record<string, Row[]>;
} {
	return JSON.parse(page.file ?? 'null') as ReturnType<typeof fileIn>;
}

describe("Give or erase a person's data", () => {
	beforeEach(async () => {
		await startAfresh(...TABLES.map((table) => `frontdesk_${table}`));
		for (const tenant of ['main', BRANCH]) {
			await keepAnna(tenant);
			await keepBoris(tenant);
		}
		await eventually(async () => expect((await openForm(FLOW, STAFF)).title).toBe("A person's data"));
	});

	it.each<[string, Record<string, string>]>([
		['phone in any spelling', { Phone: '601 234 567' }],
		['e-mail', { 'E-mail': 'Anna@Example.com' }],
		['Instagram', { 'Instagram username': 'https://www.instagram.com/Anna.K/' }],
		['lead key', { 'Lead key': ANNA_KEY }],
	])('gives everything of one tenant as a file, found by %s, and changes nothing', async (_, who) => {
		const before = await everything();
		const page = await give(who);
		expect(page.title).toBe('What is kept');
		const { tables } = fileIn(page);
		expect(Object.fromEntries(Object.entries(tables).map(([table, list]) => [table, list.length]))).toEqual({
			frontdesk_leads: 1,
			frontdesk_lead_history: 1,
			frontdesk_appointments: 2,
			frontdesk_deliveries: 3,
			frontdesk_surveys: 1,
			frontdesk_messages: 1,
			frontdesk_errors: 1,
			frontdesk_events: 1,
		});
		expect(
			Object.values(tables)
				.flat()
				.every((row) => row.tenant === 'main'),
		).toBe(true);
		expect(JSON.stringify(tables)).toContain('Anna loved it');
		expect(JSON.stringify(tables)).not.toContain('Boris');
		expect(await everything()).toEqual(before);
	});

	it('erases after the word, says what is left where, and leaves everybody else', async () => {
		const before = await everything();
		const sure = await erase({ Phone: '+48601234567' });
		expect(sure.title).toBe('Erase for good?');
		expect(sure.text).toContain('Anna Kowalska');
		const done = await sure.submit({ 'Type ERASE': 'ERASE' });
		expect(done.title).toBe('Erased');
		expect(done.text).toContain('Messages that were still to be sent: 2, cancelled.');
		for (const left of ['monday.com item: 7001', 'Chatwoot contact: 42', 'calcom abc', 'booksy 9']) {
			expect(done.text).toContain(left);
		}
		const after = await everything();
		expect(ofTenant(after, BRANCH)).toEqual(ofTenant(before, BRANCH));
		const { events = [], ...others } = ofTenant(after, 'main');
		expect(JSON.stringify(others)).not.toMatch(NAMES);
		expect(JSON.stringify(others)).toContain('Boris');
		// Hers is gone; those of a longer number and a longer address are somebody else's.
		expect(events).toHaveLength(3);
	});

	it('keeps counts, and sends nothing that was waiting', async () => {
		await (await erase({ Phone: '+48601234567' })).submit({ 'Type ERASE': 'ERASE' });
		const main = ofTenant(await everything(), 'main');
		expect(main.leads?.[0]).toMatchObject({ status: 'BOOKED', name: null, consentGdpr: false });
		expect(main.lead_history).toHaveLength(1);
		expect(main.appointments?.[0]).toMatchObject({ amount: 120, provider: 'calcom', clientName: null });
		expect(main.surveys?.[0]).toMatchObject({ rating: 5, comment: null });
		expect(main.messages?.[0]).toMatchObject({ direction: 'in', replyMillis: 900, text: null });
		expect(main.deliveries?.map(({ status, nextAttemptAt }) => [status, nextAttemptAt])).toEqual([
			['sent', null],
			['cancelled', null],
			['cancelled', null],
		]);
		expect(main.events).toHaveLength(3);
		expect((await give({ Phone: '+48601234567' })).text).toBe('Nothing is kept under that.');
	});

	it.each(['erase', 'yes', 'ERASE IT'])('changes nothing for the word "%s"', async (word) => {
		const before = await everything();
		const page = await (await erase({ 'E-mail': ANNA.email })).submit({ 'Type ERASE': word });
		expect([page.title, page.text]).toEqual(['Nothing was changed', 'The word was not ERASE.']);
		expect(await everything()).toEqual(before);
	});

	it.each<[string, Record<string, string>, string]>([
		['nobody', {}, 'Fill in the phone'],
		['a number that is none', { Phone: '12' }, 'The phone number cannot be read'],
		['somebody unknown', { 'E-mail': 'nobody@example.com' }, 'Nothing is kept under that.'],
		['every key at once', { 'Lead key': '%' }, 'Nothing is kept under that.'],
	])('says so when %s is meant', async (_, who, words) => {
		const before = await everything();
		const page = await erase(who);
		expect(page.title).toBe('Nothing was changed');
		expect(page.text).toContain(words);
		expect(await everything()).toEqual(before);
	});

	it('saves no execution of it', async () => {
		await give({ Phone: '+48601234567' });
		await eventually(async () => expect(await executionsOf(FLOW)).toEqual([]));
	});

	it('shows the form to nobody without the password', async () => {
		const open = async (password?: string) =>
			(
				await axios.get<string>(formUrl(FLOW), {
					...(password && { auth: { username: STAFF.user, password } }),
					proxy: false,
					validateStatus: () => true,
				})
			).status;
		expect([await open(), await open('wrong'), await open(STAFF.password)]).toEqual([401, 401, 200]);
	});
});
