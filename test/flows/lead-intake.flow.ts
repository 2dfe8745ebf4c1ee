import axios from 'axios';
import { WEBSITE_HEADERS } from '../../sandbox/simulators/operator';
import type { TwilioSimulator } from '../../sandbox/simulators/twilio';
import { executionsOf, startAfresh, untilIdle } from '../support/executions';
import { simulated, theHouse } from '../support/house';

const LEAD_KEY = 'phone:+48601234567';

const LEAD = {
	name: 'Anna Kowalska',
	email: 'Anna@Example.com',
	phone: '601 234 567',
	channel: 'web',
	language: 'pl',
	consent: { gdpr: true, marketing: false },
};

const send = async (body: unknown, headers: Record<string, string> = WEBSITE_HEADERS) =>
	await axios.post<{ leadKey?: string; status?: string; fields?: Array<{ field: string; message: string }> }>(
		theHouse().webhook('lead-intake'),
		body,
		{ headers, proxy: false, validateStatus: () => true },
	);

const leads = async () => await theHouse().editor.rows<Record<string, unknown>>('frontdesk_leads');
const history = async () => await theHouse().editor.rows<Record<string, unknown>>('frontdesk_lead_history');
const texts = () =>
	simulated<TwilioSimulator>('twilio')
		.state()
		.messages.map(({ to, body }) => ({ to, body }));

describe('Take in a lead from a website', () => {
	beforeEach(async () => {
		const house = theHouse();
		await house.untilListening('lead-intake', 'POST');
		await startAfresh(
			'frontdesk_leads',
			'frontdesk_lead_history',
			'frontdesk_deliveries',
			'frontdesk_events',
		);
		await house.editor.changeSettings({ leadOffer: 'no' });
	});

	it('saves the lead as NEW, answers, sends one SMS and moves the lead to CONTACTED', async () => {
		const { status, data } = await send(LEAD);
		expect([status, data]).toEqual([201, { leadKey: LEAD_KEY, status: 'NEW' }]);
		await untilIdle();
		expect(texts()).toEqual([
			{ to: '+48601234567', body: expect.stringContaining('Dzień dobry Anna Kowalska') as string },
		]);
		expect(await leads()).toEqual([
			expect.objectContaining({
				tenant: 'main',
				leadKey: LEAD_KEY,
				name: 'Anna Kowalska',
				email: 'anna@example.com',
				phone: '+48601234567',
				channel: 'web',
				language: 'pl',
				consentGdpr: true,
				consentMarketing: false,
				status: 'CONTACTED',
			}),
		]);
		expect(await history()).toContainEqual(
			expect.objectContaining({ from: 'NEW', to: 'CONTACTED', moved: true }),
		);
	});

	it('handles the same lead sent five times at once once, and answers each', async () => {
		const answers = await Promise.all(Array.from({ length: 5 }, async () => await send(LEAD)));
		for (const { status, data } of answers) {
			expect([200, 201]).toContain(status);
			expect(data.leadKey).toBe(LEAD_KEY);
		}
		await untilIdle();
		expect(await leads()).toHaveLength(1);
		expect(texts()).toHaveLength(1);
	});

	it.each<[string, unknown, string[]]>([
		['nothing', {}, ['name', 'phone', 'consent.gdpr']],
		['no way to reach them', { ...LEAD, email: '', phone: '' }, ['phone']],
		['a number that is none', { ...LEAD, phone: '12' }, ['phone']],
		['an address that is none', { ...LEAD, email: 'anna' }, ['email']],
		['no word on consent', { ...LEAD, consent: undefined }, ['consent.gdpr']],
		[
			'consent as text',
			{ ...LEAD, consent: { gdpr: 'yes', marketing: 1 } },
			['consent.gdpr', 'consent.marketing'],
		],
		['a language nobody wrote texts in', { ...LEAD, language: 'de' }, ['language']],
		['a zone that is none', { ...LEAD, timeZone: 'Warsaw' }, ['timeZone']],
		['a number in place of a name', { ...LEAD, name: 5 }, ['name']],
		['a list', [], ['name', 'phone', 'consent.gdpr']],
	])('answers 422 with the fields to %s, and saves nothing', async (_, body, fields) => {
		const { status, data } = await send(body);
		expect([status, data.fields?.map(({ field }) => field)]).toEqual([422, fields]);
		for (const { message } of data.fields ?? []) expect(message).toMatch(/^(is|must)/);
		await untilIdle();
		expect(await leads()).toEqual([]);
		expect(texts()).toEqual([]);
	});

	it.each<[string, Record<string, string>]>([
		['a wrong secret', { 'x-frontdesk-secret': 'wrong' }],
		['no secret', {}],
	])('turns away %s and starts no execution', async (_, headers) => {
		const before = (await executionsOf('lead-intake')).map(({ id }) => id);
		expect((await send(LEAD, headers)).status).toBe(403);
		expect((await executionsOf('lead-intake')).map(({ id }) => id)).toEqual(before);
		expect(await leads()).toEqual([]);
	});

	it('writes nothing without consent to be contacted, and keeps the lead at NEW', async () => {
		const { status, data } = await send({ ...LEAD, consent: { gdpr: false, marketing: true } });
		expect([status, data.status]).toEqual([201, 'NEW']);
		await untilIdle();
		expect(texts()).toEqual([]);
		expect(await leads()).toEqual([expect.objectContaining({ status: 'NEW', consentGdpr: false })]);
	});

	it.each<[string, boolean, number]>([
		['sends the offer to those who agreed to marketing', true, 2],
		['sends no offer without consent to marketing', false, 1],
	])('%s', async (_, marketing, messages) => {
		await theHouse().editor.changeSettings({ leadOffer: 'yes' });
		await send({ ...LEAD, consent: { gdpr: true, marketing } });
		await untilIdle();
		expect(texts()).toHaveLength(messages);
		expect(texts().filter(({ body }) => body.includes('10%'))).toHaveLength(messages - 1);
	});

	it('carries a name with quotes, braces, dollars and an expression exactly as typed', async () => {
		const name = 'O"Brien \\ {{ 1 + 1 }} $& 😀';
		await send({ ...LEAD, name });
		await untilIdle();
		expect(await leads()).toEqual([expect.objectContaining({ name })]);
		expect(texts()[0]?.body).toContain(name);
	});

	it('keeps a lead whose SMS was refused at NEW, with the refusal noted', async () => {
		theHouse().world.misbehave('twilio', {
			kind: 'answer',
			response: {
				status: 400,
				headers: { 'content-type': 'application/json' },
				body: { code: 21211, message: 'Invalid To', status: 400 },
			},
		});
		expect((await send({ ...LEAD, email: '' })).data.status).toBe('NEW');
		await untilIdle();
		expect(await leads()).toEqual([expect.objectContaining({ status: 'NEW' })]);
		expect(await theHouse().editor.rows('frontdesk_deliveries')).toEqual([
			expect.objectContaining({ leadKey: LEAD_KEY, template: 'leadWelcome', status: 'failed' }),
		]);
	});

	it('leaves a lead that is BOOKED where it is, and does not ask when to come', async () => {
		await send(LEAD);
		await untilIdle();
		await theHouse().editor.updateRows('frontdesk_leads', { status: 'BOOKED' });
		await theHouse().editor.clearTables('frontdesk_deliveries');
		const { status, data } = await send({ ...LEAD, topic: 'Parking?' });
		expect([status, data]).toEqual([200, { leadKey: LEAD_KEY, status: 'BOOKED' }]);
		await untilIdle();
		expect(await leads()).toEqual([expect.objectContaining({ status: 'BOOKED', topic: 'Parking?' })]);
		expect(texts()).toHaveLength(1);
	});
});
