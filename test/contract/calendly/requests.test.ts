import type { IDataObject } from 'n8n-workflow';
import { CREDENTIALS } from '../../../sandbox/simulators/calendly';
import {
	bodyOf,
	booking,
	byId,
	calendlyBench,
	first,
	GROUP_TYPE,
	ORGANIZATION_URI,
	queryOf,
	run,
	TYPE,
	TYPE_URI,
	USER_URI,
	oAuth2,
	type Bench,
} from '../../unit/calendly/bench';

let bench: Bench;
beforeEach(() => (bench = calendlyBench()));
afterEach(() => bench.stop());

const range = (from: string, until: string) => ({
	service: byId(TYPE),
	rangeStart: from,
	rangeEnd: until,
	timeZone: 'Europe/Warsaw',
});

describe('Event Type: Get Many', () => {
	it('asks for those of the owner of the credential', async () => {
		const { outputs } = await run('service', 'getMany');
		expect(bench.routes()).toEqual(['GET /users/me', 'GET /event_types']);
		const [, list] = bench.calls();
		expect(queryOf(list as never)).toEqual({ user: USER_URI, count: '100' });
		expect(list?.request.headers.authorization).toBe(`Bearer ${CREDENTIALS.accessToken}`);
		expect(outputs[0]?.map(({ json }) => json.id)).toEqual([TYPE, 'SESSION000000001', GROUP_TYPE]);
		expect(outputs[0]?.[0]?.json).toEqual({
			provider: 'calendly',
			id: TYPE,
			name: 'Consultation',
			slug: 'consultation',
			description: null,
			durationMinutes: 30,
			durationOptions: [30],
			kind: 'solo',
			active: true,
			url: 'https://calendly.com/example-studio/consultation',
		});
	});

	it('asks for the whole organization and for active ones where told to', async () => {
		const { outputs } = await run('service', 'getMany', {
			scope: 'organization',
			simplify: false,
			filters: { active: true },
		});
		expect(queryOf(bench.calls()[1] as never)).toEqual({
			organization: ORGANIZATION_URI,
			active: 'true',
			count: '100',
		});
		expect(outputs[0]?.[3]?.json).toMatchObject({ pooling_type: 'round_robin', profile: { type: 'Team' } });
	});
});

describe('Slot: Get Many', () => {
	it('asks for the span in UTC and gives slots in the zone asked for', async () => {
		const { outputs } = await run('slot', 'getMany', range('2026-12-08T09:00', '2026-12-08T11:00'));
		expect(bench.routes()).toEqual([`GET /event_types/${TYPE}`, 'GET /event_type_available_times']);
		expect(queryOf(bench.calls()[1] as never)).toEqual({
			event_type: TYPE_URI,
			start_time: '2026-12-08T08:00:00.000Z',
			end_time: '2026-12-08T10:00:00.000Z',
		});
		expect(outputs[0]?.map(({ json }) => json.start)).toEqual([
			'2026-12-08T09:00:00+01:00',
			'2026-12-08T09:30:00+01:00',
			'2026-12-08T10:00:00+01:00',
			'2026-12-08T10:30:00+01:00',
		]);
		expect(outputs[0]?.[0]?.json).toEqual({
			provider: 'calendly',
			start: '2026-12-08T09:00:00+01:00',
			end: '2026-12-08T09:30:00+01:00',
			timeZone: 'Europe/Warsaw',
			service: { id: TYPE, name: 'Consultation' },
			staff: { id: 'STUDIOUSER000001', name: 'Example Studio' },
			capacity: 1,
		});
	});

	it('splits a span of more than 31 days, and joins the answers without doubles', async () => {
		const { outputs } = await run('slot', 'getMany', {
			...range('2026-12-07T00:00', '2027-02-15T00:00'),
			returnAll: true,
		});
		const spans = bench.to('GET', '/event_type_available_times').map(queryOf);
		expect(spans).toHaveLength(3);
		expect(spans.map(({ start_time }) => start_time)).toEqual([
			// Calendly refuses a start in the past, so the first span begins a minute from now.
			'2026-12-07T08:01:00.000Z',
			'2027-01-07T08:01:00.000Z',
			'2027-02-07T08:01:00.000Z',
		]);
		expect(spans[0]?.end_time).toBe(spans[1]?.start_time);
		expect(spans[2]?.end_time).toBe('2027-02-14T23:00:00.000Z');
		const starts = outputs[0]?.map(({ json }) => String(json.start)) ?? [];
		expect(new Set(starts).size).toBe(starts.length);
		expect(starts).toEqual([...starts].sort((a, b) => Date.parse(a) - Date.parse(b)));
		// 60 working days of 18 slots; the first one of today is over.
		expect(starts).toHaveLength(60 * 18 - 1);
	});

	it('asks no further once the limit is reached', async () => {
		const { outputs } = await run('slot', 'getMany', {
			...range('2026-12-07T00:00', '2027-02-15T00:00'),
			limit: 3,
		});
		expect(outputs[0]).toHaveLength(3);
		expect(bench.to('GET', '/event_type_available_times')).toHaveLength(1);
	});

	it('asks nothing about the past', async () => {
		const { outputs } = await run('slot', 'getMany', range('2026-11-01T00:00', '2026-11-05T00:00'));
		expect(outputs[0]).toEqual([]);
		expect(bench.to('GET', '/event_type_available_times')).toEqual([]);
	});
});

describe('Slot: Create Single-Use Link', () => {
	it('asks for a link of one booking and fills in what is known of the client', async () => {
		const link = first(
			await run('slot', 'createLink', {
				service: byId(TYPE_URI),
				leadKey: 'lead 7',
				options: { clientName: 'Jane Ł', clientEmail: 'jane@example.com' },
			}),
		);
		expect(bodyOf(bench.to('POST', '/scheduling_links')[0] as never)).toEqual({
			max_event_count: 1,
			owner: TYPE_URI,
			owner_type: 'EventType',
		});
		expect(link).toEqual({
			provider: 'calendly',
			url: 'https://calendly.com/d/0001/consultation?name=Jane+%C5%81&email=jane%40example.com&utm_content=lead+7',
			service: { id: TYPE, name: 'Consultation' },
			leadKey: 'lead 7',
		});
	});
});

describe('Scheduled Event: Create', () => {
	it('sends what the client gave, the first location, and the answers by their questions', async () => {
		const made = first(
			await run(
				'appointment',
				'create',
				booking({
					clientPhone: '601 234 567',
					leadKey: 'lead-7',
					notes: 'First visit',
					additionalFields: {
						defaultCountry: 'PL',
						guests: 'anna@example.com, piotr@example.com',
						tracking: { marks: { utm_source: 'instagram' } },
					},
				}),
			),
		);
		const [call] = bench.to('POST', '/invitees');
		expect(call?.request.headers['content-type']).toContain('application/json');
		expect(bodyOf(call as never)).toEqual({
			event_type: TYPE_URI,
			start_time: '2026-12-08T09:00:00Z',
			invitee: {
				name: 'Jane Kowalska',
				email: 'jane@example.com',
				timezone: 'Europe/Warsaw',
				text_reminder_number: '+48601234567',
			},
			location: { kind: 'physical', location: 'ul. Przykładowa 1, Warszawa' },
			questions_and_answers: [
				{
					question: 'Please share anything that will help prepare for our meeting.',
					answer: 'First visit',
					position: 0,
				},
				{ question: 'Phone', answer: '+48601234567', position: 1 },
			],
			tracking: {
				utm_campaign: null,
				utm_source: 'instagram',
				utm_medium: null,
				utm_content: 'lead-7',
				utm_term: null,
				salesforce_uuid: null,
			},
			event_guests: ['anna@example.com', 'piotr@example.com'],
		});
		expect(bench.routes()).toEqual([
			`GET /event_types/${TYPE}`,
			'POST /invitees',
			`GET /scheduled_events/${made.id as string}`,
		]);
		expect(made).toMatchObject({
			provider: 'calendly',
			status: 'confirmed',
			start: '2026-12-08T10:00:00+01:00',
			end: '2026-12-08T10:30:00+01:00',
			leadKey: 'lead-7',
			notes: 'First visit',
			client: { name: 'Jane Kowalska', email: 'jane@example.com', phone: '+48601234567' },
			location: 'ul. Przykładowa 1, Warszawa',
		});
	});

	it('names nothing that is not given', async () => {
		await run('appointment', 'create', booking({ service: byId('SESSION000000001') }));
		expect(Object.keys(bodyOf(bench.to('POST', '/invitees')[0] as never))).toEqual([
			'event_type',
			'start_time',
			'invitee',
		]);
	});

	it('sends the location chosen, and answers by question', async () => {
		await run(
			'appointment',
			'create',
			booking({
				additionalFields: {
					location: { place: { kind: 'outbound_call', value: '+48601234567' } },
					questions: { row: [{ question: 'Phone', answer: '+48601234567' }] },
				},
			}),
		);
		expect(bodyOf(bench.to('POST', '/invitees')[0] as never)).toMatchObject({
			location: { kind: 'outbound_call', location: '+48601234567' },
			questions_and_answers: [{ question: 'Phone', answer: '+48601234567', position: 1 }],
		});
	});

	it('finds the event type of a booking page', async () => {
		const url = 'https://calendly.com/example-studio/session?month=2026-12';
		const made = first(
			await run('appointment', 'create', booking({ service: { __rl: true, mode: 'url', value: url } })),
		);
		expect(made.service).toMatchObject({ id: 'SESSION000000001' });
	});

	it('signs with OAuth2 where that is chosen', async () => {
		const made = await run('appointment', 'create', booking({ authentication: 'oAuth2' }), {
			credentials: [oAuth2()],
		});
		expect(first(made).id).toEqual(expect.any(String));
		expect(bench.to('POST', '/invitees')[0]?.request.headers.authorization).toBe(
			`Bearer ${CREDENTIALS.bookingToken}`,
		);
	});
});

describe('Scheduled Event: Get and Get Many', () => {
	it('reads the event and its invitees by UUID or by any address of theirs', async () => {
		const { eventUuid, uuid } = bench.given('2026-12-08T09:00:00Z');
		const addresses = [
			eventUuid,
			`https://api.calendly.com/scheduled_events/${eventUuid}`,
			`https://api.calendly.com/scheduled_events/${eventUuid}/invitees/${uuid}`,
		];
		const items = addresses.map((id) => ({ id }));
		const { outputs } = await run('appointment', 'get', { appointmentId: '={{ $json.id }}' }, { items });
		expect(outputs[0]?.map(({ json }) => json.id)).toEqual([eventUuid, eventUuid, eventUuid]);
		expect(bench.routes().slice(0, 2).sort()).toEqual([
			`GET /scheduled_events/${eventUuid}`,
			`GET /scheduled_events/${eventUuid}/invitees`,
		]);
	});

	it('gives one item for each client of a group event', async () => {
		const { eventUuid } = bench.given('2026-12-08T08:00:00Z', {}, GROUP_TYPE);
		bench.given('2026-12-08T08:00:00Z', { email: 'ola@example.com', name: 'Ola' }, GROUP_TYPE);
		const { outputs } = await run('appointment', 'get', { appointmentId: eventUuid });
		expect(outputs[0]?.map(({ json }) => (json.client as IDataObject).email)).toEqual([
			'jan@example.com',
			'ola@example.com',
		]);
	});

	it('lists all pages, earliest first, with the client of each', async () => {
		for (let hour = 0; hour < 102; hour++) {
			const day = 8 + Math.floor(hour / 9) + (hour >= 45 ? 1 : 0) + (hour >= 99 ? 1 : 0);
			bench.given(new Date(Date.UTC(2026, 11, day, 8 + (hour % 9))).toISOString());
		}
		const { outputs } = await run('appointment', 'getMany', { returnAll: true });
		expect(outputs[0]).toHaveLength(102);
		expect(outputs[0]?.every(({ json }) => (json.client as IDataObject).email === 'jan@example.com')).toBe(
			true,
		);
		const lists = bench.to('GET', '/scheduled_events').map(queryOf);
		expect(lists).toHaveLength(2);
		expect(lists[0]).toEqual({ user: USER_URI, sort: 'start_time:asc', count: '100' });
		expect(lists[1]?.page_token).toEqual(expect.any(String));
	});

	it('filters by client, status and time at Calendly, and by event type here', async () => {
		bench.given('2026-12-08T09:00:00Z');
		const session = bench.given('2026-12-08T11:00:00Z', {}, 'SESSION000000001');
		const { outputs } = await run('appointment', 'getMany', {
			scope: 'organization',
			rangeStart: '2026-12-08T00:00:00+01:00',
			rangeEnd: '2026-12-09T00:00:00+01:00',
			filters: { clientEmail: 'jan@example.com', status: 'active', serviceId: 'SESSION000000001' },
			options: { sort: 'desc', withoutClients: true },
		});
		expect(outputs[0]?.map(({ json }) => json.id)).toEqual([session.eventUuid]);
		expect(queryOf(bench.to('GET', '/scheduled_events')[0] as never)).toEqual({
			organization: ORGANIZATION_URI,
			invitee_email: 'jan@example.com',
			status: 'active',
			min_start_time: '2026-12-07T23:00:00Z',
			max_start_time: '2026-12-08T23:00:00Z',
			sort: 'start_time:desc',
			count: '100',
		});
		expect(bench.routes().filter((route) => route.endsWith('/invitees'))).toEqual([]);
	});
});

describe('Scheduled Event: Cancel and Mark No-Show', () => {
	it('sends the reason', async () => {
		const { eventUuid } = bench.given('2026-12-08T09:00:00Z');
		const parameters = { appointmentId: eventUuid, reason: 'Ill' };
		expect(first(await run('appointment', 'cancel', parameters)).status).toBe('cancelled');
		const [call] = bench.to('POST', `/scheduled_events/${eventUuid}/cancellation`);
		expect(bodyOf(call as never)).toEqual({ reason: 'Ill' });
	});

	it('marks each client who did not come, and takes the mark back', async () => {
		const invitee = bench.given('2026-12-08T09:00:00Z');
		const uri = `https://api.calendly.com/scheduled_events/${invitee.eventUuid}/invitees/${invitee.uuid}`;
		const parameters = { appointmentId: invitee.eventUuid };
		expect(first(await run('appointment', 'markNoShow', parameters)).status).toBe('no_show');
		expect(bench.to('POST', '/invitee_no_shows').map(bodyOf)).toEqual([{ invitee: uri }]);
		const mark = invitee.noShow?.uuid ?? '';
		const back = await run('appointment', 'markNoShow', { ...parameters, absent: false });
		expect(first(back).status).toBe('confirmed');
		expect(bench.to('DELETE', `/invitee_no_shows/${mark}`)).toHaveLength(1);
	});
});

describe('Invitee: Get Many', () => {
	it('filters at Calendly', async () => {
		const { eventUuid, uuid } = bench.given('2026-12-08T09:00:00Z', {
			text_reminder_number: '+1 202-555-0143',
		});
		const { outputs } = await run('invitee', 'getMany', {
			appointmentId: eventUuid,
			filters: { clientEmail: 'jan@example.com', status: 'active' },
		});
		expect(queryOf(bench.calls()[0] as never)).toEqual({
			status: 'active',
			email: 'jan@example.com',
			count: '100',
		});
		expect(outputs[0]?.[0]?.json).toMatchObject({
			id: uuid,
			appointmentId: eventUuid,
			phone: '+12025550143',
			noShow: false,
			rescheduleUrl: `https://calendly.com/reschedulings/${uuid}`,
		});
	});
});
