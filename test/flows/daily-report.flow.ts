import type { QuickChartSimulator } from '../../sandbox/simulators/quickchart';
import { BRANCH } from '../support/branch';
import { mailsTo, OWNER, textsTo } from '../support/outbox';
import { restoreSettings, setSettings } from '../support/settings';
import { startAfresh } from '../support/executions';
import { simulated, theHouse } from '../support/house';
import { runAt } from '../support/runAt';

const TABLES = [
	'frontdesk_messages',
	'frontdesk_leads',
	'frontdesk_lead_history',
	'frontdesk_surveys',
	'frontdesk_deliveries',
	'frontdesk_errors',
	'frontdesk_events',
];
/** What the report is asked to say, so that each number can be told. */
const TEXT = [
	'messages',
	'answers',
	'understood',
	'replySeconds',
	'leads',
	'bookings',
	'cancellations',
	'conversion',
	'surveysSent',
	'surveysAnswered',
	'rating',
	'deliveriesFailed',
	'errors',
	'errorsByProvider',
]
	.map((number) => `${number}={${number}}`)
	.join('\n');

const NOON = '2027-05-04T12:00:00+02:00';

const insertFor = async (tenant: string, table: string, ...rows: object[]) =>
	await theHouse().editor.insertRows(
		table,
		rows.map((row) => ({ tenant, ...row })),
	);
const insert = async (table: string, ...rows: object[]) => await insertFor('main', table, ...rows);
const mails = () => mailsTo(OWNER.alertEmail);
const charts = () =>
	(simulated<QuickChartSimulator>('quickchart').state() as { charts: Array<{ data: ChartData }> }).charts;

interface ChartData {
	labels: string[];
	datasets: Array<{ data: number[] }>;
}

/** The numbers as a text tells them. */
const numbersIn = (text = '') =>
	Object.fromEntries(text.split('\n').map((line) => line.split('=') as [name: string, value: string]));

const message = (at: string, more: object = {}) => ({ conversationKey: 'a', direction: 'in', at, ...more });
const move = (leadKey: string, from: string, to: string, at = NOON, moved = true) => ({
	leadKey,
	from,
	to,
	at,
	moved,
});

/** A day on which a little of everything happened. */
async function busyDay(now: string, tenant = 'main'): Promise<void> {
	const add = async (table: string, ...rows: object[]) => await insertFor(tenant, table, ...rows);
	await add(
		'frontdesk_messages',
		message(now, { intent: 'book' }),
		message(now, { intent: 'unknown' }),
		message(now, { intent: '' }),
		message(now, { intent: 'price' }),
		message(now, { direction: 'out', replyMillis: 1200 }),
		message(now, { direction: 'out', replyMillis: 2000 }),
		message(now, { direction: 'out' }),
	);
	await add('frontdesk_leads', { leadKey: 'a' }, { leadKey: 'b' }, { leadKey: 'c' });
	await add(
		'frontdesk_lead_history',
		move('a', 'NEW', 'CONTACTED', now),
		move('a', 'CONTACTED', 'BOOKED', now),
		move('a', 'BOOKED', 'BOOKED', now),
		move('b', 'NEW', 'COMPLETED', now, false),
		move('old', 'QUALIFIED', 'BOOKED', now),
		move('older', 'BOOKED', 'QUALIFIED', now),
	);
	await add(
		'frontdesk_surveys',
		{ visitId: '1', sentAt: now, receivedAt: now, rating: 5 },
		{ visitId: '2', sentAt: now },
		{ visitId: '3', sentAt: '2020-01-01T12:00:00Z', receivedAt: now, rating: 4 },
		{ visitId: '4', sentAt: '2020-01-01T12:00:00Z', receivedAt: now },
	);
	await add(
		'frontdesk_deliveries',
		{ deliveryKey: '1', status: 'sent' },
		{ deliveryKey: '2', status: 'failed' },
		{ deliveryKey: '3', status: 'uncertain' },
	);
	await add(
		'frontdesk_errors',
		{ provider: 'twilio', at: now },
		{ provider: 'booksy', at: now },
		{ provider: 'twilio', at: now },
		{ provider: '', at: now },
	);
}

const NUMBERS = {
	messages: '4',
	answers: '3',
	understood: '2',
	replySeconds: '1.6',
	leads: '3',
	bookings: '2',
	cancellations: '1',
	conversion: '33',
	surveysSent: '2',
	surveysAnswered: '3',
	rating: '4.5',
	deliveriesFailed: '2',
	errors: '4',
	errorsByProvider: 'twilio 2, booksy 1, n8n 1',
};

/** Rows get the moment they are written as `createdAt`: what counts by it is seen today. */
const today = () => new Date().toISOString();

describe('Report the day', () => {
	beforeEach(async () => {
		await startAfresh(...TABLES);
		await setSettings({
			...OWNER,
			businessName: 'Nova Studio',
			timeZone: 'Europe/Warsaw',
			'text.dailyReport.en': TEXT,
		});
	});

	afterEach(restoreSettings);

	it('counts the day and sends it with a chart', async () => {
		const now = today();
		await busyDay(now);
		await busyDay(now, BRANCH);
		await runAt('daily-report', now);
		expect(mails()).toHaveLength(1);
		const [mail] = mails();
		expect(numbersIn(mail?.text)).toEqual(NUMBERS);
		expect(mail?.subject).toMatch(/^Nova Studio: 20\d\d-\d\d-\d\d$/);
		expect(mail?.attachments).toEqual([
			{ filename: expect.any(String) as string, type: 'image/png', content: expect.any(Buffer) as Buffer },
		]);
		expect(mail?.attachments[0]?.content.toString('latin1', 1, 4)).toBe('PNG');
		expect(charts()).toHaveLength(1);
		expect(charts()[0]?.data).toMatchObject({
			labels: ['Messages', 'Answers', 'New leads', 'Bookings', 'Surveys answered', 'Errors'],
			datasets: [{ data: [4, 3, 3, 2, 3, 4] }],
		});
		expect(textsTo(OWNER.alertPhone)).toEqual([]);
	});

	it('says of a day on which nothing happened that nothing did', async () => {
		await runAt('daily-report', NOON);
		expect(numbersIn(mails()[0]?.text)).toEqual({
			...Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, '0'])),
			replySeconds: '–',
			conversion: '–',
			rating: '–',
			errorsByProvider: '0',
		});
	});

	it.each([
		['an ordinary day', 'Europe/Warsaw', '2027-05-04T00:00:00+02:00', '2027-05-04T23:59:59.999+02:00'],
		['the day of 23 hours', 'Europe/Warsaw', '2027-03-28T00:00:00+01:00', '2027-03-28T23:59:59.999+02:00'],
		['the day of 25 hours', 'Europe/Warsaw', '2027-10-31T00:00:00+02:00', '2027-10-31T23:59:59.999+01:00'],
		['a zone far west', 'America/Mexico_City', '2027-05-04T00:00:00-06:00', '2027-05-04T23:59:59.999-06:00'],
	])('ends and begins with the day of the business: %s', async (_, timeZone, first, last) => {
		await setSettings({ timeZone });
		const outside = [new Date(Date.parse(first) - 1), new Date(Date.parse(last) + 1)];
		const moments = [first, last, ...outside.map((moment) => moment.toISOString())];
		await insert('frontdesk_messages', ...moments.map((at) => message(new Date(at).toISOString())));
		await insert(
			'frontdesk_errors',
			...moments.map((at) => ({ provider: 'twilio', at: new Date(at).toISOString() })),
		);
		await insert(
			'frontdesk_lead_history',
			...moments.map((at) => move('a', 'NEW', 'BOOKED', new Date(at).toISOString())),
		);
		await runAt('daily-report', first);
		const [mail] = mails();
		expect(mail?.subject).toContain(first.slice(0, 10));
		expect(numbersIn(mail?.text)).toMatchObject({ messages: '2', errors: '2', bookings: '2' });
	});

	it('reports a day once, and the next day again', async () => {
		await runAt('daily-report', NOON);
		await runAt('daily-report', '2027-05-04T23:30:00+02:00');
		expect(mails()).toHaveLength(1);
		await runAt('daily-report', '2027-05-05T00:30:00+02:00');
		expect(mails().map(({ subject }) => subject)).toEqual([
			'Nova Studio: 2027-05-04',
			'Nova Studio: 2027-05-05',
		]);
	});

	it('sends the text alone where QuickChart fails', async () => {
		const failure = { kind: 'answer' as const, response: { status: 500, body: 'Sorry' } };
		theHouse().world.misbehave('quickchart', failure, failure, failure);
		await insert('frontdesk_messages', message(new Date(NOON).toISOString()));
		await runAt('daily-report', NOON);
		expect(mails()).toMatchObject([{ subject: 'Nova Studio: 2027-05-04', attachments: [] }]);
		expect(numbersIn(mails()[0]?.text)).toMatchObject({ messages: '1', rating: '–', errorsByProvider: '0' });
	});

	it('sends the text by SMS where SendGrid refuses it for good', async () => {
		await setSettings({ sendgridFrom: 'nobody@example.com' });
		await runAt('daily-report', NOON);
		expect(mails()).toEqual([]);
		expect(textsTo(OWNER.alertPhone)).toHaveLength(1);
		expect(await theHouse().editor.rows('frontdesk_deliveries')).toMatchObject([
			{ deliveryKey: 'daily-report:2027-05-04:email', status: 'failed' },
			{ deliveryKey: 'daily-report:2027-05-04:sms', status: 'sent' },
		]);
	});

	it('goes out by SMS where there is only a phone, without asking for a chart', async () => {
		await setSettings({ alertEmail: '' });
		await runAt('daily-report', NOON);
		expect(charts()).toEqual([]);
		expect(numbersIn(textsTo(OWNER.alertPhone)[0])).toMatchObject({ messages: '0', rating: '–' });
	});

	it('speaks the language of alerts, in text and chart', async () => {
		await setSettings({ alertLanguage: 'pl' });
		await runAt('daily-report', NOON);
		expect(mails()[0]?.text).toContain('Wiadomości: 0');
		expect(charts()[0]?.data.labels[0]).toBe('Wiadomości');
	});
});
