import { DateTime } from 'luxon';
import type { SentMail } from '../../sandbox/simulators/sendgrid';
import { callFlowOnce } from './callFlow';
import { untilIdle } from './executions';
import { theHouse } from './house';
import { mailsTo, OWNER, textsTo } from './outbox';
import { runAt } from './runAt';
import { setSettings } from './settings';

/** A row of the deliveries, as far as tests look at it. */
export interface DeliveryRow {
	status: string;
	attempts: number;
	providerId: string | null;
	nextAttemptAt: string | null;
}

const TABLE = 'frontdesk_deliveries';

/** Who gets what tests send. */
export const CLIENT = { phone: '+48601234567', email: 'ana@example.com', leadKey: 'phone:+48601234567' };

/** What `deliver` takes to send an SMS; anything in it can be another. */
export const sms = (more: object = {}): Record<string, unknown> => ({
	tenant: 'main',
	deliveryKey: 'test:1:sms',
	leadKey: CLIENT.leadKey,
	channel: 'sms',
	template: 'test',
	to: CLIENT.phone,
	payload: { text: 'See you on Monday' },
	...more,
});

/** The same for an e-mail. */
export const mail = (more: object = {}): Record<string, unknown> =>
	sms({
		deliveryKey: 'test:1:email',
		channel: 'email',
		to: CLIENT.email,
		payload: { subject: 'Your visit', text: 'See you', name: 'Ana' },
		...more,
	});

/** Sends by the flow, as other flows do. */
export const deliver = async (item: object): Promise<{ status: string; providerId: string }> =>
	await callFlowOnce('deliver', item);

/** All rows, oldest first. */
export const deliveries = async (): Promise<DeliveryRow[]> => await theHouse().editor.rows(TABLE);

/** The oldest row. */
export const delivery = async (): Promise<DeliveryRow> => (await deliveries())[0] as DeliveryRow;

/** Writes rows as flows leave them; what is not given is that of an SMS under way. */
export const givenDeliveries = async (...rows: object[]): Promise<void> =>
	await theHouse().editor.insertRows(
		TABLE,
		rows.map((row) => {
			const { payload, ...more } = sms({ status: 'sending', attempts: 0, ...row });
			return { ...more, payload: typeof payload === 'string' ? payload : JSON.stringify(payload) };
		}),
	);

/** Writes values into all rows. */
export const changeDeliveries = async (values: Record<string, string | number | null>): Promise<void> =>
	await theHouse().editor.updateRows(TABLE, values);

/** Leaves all rows as a crash does: whatever went out, they know nothing of it. */
export const crash = async (): Promise<void> =>
	await changeDeliveries({
		status: 'sending',
		attempts: 0,
		providerId: null,
		sentAt: null,
		nextAttemptAt: null,
	});

/** Runs the sweep as if so many minutes had passed. */
export const sweep = async (minutes: number): Promise<void> =>
	await runAt('deliveries-sweep', DateTime.now().plus({ minutes }).toISO());

/** Minutes from now. */
export const minutesTill = (moment: string | null): number =>
	(Date.parse(String(moment)) - Date.now()) / 60_000;

/** What the client got by SMS. */
export const clientTexts = (): string[] => textsTo(CLIENT.phone);

/** What the client got by e-mail. */
export const clientMails = (): SentMail[] => mailsTo(CLIENT.email);

/** What the salon was told by e-mail. */
export const alerts = (): SentMail[] => mailsTo(OWNER.alertEmail);

/** What was reported to the salon. */
export const reported = async (): Promise<object[]> => await theHouse().editor.rows('frontdesk_errors');

/** Nothing sent, nothing to send, and the salon to be told by e-mail. */
export async function clearDeliveries(): Promise<void> {
	await untilIdle();
	theHouse().world.reset();
	await theHouse().editor.clearTables(TABLE, 'frontdesk_errors', 'frontdesk_events');
	// Whatever the hour at which the tests run, nothing has to wait for the morning.
	await setSettings({ ...OWNER, alertPhone: '', quietHoursStart: '00:00', quietHoursEnd: '00:00' });
}
