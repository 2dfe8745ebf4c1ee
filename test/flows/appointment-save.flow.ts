import { type Appointment, appointment } from '../../lib/appointment';
import { callFlow, callFlowOnce } from '../support/callFlow';
import { STORES } from '../support/stores';

interface Row {
	id: number;
	tenant: string;
	provider: string;
	appointmentId: string;
	status: string;
	clientName: string | null;
	eventAt: string;
}

interface Saved {
	saved: boolean;
	refusal: string;
	appointment: Row;
}

/** A moment of the moved clock: so many minutes after its start. */
const at = (minutes: number) => new Date(Date.UTC(2027, 2, 1, 10, minutes)).toISOString();

const anna = (more: Partial<Appointment> = {}): Appointment =>
	appointment({
		provider: 'calcom',
		id: 'a',
		status: 'confirmed',
		start: '2027-03-28T10:00:00+02:00',
		end: '2027-03-28T10:45:00+02:00',
		timeZone: 'Europe/Warsaw',
		service: { id: '101', name: 'Haircut', price: 120, currency: 'PLN' },
		staff: { id: '7', name: 'Marta' },
		url: 'https://cal.com/booking/a',
		client: { name: 'Anna', email: 'Anna@example.com', phone: '+48601234567', instagram: 'anna', id: '55' },
		paid: false,
		amount: 120,
		...more,
	});

describe.each(STORES)('Save an appointment in $name', (store) => {
	const flow = store.flow('appointment-save');
	const input = (one: Appointment, minutes: number, more: object = {}) => ({
		tenant: 'main',
		appointment: one,
		leadKey: 'phone:+48601234567',
		eventAt: at(minutes),
		...more,
	});
	const save = async (...given: Parameters<typeof input>) => await callFlowOnce<Saved>(flow, input(...given));
	const rows = async () => await store.rows<Row>('frontdesk_appointments');
	const statuses = async () => (await rows()).map(({ appointmentId, status }) => [appointmentId, status]);

	beforeEach(async () => await store.clear('frontdesk_appointments'));

	it('keeps every fact of an appointment in one row', async () => {
		const saved = await save(anna(), 1);
		const row = {
			tenant: 'main',
			provider: 'calcom',
			appointmentId: 'a',
			previousId: null,
			leadKey: 'phone:+48601234567',
			status: 'confirmed',
			start: '2027-03-28T08:00:00.000Z',
			end: '2027-03-28T08:45:00.000Z',
			timeZone: 'Europe/Warsaw',
			service: 'Haircut',
			staff: 'Marta',
			staffId: '7',
			clientId: '55',
			clientName: 'Anna',
			phone: '+48601234567',
			email: 'anna@example.com',
			instagram: 'anna',
			amount: 120,
			paid: false,
			url: 'https://cal.com/booking/a',
			eventAt: at(1),
		};
		expect(saved).toEqual({ saved: true, refusal: '', appointment: expect.objectContaining(row) as Row });
		expect(await rows()).toEqual([expect.objectContaining(row)]);
	});

	it('writes newer events over it, and keeps what they do not say', async () => {
		await save(anna(), 1);
		const bare = appointment({
			provider: 'calcom',
			id: 'a',
			status: 'cancelled',
			start: anna().start,
			timeZone: 'Europe/Warsaw',
		});
		const cancelled = await save(bare, 2, { leadKey: '' });
		expect(cancelled).toMatchObject({
			saved: true,
			appointment: {
				status: 'cancelled',
				clientName: 'Anna',
				leadKey: 'phone:+48601234567',
				amount: 120,
				paid: false,
				eventAt: at(2),
			},
		});
		expect(await rows()).toHaveLength(1);
	});

	it('refuses an older event and answers with what is known; the same event again changes nothing', async () => {
		await save(anna({ status: 'completed', paid: true }), 5);
		expect(await save(anna({ status: 'confirmed' }), 4)).toMatchObject({
			saved: false,
			refusal: 'late',
			appointment: { status: 'completed', paid: true, eventAt: at(5) },
		});
		expect(await save(anna({ status: 'completed', paid: true }), 5)).toMatchObject({ saved: true });
		expect(await statuses()).toEqual([['a', 'completed']]);
	});

	it('marks the former appointment of a reschedule', async () => {
		await save(anna(), 1);
		await save(anna({ id: 'b', previousId: 'a' }), 2);
		expect(await statuses()).toEqual([
			['a', 'rescheduled'],
			['b', 'confirmed'],
		]);
		expect((await rows())[0]).toMatchObject({ clientName: 'Anna', eventAt: at(2) });
	});

	it('keeps the former one from coming back when its own event arrives after the reschedule', async () => {
		expect(await save(anna({ id: 'b', previousId: 'a' }), 2)).toMatchObject({
			appointment: { appointmentId: 'b' },
		});
		expect(await save(anna(), 1)).toMatchObject({
			saved: false,
			refusal: 'late',
			appointment: { status: 'rescheduled' },
		});
		expect((await statuses()).sort()).toEqual([
			['a', 'rescheduled'],
			['b', 'confirmed'],
		]);
	});

	it('moves an appointment that keeps its ID', async () => {
		await save(anna(), 1);
		const start = '2027-03-29T10:00:00+02:00';
		await save(anna({ start, previousId: 'a' }), 2);
		expect(await rows()).toEqual([
			expect.objectContaining({ status: 'confirmed', start: '2027-03-29T08:00:00.000Z' }),
		]);
	});

	it('takes the appointment’s own time and lead where the caller gives none', async () => {
		const own = anna({ updatedAt: '2027-03-01T12:00:00+01:00', leadKey: 'email:anna@example.com' });
		const saved = await save(own, 0, { eventAt: '', leadKey: '' });
		expect(saved.appointment).toMatchObject({
			eventAt: '2027-03-01T11:00:00.000Z',
			leadKey: 'email:anna@example.com',
		});
	});

	it('ends at the newest of eight events at once, in one row', async () => {
		const answers = await Promise.all(
			Array.from({ length: 8 }, async (_, index) => await save(anna({ notes: null, amount: index }), index)),
		);
		expect(answers[7]).toMatchObject({ saved: true });
		expect(await rows()).toEqual([expect.objectContaining({ amount: 7, eventAt: at(7) })]);
	});

	it('answers each of several items in order, whatever the order of their events', async () => {
		const answers = await callFlow<Saved>(flow, [
			input(anna({ status: 'cancelled' }), 3),
			input(anna({ id: 'x' }), 1),
			input(anna(), 1),
			input(anna({ id: 'y', previousId: 'x' }), 2),
			input(anna({ status: 'completed' }), 4),
		]);
		expect(answers.map(({ saved, appointment: row }) => [row.appointmentId, saved])).toEqual([
			['a', true],
			['x', true],
			['a', false],
			['y', true],
			['a', true],
		]);
		expect((await statuses()).sort()).toEqual([
			['a', 'completed'],
			['x', 'rescheduled'],
			['y', 'confirmed'],
		]);
	});

	it('keeps tenants and booking systems apart', async () => {
		await callFlow<Saved>(flow, [
			input(anna(), 5),
			input(anna({ status: 'pending' }), 1, { tenant: 'branch' }),
			input(anna({ provider: 'altegio', status: 'completed' }), 1),
			input(anna({ id: 'b', previousId: 'a' }), 6, { tenant: 'branch' }),
		]);
		const all = (await rows()).map(({ tenant, provider, appointmentId, status }) =>
			[tenant, provider, appointmentId, status].join(' '),
		);
		expect(all.sort()).toEqual([
			'branch calcom a rescheduled',
			'branch calcom b confirmed',
			'main altegio a completed',
			'main calcom a confirmed',
		]);
	});

	it('fails without an ID', async () => {
		await expect(save(anna({ id: '' }), 1)).rejects.toThrow('An appointment without an ID');
		expect(await rows()).toEqual([]);
	});
});
