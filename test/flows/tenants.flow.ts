import type { StoredWorkflow } from '../../sandbox/src/editor-api';
import { BRANCH, openBranch, publishForBranch } from '../support/branch';
import { callFlowOnce } from '../support/callFlow';
import { customer, freshWorld, isoOf, say } from '../support/chat';
import { untilIdle } from '../support/executions';
import { theHouse } from '../support/house';
import { runAt } from '../support/runAt';
import { BOOKING_TABLES, rows, textMessages, visits, workday, type Row } from '../support/salon';
import { restoreSettings } from '../support/settings';
import { discard } from '../support/temporary';

const MAIN = 'main';
const COPIED = ['lead-consultation', 'booking-create', 'booking-change'];
const HOURS: Record<string, number> = { [MAIN]: 10, [BRANCH]: 14 };

/** The branch's copy of a flow answers beside the first one. */
const pathOf = (flow: string, tenant: string) => `${flow}${tenant === BRANCH ? `-${BRANCH}` : ''}/chatfuel`;

/** One and the same person writes to both businesses: nothing but the tenant tells them apart. */
const ask = async (flow: string, tenant: string, more: Row = {}) =>
	await say(pathOf(flow, tenant), customer({ topic: 'Hair', 'booking offer': '1', ...more }));

const book = async (tenant: string) =>
	await ask('booking-create', tenant, { 'booking start': isoOf(workday(4, HOURS[tenant] ?? 0)) });

const inBoth = async <T>(act: (tenant: string) => Promise<T>): Promise<T[]> =>
	await Promise.all([MAIN, BRANCH].map(async (tenant) => await act(tenant)));

const rowsOf = async (table: string, tenant: string) =>
	(await rows(table)).filter((row) => row.tenant === tenant);

describe('Two businesses in one n8n', () => {
	let copies: StoredWorkflow[] = [];

	beforeAll(async () => {
		copies = [];
		for (const folder of COPIED) copies.push(await publishForBranch(folder));
		for (const folder of COPIED) await theHouse().untilListening(pathOf(folder, BRANCH));
	});

	afterAll(async () => {
		await untilIdle();
		for (const copy of copies) await discard(copy);
	});

	beforeEach(async () => {
		await freshWorld(pathOf('booking-create', MAIN), BOOKING_TABLES);
		await openBranch({ businessName: 'Studio Dwa', 'text.bookingBooked.pl': 'Studio Dwa czeka: {time}' });
	});

	afterEach(restoreSettings);

	it('keeps one person two leads, each with its own status', async () => {
		await inBoth(async (tenant) => await ask('lead-consultation', tenant));
		await untilIdle();
		expect(await rowsOf('leads', MAIN)).toHaveLength(1);
		expect(await rowsOf('leads', BRANCH)).toHaveLength(1);
		const [lead] = await rowsOf('leads', MAIN);
		await callFlowOnce('lead-status', {
			tenant: MAIN,
			leadKey: lead?.leadKey,
			to: 'CONTACTED',
			at: '',
			reason: 'called',
			bookingProvider: '',
			bookingId: '',
			previousId: '',
			bookingUrl: '',
			bookedAt: '',
		});
		expect(await rowsOf('leads', MAIN)).toEqual([expect.objectContaining({ status: 'CONTACTED' })]);
		expect(await rowsOf('leads', BRANCH)).toEqual([expect.objectContaining({ status: 'NEW' })]);
	});

	it('books in both at once: own appointment, own words, own deliveries', async () => {
		const turns = await inBoth(book);
		expect(turns.map(({ set }) => set['booking status'])).toEqual(['booked', 'booked']);
		expect(turns[0]?.shown[0]).toContain('Zarezerwowano');
		expect(turns[1]?.shown[0]).toBe('Studio Dwa czeka: 14:00');
		await untilIdle();
		expect(visits()).toHaveLength(2);
		const messages = textMessages().map(({ body }) => body);
		expect(messages.filter((body) => body.includes('Studio Dwa'))).toEqual([
			expect.stringContaining('14:00'),
		]);
		expect(messages).toHaveLength(2);
		for (const [index, tenant] of [MAIN, BRANCH].entries()) {
			const id = turns[index]?.set['booking id'];
			expect(await rowsOf('leads', tenant)).toEqual([
				expect.objectContaining({ status: 'BOOKED', bookingId: id }),
			]);
			expect(await rowsOf('appointments', tenant)).toEqual([
				expect.objectContaining({ appointmentId: id, status: 'confirmed' }),
			]);
			const sent = await rowsOf('deliveries', tenant);
			expect(sent.map(({ channel }) => channel).sort()).toEqual(['email', 'ga4', 'monday', 'sms']);
			for (const { deliveryKey } of sent) expect(deliveryKey).toContain(`:${id}:`);
		}
	});

	it('cancels in one, and the other knows nothing of it', async () => {
		const [first, second] = await inBoth(book);
		await untilIdle();
		const turn = await ask('booking-change', BRANCH, {
			'booking action': 'cancel',
			'booking id': second?.set['booking id'],
		});
		expect(turn.set['booking status']).toBe('cancelled');
		await untilIdle();
		expect(await rowsOf('appointments', BRANCH)).toEqual([expect.objectContaining({ status: 'cancelled' })]);
		expect(await rowsOf('appointments', MAIN)).toEqual([expect.objectContaining({ status: 'confirmed' })]);
		expect(await rowsOf('leads', MAIN)).toEqual([
			expect.objectContaining({ status: 'BOOKED', bookingId: first?.set['booking id'] }),
		]);
		const foreign = await ask('booking-change', BRANCH, {
			'booking action': 'cancel',
			'booking id': first?.set['booking id'],
		});
		expect(foreign.set['booking status']).not.toBe('cancelled');
		await untilIdle();
		expect(
			visits()
				.map(({ status }) => status)
				.sort(),
		).toEqual(['A', 'C']);
	});

	it('reminds of its own appointments alone', async () => {
		await inBoth(book);
		await untilIdle();
		await runAt('appointment-reminders', isoOf(workday(4, HOURS[MAIN] ?? 0).minus({ hours: 20 })));
		await untilIdle();
		const reminders = (await rows('deliveries')).filter(({ template }) => template === 'appointmentReminder');
		expect(reminders.map(({ tenant }) => tenant)).toEqual(reminders.map(() => MAIN));
		expect(reminders.filter(({ status }) => status === 'sent')).toHaveLength(1);
	});

	it('lets a person who wants no messages of one hear from the other', async () => {
		const lead = { name: 'Anna Kowalska', phone: '+48601234567', preferredChannel: 'sms' };
		const leadKey = 'phone:+48601234567';
		for (const tenant of [MAIN, BRANCH])
			await callFlowOnce('lead-save', {
				tenant,
				leadKey,
				lead: { ...lead, optOut: tenant === BRANCH ? 'all' : '' },
			});
		const outcomes = await inBoth(
			async (tenant) =>
				await callFlowOnce<{ delivered: boolean }>('notify', {
					tenant,
					leadKey,
					notificationKey: 'visit:1:confirmed',
					template: 'bookingConfirmation',
					values: { start: isoOf(workday(4, 10)), timeZone: 'Europe/Warsaw', service: 'Cut', link: '' },
					channels: '',
					marketing: false,
					contact: {},
				}),
		);
		expect(outcomes.map(({ delivered }) => delivered)).toEqual([true, false]);
		expect(textMessages()).toHaveLength(1);
		expect((await rowsOf('deliveries', MAIN)).filter(({ status }) => status === 'sent')).toHaveLength(1);
		expect((await rowsOf('deliveries', BRANCH)).filter(({ status }) => status === 'sent')).toEqual([]);
	});
});
