import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../../../sandbox/simulators/kit';
import { booking, byId, calendlyBench, run, token, TYPE, type Bench } from '../../unit/calendly/bench';

interface Case {
	resource: string;
	operation: string;
	/** For the item's id; the operation's own call comes after so many others. */
	parameters: (id: string) => IDataObject;
	before: number;
	writes?: boolean;
}

const span = { rangeStart: '2026-12-08T09:00', rangeEnd: '2026-12-08T11:00', timeZone: 'Europe/Warsaw' };

const CASES: Case[] = [
	{ resource: 'service', operation: 'getMany', parameters: () => ({}), before: 1 },
	{ resource: 'slot', operation: 'getMany', parameters: () => ({ service: byId(TYPE), ...span }), before: 1 },
	{
		resource: 'slot',
		operation: 'createLink',
		parameters: () => ({ service: byId(TYPE) }),
		before: 1,
		writes: true,
	},
	{ resource: 'appointment', operation: 'create', parameters: () => booking(), before: 1, writes: true },
	{ resource: 'appointment', operation: 'get', parameters: (id) => ({ appointmentId: id }), before: 0 },
	{
		resource: 'appointment',
		operation: 'getMany',
		parameters: () => ({ options: { withoutClients: true } }),
		before: 1,
	},
	{
		resource: 'appointment',
		operation: 'cancel',
		parameters: (id) => ({ appointmentId: id }),
		before: 0,
		writes: true,
	},
	{
		resource: 'appointment',
		operation: 'reschedule',
		parameters: (id) => ({ appointmentId: id, newStart: '2026-12-09T10:00', timeZone: 'Europe/Warsaw' }),
		before: 3,
		writes: true,
	},
	{
		resource: 'appointment',
		operation: 'markNoShow',
		parameters: (id) => ({ appointmentId: id }),
		before: 2,
		writes: true,
	},
	{ resource: 'invitee', operation: 'getMany', parameters: (id) => ({ appointmentId: id }), before: 0 },
];

const refusal = (status: number, body: object): Fault => ({
	kind: 'answer',
	response: { status, headers: { 'content-type': 'application/json' }, body },
});

let bench: Bench;
afterEach(() => bench.stop());

describe.each(CASES.map((one) => [`${one.resource}: ${one.operation}`, one] as const))('%s', (_, one) => {
	const { resource, operation, parameters, before, writes } = one;
	let id: string;

	/** Lets the operation come to its own call, which then goes wrong. */
	const meet = (...faults: Fault[]) =>
		bench.world.misbehave(
			'calendly',
			...Array.from({ length: before }, (): Fault => ({ kind: 'latency', milliseconds: 0 })),
			...faults,
		);
	const go = async (more: IDataObject = {}, options = {}) =>
		await run(resource, operation, { ...parameters(id), ...more }, options);

	beforeEach(() => {
		bench = calendlyBench();
		id = bench.given('2026-12-08T13:00:00Z').eventUuid;
	});

	it('says that the credential is not accepted (401)', async () => {
		const { error } = await go({}, { credentials: [token('wrong')] });
		expect(error?.message).toBe('Calendly did not accept the credential (HTTP 401)');
		expect(error?.description).toContain('Calendly said: "The access token is invalid"');
		expect(bench.calls().every(({ response }) => response?.status === 401)).toBe(true);
	});

	it('names the scope that a token lacks (403)', async () => {
		meet(refusal(403, { title: 'Permission Denied', message: 'No.', required_scopes: ['some:scope'] }));
		const { error } = await go();
		expect(error?.message).toBe('The Calendly credential lacks a permission (HTTP 403)');
		expect(error?.description).toContain('some:scope');
	});

	it('says what Calendly found wrong (400)', async () => {
		const details = [{ parameter: 'some_field', message: 'is strange' }];
		meet(
			refusal(400, { title: 'Invalid Argument', message: 'The supplied parameters are invalid.', details }),
		);
		const { error } = await go();
		expect(error?.message).toBe('Calendly did not accept the request (HTTP 400)');
		expect(error?.description).toContain('some_field: is strange');
	});

	it('says that there is no such thing (404)', async () => {
		meet(refusal(404, { title: 'Resource Not Found', message: 'The server could not find it.' }));
		const { error } = await go();
		expect(error?.message).toBe('Calendly could not find what was asked for (HTTP 404)');
	});

	it('waits as long as Calendly asks to (429)', async () => {
		meet({ kind: 'rateLimit', seconds: 7 });
		const { error } = await go();
		expect(error).toBeUndefined();
		expect(bench.waits).toEqual([7000]);
	});

	it('backs off where a 429 says not how long', async () => {
		meet(refusal(429, { title: 'Too Many Requests', message: 'Slow down.' }));
		const { error } = await go();
		expect(error).toBeUndefined();
		expect(bench.waits).toHaveLength(1);
	});

	it(writes ? 'is not blindly repeated after a 500' : 'is repeated after a 500', async () => {
		meet(refusal(500, { title: 'Internal Server Error', message: 'Oops.' }));
		const { error } = await go();
		const lastRoute = bench.routes()[before];
		const times = bench.routes().filter((route) => route === lastRoute).length;
		if (operation === 'create' || operation === 'reschedule') {
			// Looked up, found not to be there, and booked then.
			expect(bench.routes().slice(before, before + 4)).toContain('GET /scheduled_events');
			expect(error).toBeUndefined();
		} else if (writes) {
			expect(times).toBe(1);
			expect(error?.message).toBe('Calendly is not able to answer right now (HTTP 500)');
			expect(error?.description).toContain('may have carried the request out');
		} else {
			expect(times).toBeGreaterThan(1);
			expect(error).toBeUndefined();
		}
	});

	it(writes ? 'is never repeated after a timeout' : 'is repeated after a timeout', async () => {
		meet({ kind: 'timeout' });
		const { error } = await go();
		const lastRoute = bench.routes()[before];
		const times = bench.routes().filter((route) => route === lastRoute).length;
		if (writes) {
			expect(times).toBe(1);
			expect(error?.message).toBe('Calendly did not answer within 30 s');
			expect(error?.description).toContain('may have carried the request out');
		} else {
			expect(times).toBeGreaterThan(1);
			expect(error).toBeUndefined();
		}
	});

	it('links each item to what came of it, good or bad', async () => {
		const given = parameters('={{ $json.id }}');
		const isLocated = 'service' in given;
		const hasId = JSON.stringify(given).includes('$json.id');
		const second = bench.given('2026-12-08T14:00:00Z').eventUuid;
		const items = hasId
			? [{ id: 'no/such' }, { id: second }]
			: [
					{ type: 'a/b', scope: 'user', limit: -1 },
					{ type: TYPE, scope: 'user', limit: 5 },
				];
		const more = hasId
			? {}
			: isLocated
				? { service: byId('={{ $json.type }}') }
				: { limit: '={{ $json.limit }}' };
		const options = { items, onError: 'continueErrorOutput' as const };
		const { outputs } = await run(resource, operation, { ...given, ...more }, options);
		const [good = [], bad = []] = outputs;
		expect(good.length).toBeGreaterThan(0);
		expect(good.every(({ pairedItem }) => (pairedItem as { item: number }).item === 1)).toBe(true);
		expect(bad).toEqual([
			{
				json: expect.objectContaining({
					error: expect.stringMatching(/^".+" is .+/) as string,
					message: expect.any(String) as string,
				}) as object,
				pairedItem: { item: 0 },
			},
		]);
	});

	it('links two good items', async () => {
		const given = parameters('={{ $json.id }}');
		const second = bench.given('2026-12-08T14:00:00Z').eventUuid;
		const items = [
			{ id, start: '2026-12-09T10:00', row: 0 },
			{ id: second, start: '2026-12-09T11:00', row: 1 },
		];
		const more = {
			...('newStart' in given && { newStart: '={{ $json.start }}' }),
			...('start' in given && { start: '={{ $json.start }}' }),
		};
		const { outputs, error } = await run(resource, operation, { ...given, ...more }, { items });
		expect(error).toBeUndefined();
		const linked = outputs[0]?.map(({ pairedItem }) => (pairedItem as { item: number }).item) ?? [];
		expect([...new Set(linked)]).toEqual([0, 1]);
	});
});
