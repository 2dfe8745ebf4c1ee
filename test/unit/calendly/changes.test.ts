import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../../../sandbox/simulators/kit';
import { bodyOf, booking, calendlyBench, first, GROUP_TYPE, run, type Bench } from './bench';

let bench: Bench;
beforeEach(() => (bench = calendlyBench()));
afterEach(() => bench.stop());

const active = () => bench.simulator.state().events.filter(({ status }) => status === 'active');
const cancellations = () => bench.calls().filter(({ request }) => request.url.endsWith('/cancellation'));
const pass = (times: number): Fault[] =>
	Array.from({ length: times }, (): Fault => ({ kind: 'latency', milliseconds: 0 }));
const answer = (status: number, body: object): Fault => ({ kind: 'answer', response: { status, body } });

describe('Cancel', () => {
	const cancel = async (id: string, more: IDataObject = {}) =>
		await run('appointment', 'cancel', { appointmentId: id, ...more });

	it('sends the reason again without it where Calendly refuses one', async () => {
		bench.stop();
		bench = calendlyBench({ refusesReason: true });
		const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
		expect(first(await cancel(eventUuid, { reason: 'Ill' })).status).toBe('cancelled');
		expect(cancellations().map(bodyOf)).toEqual([{ reason: 'Ill' }, {}]);
		expect(active()).toEqual([]);
	});

	it('is done where it was done before', async () => {
		const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
		await cancel(eventUuid);
		expect(first(await cancel(eventUuid)).status).toBe('cancelled');
		expect(cancellations()[1]?.response).toMatchObject({
			status: 403,
			body: { message: 'Event is already canceled' },
		});
	});

	it('takes no other 403 for that', async () => {
		const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
		bench.world.misbehave('calendly', answer(403, { title: 'Permission Denied', message: 'Not yours.' }));
		const { error } = await cancel(eventUuid);
		expect(error?.message).toBe('Calendly does not allow this with the credential in use (HTTP 403)');
		expect(active()).toHaveLength(1);
	});

	it('is looked up where no answer came', async () => {
		const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
		bench.world.misbehave('calendly', { kind: 'timeoutAfter' });
		expect(first(await cancel(eventUuid)).status).toBe('cancelled');
		expect(cancellations()).toHaveLength(1);
	});

	it('names the new event of one that the client moved', async () => {
		const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
		const next = bench.simulator.bookings.rescheduleOnPage(eventUuid, Date.parse('2026-12-09T09:00:00Z'));
		const { error } = await cancel(eventUuid);
		expect(error?.message).toBe(`Event ${eventUuid} was rescheduled and is now ${next.eventUuid}`);
		expect(active()).toHaveLength(1);
	});
});

describe('Reschedule', () => {
	const move = async (id: string, newStart: string, more: IDataObject = {}) =>
		await run('appointment', 'reschedule', {
			appointmentId: id,
			newStart,
			timeZone: 'Europe/Warsaw',
			...more,
		});
	const booked = async () =>
		String(
			first(
				await run(
					'appointment',
					'create',
					booking({
						leadKey: 'lead-7',
						notes: 'First visit',
						clientPhone: '+48601234567',
						additionalFields: { guests: 'anna@example.com' },
					}),
				),
			).id,
		);

	it('books the new time with all that the old one had, then cancels the old one', async () => {
		const old = await booked();
		const next = first(await move(old, '2026-12-09T11:00:00', { reason: 'Ill' }));
		expect(next).toMatchObject({
			status: 'confirmed',
			previousId: old,
			start: '2026-12-09T11:00:00+01:00',
			leadKey: 'lead-7',
			notes: 'First visit',
			location: 'ul. Przykładowa 1, Warszawa',
			client: { name: 'Jane Kowalska', email: 'jane@example.com', phone: '+48601234567' },
		});
		expect(next.id).not.toBe(old);
		const [made] = active();
		expect(made).toMatchObject({ uuid: next.id, guests: ['anna@example.com'] });
		const writes = bench.routes().filter((route) => route.startsWith('POST'));
		expect(writes.slice(-2)).toEqual(['POST /invitees', `POST /scheduled_events/${old}/cancellation`]);
		expect(bodyOf(cancellations()[0] as never)).toEqual({ reason: 'Rescheduled: Ill' });
	});

	it('is remembered: the old one reads as rescheduled, the new one knows it', async () => {
		const old = await booked();
		const next = first(await move(old, '2026-12-09T11:00:00'));
		expect(first(await run('appointment', 'get', { appointmentId: old })).status).toBe('rescheduled');
		const read = first(await run('appointment', 'get', { appointmentId: String(next.id) }));
		expect(read).toMatchObject({ previousId: old, leadKey: 'lead-7' });
		const again = first(await move(String(next.id), '2026-12-10T11:00:00'));
		expect(again.previousId).toBe(next.id);
	});

	it('leaves the old one alone where the new time is taken', async () => {
		const old = await booked();
		bench.given('2026-12-09T10:00:00Z');
		const { error } = await move(old, '2026-12-09T11:00:00');
		expect(error?.message).toBe('2026-12-09T11:00:00+01:00 (Europe/Warsaw) is taken');
		expect(error?.description).toContain('Next free: 2026-12-09T11:30:00+01:00');
		expect(active().map(({ uuid }) => uuid)).toContain(old);
		expect(cancellations()).toEqual([]);
	});

	it('says so where the new time overlaps the old one', async () => {
		const old = bench.given('2026-12-08T09:00:00Z', {}, 'SESSION000000001').eventUuid;
		const { error } = await move(old, '2026-12-08T10:30:00');
		expect(error?.message).toBe('2026-12-08T10:30:00+01:00 is taken by the event that is to be moved');
	});

	it('says that both exist where the old one cannot be cancelled, and goes on when run again', async () => {
		const old = await booked();
		bench.world.misbehave('calendly', ...pass(5), answer(404, { title: 'Not Found', message: 'Gone.' }));
		const { error } = await move(old, '2026-12-09T11:00:00');
		const [, next] = active();
		expect(active()).toHaveLength(2);
		expect(error?.message).toBe(
			`The client now has two events: ${next?.uuid} at 2026-12-09T11:00:00+01:00 is booked, but the old one, ${old}, could not be cancelled`,
		);
		expect(error?.description).toContain(`cancel ${old} with Scheduled Event: Cancel`);
		expect(first(await move(old, '2026-12-09T11:00:00'))).toMatchObject({ id: next?.uuid, previousId: old });
		expect(active().map(({ uuid }) => uuid)).toEqual([next?.uuid]);
	});

	it('gives the same event when it is run again after all is done', async () => {
		const old = await booked();
		const next = first(await move(old, '2026-12-09T11:00:00'));
		expect(first(await move(old, '2026-12-09T11:00:00'))).toMatchObject({ id: next.id, previousId: old });
		expect(active()).toHaveLength(1);
	});

	it('does nothing where the event is there already', async () => {
		const old = await booked();
		expect(first(await move(old, '2026-12-08T10:00:00')).id).toBe(old);
		expect(active()).toHaveLength(1);
	});

	it('finds the new booking where no answer came', async () => {
		const old = await booked();
		bench.world.misbehave('calendly', ...pass(2), { kind: 'timeoutAfter' });
		expect(first(await move(old, '2026-12-09T11:00:00')).previousId).toBe(old);
		expect(active()).toHaveLength(1);
	});

	it('refuses a cancelled event, and names the new one of a moved one', async () => {
		const cancelled = bench.given('2026-12-08T12:00:00Z').eventUuid;
		await run('appointment', 'cancel', { appointmentId: cancelled });
		expect((await move(cancelled, '2026-12-09T11:00:00')).error?.message).toBe(
			`Event ${cancelled} is cancelled`,
		);
		const moved = bench.given('2026-12-08T13:00:00Z').eventUuid;
		const start = Date.parse('2026-12-10T09:00:00Z');
		const next = bench.simulator.bookings.rescheduleOnPage(moved, start);
		expect((await move(moved, '2026-12-09T11:00:00')).error?.message).toBe(
			`Event ${moved} was rescheduled and is now ${next.eventUuid}`,
		);
		expect(first(await move(moved, '2026-12-10T10:00:00')).id).toBe(next.eventUuid);
	});

	it('refuses to move one of several clients', async () => {
		const { eventUuid } = bench.given('2026-12-08T08:00:00Z', {}, GROUP_TYPE);
		bench.given('2026-12-08T08:00:00Z', { email: 'ola@example.com' }, GROUP_TYPE);
		const { error } = await move(eventUuid, '2026-12-09T09:00:00');
		expect(error?.message).toBe(`Event ${eventUuid} has 2 clients, so it cannot be moved for one of them`);
		expect(active()).toHaveLength(1);
	});
});

describe('Mark No-Show', () => {
	const mark = async (id: string, more: IDataObject = {}) =>
		await run('appointment', 'markNoShow', { appointmentId: id, ...more });

	it('marks one client of several', async () => {
		const { eventUuid } = bench.given('2026-12-08T08:00:00Z', {}, GROUP_TYPE);
		bench.given('2026-12-08T08:00:00Z', { email: 'ola@example.com' }, GROUP_TYPE);
		const { outputs } = await mark(eventUuid, { clientEmail: 'OLA@example.com' });
		expect(outputs[0]?.map(({ json }) => json.status)).toEqual(['no_show']);
		const { outputs: all } = await run('appointment', 'get', { appointmentId: eventUuid });
		expect(all[0]?.map(({ json }) => json.status)).toEqual(['confirmed', 'no_show']);
	});

	it('is done where it was done before, and where no answer came', async () => {
		const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
		bench.world.misbehave('calendly', ...pass(2), { kind: 'timeoutAfter' });
		expect(first(await mark(eventUuid)).status).toBe('no_show');
		expect(first(await mark(eventUuid)).status).toBe('no_show');
		expect(bench.to('POST', '/invitee_no_shows')).toHaveLength(1);
	});

	it('names a client who is not there', async () => {
		const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
		const { error } = await mark(eventUuid, { clientEmail: 'x@example.com' });
		expect(error?.message).toBe(`Event ${eventUuid} has no client with the e-mail address x@example.com`);
	});
});
