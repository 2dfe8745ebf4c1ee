import axios from 'axios';
import { LEAD_WEBHOOK, sampleLead, SECRET_HEADERS } from '../../sandbox/src/sample';
import { ChatfuelCaller } from '../../sandbox/simulators/chatfuelCaller';
import { mondayError } from '../../sandbox/simulators/monday';
import type { SentMail } from '../../sandbox/simulators/sendgrid';
import { stateOf } from '../support/chat';
import { executionsOf, startAfresh, untilIdle } from '../support/executions';
import { eventually, theHouse } from '../support/house';

const TABLES = ['frontdesk_leads', 'frontdesk_events', 'frontdesk_deliveries'];

const ask = async (attributes: Record<string, string>, headers: Record<string, string> = SECRET_HEADERS) =>
	await new ChatfuelCaller({ url: theHouse().webhook(LEAD_WEBHOOK), headers, attributes }).call({
		kind: 'profile',
	});

const items = () =>
	stateOf<Array<{ items: Array<{ id: string; name: string; columns: Record<string, string> }> }>>('monday')[0]
		?.items ?? [];
const mails = () => stateOf<{ outbox: SentMail[] }>('sendgrid').outbox;
const messages = () => stateOf<{ messages: Array<{ to: string; body: string }> }>('twilio').messages;

interface Delivery {
	channel: string;
	status: string;
	to: string;
	lastError: string;
	providerId: string;
	nextAttemptAt: string | null;
}

const deliveries = async () => await theHouse().editor.rows<Delivery>('frontdesk_deliveries');

describe('Contact a consultant', () => {
	beforeEach(async () => {
		const house = theHouse();
		await house.untilListening(LEAD_WEBHOOK);
		await startAfresh(...TABLES);
	});

	it('carries a name with quotes, braces, emoji and a line break everywhere exactly as typed', async () => {
		const name = 'O"Brien \\ {"x":1} 😀\nsecond line';
		const turn = await ask({ ...sampleLead(), name });
		expect(turn).toMatchObject({ status: 200, faults: [], set: { 'lead saved': 'yes' } });
		expect(turn.shown[0]).toContain(name);
		await eventually(() => {
			expect(items().map((item) => item.name)).toEqual([name]);
			expect(mails()).toHaveLength(1);
			expect(mails()[0]?.text).toContain(name);
			expect(messages()).toHaveLength(1);
			expect(messages()[0]?.body).toContain(name);
		});
	});

	it('saves the lead as NEW and remembers its monday.com item', async () => {
		const lead = sampleLead(123_456);
		await ask(lead);
		await untilIdle();
		expect(await theHouse().editor.rows('frontdesk_leads')).toEqual([
			expect.objectContaining({
				tenant: 'main',
				leadKey: 'phone:+48601123456',
				name: lead.name,
				email: lead.email,
				phone: '+48601123456',
				status: 'NEW',
				language: 'pl',
				mondayItemId: items()[0]?.id,
			}),
		]);
	});

	it('keeps a row of everything it sent', async () => {
		await ask(sampleLead(123_456));
		await untilIdle();
		const rows = await deliveries();
		expect(rows.map(({ channel, status, to }) => [channel, status, to])).toEqual([
			['email', 'sent', 'anna.123456@example.com'],
			['sms', 'sent', '+48601123456'],
			['ga4', 'sent', 'phone:+48601123456'],
			['monday', 'sent', 'Anna Kowalska'],
		]);
		expect(rows.at(-1)?.providerId).toBe(items()[0]?.id);
	});

	it("fills in the board's columns, and leaves the status of a lead who has moved on", async () => {
		const lead = sampleLead();
		await ask(lead);
		await untilIdle();
		const [first] = items();
		expect(Object.values(first?.columns ?? {})).toEqual(
			expect.arrayContaining([lead.topic, lead.package, 'Chatfuel', 'Nowy']),
		);
		await theHouse().editor.updateRows('frontdesk_leads', { status: 'BOOKED' });
		await ask({ ...lead, topic: 'Another question' });
		await untilIdle();
		const written = theHouse()
			.world.callsTo('monday')
			.filter(({ request }) => request.body.includes('Another question'));
		expect(written).not.toEqual([]);
		for (const { request } of written) expect(request.body).not.toContain('Nowy');
	});

	it('keeps a lead that has moved on where it is', async () => {
		const lead = sampleLead();
		await ask(lead);
		await untilIdle();
		await theHouse().editor.updateRows('frontdesk_leads', { status: 'BOOKED' });
		await ask({ ...lead, topic: 'Another question' });
		await untilIdle();
		expect(await theHouse().editor.rows('frontdesk_leads')).toEqual([
			expect.objectContaining({ status: 'BOOKED', topic: 'Another question' }),
		]);
		expect(items()).toHaveLength(1);
	});

	it('survives monday.com refusing, breaking down, hanging up and answering 200 with errors', async () => {
		theHouse().world.misbehave(
			'monday',
			{ kind: 'rateLimit', seconds: 1 },
			{ kind: 'answer', response: { status: 500, body: 'Internal Server Error' } },
			{ kind: 'resetAfter' },
			{
				kind: 'answer',
				response: mondayError('API_TEMPORARILY_BLOCKED', 'Temporarily blocked', {
					extensions: { retry_in_seconds: 1 },
				}),
			},
		);
		const turn = await ask(sampleLead());
		expect(turn).toMatchObject({ status: 200, set: { 'lead saved': 'yes' } });
		expect(turn.milliseconds).toBeLessThan(10_000);
		await eventually(() => expect(items()).toHaveLength(1), 60);
		await untilIdle();
		expect(items()).toHaveLength(1);
		expect(mails()).toHaveLength(1);
	}, 90_000);

	it('makes one item of the same lead sent five times at once, and answers each', async () => {
		const lead = sampleLead();
		const turns = await Promise.all(Array.from({ length: 5 }, async () => await ask(lead)));
		for (const turn of turns) expect(turn).toMatchObject({ status: 200, set: { 'lead saved': 'yes' } });
		await eventually(() => expect(items()).toHaveLength(1));
		await untilIdle();
		expect(items()).toHaveLength(1);
		expect(mails()).toHaveLength(1);
		expect(messages()).toHaveLength(1);
	});

	it('takes the same request for a repeat for a day, unless the setting says otherwise', async () => {
		const { editor } = theHouse();
		const lead = sampleLead();
		const askOnce = async () => {
			await editor.clearTables('frontdesk_events');
			expect(await ask(lead)).toMatchObject({ status: 200, set: { 'lead saved': 'yes' } });
			await untilIdle();
		};
		await askOnce();
		await askOnce();
		expect([mails().length, messages().length]).toEqual([1, 1]);
		await editor.changeSettings({ consultationRepeatHours: '0.0001' });
		await askOnce();
		await editor.changeSettings({ consultationRepeatHours: '24' });
		expect([mails().length, messages().length]).toEqual([2, 2]);
		expect(items()).toHaveLength(1);
	});

	it.each<[string, Record<string, string>]>([
		['a wrong secret', { 'x-frontdesk-secret': 'wrong' }],
		['no secret', {}],
	])('answers 401 to %s, starts no execution and calls nobody', async (_, headers) => {
		const before = (await executionsOf('lead-consultation')).map(({ id }) => id);
		const { status } = await axios.post(theHouse().webhook(LEAD_WEBHOOK), sampleLead(), {
			headers,
			proxy: false,
			validateStatus: () => true,
		});
		expect(status).toBe(401);
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect((await executionsOf('lead-consultation')).map(({ id }) => id)).toEqual(before);
		expect(theHouse().world.exchanges).toEqual([]);
	});

	it.each(['monday', 'ga4', 'sendgrid', 'twilio'])(
		'goes on and notes it when %s refuses',
		async (provider) => {
			const refusal = {
				status: 400,
				headers: { 'content-type': 'application/json' },
				body: { message: 'No' },
			};
			theHouse().world.misbehave(provider, { kind: 'answer', response: refusal });
			const turn = await ask(sampleLead());
			expect(turn.status).toBe(200);
			await untilIdle();
			const others = ['monday', 'ga4', 'sendgrid', 'twilio'].filter((other) => other !== provider);
			for (const other of others) expect(theHouse().world.callsTo(other)).not.toEqual([]);
			const rows = await deliveries();
			expect(rows).toHaveLength(4);
			expect(rows.filter(({ status }) => status === 'failed')).toEqual([
				expect.objectContaining({ lastError: expect.stringMatching(/.+/) as string, nextAttemptAt: null }),
			]);
		},
	);

	it.each<[string, string, string]>([
		['es', 'Gracias', 'consulta'],
		['uk', 'Дякуємо', 'запитання'],
		['ru', 'Спасибо', 'вопрос'],
		['de', 'Thank you', 'question'],
	])('speaks %s, or English where it has no such texts', async (language, hello, subject) => {
		const turn = await ask({ ...sampleLead(), language });
		expect(turn.shown[0]).toContain(hello);
		await eventually(() => expect(mails()[0]?.subject).toContain(subject));
	});

	it('asks for contact details where there is no way to reach the visitor', async () => {
		const turn = await ask({ ...sampleLead(), email: '', phone: '12' });
		expect(turn).toMatchObject({ status: 200, set: { 'lead saved': 'no' } });
		await untilIdle();
		expect(theHouse().world.exchanges).toEqual([]);
		expect(await theHouse().editor.rows('frontdesk_leads')).toEqual([]);
	});
});
