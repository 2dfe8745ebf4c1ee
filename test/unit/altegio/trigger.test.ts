import { describeWithSpecs, readPayload } from '../../support/specs';
import { AltegioSimulator } from '../../../sandbox/simulators/altegio';
import { intercept } from '../../support/intercept';
import { Bursts } from '../../../nodes/Altegio/trigger/bursts';
import { fakeClock, type FakeClock } from './clock';
import { deliver, eventsFrom, recordEvent, SECRET, triggerCredential } from './triggerBench';

let clock: FakeClock;

beforeEach(() => {
	clock = fakeClock();
});

afterEach(() => {
	jest.restoreAllMocks();
});

describe('the secret', () => {
	const cases: Array<[string, number, Parameters<typeof deliver>[2]]> = [
		['right', 200, {}],
		['right, with a probe', 200, { method: 'GET', rawBody: '' }],
		['wrong', 401, { query: { secret: `${SECRET}x` } }],
		['right but for the case', 401, { query: { secret: SECRET.toUpperCase() } }],
		['a part of it', 401, { query: { secret: SECRET.slice(0, -1) } }],
		['empty', 401, { query: { secret: '' } }],
		['missing', 401, { query: '' }],
		['twice', 401, { query: `secret=${SECRET}&secret=${SECRET}` }],
		['in a header', 401, { query: '', headers: { secret: SECRET, authorization: `Bearer ${SECRET}` } }],
		['missing, with a probe', 401, { method: 'GET', query: '', rawBody: '' }],
		['right, but none is set', 401, { credentials: [triggerCredential({ webhookSecret: '' })] }],
		[
			'empty, and none is set',
			401,
			{ query: { secret: '' }, credentials: [triggerCredential({ webhookSecret: ' ' })] },
		],
	];

	it.each(cases)('%s: %i', async (_, status, call) => {
		const answer = await deliver(recordEvent('create'), {}, call);
		expect(answer.status).toBe(status);
		if (status === 401) {
			expect(answer.items).toBeUndefined();
			expect(answer.body).toEqual({ message: 'Unauthorized' });
		}
	});

	it('never reaches the flow', async () => {
		const { items } = await deliver(
			recordEvent('create'),
			{},
			{
				query: { secret: SECRET, source: 'a' },
				headers: {
					'content-type': 'application/json',
					authorization: 'Bearer shared',
					'user-agent': 'Altegio',
				},
			},
		);
		expect(JSON.stringify(items)).not.toContain(SECRET);
		expect(items?.[0]?.json.meta).toMatchObject({
			query: { source: 'a' },
			headers: { 'user-agent': 'Altegio' },
		});
	});
});

describe('bodies', () => {
	it('takes an object and a list alike', async () => {
		expect(await eventsFrom(recordEvent('create'))).toHaveLength(1);
		expect(
			await eventsFrom([recordEvent('create'), recordEvent('update'), recordEvent('delete')]),
		).toMatchObject([
			{ event: 'appointmentCreated' },
			{ event: 'appointmentChanged' },
			{ event: 'appointmentCancelled' },
		]);
	});

	it("takes the user's only location where none is chosen, and no other's events", async () => {
		const world = intercept(new AltegioSimulator({ now: clock.date }));
		const nowhere = { location: { __rl: true, mode: 'list', value: '' } };
		expect(await eventsFrom(recordEvent('create'), nowhere)).toHaveLength(1);
		const foreign = await deliver({ ...recordEvent('create'), company_id: 9 }, nowhere);
		expect([foreign.status, foreign.items]).toEqual([200, undefined]);
		world.stop();
	});

	it.each(['not json', '', '{"half":'])('answers 400 to %p', async (body) => {
		const answer = await deliver(body);
		expect([answer.status, answer.items]).toEqual([400, undefined]);
	});

	it('leaves an appointment out that has no time, and no other with it', async () => {
		const timeless = recordEvent('update', { date: 'soon', datetime: {} });
		expect(await eventsFrom([timeless, recordEvent('create')])).toMatchObject([
			{ event: 'appointmentCreated' },
		]);
		const alone = await deliver(recordEvent('update', { date: null }));
		expect([alone.status, alone.items]).toEqual([422, undefined]);
	});

	it.each([
		['another location', { ...recordEvent('create'), company_id: 9 }],
		['another resource', { ...recordEvent('update'), resource: 'schedule', data: [] }],
		['a deleted client', { ...recordEvent('delete'), resource: 'client' }],
		['no delivery', { hello: 'world' }],
		['null', null],
		['an empty list', []],
	])('answers 200 and starts nothing for %s', async (_, body) => {
		const answer = await deliver(body);
		expect([answer.status, answer.items]).toEqual([200, undefined]);
	});
});

describe('events', () => {
	it.each([
		['create', {}, 'appointmentCreated', 'confirmed'],
		['create', { confirmed: 0 }, 'appointmentCreated', 'pending'],
		['update', {}, 'appointmentChanged', 'confirmed'],
		['update', { attendance: 2 }, 'appointmentChanged', 'confirmed'],
		['update', { attendance: 1 }, 'visitCompleted', 'completed'],
		['update', { attendance: undefined, visit_attendance: 1 }, 'visitCompleted', 'completed'],
		['create', { attendance: 1 }, 'visitCompleted', 'completed'],
		['delete', {}, 'appointmentCancelled', 'cancelled'],
		['update', { deleted: true }, 'appointmentCancelled', 'cancelled'],
		['update', { deleted: 1, attendance: 1 }, 'appointmentCancelled', 'cancelled'],
		['update', { attendance: -1 }, 'appointmentCancelled', 'no_show'],
	] as const)('%s %o is %s (%s)', async (status, data, event, state) => {
		expect(await eventsFrom(recordEvent(status, data))).toMatchObject([
			{ event, appointment: { status: state } },
		]);
	});

	it.each([
		[{ attendance: 1 }, ['appointmentChanged'], 'appointmentChanged'],
		[{ attendance: -1 }, ['appointmentChanged'], 'appointmentChanged'],
		[{ attendance: 1 }, ['appointmentChanged', 'visitCompleted'], 'visitCompleted'],
		[{}, ['visitCompleted', 'clientChanged'], undefined],
	])('of %o to a flow that wants %p is %p', async (data, events, event) => {
		const [item] = await eventsFrom(recordEvent('update', data), { events });
		expect(item?.event).toBe(event);
	});

	it('carries the appointment in the one shape, its visit, a key and where it came from', async () => {
		const delivery = recordEvent('create', { api_id: 'lead-1' }, 42);
		expect(await eventsFrom(delivery, { additionalOptions: { instagramIn: 'email' } })).toEqual([
			{
				event: 'appointmentCreated',
				eventKey: expect.stringMatching(/^[0-9a-f]{64}$/),
				appointment: expect.objectContaining({
					provider: 'altegio',
					id: '42',
					start: '2026-03-30T12:00:00+02:00',
					end: '2026-03-30T13:00:00+02:00',
					leadKey: 'lead-1',
					client: {
						id: '7',
						name: 'Jane Example',
						email: 'jane.example@gmail.com',
						phone: '+12025550123',
						instagram: 'jane.example',
					},
				}),
				visitId: '77',
				meta: {
					provider: 'altegio',
					locationId: '123456',
					resource: 'record',
					resourceId: '42',
					status: 'create',
					receivedAt: '2026-03-02T08:00:00.000Z',
					headers: expect.any(Object),
					query: {},
				},
			},
		]);
	});

	it.each([
		['create', 'clientCreated', 9],
		['update', 'clientChanged', 10],
	])('carries a client (%s)', async (status, event, id) => {
		const data = { id, name: 'Ola', phone: '+48601234567', custom_fields: { ig: '@ola' } };
		const delivery = { company_id: 123456, resource: 'client', resource_id: id, status, data };
		const options = { instagramIn: 'customField', instagramField: 'ig', includeRaw: true };
		expect(await eventsFrom(delivery, { additionalOptions: options })).toMatchObject([
			{ event, client: { id: String(id), phone: '+48601234567', instagram: 'ola', raw: { name: 'Ola' } } },
		]);
	});
});

describe('the time zone', () => {
	it('is read from Altegio once, where neither field nor activation has it', async () => {
		const world = intercept(new AltegioSimulator({ now: clock.date, timeZone: 'Europe/Kyiv' }));
		for (const start of ['2026-03-30T12:00:00+03:00', '2026-03-30T12:00:00+03:00']) {
			expect(await eventsFrom(recordEvent('create'), { timeZone: '' })).toMatchObject([
				{ appointment: { start } },
			]);
		}
		expect(world.callsTo('altegio')).toHaveLength(1);
		world.stop();
	});
});

describe('repeats', () => {
	it('start the flow once, in whatever form they come', async () => {
		const delivery = recordEvent('create');
		expect(await eventsFrom(delivery)).toHaveLength(1);
		expect(await eventsFrom(delivery)).toEqual([]);
		expect(await eventsFrom([delivery, recordEvent('create')])).toHaveLength(1);
		clock.advance(120_000);
		expect(await eventsFrom(delivery)).toEqual([]);
	});

	it('have one key; another change, status or thing has another', async () => {
		const key = async (...event: Parameters<typeof recordEvent>) =>
			(await eventsFrom(recordEvent(...event), { debounce: 0 }))[0]?.eventKey;
		const first = await key('update', {}, 71);
		expect(await key('update', { notified: 1, comment: 'x' }, 71)).toBe(first);
		const all = [
			first,
			await key('delete', {}, 71),
			await key('update', {}, 72),
			await key('update', { last_change_date: '2026-03-02T09:00:01+0100' }, 71),
		];
		expect(new Set(all).size).toBe(4);
	});

	it('are told by the whole content where there is no time of change', async () => {
		const plain = recordEvent('update', { last_change_date: undefined });
		expect(await eventsFrom(plain)).toHaveLength(1);
		expect(await eventsFrom(plain)).toEqual([]);
		expect(await eventsFrom({ ...plain, data: { ...plain.data, comment: 'x' } })).toHaveLength(1);
	});
});

describe('bursts', () => {
	const at = (second: number) => ({ last_change_date: `2026-03-02T09:00:0${second}+0100` });

	it('pass the first at once and drop updates that bring nothing new', async () => {
		const id = 500;
		expect(await eventsFrom(recordEvent('create', at(0), id))).toHaveLength(1);
		expect(await eventsFrom(recordEvent('update', at(1), id))).toEqual([]);
		expect(await eventsFrom(recordEvent('update', { ...at(2), notified: 1 }, id))).toEqual([]);
	});

	it('pass every real change, and the way back', async () => {
		const id = 501;
		const seen = [];
		for (const [second, comment] of ['a', 'b', 'a', 'a'].entries()) {
			seen.push((await eventsFrom(recordEvent('update', { ...at(second), comment }, id))).length);
		}
		expect(seen).toEqual([1, 1, 1, 0]);
	});

	it('pass two edits of one second', async () => {
		const edits = ['a', 'b'].map((comment) => recordEvent('update', { ...at(0), comment }, 502));
		expect(await eventsFrom(edits)).toHaveLength(2);
	});

	it('end with the window, and are not damped where it is 0', async () => {
		const update = (second: number, id: number) => recordEvent('update', at(second), id);
		expect(await eventsFrom(update(0, 503))).toHaveLength(1);
		clock.advance(29_000);
		expect(await eventsFrom(update(1, 503))).toEqual([]);
		clock.advance(1_000);
		expect(await eventsFrom(update(2, 503))).toHaveLength(1);
		for (const second of [0, 1]) {
			expect(await eventsFrom(update(second, 504), { debounce: 0 })).toHaveLength(1);
		}
	});

	it('never hold back a deletion', async () => {
		expect(await eventsFrom(recordEvent('update', at(0), 505))).toHaveLength(1);
		expect(await eventsFrom(recordEvent('delete', at(0), 505))).toHaveLength(1);
	});

	it('are remembered of so many things and no more', () => {
		const bursts = new Bursts({ now: () => 0 }, 3);
		for (const subject of ['a', 'b', 'c', 'd']) expect(bursts.isNews(subject, 'x', 30)).toBe(true);
		expect(bursts.size).toBe(3);
		expect(bursts.isNews('a', 'x', 30)).toBe(true);
		expect(bursts.isNews('d', 'x', 30)).toBe(false);
		bursts.forget('d');
		expect(bursts.isNews('d', 'x', 30)).toBe(true);
	});
});

describeWithSpecs('recorded deliveries', () => {
	it.each([
		['record-create', 'appointmentCreated', '987654321', '2026-10-04T12:00:00+02:00'],
		['record-update.attended', 'visitCompleted', '42', '2026-01-15T10:30:00+01:00'],
		['record-delete', 'appointmentCancelled', '42', '2026-01-15T10:30:00+01:00'],
	])('%s is %s', async (file, event, id, start) => {
		const body = readPayload('altegio', `${file}.webhook.json`);
		expect(await eventsFrom(body)).toMatchObject([{ event, appointment: { id, start } }]);
	});
});
