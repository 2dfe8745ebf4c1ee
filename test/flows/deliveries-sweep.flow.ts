import { DateTime } from 'luxon';
import type { Fault } from '../../sandbox/simulators/kit';
import {
	alerts,
	changeDeliveries,
	clearDeliveries,
	clientMails,
	clientTexts,
	crash,
	deliver,
	deliveries,
	delivery,
	givenDeliveries,
	mail,
	minutesTill,
	reported,
	sms,
	sweep,
} from '../support/deliveries';
import { theHouse } from '../support/house';
import { countedEvents, items } from '../support/salon';
import { restoreSettings, setSettings } from '../support/settings';

/** Milliseconds: a test plays several runs of several flows. */
const SLOW = 120_000;

describe('Retry what was not delivered', () => {
	beforeEach(clearDeliveries);
	afterEach(restoreSettings);

	it('calls nobody and changes nothing where nothing is due', async () => {
		const later = DateTime.now().plus({ minutes: 10 }).toISO();
		await givenDeliveries(
			{ deliveryKey: 'a', status: 'sent' },
			{ deliveryKey: 'b', status: 'failed', nextAttemptAt: later },
			{ deliveryKey: 'c', status: 'uncertain', nextAttemptAt: later },
			{ deliveryKey: 'd', status: 'failed', lastError: 'Refused' },
			{ deliveryKey: 'e', status: 'parked', attempts: 8 },
			{ deliveryKey: 'f', status: 'sending' },
			{ deliveryKey: 'g', status: 'pending', nextAttemptAt: later },
			{ deliveryKey: 'h', status: 'pending', tenant: 'second' },
		);
		const before = await deliveries();
		await sweep(4);
		// Triggers of other flows may still be registering.
		const calls = theHouse().world.exchanges.map(({ request }) => request.url);
		expect(calls.filter((url) => !/hook|subscribed_apps|\/company\/\d+$/.test(url))).toEqual([]);
		expect(await deliveries()).toEqual(before);
	});

	it(
		'tries again when the time has come, after longer and longer waits',
		async () => {
			const slow: Fault = { kind: 'rateLimit', seconds: 1 };
			theHouse().world.misbehave('sendgrid', slow, slow, slow);
			expect(await deliver(mail())).toMatchObject({ status: 'failed' });
			await sweep(0.5);
			expect(await delivery()).toMatchObject({ attempts: 1 });
			for (const [attempts, wait] of [
				[2, 2],
				[3, 4],
			] as const) {
				await sweep(minutesTill((await delivery()).nextAttemptAt) + 0.1);
				const { nextAttemptAt, ...tried } = await delivery();
				expect(tried).toMatchObject({ status: 'failed', attempts, sentAt: null });
				expect(minutesTill(nextAttemptAt)).toBeGreaterThan(wait - 0.5);
				expect(minutesTill(nextAttemptAt)).toBeLessThanOrEqual(wait);
			}
			expect(clientMails()).toEqual([]);
			await sweep(5);
			expect(clientMails()).toHaveLength(1);
			expect(await delivery()).toMatchObject({
				status: 'sent',
				attempts: 4,
				lastError: '',
				nextAttemptAt: null,
			});
			await sweep(600);
			expect(clientMails()).toHaveLength(1);
			expect(await reported()).toEqual([]);
		},
		SLOW,
	);

	it('never waits longer than six hours', async () => {
		await setSettings({ deliveryAttempts: '30' });
		const due = DateTime.now().toISO();
		await givenDeliveries({ ...mail(), status: 'failed', attempts: 20, nextAttemptAt: due });
		theHouse().world.misbehave('sendgrid', { kind: 'rateLimit', seconds: 1 });
		await sweep(1);
		const { nextAttemptAt, attempts } = await delivery();
		expect(attempts).toBe(21);
		expect(minutesTill(nextAttemptAt)).toBeGreaterThan(355);
		expect(minutesTill(nextAttemptAt)).toBeLessThanOrEqual(360);
	});

	describe('what a crash left under way', () => {
		it(
			'is left alone for five minutes, and not sent again where it has gone out',
			async () => {
				await deliver(sms());
				const { providerId } = await delivery();
				await crash();
				await sweep(4);
				expect(await delivery()).toMatchObject({ status: 'sending' });
				await sweep(6);
				await sweep(12);
				expect(clientTexts()).toHaveLength(1);
				expect(await delivery()).toMatchObject({
					status: 'sent',
					providerId,
					sentAt: expect.any(String) as string,
				});
				expect(alerts()).toEqual([]);
			},
			SLOW,
		);

		it('is sent where it has not, after as many minutes as the setting says', async () => {
			await setSettings({ deliveryStuckMinutes: '30' });
			await givenDeliveries({});
			await sweep(29);
			expect(clientTexts()).toEqual([]);
			await sweep(31);
			expect(clientTexts()).toEqual(['See you on Monday']);
			expect(await delivery()).toMatchObject({ status: 'sent', attempts: 1 });
		});

		it('is sent by whatever channel where it was written and not begun', async () => {
			const nextAttemptAt = DateTime.now().plus({ minutes: 5 }).toISO();
			await givenDeliveries({ ...mail(), status: 'pending', nextAttemptAt });
			await sweep(4);
			expect(clientMails()).toEqual([]);
			await sweep(6);
			expect(clientMails()).toHaveLength(1);
			expect(await delivery()).toMatchObject({ status: 'sent', attempts: 1 });
		});

		it('is one item at monday.com, whichever it was', async () => {
			const payload = { itemName: 'Ana', email: 'ana@example.com', columns: {} };
			await deliver(sms({ channel: 'monday', to: 'Ana', payload }));
			await crash();
			await sweep(6);
			expect(items()).toHaveLength(1);
			expect(await delivery()).toMatchObject({ status: 'sent', providerId: items()[0]?.id });
			await changeDeliveries({
				deliveryKey: 'another',
				payload: JSON.stringify({ ...payload, email: 'eva@example.com' }),
			});
			await crash();
			await sweep(6);
			expect(items()).toHaveLength(2);
		});
	});

	describe('once', () => {
		it('for two rows with one key: the lowest counts, the other goes', async () => {
			await givenDeliveries({}, {});
			await sweep(6);
			await sweep(12);
			expect(clientTexts()).toHaveLength(1);
			expect(await deliveries()).toEqual([expect.objectContaining({ status: 'sent' })]);
		});

		it('where the other of two rows was sent', async () => {
			await givenDeliveries({ ...mail() }, { ...mail(), status: 'sent', providerId: 'theirs' });
			await sweep(6);
			expect(clientMails()).toEqual([]);
			expect((await delivery()).providerId).toBe('theirs');
		});

		it(
			'in sweeps side by side, also for what a crash left',
			async () => {
				const due = DateTime.now().toISO();
				await givenDeliveries(
					{ ...mail(), status: 'failed', attempts: 1, nextAttemptAt: due },
					{},
					{ ...mail(), deliveryKey: 'c', status: 'pending' },
				);
				await sweep(-60);
				await Promise.all(Array.from({ length: 5 }, async () => await sweep(6)));
				expect(clientMails()).toHaveLength(2);
				expect(clientTexts()).toHaveLength(1);
				expect((await deliveries()).map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
			},
			SLOW,
		);
	});

	it('takes so many at once, and the rest a minute later', async () => {
		await setSettings({ deliveriesPerSweep: '2' });
		await givenDeliveries(
			...['a', 'b', 'c'].map((deliveryKey) => ({
				...mail(),
				deliveryKey,
				status: 'failed',
				nextAttemptAt: DateTime.now().toISO(),
			})),
		);
		await sweep(1);
		expect(clientMails()).toHaveLength(2);
		await sweep(2);
		expect(clientMails()).toHaveLength(3);
	});

	it('lets nobody wait for a row that fails', async () => {
		await givenDeliveries({ deliveryKey: 'a', payload: '{' }, { deliveryKey: 'b' });
		await sweep(6);
		expect(clientTexts()).toHaveLength(1);
		// The third is n8n's own alert of the failure.
		expect((await deliveries()).slice(0, 2).map(({ status }) => status)).toEqual(['uncertain', 'sent']);
	});

	it('wakes nobody: what was written by day waits for the morning', async () => {
		const clock = (hours: number) =>
			DateTime.now().setZone('Europe/Warsaw').plus({ hours }).toFormat('HH:mm');
		await setSettings({ quietHoursStart: clock(2), quietHoursEnd: clock(4) });
		await givenDeliveries({}, { deliveryKey: 'b', channel: 'ga4', to: 'x', payload: { event: 'sign_up' } });
		await sweep(3 * 60);
		expect(clientTexts()).toEqual([]);
		expect(countedEvents()).toEqual(['sign_up']);
		await sweep(4 * 60 + 1);
		expect(clientTexts()).toHaveLength(1);
	});
});
