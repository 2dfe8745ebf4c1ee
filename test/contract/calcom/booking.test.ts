import Ajv from 'ajv/dist/2020';
import { APPOINTMENT_SCHEMA } from '../../../lib/appointment';
import { systemClock } from '../../../lib/clock';
import { json } from '../../../sandbox/simulators/kit';
import { booked, byId, creating, credential, finding, on, OPENING, studio, type Studio } from './bench';

const LATER = '2050-01-11T10:00:00+01:00';
const isAppointment = new Ajv({ allowUnionTypes: true }).compile(APPOINTMENT_SCHEMA);

let at: Studio;

beforeEach(() => {
	at = studio();
	jest.spyOn(systemClock, 'wait').mockResolvedValue();
});
afterEach(() => {
	at.stop();
	jest.restoreAllMocks();
});

const posted = () => at.calls().filter((call) => call.startsWith('POST'));

describe('Create', () => {
	it('answers in the one shape, in the zone of the client, with the lead key back', async () => {
		const [made] = await at.items(creating());
		expect(isAppointment(made)).toBe(true);
		expect(made).toMatchObject({
			provider: 'calcom',
			status: 'confirmed',
			start: OPENING,
			end: '2050-01-10T09:30:00+01:00',
			timeZone: 'Europe/Warsaw',
			service: { id: '101', name: 'consultation' },
			staff: { id: '1', name: 'Example Studio' },
			client: { name: 'Jane Kowalska', email: 'jane@example.com', phone: '+48601234567' },
			url: `https://app.cal.com/booking/${String(made?.id)}`,
			leadKey: 'lead-1',
			notes: 'First visit',
		});
	});

	it('sends times as UTC, the phone as E.164, and what was asked', async () => {
		await at.items(creating({ start: '2050-07-11T09:00:00' }));
		expect(at.sent('POST', '/bookings')).toEqual([
			{
				eventTypeId: 101,
				start: '2050-07-11T07:00:00Z',
				attendee: {
					name: 'Jane Kowalska',
					timeZone: 'Europe/Warsaw',
					email: 'jane@example.com',
					phoneNumber: '+48601234567',
				},
				metadata: { leadKey: 'lead-1' },
				bookingFieldsResponses: { notes: 'First visit' },
			},
		]);
	});

	it("takes Cal.com's stand-in for a missing e-mail for what it is", async () => {
		const [made] = await at.items(
			creating({ clientEmail: '', clientPhone: '601234567', additionalFields: { defaultCountry: 'PL' } }),
		);
		expect(made).toMatchObject({ client: { email: null, phone: '+48601234567' } });
	});

	it("gives Cal.com's own answer without Simplify, and beside the shape with Include Raw", async () => {
		const [own] = await at.items(creating({ simplify: false }));
		expect(own).toMatchObject({ uid: expect.any(String), eventType: { id: 101 } });
		const [both] = await at.items(on('get', own?.uid, { includeRaw: true }));
		expect(isAppointment(both)).toBe(true);
		expect(both?.raw).toMatchObject({ uid: own?.uid });
	});

	it('names a taken time and the next free ones', async () => {
		await booked(at);
		const { outputs } = await at.run(creating(), { onError: 'continueRegularOutput' });
		expect(outputs[0]?.[0]?.json).toEqual({
			error: `${OPENING} (Europe/Warsaw) is taken`,
			message:
				'Next free: 2050-01-10T09:30:00+01:00, 2050-01-10T10:00:00+01:00, 2050-01-10T10:30:00+01:00. ' +
				'Cal.com said: "User either already has booking at this time or is not available"',
		});
	});

	it('lets one of two bookings of the same time win', async () => {
		const { outputs } = await at.run(creating(), { items: [{}, {}], onError: 'continueRegularOutput' });
		const taken = outputs[0]?.filter(({ json: item }) => 'error' in item);
		expect(taken).toHaveLength(1);
		expect(at.simulator.state().bookings).toHaveLength(1);
	});

	it.each(['timeoutAfter', 'resetAfter'] as const)(
		'finds the booking that was made although the answer was lost: %s',
		async (kind) => {
			at.world.misbehave('calcom', { kind });
			const [made] = await at.items(creating());
			expect(made).toMatchObject({ id: at.simulator.state().bookings[0]?.uid, leadKey: 'lead-1' });
			expect(at.calls()).toEqual(['POST /v2/bookings', 'GET /v2/bookings']);
		},
	);

	it('takes no other booking of the client for the lost one', async () => {
		await booked(at, { start: '2050-01-10T12:00:00+01:00' });
		at.world.misbehave('calcom', { kind: 'timeout' });
		const { error } = await at.run(creating());
		expect(error?.message).toBe('Cal.com did not answer within 30 s');
		expect(error?.description).toContain('may have carried the request out');
		expect(posted()).toHaveLength(2);
	});

	it('books a second time after a server error that left no booking', async () => {
		at.world.misbehave('calcom', { kind: 'answer', response: json(500, {}) });
		await at.items(creating());
		expect(at.calls()).toEqual(['POST /v2/bookings', 'GET /v2/bookings', 'POST /v2/bookings']);
		expect(at.simulator.state().bookings).toHaveLength(1);
	});

	it('never books a second time where Max Retry Wait is 0', async () => {
		at.world.misbehave('calcom', { kind: 'answer', response: json(502, {}) });
		const { error } = await at.run(creating({ requestOptions: { maxRetryWait: 0 } }));
		expect(error?.description).toContain('may have carried the request out');
		expect(posted()).toHaveLength(1);
	});

	it('refuses before any call what Cal.com would refuse', async () => {
		for (const [wrong, message] of [
			[{ clientEmail: '', clientPhone: '' }, '"Client Email" is empty'],
			[{ clientPhone: '12' }, '"Client Phone"'],
			[{ timeZone: 'Warsaw' }, '"Time Zone" is not a time zone: Warsaw'],
			[{ start: 'tomorrow' }, '"Start" is not a date and time'],
			[{ service: byId('https://cal.com/a/b/c/d') }, '"Event Type" is neither an ID'],
		] as const) {
			const { error } = await at.run(creating(wrong));
			expect(error?.message).toContain(message);
		}
		expect(at.calls()).toEqual([]);
	});
});

describe('Reschedule', () => {
	it('answers with a new booking that knows the old one and keeps the lead', async () => {
		const id = await booked(at);
		const [moved] = await at.items(on('reschedule', id, { newStart: LATER, reason: 'Other day' }));
		expect(isAppointment(moved)).toBe(true);
		expect(moved).toMatchObject({ start: LATER, previousId: id, leadKey: 'lead-1', status: 'confirmed' });
		expect(moved?.id).not.toBe(id);
		expect(await at.items(on('get', id))).toMatchObject([{ id, status: 'rescheduled' }]);
	});

	it('follows a move whose answer was lost', async () => {
		const id = await booked(at);
		at.world.misbehave('calcom', { kind: 'timeoutAfter' });
		const [moved] = await at.items(on('reschedule', id, { newStart: LATER }));
		expect(moved).toMatchObject({ start: LATER, previousId: id });
		expect(at.simulator.state().bookings).toHaveLength(2);
	});

	it('names the new booking where the old one was moved elsewhere', async () => {
		const id = await booked(at);
		const [moved] = await at.items(on('reschedule', id, { newStart: LATER }));
		const { error } = await at.run(on('reschedule', id, { newStart: '2050-01-12T10:00:00+01:00' }));
		expect(error?.message).toBe(`Booking ${id} was rescheduled and is now ${String(moved?.id)}`);
	});

	it('names a taken time and the next free ones', async () => {
		const id = await booked(at);
		await booked(at, { start: LATER });
		const { error } = await at.run(on('reschedule', id, { newStart: LATER }));
		expect(error?.message).toBe(`${LATER} (Europe/Warsaw) is taken`);
		expect(error?.description).toMatch(/^Next free: 2050-01-11T10:30:00\+01:00, /);
	});

	it("is confirmed at once with the owner's e-mail where confirmation is asked for", async () => {
		const pending = await booked(at, { service: byId('103') });
		const [waiting] = await at.items(on('reschedule', pending, { newStart: LATER }));
		expect(waiting?.status).toBe('pending');
		const [sure] = await at.items(
			on('reschedule', waiting?.id, {
				newStart: '2050-01-12T10:00:00+01:00',
				options: { rescheduledBy: 'studio@example.com' },
			}),
		);
		expect(sure?.status).toBe('confirmed');
	});
});

describe('Cancel, Confirm, Decline and Mark No-Show', () => {
	it('cancels, and gives one that is cancelled already back as it is', async () => {
		const id = await booked(at);
		const [first] = await at.items(on('cancel', id, { reason: 'Ill' }));
		const [second] = await at.items(on('cancel', id));
		expect(isAppointment(first)).toBe(true);
		expect(first?.status).toBe('cancelled');
		expect(second).toEqual(first);
	});

	it('does not take the old booking of a move for a cancelled one', async () => {
		const id = await booked(at);
		const [moved] = await at.items(on('reschedule', id, { newStart: LATER }));
		const { error } = await at.run(on('cancel', id));
		expect(error?.message).toBe(`Booking ${id} was rescheduled and is now ${String(moved?.id)}`);
	});

	it('refuses to cancel what is over, in the words outside the envelope', async () => {
		const id = await booked(at);
		at.at('2050-01-10T12:00:00Z');
		const { error } = await at.run(on('cancel', id));
		expect(error?.description).toContain('Cannot cancel a booking that has already ended');
	});

	it.each([
		['cancel', 'cancelled', {}],
		['confirm', 'confirmed', { service: byId('103') }],
		['decline', 'cancelled', { service: byId('103') }],
		['markNoShow', 'no_show', {}],
	])('%s is found done although the answer was lost', async (operation, status, creation) => {
		const id = await booked(at, creation);
		const first = operation === 'markNoShow' ? [{ kind: 'latency', milliseconds: 0 } as const] : [];
		at.world.misbehave('calcom', ...first, { kind: 'timeoutAfter' });
		const [done] = await at.items(on(operation, id));
		expect(isAppointment(done)).toBe(true);
		expect(done?.status).toBe(status);
	});

	it('marks client or staff absent, and takes it back', async () => {
		const id = await booked(at);
		const status = async (who: string, absent: boolean) =>
			(await at.items(on('markNoShow', id, { who, absent })))[0]?.status;
		expect(await status('client', true)).toBe('no_show');
		expect(await status('client', false)).toBe('confirmed');
		expect(await status('staff', true)).toBe('no_show');
		expect(at.sent('POST', '/mark-absent')).toEqual([
			{ attendees: [{ email: 'jane@example.com', absent: true }] },
			{ attendees: [{ email: 'jane@example.com', absent: false }] },
			{ host: true },
		]);
	});
});

describe('the way to Cal.com', () => {
	it('goes to the EU with the version chosen in the credential', async () => {
		const credentials = [credential({ region: 'eu', bookingsVersion: '2026-02-25' })];
		const [made] = await at.items(creating(), { credentials });
		const [call] = at.world.callsTo('calcom');
		expect(call?.request.url).toBe('https://api.cal.eu/v2/bookings');
		expect(call?.request.headers['cal-api-version']).toBe('2026-02-25');
		expect(made?.url).toMatch(/^https:\/\/app\.cal\.eu\/booking\//);
	});

	it('goes to a self-hosted API, whose site nobody knows', async () => {
		at.stop();
		at = studio({ hosts: ['api.booking.example.com'], bookingVersions: ['2024-08-13'] });
		const own = { region: 'selfHosted', baseUrl: 'https://api.booking.example.com/v2/' };
		const [made] = await at.items(creating(), { credentials: [credential(own)] });
		expect(made).toMatchObject({ status: 'confirmed', url: null });
	});

	it.each([
		['http://api.booking.example.com', 'Allow Plain HTTP'],
		['api.booking.example.com', 'Use a full address'],
	])('does not go to %s', async (baseUrl, howToFix) => {
		const credentials = [credential({ region: 'selfHosted', baseUrl })];
		const { error } = await at.run(finding(), { credentials });
		expect(error?.message).toBe('"Base URL" in the Cal.com credential cannot be used');
		expect(error?.description).toContain(howToFix);
		expect(at.calls()).toEqual([]);
	});
});
