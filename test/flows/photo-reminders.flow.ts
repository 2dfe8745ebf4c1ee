import { DateTime } from 'luxon';
import type { TwilioSimulator } from '../../sandbox/simulators/twilio';
import { restoreSettings, setSettings } from '../support/settings';
import { startAfresh } from '../support/executions';
import { simulated, theHouse } from '../support/house';
import { runAt } from '../support/runAt';

const TABLES = ['frontdesk_appointments', 'frontdesk_deliveries', 'frontdesk_events'];
const EVENING = DateTime.fromISO('2026-03-11T19:05', { zone: 'Europe/Warsaw' });
const OKSANA = '+48501000556';
const ANNA = '+48501000555';

const sent = () =>
	simulated<TwilioSimulator>('twilio')
		.state()
		.messages.map(({ to, body }) => ({ to, body }));
const at = async (moment: DateTime) => await runAt('photo-reminders', moment.toISO() ?? '');

let nextId = 0;

const appointment = (time: string, more: object = {}) => {
	const start = EVENING.plus({ days: 1 }).set({
		hour: Number(time.slice(0, 2)),
		minute: Number(time.slice(3)),
	});
	return {
		tenant: 'main',
		provider: 'altegio',
		appointmentId: `photo-${++nextId}`,
		status: 'confirmed',
		start: start.toISO(),
		end: start.plus({ hours: 1 }).toISO(),
		service: 'Brows',
		staff: 'Oksana Melnyk',
		staffId: '556',
		clientName: 'Jane Example',
		...more,
	};
};
const appointments = async (...rows: object[]) =>
	await theHouse().editor.insertRows('frontdesk_appointments', rows);

describe('Remind masters of photos for tomorrow', () => {
	beforeEach(async () => {
		await startAfresh(...TABLES);
		await setSettings({
			photoReminderTime: '19:00',
			photoReminderChannels: 'sms,email',
			'staff.556.phone': OKSANA,
			'staff.556.language': 'uk',
			'staff.555.phone': ANNA,
		});
	});

	afterEach(restoreSettings);

	it("sends each master one message with tomorrow's appointments, in order and in their language", async () => {
		await appointments(
			appointment('14:30', { clientName: 'Olha', service: 'Haircut' }),
			appointment('09:00'),
			appointment('10:00', { staffId: '555', staff: 'Anna Kowal', status: 'pending' }),
			appointment('11:00', { staffId: '999', staff: 'Nobody Known' }),
		);
		await at(EVENING);
		const [first, second, ...others] = [...sent()].sort((a, b) => (a.to < b.to ? 1 : -1));
		expect(others).toEqual([]);
		expect(first).toMatchObject({ to: OKSANA });
		expect(first?.body).toMatch(
			/Вітаємо, Oksana Melnyk!.*12 березня:\n09:00 Jane Example, Brows\n14:30 Olha, Haircut\n.*фото/s,
		);
		expect(second).toMatchObject({ to: ANNA });
		expect(second?.body).toMatch(/Hello Anna Kowal!.*March 12:\n10:00 Jane Example, Brows\n.*photos/s);
	});

	it('sends nothing twice, whether it runs again or side by side', async () => {
		await appointments(appointment('09:00'));
		await Promise.all([at(EVENING), at(EVENING)]);
		await appointments(appointment('10:00'));
		await at(EVENING.plus({ hours: 1 }));
		expect(sent()).toHaveLength(1);
	});

	it.each([
		['too early', { hour: 18, minute: 59 }],
		['in quiet hours', { hour: 21, minute: 0 }],
		['at night', { hour: 3, minute: 0 }],
	])('sends nothing %s', async (_, time) => {
		await appointments(appointment('09:00'));
		await at(EVENING.set(time));
		expect(sent()).toEqual([]);
	});

	it('catches up the same evening if n8n was down at the right hour', async () => {
		await appointments(appointment('09:00'));
		await at(EVENING.set({ hour: 20, minute: 40 }));
		expect(sent()).toHaveLength(1);
	});

	it("leaves out what does not take place, other days and other branches' appointments", async () => {
		const later = EVENING.plus({ days: 2 }).startOf('day').toISO();
		await appointments(
			...['cancelled', 'rescheduled', 'completed', 'no_show'].map((status) =>
				appointment('09:00', { status }),
			),
			appointment('09:00', { start: later }),
			appointment('09:00', { start: EVENING.plus({ hours: 1 }).toISO() }),
			appointment('09:00', { tenant: 'branch' }),
		);
		await at(EVENING);
		expect(sent()).toEqual([]);
	});

	it('counts the day by the clock of the salon, also when clocks change', async () => {
		// On 2026-03-29 Warsaw has 23 hours.
		const saturday = DateTime.fromISO('2026-03-28T19:30', { zone: 'Europe/Warsaw' });
		await appointments(
			appointment('00:00', { start: '2026-03-29T00:30:00+01:00' }),
			appointment('00:00', { start: '2026-03-29T23:30:00+02:00' }),
			appointment('00:00', { start: '2026-03-30T00:00:00+02:00' }),
		);
		await at(saturday);
		expect(sent()).toHaveLength(1);
		expect(sent()[0]?.body).toMatch(/\n00:30 .*\n23:30 /);
		expect(sent()[0]?.body).not.toMatch(/\n00:00 /);
	});

	it('keeps a refused reminder as a failed delivery, and the other master hears all the same', async () => {
		await setSettings({ photoReminderChannels: 'sms' });
		await appointments(appointment('09:00'), appointment('09:00', { staffId: '555', staff: 'Anna Kowal' }));
		const refusal = { status: 400, body: { code: 21211, message: 'Invalid To', status: 400, more_info: '' } };
		theHouse().world.misbehave('twilio', { kind: 'answer', response: refusal });
		await at(EVENING);
		expect(sent()).toHaveLength(1);
		const deliveries = await theHouse().editor.rows<{ status: string }>('frontdesk_deliveries');
		expect(deliveries.map(({ status }) => status).sort()).toEqual(['failed', 'sent']);
	});
});
