import Ajv from 'ajv/dist/2020';
import type { IDataObject } from 'n8n-workflow';
import { APPOINTMENT_SCHEMA } from '../../../lib/appointment';
import { booking, calendlyBench, first, ORGANIZATION_URI, run, type Bench } from './bench';

const isAppointment = new Ajv({ allowUnionTypes: true }).compile({
	...APPOINTMENT_SCHEMA,
	additionalProperties: true,
});

let bench: Bench;
beforeEach(() => {
	bench = calendlyBench();
	bench.simulator.webhooks.create({
		url: 'https://n8n.example.com/webhook/1',
		events: ['invitee.created', 'invitee.canceled', 'invitee_no_show.created', 'invitee_no_show.deleted'],
		organization: ORGANIZATION_URI,
		scope: 'organization',
		signing_key: 'key',
	});
});
afterEach(() => bench.stop());

/** The deliveries so far, as the built-in trigger hands them on. */
const items = () => bench.simulator.state().deliveries.map(({ body }) => JSON.parse(body) as IDataObject);

const convert = async (list: IDataObject[], more: IDataObject = {}) => {
	const { outputs, error } = await run('event', 'toAppointment', more, { items: list, credentials: [] });
	if (error) throw error;
	return outputs[0]?.map(({ json }) => json) ?? [];
};

it('reads a booking and its cancellation', async () => {
	const made = first(
		await run('appointment', 'create', booking({ leadKey: 'lead-7', notes: 'First visit' })),
	);
	await run('appointment', 'cancel', { appointmentId: made.id, reason: 'Ill' });
	const [created, cancelled] = await convert(items());
	expect(isAppointment(created) && isAppointment(cancelled)).toBe(true);
	expect(created).toMatchObject({
		...{ eventType: 'appointment.created', status: 'confirmed', id: made.id, leadKey: 'lead-7' },
		...{ notes: 'First visit', start: made.start, client: made.client, service: made.service },
		...{ rescheduled: false, nextId: null, previousId: null, eventAt: '2026-12-07T09:00:00+01:00' },
	});
	expect(cancelled).toMatchObject({
		...{ eventType: 'appointment.cancelled', status: 'cancelled', id: made.id, rescheduled: false },
	});
	expect(created?.eventKey).not.toBe(cancelled?.eventKey);
});

it.each([
	['the old one first', false],
	['the new one first', true],
])('tells a move from a cancellation, %s', async (_, newFirst) => {
	const old = bench.given('2026-12-08T09:00:00Z').eventUuid;
	const start = Date.parse('2026-12-09T09:00:00Z');
	const { eventUuid } = bench.simulator.bookings.rescheduleOnPage(old, start, newFirst);
	const converted = await convert(items().slice(1));
	const replaced = converted.find(({ id }) => id === old);
	const made = converted.find(({ id }) => id === eventUuid);
	expect(replaced).toMatchObject({
		...{ eventType: 'appointment.replaced', status: 'rescheduled', rescheduled: true, nextId: eventUuid },
	});
	expect(made).toMatchObject({
		...{ eventType: 'appointment.rescheduled', status: 'confirmed', previousId: old, rescheduled: false },
	});
});

it('tells a move made by Reschedule in the same words', async () => {
	const old = first(await run('appointment', 'create', booking())).id;
	const parameters = { appointmentId: old, newStart: '2026-12-09T10:00:00+01:00', reason: 'Ill' };
	const next = first(await run('appointment', 'reschedule', parameters)).id;
	const [, made, replaced] = await convert(items());
	expect(made).toMatchObject({ eventType: 'appointment.rescheduled', id: next, previousId: old });
	expect(replaced).toMatchObject({ eventType: 'appointment.replaced', id: old, status: 'rescheduled' });
});

it('reads marks of clients who did not come', async () => {
	const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
	for (const absent of [true, false]) {
		await run('appointment', 'markNoShow', { appointmentId: eventUuid, absent });
		bench.clock.now += 1000;
	}
	const converted = (await convert(items())).slice(1);
	expect(converted.map(({ eventType, status }) => [eventType, status])).toEqual([
		['appointment.noShow', 'no_show'],
		['appointment.noShowUndone', 'confirmed'],
	]);
});

it("gives a delivery that comes twice the same key, in a webhook's body too", async () => {
	bench.given('2026-12-08T09:00:00Z');
	const [delivery = {}] = items();
	const [once, again, wrapped] = await convert([delivery, delivery, { headers: {}, body: delivery }]);
	expect(once?.eventKey).toMatch(/^calendly:invitee\.created:[0-9A-F]{16}:[0-9A-F]{16}$/);
	expect([again?.eventKey, wrapped?.eventKey]).toEqual([once?.eventKey, once?.eventKey]);
});

it('adds the event where it is asked to', async () => {
	bench.given('2026-12-08T09:00:00Z');
	const [delivery = {}] = items();
	expect(await convert([delivery], { includeRaw: true })).toMatchObject([{ raw: delivery }]);
});

it.each<IDataObject>([
	{},
	{ event: 'routing_form_submission.created', payload: { uri: 'x' } },
	{ event: 'invitee.created', payload: { uri: 'x', scheduled_event: { start_time: 'soon' } } },
])('refuses what is no delivery on an invitee: %j', async (item) => {
	const { error } = await run('event', 'toAppointment', {}, { items: [item], credentials: [] });
	expect(error?.message).toBe('"Event" is not a delivery on a Calendly invitee [Item 0]');
});
