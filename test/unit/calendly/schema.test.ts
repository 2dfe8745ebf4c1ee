import Ajv from 'ajv/dist/2020';
import type { IDataObject } from 'n8n-workflow';
import { APPOINTMENT_SCHEMA, SLOT_SCHEMA } from '../../../lib/appointment';
import { booking, byId, calendlyBench, first, GROUP_TYPE, run, TYPE, type Bench } from './bench';

const ajv = new Ajv({ allowUnionTypes: true });
const isSlot = ajv.compile(SLOT_SCHEMA);
const isAppointment = ajv.compile(APPOINTMENT_SCHEMA);

/** What a message breaks of a schema. */
const broken = (validate: typeof isSlot, message: unknown) => {
	validate(message);
	return validate.errors ?? [];
};

let bench: Bench;
beforeEach(() => (bench = calendlyBench()));
afterEach(() => bench.stop());

it('gives slots in the one shape', async () => {
	const span = { rangeStart: '2026-12-08', rangeEnd: '2026-12-09', timeZone: 'America/New_York' };
	for (const service of [TYPE, GROUP_TYPE, 'PIERCING00000001']) {
		const { outputs } = await run('slot', 'getMany', { service: byId(service), ...span });
		expect(outputs[0]?.length).toBeGreaterThan(0);
		for (const { json } of outputs[0] ?? []) expect(broken(isSlot, json)).toEqual([]);
	}
});

it('gives appointments in the one shape, whatever becomes of them', async () => {
	const made = first(
		await run(
			'appointment',
			'create',
			booking({ includeRaw: true, clientPhone: '+48601234567', leadKey: 'l' }),
		),
	);
	const moved = first(
		await run('appointment', 'reschedule', { appointmentId: made.id, newStart: '2026-12-09T10:00:00+01:00' }),
	);
	const old = first(await run('appointment', 'get', { appointmentId: made.id }));
	const missed = first(await run('appointment', 'markNoShow', { appointmentId: moved.id }));
	const cancelled = first(await run('appointment', 'cancel', { appointmentId: moved.id }));
	const { outputs } = await run('appointment', 'getMany', { options: { withoutClients: true } });
	const listed = outputs[0]?.map(({ json }) => json) ?? [];
	for (const one of [made, moved, old, missed, cancelled, ...listed]) {
		expect(broken(isAppointment, one)).toEqual([]);
	}
	const statuses = [made, old, missed, cancelled].map(({ status }) => status);
	expect(statuses).toEqual(['confirmed', 'rescheduled', 'no_show', 'cancelled']);
});

it('counts an event whose time is over as completed', async () => {
	const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
	bench.clock.now = Date.parse('2026-12-08T09:30:00Z');
	expect(first(await run('appointment', 'get', { appointmentId: eventUuid })).status).toBe('completed');
});

it.each([
	['Europe/Warsaw', '2026-12-08T10:00:00+01:00'],
	['Europe/Kyiv', '2026-12-08T11:00:00+02:00'],
	['America/Mexico_City', '2026-12-08T03:00:00-06:00'],
	['America/New_York', '2026-12-08T04:00:00-05:00'],
	['Asia/Kolkata', '2026-12-08T14:30:00+05:30'],
])('shows times in the zone of a client in %s', async (timezone, start) => {
	const { eventUuid } = bench.given('2026-12-08T09:00:00Z', { timezone });
	expect(first(await run('appointment', 'get', { appointmentId: eventUuid }))).toMatchObject({
		start,
		timeZone: timezone,
	});
});

it.each([
	['before', '2027-03-27', '2027-03-27T08:00:00Z'],
	['on', '2027-03-29', '2027-03-29T07:00:00Z'],
])('books 9:00 in Warsaw as it is %s the switch to summer time', async (_, day, utc) => {
	const made = first(await run('appointment', 'create', booking({ start: `${day}T09:00:00` })));
	expect(new Date(String(made.start)).toISOString()).toBe(utc.replace('Z', '.000Z'));
	expect(String(made.start)).toContain('T09:00:00');
});

it("reads clients' numbers and notes out of the form", async () => {
	const question = 'Please share anything that will help prepare for our meeting.';
	const { eventUuid } = bench.simulator.bookings.bookOnPage({
		event_type: `https://api.calendly.com/event_types/${TYPE}`,
		start_time: '2026-12-08T09:00:00Z',
		invitee: { name: 'Jan', email: 'jan@example.com', timezone: 'nowhere' },
		questions_and_answers: [
			{ question, answer: 'A cover-up', position: 0 },
			{ question: 'Phone', answer: '+1 202-555-0143', position: 1 },
		],
	});
	const read: IDataObject = first(await run('appointment', 'get', { appointmentId: eventUuid }));
	expect(read).toMatchObject({ notes: 'A cover-up', timeZone: 'UTC', client: { phone: '+12025550143' } });
});
