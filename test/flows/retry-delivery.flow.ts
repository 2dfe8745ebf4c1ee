import { DateTime } from 'luxon';
import type { Fault } from '../../sandbox/simulators/kit';
import {
	alerts,
	changeDeliveries,
	clearDeliveries,
	CLIENT,
	clientMails,
	clientTexts,
	deliver,
	delivery,
	givenDeliveries,
	mail,
	reported,
	sms,
	sweep,
} from '../support/deliveries';
import { theHouse } from '../support/house';
import { OWNER } from '../support/outbox';
import { countedEvents } from '../support/salon';
import { restoreSettings, setSettings } from '../support/settings';

/** Milliseconds: a test plays several runs of several flows. */
const SLOW = 120_000;
const down: Fault = { kind: 'answer', response: { status: 503, body: 'Service Unavailable' } };
/** What ends a look-up at once. */
const locked: Fault = { kind: 'answer', response: { status: 403, body: { message: 'No' } } };

describe('Retry one delivery', () => {
	beforeEach(clearDeliveries);
	afterEach(restoreSettings);

	describe('what may have gone out', () => {
		it.each<[string, Fault[], number]>([
			['arrived', [{ kind: 'resetAfter' }, locked], 1],
			['did not arrive', [{ kind: 'reset' }], 0],
			['met a server in trouble', [down], 0],
		])('is looked up before it is sent again: it %s', async (_, faults, before) => {
			theHouse().world.misbehave('twilio', ...faults);
			expect(await deliver(sms())).toMatchObject({ status: 'uncertain' });
			expect(clientTexts()).toHaveLength(before);
			const asked = theHouse().world.callsTo('twilio').length;
			await sweep(1.1);
			expect(clientTexts()).toHaveLength(1);
			expect(await delivery()).toMatchObject({ status: 'sent', lastError: '', nextAttemptAt: null });
			expect(theHouse().world.callsTo('twilio')[asked]?.request.method).toBe('GET');
		});

		it('is looked up later where the provider does not answer', async () => {
			theHouse().world.misbehave('twilio', { kind: 'resetAfter' }, locked, locked);
			await deliver(sms());
			await sweep(1.1);
			expect(await delivery()).toMatchObject({ status: 'uncertain', attempts: 2, sentAt: null });
			await sweep(4);
			expect(clientTexts()).toHaveLength(1);
			expect(await delivery()).toMatchObject({ status: 'sent' });
		});

		it.each<[string, Record<string, string>, string, number]>([
			['is parked for a person where SendGrid cannot be asked', {}, 'parked', 1],
			['is repeated where the setting says so', { uncertainEmail: 'repeat' }, 'sent', 2],
		])('%s', async (_, settings, status, count) => {
			await setSettings(settings);
			theHouse().world.misbehave('sendgrid', { kind: 'resetAfter' });
			await deliver(mail());
			await sweep(1.1);
			expect(clientMails()).toHaveLength(count);
			expect(await delivery()).toMatchObject({ status, nextAttemptAt: null });
			expect(alerts()).toHaveLength(status === 'parked' ? 1 : 0);
		});

		it('is counted again at GA4, where nobody is bothered by it', async () => {
			const payload = { event: 'generate_lead', parameters: {} };
			await givenDeliveries({ channel: 'ga4', to: CLIENT.leadKey, payload });
			await sweep(6);
			expect(countedEvents()).toEqual(['generate_lead']);
			expect(await delivery()).toMatchObject({ status: 'sent' });
		});
	});

	describe('after the last attempt', () => {
		const spent = { ...mail(), status: 'failed', attempts: 8, lastError: 'SendGrid: too many requests' };
		const due = () => ({ ...spent, nextAttemptAt: DateTime.now().toISO() });

		it(
			'parks the row and tells the salon once',
			async () => {
				await givenDeliveries({ ...due(), attempts: 7 });
				theHouse().world.misbehave('sendgrid', { kind: 'rateLimit', seconds: 1 });
				await sweep(1);
				await sweep(2);
				await sweep(600);
				expect(clientMails()).toEqual([]);
				expect(await delivery()).toMatchObject({ status: 'parked', attempts: 8, nextAttemptAt: null });
				expect(alerts()).toHaveLength(1);
				for (const word of ['given up after 8 attempts', 'email', 'pending', CLIENT.leadKey])
					expect(alerts()[0]?.text).toContain(word);
				expect(await reported()).toEqual([
					expect.objectContaining({
						flow: 'Retry one delivery',
						provider: 'sendgrid',
						leadKey: CLIENT.leadKey,
					}),
				]);
			},
			SLOW,
		);

		it('looks once more whether it arrived', async () => {
			theHouse().world.misbehave('twilio', { kind: 'resetAfter' }, locked);
			await deliver(sms());
			await changeDeliveries({ attempts: 8 });
			await sweep(1.1);
			expect(await delivery()).toMatchObject({ status: 'sent' });
			expect(alerts()).toEqual([]);
		});

		it('sends a parked row that somebody releases', async () => {
			await givenDeliveries({ ...spent, status: 'parked' });
			await sweep(600);
			expect(clientMails()).toEqual([]);
			await changeDeliveries({ status: 'pending' });
			await sweep(0);
			expect(clientMails()).toHaveLength(1);
			expect(await delivery()).toMatchObject({ status: 'sent', attempts: 9, lastError: '' });
		});

		it('does not send what is released although it arrived', async () => {
			await deliver(sms());
			await changeDeliveries({ status: 'pending', providerId: null, sentAt: null });
			await sweep(0);
			expect(clientTexts()).toHaveLength(1);
			expect(await delivery()).toMatchObject({ status: 'sent' });
		});

		it('gives up what fails before it can be noted', async () => {
			await givenDeliveries({ payload: '{', attempts: 7 });
			await sweep(6);
			expect(await delivery()).toMatchObject({ status: 'uncertain', attempts: 8 });
			await sweep(600);
			expect(await delivery()).toMatchObject({ status: 'parked' });
			expect(alerts().filter(({ text }) => text?.includes('given up'))).toHaveLength(1);
		});

		it('raises no alert about an alert', async () => {
			await givenDeliveries({ ...due(), template: 'errorAlert', to: OWNER.alertEmail });
			await sweep(1);
			expect(await delivery()).toMatchObject({ status: 'parked' });
			expect([await reported(), alerts()]).toEqual([[], []]);
		});

		it('tells of a refusal for good, since no flow waits for it any more', async () => {
			await givenDeliveries({ ...due(), attempts: 1 });
			const refusal: Fault = {
				kind: 'answer',
				response: { status: 400, body: { errors: [{ message: 'No' }] } },
			};
			theHouse().world.misbehave('sendgrid', refusal);
			await sweep(1);
			await sweep(600);
			expect(await delivery()).toMatchObject({ status: 'failed', attempts: 2, nextAttemptAt: null });
			expect(alerts()).toHaveLength(1);
			expect(alerts()[0]?.text).toContain('refused for good');
		});
	});
});
