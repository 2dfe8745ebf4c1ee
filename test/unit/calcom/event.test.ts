import Ajv from 'ajv/dist/2020';
import type { IDataObject } from 'n8n-workflow';
import { APPOINTMENT_SCHEMA } from '../../../lib/appointment';
import { CalCom } from '../../../nodes/CalCom/CalCom.node';
import { appointmentFrom, unwrap } from '../../../nodes/CalCom/event/shape';
import { runNode } from '../../support/n8n';
import { describeWithSpecs, jsonPayload } from '../../support/specs';

const isAppointment = new Ajv({ allowUnionTypes: true }).compile(APPOINTMENT_SCHEMA);

const EVENT: IDataObject = {
	triggerEvent: 'BOOKING_CREATED',
	createdAt: '2026-01-05T09:00:00.000Z',
	uid: 'uid1',
	startTime: '2026-01-12T10:00:00Z',
	endTime: '2026-01-12T10:15:00Z',
	status: 'ACCEPTED',
	attendees: [{ name: 'Jane', email: 'jane@example.com', timeZone: 'Europe/Berlin' }],
	metadata: { leadKey: 'L1' },
};

const convert = (more: IDataObject) => appointmentFrom({ ...EVENT, ...more });

/** As the built-in trigger hands an event on: the envelope spread over the root, a flat one as it is. */
const spread = (event: IDataObject): IDataObject =>
	event.payload
		? { triggerEvent: event.triggerEvent, createdAt: event.createdAt, ...(event.payload as IDataObject) }
		: event;

describeWithSpecs('documented events', () => {
	const cases: Array<[file: string, expected: object]> = [
		[
			'booking-created.webhook.json',
			{
				eventType: 'appointment.created',
				eventKey: 'calcom:BOOKING_CREATED:bookinguid0001:2026-01-05T09:00:00.000Z',
				eventAt: '2026-01-05T10:00:00+01:00',
				status: 'confirmed',
				start: '2026-01-12T11:00:00+01:00',
				service: { id: '123', name: 'Consultation', price: 0, currency: 'USD' },
				url: 'https://app.example.com/booking/bookinguid0001',
				createdAt: null,
			},
		],
		[
			'booking-cancelled.webhook.json',
			{
				eventType: 'appointment.cancelled',
				status: 'cancelled',
				start: '2026-01-12T11:00:00+01:00',
				notes: 'note',
			},
		],
		[
			'meeting-ended.flat.webhook.json',
			{
				eventType: 'appointment.ended',
				eventKey: 'calcom:MEETING_ENDED:bookinguid0001:00000000-0000-0000-0000-000000000000',
				eventAt: null,
				status: 'completed',
				staff: { id: '10', name: 'Example Studio' },
				paid: false,
				createdAt: '2026-01-05T10:00:00+01:00',
			},
		],
	];

	it.each(cases)('converts %s, enveloped, spread and inside a webhook item', (file, expected) => {
		const event = jsonPayload<IDataObject>('calcom', file);
		const converted = appointmentFrom(unwrap(event));
		const added = ['eventType', 'eventKey', 'eventAt'];
		const appointment = Object.entries(converted ?? {}).filter(([key]) => !added.includes(key));
		expect(isAppointment(Object.fromEntries(appointment))).toBe(true);
		expect(converted).toMatchObject({ id: 'bookinguid0001', provider: 'calcom', ...expected });
		expect(appointmentFrom(unwrap(spread(event)))).toEqual(converted);
		expect(appointmentFrom(unwrap({ headers: {}, body: event }))).toEqual(converted);
	});
});

describe('what happened', () => {
	it.each([
		[
			{ triggerEvent: 'BOOKING_REQUESTED', status: 'PENDING', rescheduleUid: 'old' },
			'requested',
			'pending',
			'old',
		],
		[{ triggerEvent: 'BOOKING_RESCHEDULED', rescheduleUid: 'old' }, 'rescheduled', 'confirmed', 'old'],
		[{ triggerEvent: 'BOOKING_REJECTED', status: 'REJECTED' }, 'declined', 'cancelled', null],
		[
			{ triggerEvent: 'BOOKING_CANCELLED', status: 'CANCELLED', requestReschedule: true },
			'rescheduleRequested',
			'cancelled',
			null,
		],
		[{ triggerEvent: 'MEETING_STARTED' }, 'started', 'confirmed', null],
		[{ triggerEvent: 'MEETING_ENDED', fromReschedule: 'old' }, 'ended', 'completed', 'old'],
		[{ triggerEvent: 'MEETING_ENDED', noShowHost: true }, 'ended', 'no_show', null],
		[{ triggerEvent: 'RECORDING_READY' }, 'recording_ready', 'confirmed', null],
	])('%j', (more, type, status, previousId) => {
		expect(convert(more)).toMatchObject({
			eventType: `appointment.${type}`,
			status,
			previousId,
			leadKey: 'L1',
		});
	});

	it('knows a paid booking and its price in units of the currency', () => {
		const paid = { triggerEvent: 'BOOKING_PAID', price: 15000, currency: 'pln' };
		expect(convert(paid)).toMatchObject({
			paid: true,
			amount: 150,
			service: { price: 150, currency: 'PLN' },
		});
		expect(convert({ ...paid, currency: 'jpy' })).toMatchObject({ amount: 15000 });
	});

	it('gives the same event the same key, and another one another', () => {
		expect(convert({})?.eventKey).toBe(convert({})?.eventKey);
		expect(convert({})?.eventKey).not.toBe(convert({ createdAt: '2026-01-05T09:00:01.000Z' })?.eventKey);
	});
});

describe('the phone number, wherever it is', () => {
	const [attendee] = EVENT.attendees as IDataObject[];
	it.each([
		['the attendee', { attendees: [{ ...attendee, phoneNumber: '+48 601 234 567' }] }],
		['an answer', { responses: { attendeePhoneNumber: { value: '+48601234567' } } }],
		['the SMS reminder', { responses: { smsReminderNumber: { value: '+48601234567' } } }],
		['the flat SMS reminder', { smsReminderNumber: '+48601234567' }],
		['the location', { responses: { location: { value: { value: 'phone', optionValue: '+48601234567' } } } }],
	])('%s', (_, more) => {
		expect(convert(more)?.client.phone).toBe('+48601234567');
	});

	it('is not the place of a meeting elsewhere, nor what cannot be read', () => {
		const place = { location: { value: { value: 'inPerson', optionValue: '+48601234567' } } };
		expect(convert({ responses: place })?.client.phone).toBeNull();
		expect(convert({ smsReminderNumber: 'call me' })?.client.phone).toBeNull();
	});
});

describe('Event: Convert to Appointment', () => {
	const run = async (items: IDataObject[], more: IDataObject = {}) =>
		await runNode(new CalCom(), {
			parameters: { resource: 'event', operation: 'toAppointment', ...more },
			items,
			onError: 'continueRegularOutput',
		});

	it('needs no credential, and reads the item unless told otherwise', async () => {
		const { outputs, error } = await run([EVENT]);
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({ id: 'uid1', eventType: 'appointment.created' });
		const mapped = await run([{ text: JSON.stringify(EVENT) }], {
			event: '={{ $json.text }}',
			includeRaw: true,
		});
		expect(mapped.outputs[0]?.[0]?.json).toMatchObject({ id: 'uid1', raw: EVENT });
	});

	it('says what to do with events that tell no time, and with what is no event', async () => {
		const noShow = { triggerEvent: 'BOOKING_NO_SHOW_UPDATED', payload: { bookingUid: 'u', attendees: [] } };
		const { outputs } = await run([noShow, { hello: 'world' }]);
		expect(outputs[0]?.map(({ json }) => json)).toEqual([
			{
				error: '"Event" tells no time (BOOKING_NO_SHOW_UPDATED) [Item 0]',
				message: expect.stringContaining('Booking: Get'),
			},
			{
				error: '"Event" is not an event on a Cal.com booking [Item 1]',
				message: expect.stringContaining('Cal.com Trigger'),
			},
		]);
	});
});
