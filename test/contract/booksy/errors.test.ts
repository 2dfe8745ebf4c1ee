import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../../../sandbox/simulators/kit';
import {
	ANNA,
	booked,
	booking,
	booksyBench,
	byId,
	credential,
	LONG,
	NOW,
	PIOTR,
	run,
	WAYS,
	type Bench,
	type Way,
} from './bench';

const range = { rangeStart: '2026-06-02T00:00:00', rangeEnd: '2026-06-03T00:00:00' };
const one = { appointmentId: '={{ $json.id }}' };

/** Every operation, with parameters that work for an item with the ID of an appointment. */
const OPERATIONS: Array<[string, IDataObject, 'read' | 'write']> = [
	['appointment.create', booking({ start: '={{ $json.start }}' }), 'write'],
	['appointment.get', one, 'read'],
	['appointment.getMany', {}, 'read'],
	['appointment.reschedule', { ...one, newStart: '={{ $json.start }}' }, 'write'],
	['appointment.cancel', one, 'write'],
	['appointment.confirm', one, 'write'],
	['appointment.markNoShow', one, 'write'],
	['slot.getMany', { service: byId(LONG), staff: byId(ANNA), ...range }, 'read'],
	['service.getMany', {}, 'read'],
	['staff.getMany', {}, 'read'],
];

const cases = WAYS.flatMap((way) =>
	OPERATIONS.map(([op, parameters, kind]) => ({ way, op, parameters, kind })),
);

const answer = (status: number, body: unknown = {}, headers = {}): Fault => ({
	kind: 'answer',
	response: { status, body, headers: { 'content-type': 'application/json', ...headers } },
});
const refusal = (status: number) =>
	answer(status, { status_code: status, code: 'x', description: 'Not so.' });
const said = /\. Booksy said: "Not so\."$/;
const whereTheApiIs = /booksy\.com\/public-api\//;
const site = (status: number) => `Booksy answered with its web site instead of data (HTTP ${status})`;

/** What goes wrong, and both parts of what the operator is told; one word for reads, one for writes. */
const TROUBLES: Array<[Fault, string, RegExp, RegExp?]> = [
	[refusal(400), 'Booksy did not accept the request (HTTP 400)', said],
	[refusal(403), 'Booksy does not allow this with the credential in use (HTTP 403)', said],
	[refusal(404), 'Booksy could not find what was asked for (HTTP 404)', said],
	[{ kind: 'rateLimit', seconds: 30 }, 'Booksy asks to slow down (HTTP 429)', /asked to wait 30 s/],
	[answer(429), 'Booksy asks to slow down (HTTP 429)', /asked to wait 15 s/],
	[
		answer(500),
		'Booksy is not able to answer right now (HTTP 500)',
		/^Try again in a few minutes/,
		/^Booksy may have carried the request out/,
	],
	[
		{ kind: 'timeout' },
		'Booksy did not answer within 30 s',
		/^Try again in a few minutes/,
		/^Booksy may have carried the request out/,
	],
	[answer(301, '', { location: 'https://booksy.com/' }), site(301), whereTheApiIs],
	[answer(200, '<!doctype html><html></html>', { 'content-type': 'text/html' }), site(200), whereTheApiIs],
];

describe.each(cases)('Booksy, $way, $op', ({ way, op, parameters, kind }) => {
	let bench: Bench;
	let ids: string[];
	beforeEach(async () => {
		bench = booksyBench();
		bench.warm();
		ids = [await bench.book(ANNA), await bench.book(PIOTR)];
	});
	afterEach(() => bench.stop());

	const items = () => ids.map((id, index) => ({ id, start: `2026-06-0${3 + index}T12:00:00+02:00` }));

	it('links what comes out to the item it comes from', async () => {
		const { links, error } = await run(op, parameters, { way, items: items() });
		expect(error).toBeUndefined();
		const linked = links.map((link) => (link as { item: number }).item);
		expect([...new Set(linked)]).toEqual([0, 1]);
		expect(linked).toEqual([...linked].sort());
	});

	it('says of each trouble what happened and how to fix it, linked to its item', async () => {
		bench.world.misbehave('booksy', ...TROUBLES.map(([fault]) => fault));
		const impatient = { requestOptions: { maxRetryWait: 0, maxParallelRequests: 1 } };
		const told = await run(
			op,
			{ ...parameters, ...impatient },
			{ way, items: TROUBLES.map(() => items()[0]!), onError: 'continueRegularOutput' },
		);
		// The Partner API's move reads the appointment before it writes.
		const isRead = kind === 'read' || (way === 'partner' && op === 'appointment.reschedule');
		expect(told.items).toEqual(
			TROUBLES.map(([, error, forReads, forWrites = forReads]) => ({
				error,
				message: expect.stringMatching(isRead ? forReads : forWrites) as string,
			})),
		);
		expect(told.links).toEqual(TROUBLES.map((_, item) => ({ item })));
	});

	it('says that the credential is refused', async () => {
		bench.world.misbehave('booksy', refusal(401), refusal(401));
		const { error } = await run(op, parameters, { way, items: items().slice(0, 1) });
		const [message, howToFix] = {
			partner: ['Booksy gave no access token (HTTP 401)', 'Partner Name, Partner ID and Private Key'],
			apiKey: ['Booksy did not accept the credential (HTTP 401)', 'Open the credential'],
		}[way];
		expect(error?.message).toBe(message);
		expect(error?.description).toContain(howToFix);
	});

	it('repeats after a 429 with a hint, and works', async () => {
		bench.world.misbehave('booksy', { kind: 'rateLimit', seconds: 0 });
		const { error } = await run(op, parameters, { way, items: items().slice(0, 1) });
		expect(error).toBeUndefined();
	});
});

describe.each(WAYS)('Booksy, %s: a taken time', (way) => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	it('is an error of its own that lists the next free times', async () => {
		await booked(way);
		const { error } = await run('appointment.create', booking(), { way });
		expect(error?.message).toBe('The time 2026-06-02 10:00 (Europe/Warsaw) is taken');
		expect(error?.description).toMatch(
			/^Next free: 2026-06-02 11:00, 2026-06-02 11:15, 2026-06-02 11:30\. Booksy said: ".*not available/,
		);
	});

	it('is shown with the free times in an error item', async () => {
		await booked(way);
		const { items, links } = await run('appointment.create', booking(), {
			way,
			onError: 'continueRegularOutput',
		});
		expect(items[0]?.message).toContain('Next free: 2026-06-02 11:00');
		expect(links).toEqual([{ item: 0 }]);
	});

	it('goes to one of two who book it at once', async () => {
		const { items } = await run('appointment.create', booking(), {
			way,
			items: [{}, {}],
			onError: 'continueRegularOutput',
		});
		expect(items.filter(({ id }) => id !== undefined)).toHaveLength(1);
		expect(items.filter(({ error }) => String(error).endsWith('is taken'))).toHaveLength(1);
	});

	it('stops a move, and leaves the appointment where it is', async () => {
		const id = await booked(way);
		await booked(way, { start: '2026-06-02T14:00:00+02:00' });
		const move = { appointmentId: id, newStart: '2026-06-02T14:00:00+02:00' };
		const { error } = await run('appointment.reschedule', move, { way });
		expect(error?.message).toBe('The time 2026-06-02 14:00 (Europe/Warsaw) is taken');
		expect(error?.description).toContain('Next free: 2026-06-02 15:00');
		const { items } = await run('appointment.get', { appointmentId: id }, { way });
		expect(items[0]?.start).toBe('2026-06-02T10:00:00+02:00');
	});

	it('is said even where the free times cannot be looked up', async () => {
		await booked(way);
		const conflict: Fault = { kind: 'answer', response: { status: 409, body: { description: 'Taken.' } } };
		const broken: Fault = { kind: 'answer', response: { status: 403, body: {} } };
		bench.world.misbehave('booksy', conflict, ...Array<Fault>(10).fill(broken));
		// The token of the partner's first request is taken already.
		const { error } = await run('appointment.create', booking(), { way });
		expect(error?.message).toBe('The time 2026-06-02 10:00 (Europe/Warsaw) is taken');
		expect(error?.description).toBe('Choose another time. Booksy said: "Taken."');
	});
});

describe('Booksy: what is never sent twice', () => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	const afterwards: Array<[Way, Fault['kind']]> = WAYS.flatMap((way) => [
		[way, 'timeoutAfter'],
		[way, 'resetAfter'],
	]);

	it.each(afterwards)('a booking that may have worked (%s, %s)', async (way, kind) => {
		await booked(way, { start: '2026-06-03T10:00:00+02:00' });
		bench.world.misbehave('booksy', { kind } as Fault);
		const { error } = await run('appointment.create', booking(), { way });
		expect(error?.description).toContain('may have carried the request out all the same');
		expect(bench.salon.visits).toHaveLength(2);
	});
});

describe('Booksy: what is refused before anything is sent', () => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	it.each([
		['appointment.create', booking({ clientName: '={{ $json.none }}' }), '"Client Name" is empty [Item 0]'],
		['appointment.create', booking({ start: 'soon' }), '"Start" is not a date and time [Item 0]'],
		['appointment.create', booking({ service: byId('={{ $json.none }}') }), '"Service" is empty [Item 0]'],
		['appointment.create', booking({ clientPhone: 'none' }), /^"Client Phone" .*\[Item 0\]$/],
		['appointment.get', { appointmentId: '={{ $json.none }}' }, '"Appointment ID" is empty [Item 0]'],
		[
			'appointment.reschedule',
			{ appointmentId: '1', newStart: '={{ $json.none }}' },
			'"New Start" is empty [Item 0]',
		],
	])('%s %j', async (op, parameters, message) => {
		const { error } = await run(op, parameters);
		expect(error?.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
		expect(error?.description).toBeTruthy();
		expect(bench.world.exchanges).toEqual([]);
	});

	it.each([
		['partner', { country: 'Poland' }, 'The Booksy credential has "Poland" for a country'],
		['partner', { businessId: '' }, 'No business is chosen'],
		['apiKey', { baseUrl: ' ' }, 'The Booksy credential has no Base URL'],
	] as const)('a credential that leads nowhere (%s %j)', async (way, more, message) => {
		const { error } = await run('staff.getMany', {}, { credentials: [credential(way, more)] });
		expect(error?.message).toBe(message);
		expect(bench.world.exchanges).toEqual([]);
	});

	it.each([
		['partner', { partnerBaseUrl: 'http://sandbox.booksy.example/public-api/pl' }],
		['apiKey', { baseUrl: 'http://127.0.0.1:8080/v1' }],
	] as const)('a base URL where secrets travel in the open, unless allowed (%s %j)', async (way, more) => {
		const { error } = await run('staff.getMany', {}, { credentials: [credential(way, more)] });
		expect(error?.message).toBe('"Base URL" in the Booksy credential cannot be used');
		expect(error?.description).toContain('It begins with http://');
		expect(error?.description).toContain('Allow Plain HTTP');
		expect(bench.world.exchanges).toEqual([]);
		const allowed = [credential(way, { ...more, allowHttp: true })];
		const once = { requestOptions: { maxRetryWait: 0 } };
		const { error: later } = await run('staff.getMany', once, { credentials: allowed });
		expect(later?.message ?? '').not.toContain('cannot be used');
	});

	it('encodes an ID, so that it is never another path', async () => {
		await run('appointment.get', { appointmentId: '../../1?x=/' });
		expect(bench.calls()[0]?.request.url).toContain('/appointment/..%2F..%2F1%3Fx%3D%2F/');
	});
});

describe('Booksy: refusals of its own', () => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	it('says that repeating appointments are not changed', async () => {
		const id = await booked('partner');
		bench.salon.visits[0]!.repeating = true;
		const { error } = await run('appointment.reschedule', {
			appointmentId: id,
			newStart: '2026-06-03T12:00:00',
		});
		expect(error?.message).toMatch(/^Booksy does not change repeating appointments/);
		expect(error?.description).toContain("You can't modify repeating or multi booking.");
	});

	it('says that api.booksy.com is not the API', async () => {
		const credentials = [credential('apiKey', { baseUrl: 'https://api.booksy.com/api/v1' })];
		const { error } = await run('appointment.create', booking(), { credentials });
		expect(error?.message).toBe('Booksy answered with its web site instead of data (HTTP 301)');
		expect(error?.description).toContain('api.booksy.com is no API');
	});

	it('stays under the limit of a minute by the hint it gets', async () => {
		bench.stop();
		bench = booksyBench({ limits: { authenticated: 3 } });
		const list = await run(
			'staff.getMany',
			{ requestOptions: { maxRetryWait: 1 } },
			{ items: Array(4).fill({}) },
		);
		// Staff is read once for the run, so four items are one request.
		expect(list.error).toBeUndefined();
		await run('staff.getMany');
		await run('staff.getMany');
		const { error } = await run('staff.getMany', { requestOptions: { maxRetryWait: 1 } });
		expect(error?.description).toContain('It asked to wait 60 s.');
		bench.pass(60_000);
		expect((await run('staff.getMany')).error).toBeUndefined();
		expect(new Date(NOW).getTime()).toBeLessThan(Date.now());
	});
});
