import { DateTime } from 'luxon';
import type { InstagramSimulator } from '../../sandbox/simulators/instagram';
import type { TwilioMessage } from '../../sandbox/simulators/twilio-messages';
import { callFlow } from '../support/callFlow';
import { restoreSettings, setSettings } from '../support/settings';
import { startAfresh } from '../support/executions';
import { simulated, theHouse } from '../support/house';
import { mailsTo } from '../support/outbox';
import { runAt } from '../support/runAt';

interface Survey {
	visitId: string;
	status: string;
	[column: string]: unknown;
}

/** Milliseconds: a test plays several runs of several flows. */
const SLOW = 120_000;
const TABLES = [
	'frontdesk_appointments',
	'frontdesk_surveys',
	'frontdesk_deliveries',
	'frontdesk_leads',
	'frontdesk_lead_history',
	'frontdesk_events',
];
/** A Wednesday; quiet hours are far away. */
const ENDED = DateTime.fromISO('2026-03-11T12:00', { zone: 'Europe/Warsaw' });
const ANNA = { igsid: '17841400000000123', username: 'anna.kowalska' };

const world = () => theHouse().world;
const instagram = () => simulated<InstagramSimulator>('instagram');
const sent = () =>
	instagram()
		.state()
		.messages.filter(({ incoming }) => !incoming);
const texts = () =>
	theHouse()
		.world.simulators.find(({ name }) => name === 'twilio')
		?.state() as {
		messages: TwilioMessage[];
	};

/** A completed visit as `visits-sync` keeps it. */
const visit = (id: string, more: object = {}) => ({
	tenant: 'main',
	provider: 'altegio',
	appointmentId: id,
	status: 'completed',
	start: ENDED.minus({ hours: 1 }).toISO(),
	end: ENDED.toISO(),
	timeZone: 'Europe/Warsaw',
	service: 'Haircut',
	staff: 'Oksana Melnyk',
	staffId: '556',
	clientId: `client-${id}`,
	clientName: 'Anna Kowalska',
	phone: '+48601234567',
	instagram: ANNA.username,
	...more,
});
const visits = async (...rows: object[]) =>
	await theHouse().editor.insertRows('frontdesk_appointments', rows);
const hoursLater = async (hours: number) => await runAt('visit-survey', ENDED.plus({ hours }).toISO() ?? '');
const surveys = async () => await theHouse().editor.rows<Survey>('frontdesk_surveys');

describe('Ask clients how their visit was', () => {
	beforeEach(async () => {
		await startAfresh(...TABLES);
		await setSettings({
			surveyEnabled: 'yes',
			surveyWithoutInstagram: 'skip',
			businessName: 'Nova Studio',
			twilioFrom: '+15005550006',
		});
	});

	afterEach(restoreSettings);

	it(
		'asks by Instagram Direct a day later, in the language of the salon, with buttons, and keeps the survey',
		async () => {
			instagram().write(ANNA.username, 'See you!');
			await visits(visit('1'));
			await hoursLater(23.9);
			expect(await surveys()).toEqual([]);
			await hoursLater(24);
			expect(sent()).toHaveLength(1);
			expect(sent()[0]).toMatchObject({
				igsid: ANNA.igsid,
				quickReplies: ['★ 1', '★ 2', '★ 3', '★ 4', '★ 5'],
			});
			expect(sent()[0]?.text).toMatch(/Anna Kowalska.*Nova Studio.*Wednesday, March 11.*1 to 5/s);
			expect(await surveys()).toEqual([
				expect.objectContaining({
					tenant: 'main',
					visitId: '1',
					provider: 'altegio',
					clientId: 'client-1',
					clientName: 'Anna Kowalska',
					instagram: ANNA.username,
					instagramId: ANNA.igsid,
					visitDate: ENDED.minus({ hours: 1 }).toUTC().toISO(),
					service: 'Haircut',
					staff: 'Oksana Melnyk',
					status: 'SENT',
					channel: 'instagram',
					sentAt: ENDED.plus({ hours: 24 }).toUTC().toISO(),
					rating: null,
				}),
			]);
		},
		SLOW,
	);

	it(
		'waits as many hours as the setting says',
		async () => {
			instagram().write(ANNA.username, 'See you!');
			await visits(visit('1'));
			await setSettings({ surveyHoursAfter: '3' });
			await hoursLater(2.9);
			expect(sent()).toEqual([]);
			await hoursLater(3.1);
			expect(sent()).toHaveLength(1);
		},
		SLOW,
	);

	it(
		'never asks twice: not in the next hour, not in runs side by side, not about two masters of one day',
		async () => {
			instagram().write(ANNA.username, 'See you!');
			await visits(
				visit('1', { clientId: 'anna' }),
				visit('2', {
					clientId: 'anna',
					staff: 'Anna Kowal',
					start: ENDED.plus({ hours: 1 }).toISO(),
					end: ENDED.plus({ hours: 2 }).toISO(),
				}),
			);
			await Promise.all([hoursLater(26), hoursLater(26)]);
			await hoursLater(27);
			expect(sent()).toHaveLength(1);
			expect(await surveys()).toHaveLength(1);
		},
		SLOW,
	);

	it(
		'asks only about completed visits of the last days',
		async () => {
			instagram().write(ANNA.username, 'See you!');
			const ago = (days: number) => ({
				start: ENDED.minus({ days, hours: 1 }).toISO(),
				end: ENDED.minus({ days }).toISO(),
			});
			await visits(
				...['confirmed', 'cancelled', 'no_show', 'pending', 'rescheduled'].map((status) =>
					visit(status, { status }),
				),
				visit('long ago', ago(3)),
				visit('before that', ago(400)),
				visit('another branch', { tenant: 'branch' }),
				visit('nobody', { clientId: '', phone: '', instagram: '' }),
			);
			await hoursLater(24);
			expect(await surveys()).toEqual([]);
			expect(sent()).toEqual([]);
		},
		SLOW,
	);

	it(
		'keeps quiet at night and while surveys are off, and asks afterwards',
		async () => {
			instagram().write(ANNA.username, 'See you!');
			await visits(visit('1'));
			await hoursLater(24 + 9.5);
			await hoursLater(24 + 19.5);
			await setSettings({ surveyEnabled: 'no' });
			await hoursLater(24 + 22);
			expect(sent()).toEqual([]);
			await setSettings({ surveyEnabled: 'yes' });
			await hoursLater(24 + 22);
			expect(sent()).toHaveLength(1);
		},
		SLOW,
	);

	it.each<[string, object, RegExp]>([
		['has no username', { instagram: '' }, /no Instagram username/],
		['never wrote', { instagram: '380501234567' }, /380501234567.*latest conversations/],
	])(
		'skips who %s, with the reason, once',
		async (_, client, reason) => {
			await visits(visit('1', client));
			await hoursLater(24);
			await hoursLater(25);
			expect(await surveys()).toEqual([
				expect.objectContaining({
					visitId: '1',
					status: 'SKIPPED',
					reason: expect.stringMatching(reason) as string,
				}),
			]);
			expect(texts().messages).toEqual([]);
		},
		SLOW,
	);

	it.each<[string, object]>([
		['has no username', { instagram: '' }],
		['never wrote', { instagram: '380501234567' }],
	])(
		'asks who %s by another channel where the setting names one',
		async (_, client) => {
			await setSettings({ surveyWithoutInstagram: 'sms' });
			await visits(visit('1', client));
			await hoursLater(24);
			await hoursLater(25);
			expect(texts().messages).toMatchObject([
				{ to: '+48601234567', body: expect.stringContaining('1 to 5') as string },
			]);
			expect(await surveys()).toEqual([
				expect.objectContaining({ status: 'SENT', channel: 'sms', answerKey: 'phone:+48601234567' }),
			]);
		},
		SLOW,
	);

	it.each([
		['skip', 'FAILED', 0],
		['sms', 'SENT', 1],
	])(
		'outside the 24 hours, with the setting %s, the survey is %s',
		async (setting, status, messages) => {
			// Anna blocks the account, which Instagram refuses for good, as it does once her 24 hours are over.
			instagram().write(ANNA.username, 'See you!');
			instagram().person(ANNA.username).blocked = true;
			await setSettings({ surveyWithoutInstagram: setting });
			await visits(visit('1'));
			await hoursLater(24);
			await hoursLater(25);
			expect(sent()).toEqual([]);
			expect(texts().messages).toHaveLength(messages);
			const [survey, ...others] = await surveys();
			expect(others).toEqual([]);
			expect(survey).toMatchObject({ status });
			if (status === 'FAILED') expect(survey?.reason).toMatch(/blocked/);
		},
		SLOW,
	);

	it(
		'uses what is known of the lead: language, IGSID, and that they want no messages',
		async () => {
			const leadKey = 'phone:+48601234567';
			instagram().write(ANNA.username, 'Do zobaczenia!');
			await callFlow('lead-save', [
				{ tenant: 'main', leadKey, lead: { phone: '+48601234567', language: 'pl', instagramId: ANNA.igsid } },
			]);
			await visits(visit('1', { leadKey, instagram: '' }));
			await hoursLater(24);
			expect(sent()[0]?.text).toContain('Dziękujemy za wizytę');
			expect(await surveys()).toEqual([expect.objectContaining({ language: 'pl', leadKey })]);

			await callFlow('lead-save', [{ tenant: 'main', leadKey, lead: { optOut: 'all' } }]);
			const next = { start: ENDED.plus({ days: 1 }).toISO(), end: ENDED.plus({ days: 1, hours: 1 }).toISO() };
			await visits(visit('2', { leadKey, instagram: '', ...next }));
			await hoursLater(50);
			expect(sent()).toHaveLength(1);
			expect((await surveys())[1]).toMatchObject({
				visitId: '2',
				status: 'SKIPPED',
				reason: 'Wants no messages',
			});
		},
		SLOW,
	);

	it(
		'fails with the reason where the search on Instagram fails, and asks an hour later',
		async () => {
			instagram().write(ANNA.username, 'See you!');
			await visits(visit('1'), visit('2', { clientId: 'olha', instagram: '' }));
			const refusal = {
				status: 400,
				body: { error: { message: 'Invalid OAuth access token', type: 'OAuthException', code: 190 } },
			};
			theHouse().world.misbehave(
				'instagram',
				...Array.from({ length: 3 }, () => ({ kind: 'answer' as const, response: refusal })),
			);
			await expect(hoursLater(24)).rejects.toThrow('did not accept the access token');
			expect((await surveys()).map(({ visitId }) => visitId)).not.toContain('1');
			await hoursLater(25);
			expect(sent()).toHaveLength(1);
			expect(await surveys()).toHaveLength(2);
		},
		SLOW,
	);

	describe('after a crash', () => {
		const bySms = async () => await setSettings({ surveyWithoutInstagram: 'sms' });
		const survey = async () => (await surveys())[0];
		const byInstagram = { status: 'SENT', channel: 'instagram', answerKey: `instagram:${ANNA.igsid}` };
		const forget = async () =>
			await theHouse().editor.updateRows('frontdesk_surveys', {
				status: 'SENDING',
				channel: 'instagram,sms',
				answerKey: null,
			});

		beforeEach(async () => {
			await bySms();
			instagram().write(ANNA.username, 'See you!');
			await visits(visit('1'));
		});

		it(
			'sends what was kept and did not go out, once',
			async () => {
				await hoursLater(24);
				world().reset();
				instagram().write(ANNA.username, 'See you!');
				await theHouse().editor.clearTables('frontdesk_deliveries');
				await forget();
				await Promise.all([hoursLater(25), hoursLater(25)]);
				await hoursLater(26);
				expect(sent()).toHaveLength(1);
				expect(await surveys()).toEqual([expect.objectContaining(byInstagram)]);
			},
			SLOW,
		);

		it(
			'only notes what had gone out, and asks by no other channel',
			async () => {
				await hoursLater(24);
				await forget();
				await hoursLater(25);
				expect(sent()).toHaveLength(1);
				expect(texts().messages).toEqual([]);
				expect(await surveys()).toEqual([expect.objectContaining(byInstagram)]);
			},
			SLOW,
		);

		it(
			'takes up a visit that was claimed and not kept',
			async () => {
				await hoursLater(24);
				world().reset();
				instagram().write(ANNA.username, 'See you!');
				await theHouse().editor.clearTables('frontdesk_deliveries', 'frontdesk_surveys');
				await hoursLater(25);
				expect(sent()).toEqual([]);
				const receivedAt = DateTime.now().minus({ hours: 7 }).toISO();
				await theHouse().editor.updateRows('frontdesk_events', { receivedAt });
				await hoursLater(31);
				expect(sent()).toHaveLength(1);
			},
			SLOW,
		);

		it(
			'notes what was sent later, since a provider was down',
			async () => {
				const email = 'anna@example.com';
				await theHouse().editor.updateRows('frontdesk_appointments', { instagram: '', email });
				await setSettings({ surveyWithoutInstagram: 'email' });
				world().misbehave('sendgrid', { kind: 'rateLimit', seconds: 600 });
				await hoursLater(24);
				await hoursLater(25);
				expect(await survey()).toMatchObject({ status: 'SENDING', channel: 'email' });
				await setSettings({ quietHoursStart: '00:00', quietHoursEnd: '00:00' });
				await runAt('deliveries-sweep', DateTime.now().plus({ minutes: 11 }).toISO());
				await hoursLater(26);
				expect(mailsTo(email)).toHaveLength(1);
				expect(await survey()).toMatchObject({ status: 'SENT', channel: 'email', reason: '' });
			},
			SLOW,
		);
	});
});
