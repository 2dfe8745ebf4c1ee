import type { IDataObject } from 'n8n-workflow';
import type { Fault, SimResponse } from '../../../sandbox/simulators/kit';
import { book, COMPANY, credential, openBench, pick, type Bench } from './bench';

let bench: Bench;
let appointmentId: string;
let visitId: string;

beforeEach(() => {
	bench = openBench();
	const { id, visitId: visit } = book(bench, '2026-03-02 10:00:00', { attendance: 1 });
	appointmentId = String(id);
	visitId = String(visit);
});

afterEach(() => {
	bench.stop();
});

const range = { rangeStart: '2026-03-02T00:00:00', rangeEnd: '2026-03-04T00:00:00' };

type Operation = [resource: string, operation: string, parameters: () => IDataObject, reads: boolean];

/** Every operation with what it needs, and whether its first request only reads. */
const OPERATIONS: Operation[] = [
	['appointment', 'cancel', () => ({ appointmentId }), true],
	[
		'appointment',
		'create',
		() => ({
			service: pick('331'),
			staff: pick('555'),
			start: '={{ $json.start ?? "2026-03-03T09:00:00" }}',
			clientName: 'Ola',
			clientPhone: '+48601234567',
		}),
		true,
	],
	['appointment', 'get', () => ({ appointmentId }), true],
	['appointment', 'getMany', () => range, true],
	['appointment', 'reschedule', () => ({ appointmentId, newStart: '2026-03-05T10:00:00' }), true],
	['appointment', 'update', () => ({ appointmentId, updateFields: { notes: 'x' } }), true],
	[
		'client',
		'create',
		() => ({ clientName: 'Ola', clientPhone: '={{ $json.phone ?? "+48601234567" }}' }),
		false,
	],
	['client', 'findByInstagram', () => ({ instagram: 'jane.example', instagramIn: 'email' }), true],
	['client', 'get', () => ({ client: pick('1121412') }), true],
	['client', 'search', () => ({ returnAll: false, limit: 1 }), true],
	['client', 'update', () => ({ client: pick('1121412'), updateFields: { notes: 'x' } }), true],
	['service', 'getMany', () => ({ returnAll: false, limit: 1 }), true],
	['slot', 'getMany', () => ({ ...range, service: pick('331'), returnAll: false, limit: 1 }), true],
	['staff', 'getMany', () => ({ returnAll: false, limit: 1 }), true],
	['visit', 'get', () => ({ visitId: pick(visitId) }), true],
	['visit', 'getCompleted', () => range, true],
];

/** Two items that do not get in each other's way. */
const TWO = [
	{ start: '2026-03-03T09:00:00', phone: '+48601234567' },
	{ start: '2026-03-03T12:00:00', phone: '+48601234568' },
];

const answer = (status: number, message: string, headers: Record<string, string> = {}): Fault => ({
	kind: 'answer',
	response: { status, headers, body: { success: false, data: null, meta: { message } } } as SimResponse,
});

describe.each(OPERATIONS)('%s: %s', (resource, operation, parameters, reads) => {
	it('links two items to where they come from', async () => {
		const { outputs, error } = await bench.run(resource, operation, parameters(), { items: TWO });
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('links two failures, each with what happened and how to fix it', async () => {
		const { outputs } = await bench.run(resource, operation, parameters(), {
			items: TWO,
			onError: 'continueRegularOutput',
			credentials: [credential({ userToken: 'wrong' })],
		});
		expect(outputs[0]).toEqual(
			[0, 1].map((item) => ({
				json: {
					error: 'Altegio did not accept the credential (HTTP 401)',
					message: expect.stringContaining('Altegio said: "Authorization required"'),
				},
				pairedItem: { item },
			})),
		);
	});

	it.each([
		[400, 'Altegio did not accept the request (HTTP 400)', 'Check the values of the fields.'],
		[402, 'Altegio did not accept the request (HTTP 402)', 'plan does not include this'],
		[403, 'Altegio does not allow this with the credential in use (HTTP 403)', 'create the user token anew'],
		[404, 'Altegio could not find what was asked for (HTTP 404)', 'Check the ID'],
		[200, 'Altegio did not accept the request (HTTP 200)', 'Check the values of the fields.'],
	])('passes a refusal on (%i, success: false)', async (status, message, howToFix) => {
		bench.world.misbehave('altegio', answer(status, 'Localised words'));
		const { error } = await bench.run(resource, operation, parameters());
		expect(error?.message).toBe(message);
		expect(error?.description).toContain(howToFix);
		expect(error?.description).toContain('Altegio said: "Localised words"');
		expect(error?.context?.itemIndex).toBe(0);
		expect(bench.world.callsTo('altegio')).toHaveLength(1);
	});

	it.each<[string, Fault]>([
		['with a hint', { kind: 'rateLimit', seconds: 3 }],
		['without a hint', answer(429, 'Too many requests')],
	])('waits out a 429 %s', async (_, fault) => {
		const { error: none } = await bench.run(resource, operation, parameters());
		expect(none).toBeUndefined();
		bench.simulator.reset();
		const { id, visitId: visit } = book(bench, '2026-03-02 10:00:00', { attendance: 1 });
		appointmentId = String(id);
		visitId = String(visit);
		const before = bench.clock.waited;
		bench.world.misbehave('altegio', fault);
		const { error } = await bench.run(resource, operation, parameters());
		expect(error).toBeUndefined();
		if (fault.kind === 'rateLimit') expect(bench.clock.waited - before).toBeGreaterThanOrEqual(3000);
	});

	it.each<[string, Fault]>([
		['a 500', answer(500, 'Internal')],
		['a timeout', { kind: 'timeout' }],
	])(reads ? 'reads again after %s' : 'repeats nothing after %s that it cannot find', async (_, fault) => {
		bench.world.misbehave('altegio', fault);
		const { error } = await bench.run(resource, operation, parameters());
		if (reads) expect(error).toBeUndefined();
		else expect(error?.description).toContain('look it up there before you repeat it');
	});
});

describe('meta.errors', () => {
	it('names the fields', async () => {
		const body = {
			success: false,
			meta: { message: 'Validation failed', errors: { phone: ['is short'], name: 'is blank' } },
		};
		bench.world.misbehave('altegio', { kind: 'answer', response: { status: 422, body } });
		const { error } = await bench.run('staff', 'getMany');
		expect(error?.description).toContain('Altegio said: "Validation failed phone: is short; name: is blank"');
	});
});

describe('YCLIENTS', () => {
	it('is reached at its own host, with its own Accept', async () => {
		const yclients = [credential({ baseUrl: 'https://api.yclients.com' })];
		await bench.run('staff', 'getMany', {}, { credentials: yclients });
		const [call] = bench.world.callsTo('altegio');
		expect(call?.request.url).toBe(`https://api.yclients.com/api/v1/company/${COMPANY}/staff`);
		expect(call?.request.headers.accept).toBe('application/vnd.yclients.v2+json');
	});
});

describe('tokens', () => {
	it('appear in no error', async () => {
		const { error } = await bench.run(
			'staff',
			'getMany',
			{},
			{ credentials: [credential({ userToken: 'wr0ng-token' })] },
		);
		expect(JSON.stringify({ ...error, message: error?.message })).not.toMatch(/wr0ng-token|sandbox-altegio/);
	});
});
