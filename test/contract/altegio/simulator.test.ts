import { lifecycle, eventsFrom, deliver, SECRET } from '../../unit/altegio/triggerBench';
import { CREDENTIALS, sandbox, WEBHOOK_SECRET } from '../../../sandbox/simulators/altegio';
import { plainAnswer } from '../../../sandbox/simulators/kit';
import { describeWithSpecs, jsonPayload } from '../../support/specs';
import { book, COMPANY, openBench, type Bench } from './bench';

let bench: Bench;
const posts: Array<{ url: string; body: string }> = [];

beforeEach(() => {
	posts.length = 0;
	bench = openBench({
		retryMilliseconds: 0,
		send: async (url, { body }) => {
			posts.push({ url, body });
			return plainAnswer(200);
		},
	});
});

afterEach(() => {
	bench.stop();
});

type Json = Record<string, unknown>;

const ask = (
	method: string,
	path: string,
	body?: object,
	authorization = 'Bearer sandbox-altegio-partner, User sandbox-altegio-user',
) => {
	const url = new URL(`https://api.alteg.io/api/v1${path}`);
	const answer = bench.simulator.handle({
		method,
		url,
		headers: { authorization },
		text: body ? JSON.stringify(body) : '',
	});
	return { status: answer.status, body: (answer.body ?? {}) as Json & { data: Json; meta: Json } };
};

/** What kind of value each key of an object has; numbers and texts of digits are both ids. */
const kinds = (value: unknown) =>
	Object.fromEntries(
		Object.entries(value as Json).map(([key, one]) => [
			key,
			Array.isArray(one) ? 'list' : one === null ? 'null' : typeof one,
		]),
	);

const without = (object: object, ...keys: string[]) =>
	Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

describeWithSpecs("the simulator's answers have all that the recorded ones have", () => {
	it.each([
		['client-get', () => ask('GET', '/client/123456/1121412')],
		['clients-search', () => ask('POST', '/company/123456/clients/search', { fields: ['id', 'name'] })],
		['error', () => ask('GET', '/companies', undefined, 'Bearer sandbox-altegio-partner')],
	] as const)('%s', (file, call) => {
		const recorded = jsonPayload<Json>('altegio', `${file}.response.json`);
		const { body } = call();
		expect(kinds(body)).toMatchObject(kinds(recorded));
		const [theirs, mine] = [recorded.data, body.data].map((data) => [data].flat()[0]);
		if (!theirs) return;
		// A birthday is a date or 0.
		expect(kinds(mine)).toMatchObject(without(kinds(theirs), 'birth_date'));
	});

	it('record-create.webhook', async () => {
		bench.simulator.hooks.replace({ urls: ['https://n8n.example.com/x'], active: 1, record: 1 });
		book(bench, '2026-03-03 10:00:00');
		await bench.simulator.hooks.settled();
		const recorded = jsonPayload<Json & { data: Json }>('altegio', 'record-create.webhook.json');
		const sent = JSON.parse(posts[0]?.body ?? '{}') as typeof recorded;
		expect(kinds(sent)).toEqual(kinds(recorded));
		expect(kinds(sent.data)).toMatchObject(without(kinds(recorded.data), 'bookform_id', 'record_from'));
		expect(sent.data.client).toMatchObject({ display_name: 'Jane Example', phone: '+12025550123' });
	});
});

describe('refusals', () => {
	it.each([
		['no tokens', 401, () => ask('GET', '/companies', undefined, '')],
		[
			'another partner',
			401,
			() => ask('GET', '/companies', undefined, 'Bearer x, User sandbox-altegio-user'),
		],
		[
			'tokens without the word User',
			401,
			() => ask('GET', '/companies', undefined, 'Bearer sandbox-altegio-partner,sandbox-altegio-user'),
		],
		['another location', 403, () => ask('GET', '/company/9')],
		['an unknown appointment', 404, () => ask('GET', `/record/${COMPANY}/1`)],
		['an unknown path', 404, () => ask('GET', '/nothing')],
		['no name and phone', 422, () => ask('PUT', '/client/123456/1121412', { comment: 'x' })],
		[
			'no services',
			422,
			() => ask('POST', '/records/123456', { staff_id: 555, datetime: '2026-03-03 10:00:00' }),
		],
		[
			'no working time',
			422,
			() =>
				ask('POST', '/records/123456', {
					staff_id: 555,
					services: [{ id: 331 }],
					datetime: '2026-03-08 10:00:00',
				}),
		],
		[
			'eleven addresses',
			422,
			() =>
				ask('POST', '/hooks_settings/123456', {
					urls: Array.from({ length: 11 }, (_, n) => `https://a/${n}`),
				}),
		],
		['no address', 422, () => ask('POST', '/hooks_settings/123456', { urls: [] })],
	])('%s: %i', (_, status, call) => {
		const answer = call();
		expect(answer).toMatchObject({
			status,
			body: { success: false, data: null, meta: { message: expect.any(String) } },
		});
	});

	it('takes online booking with a partner token alone', () => {
		expect(ask('GET', '/book_services/123456', undefined, 'Bearer sandbox-altegio-partner').status).toBe(200);
		expect(ask('GET', '/records/123456', undefined, 'Bearer sandbox-altegio-partner').status).toBe(401);
	});

	it('lets 5 requests a second and 200 a minute through', () => {
		const burst = () => Array.from({ length: 6 }, () => ask('GET', '/companies').status);
		expect(burst()).toEqual([200, 200, 200, 200, 200, 429]);
		let passed = 5;
		while (passed < 200) {
			bench.clock.advance(1000);
			passed += burst().filter((status) => status === 200).length;
		}
		bench.clock.advance(1000);
		expect(burst()).toEqual(Array.from({ length: 6 }, () => 429));
		bench.clock.advance(60_000);
		expect(ask('GET', '/companies').status).toBe(200);
	});
});

describe('webhooks', () => {
	const receive = async () => {
		await bench.simulator.hooks.settled();
		const events = [];
		for (const { url, body } of posts.splice(0)) {
			events.push(...(await eventsFrom(body, {}, { query: new URL(url).search.slice(1) })));
		}
		return events.map(({ event }) => event);
	};

	it('go the whole way: registered, sent, taken, and over after deactivation', async () => {
		await lifecycle('create');
		const { id } = book(bench, '2026-03-03 10:00:00');
		expect(await receive()).toEqual(['appointmentCreated']);
		bench.simulator.records.edit(id, { comment: 'window' });
		bench.simulator.records.edit(id, { comment: 'window' });
		expect(await receive()).toEqual(['appointmentChanged']);
		bench.simulator.records.edit(id, { attendance: 1 });
		expect(await receive()).toEqual(['visitCompleted']);
		bench.simulator.records.remove(id, false);
		bench.simulator.clients.create({ name: 'Ola', phone: '48601234567' }, false);
		expect(await receive()).toEqual(['appointmentCancelled', 'clientCreated']);
		await lifecycle('delete');
		book(bench, '2026-03-03 12:00:00');
		expect(await receive()).toEqual([]);
	});

	it('do not echo what came through the API, unless that is asked for', async () => {
		const create = (day: string) => {
			bench.clock.advance(1000); // `ask` does not queue with the node's own requests
			const booking = { staff_id: 555, services: [{ id: 331 }], datetime: `${day} 10:00:00` };
			expect(ask('POST', '/records/123456', booking)).toMatchObject({ status: 201 });
		};
		await lifecycle('create');
		create('2026-03-03');
		expect(await receive()).toEqual([]);
		await lifecycle('create', { additionalOptions: { ownChanges: true } });
		create('2026-03-04');
		expect(await receive()).toEqual(['appointmentCreated']);
	});

	it('come as objects and as lists in turn, and are tried three times', async () => {
		bench.stop();
		bench = openBench({
			retryMilliseconds: 0,
			send: async (url, { body }) => {
				posts.push({ url, body });
				return plainAnswer(503);
			},
		});
		bench.simulator.hooks.replace({ urls: ['https://n8n.example.com/x'], active: 1, record: 1 });
		book(bench, '2026-03-03 10:00:00');
		book(bench, '2026-03-03 12:00:00');
		await bench.simulator.hooks.settled();
		const forms = posts.map(({ body }) => Array.isArray(JSON.parse(body)));
		expect(forms.filter(Boolean)).toHaveLength(3);
		expect(forms).toHaveLength(6);
	});

	it('are refused without the secret', async () => {
		await lifecycle('create');
		book(bench, '2026-03-03 10:00:00');
		await bench.simulator.hooks.settled();
		const [{ url = '', body = '' } = {}] = posts;
		expect(new URL(url).searchParams.get('secret')).toBe(SECRET);
		expect((await deliver(body, {}, { query: '' })).status).toBe(401);
	});
});

describe('the sandbox', () => {
	it('gets a simulator that takes its credential', () => {
		const simulator = sandbox.create({ send: async () => plainAnswer(200) });
		expect(simulator.hosts).toContain('api.alteg.io');
		expect(sandbox.credentials).toEqual([
			{ name: 'Altegio', type: 'altegioApi', data: { ...CREDENTIALS, webhookSecret: WEBHOOK_SECRET } },
		]);
		expect(simulator.state()).toMatchObject({ records: [], clients: [{ id: 1121412 }, { id: 1121413 }] });
	});

	it('keeps webhook addresses over a reset, and forgets the rest', () => {
		bench.simulator.hooks.replace({ urls: ['https://n8n.example.com/x'], active: 1, record: 1 });
		book(bench, '2026-03-03 10:00:00');
		bench.simulator.reset();
		expect(bench.simulator.state()).toMatchObject({
			records: [],
			hooks: [{ url: 'https://n8n.example.com/x' }],
		});
	});
});
