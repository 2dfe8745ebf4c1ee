import { Ga4Simulator } from '../../../sandbox/simulators/ga4';
import { json } from '../../../sandbox/simulators/kit';
import { intercept } from '../../support/intercept';
import { credential, outputOf, rows, run } from './bench';

/** An expression that came to nothing; n8n itself refuses a required field left empty. */
const EMPTY = '={{ "" }}';
const HOUR = 60 * 60 * 1000;

let world: ReturnType<typeof intercept>;
beforeEach(() => (world = intercept(new Ga4Simulator())));
afterEach(() => world.stop());

const name = (value: string) => ({ eventName: { __rl: true, mode: 'id', value } });
const many = (count: number) =>
	rows(...Array.from({ length: count }, (_, at): [string, string] => [`p${at}`, 'x']));
const properties = (...list: Array<[string, string]>) => ({
	options: { userProperties: { property: list.map(([key, value]) => ({ name: key, value })) } },
});

describe('what GA4 would silently drop is refused, by the field', () => {
	it.each<[string, object, string]>([
		['no event name', name(EMPTY), '"Event Name" is empty'],
		[
			'a reserved event',
			name('session_start'),
			'"Event Name" has the event name "session_start", which GA4 keeps for itself',
		],
		[
			'a bad event name',
			name('new lead'),
			'"Event Name" has the event name "new lead", which GA4 does not take for a name',
		],
		['no client', { clientId: EMPTY }, '"Client ID" is empty'],
		['no lead key', { clientIdSource: 'leadKey', leadKey: '' }, '"Lead Key" is empty'],
		['neither cookie nor key', { clientIdSource: 'cookie', gaCookie: '' }, '"Lead Key" is empty'],
		[
			'a cookie that is none',
			{ clientIdSource: 'cookie', gaCookie: 'abc' },
			'"Analytics Cookie" holds no client ID',
		],
		['a parameter without a name', rows(['', 'x']), '"Name" is empty'],
		['a number that is none', rows(['a', 'ten', 'number']), '"Value" is not a number'],
		['a reserved parameter', rows(['ga_x', 'x']), '"Parameters" has the parameter "ga_x", which GA4 keeps'],
		[
			'a long value',
			rows(['a', 'x'.repeat(101)]),
			'"Parameters" has a value of 101 characters for the parameter "a"',
		],
		['a parameter twice', rows(['a', 'x'], ['a', 'y']), '"Parameters" has "a" twice'],
		['26 parameters', many(25), '"Parameters" makes 26 parameters'],
		[
			'a nested parameter',
			{ specifyParameters: 'json', parametersJson: '{"a": {"b": 1}}' },
			'"Parameters (JSON)" has a list, an object or nothing',
		],
		[
			'a list of parameters',
			{ specifyParameters: 'json', parametersJson: '[1]' },
			'"Parameters (JSON)" is not a JSON object',
		],
		[
			'broken JSON',
			{ specifyParameters: 'json', parametersJson: '{' },
			'"Parameters (JSON)" is not valid JSON',
		],
		[
			'too much',
			{
				specifyParameters: 'json',
				parametersJson: JSON.stringify({
					items: Array.from({ length: 200 }, () =>
						Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`p${at}`, 'x'.repeat(90)])),
					),
				}),
			},
			'"Parameters (JSON)" makes an event of',
		],
		[
			'a reserved property',
			properties(['user_id', 'x']),
			'"User Properties" has the user property "user_id", which GA4 keeps',
		],
		[
			'a long property',
			properties(['tier', 'x'.repeat(37)]),
			'"User Properties" has a value of 37 characters',
		],
		['a property twice', properties(['tier', 'x'], ['tier', 'y']), '"User Properties" has "tier" twice'],
		[
			'26 properties',
			properties(...Array.from({ length: 26 }, (_, at): [string, string] => [`p${at}`, 'x'])),
			'"User Properties" has 26 properties',
		],
		[
			'an old event',
			{ options: { eventTime: new Date(Date.now() - 73 * HOUR).toISOString() } },
			'"Event Time" is more than 72 hours ago',
		],
		[
			'a future event',
			{ options: { eventTime: new Date(Date.now() + HOUR).toISOString() } },
			'"Event Time" lies in the future',
		],
		['a session that is none', { options: { sessionId: 'abc' } }, '"Session ID" is no session ID'],
		['no engagement', { options: { engagementTime: 0 } }, '"Engagement Time (Milliseconds)" is 0'],
	])('%s', async (_, change, message) => {
		const { error } = await run(change as never);
		expect(error?.message).toContain(message);
		expect(error?.message).toContain('[Item 0]');
		expect(error?.description).toBeTruthy();
		expect(world.callsTo('ga4')).toEqual([]);
	});

	it('but not what was mapped and is empty: that is left out', async () => {
		await run({
			...rows(['lead_source', ''], ['language', 'pl'], ['value', '', 'number']),
			...properties(['tier', '']),
		});
		await run({
			specifyParameters: 'json',
			parametersJson: '{"lead_source": null, "note": "", "language": "pl"}',
		});
		for (const { request } of world.callsTo('ga4')) {
			expect(JSON.parse(request.body)).toEqual({
				client_id: '123.456',
				events: [{ name: 'generate_lead', params: { language: 'pl', engagement_time_msec: 100 } }],
			});
		}
	});

	it('but not an event of 71 hours ago', async () => {
		const eventTime = new Date(Date.now() - 71 * HOUR).toISOString();
		expect(outputOf(await run({ options: { eventTime } }))).toHaveLength(1);
	});

	it('nor 24 parameters beside the engagement time, nor 500 characters in Analytics 360', async () => {
		expect(outputOf(await run(many(24)))).toHaveLength(1);
		expect(outputOf(await run({ ...rows(['a', 'x'.repeat(500)]), options: { is360: true } }))).toHaveLength(
			1,
		);
	});
});

describe('what could name a person', () => {
	it.each<[string, object, string]>([
		[
			'an e-mail address',
			rows(['source', 'ana@example.com']),
			'"Parameters" has an e-mail address in "source"',
		],
		['a phone number', rows(['note', 'call +48 600 700 800']), '"Parameters" has a phone number in "note"'],
		[
			'one in JSON',
			{ specifyParameters: 'json', parametersJson: '{"items":[{"item_name":"ana@example.com"}]}' },
			'"Parameters (JSON)" has an e-mail address in "item_name"',
		],
		[
			'one in a property',
			properties(['contact', 'ana@example.com']),
			'"User Properties" has an e-mail address in "contact"',
		],
		['one for a user', { options: { userId: 'ana@example.com' } }, '"User ID" holds an e-mail address'],
		['one for a client', { clientId: '+48600700800' }, '"Client ID" holds a phone number'],
	])('is refused: %s', async (_, change, message) => {
		const { error } = await run(change as never);
		expect(error?.message).toContain(message);
		expect(`${error?.message} ${error?.description}`).not.toMatch(/ana@example|600/);
		expect(world.callsTo('ga4')).toEqual([]);
	});

	it('is redacted where the operator wants that, but not in an ID', async () => {
		const redactPersonalData = true;
		await run({
			...rows(['note', 'write ana@example.com'], ['phone', '600700800']),
			options: {
				redactPersonalData,
				userProperties: { property: [{ name: 'contact', value: 'ana@example.com' }] },
			},
		});
		expect(JSON.parse(world.callsTo('ga4')[0]?.request.body ?? '')).toMatchObject({
			user_properties: { contact: { value: '[redacted]' } },
			events: [{ params: { note: 'write [redacted]', phone: '[redacted]' } }],
		});
		expect((await run({ options: { redactPersonalData, userId: 'a@b.example' } })).error?.message).toContain(
			'"User ID"',
		);
	});
});

describe('what goes wrong on the way', () => {
	it.each<[string, { status: number; body?: unknown; headers?: Record<string, string> }, string]>([
		['400', json(400, { message: 'Bad' }), 'GA4 did not accept the request (HTTP 400)'],
		['401', { status: 401 }, 'GA4 did not accept the credential (HTTP 401)'],
		[
			'404',
			{ status: 404, body: '<html><title>Not here</title></html>' },
			'GA4 could not find what was asked for (HTTP 404)',
		],
		['413', { status: 413 }, 'GA4 refused because too much was sent at once (HTTP 413)'],
		[
			'a web page',
			{ status: 200, body: '<!doctype html><title>Proxy</title>' },
			'GA4 answered with a web page instead of data',
		],
	])('%s', async (_, response, message) => {
		world.misbehave('ga4', { kind: 'answer', response }, { kind: 'answer', response });
		const { error } = await run();
		expect(error?.message).toBe(message);
		expect(error?.context?.itemIndex).toBe(0);
		expect(JSON.stringify(error)).not.toContain(credential.apiSecret);
	});

	it.each(['reset', 'timeout', 'resetAfter', 'timeoutAfter'] as const)(
		'is not sent again after a %s, for it would count twice',
		async (kind) => {
			world.misbehave('ga4', { kind });
			const { error } = await run();
			expect(world.callsTo('ga4')).toHaveLength(1);
			expect(error?.description).toContain('may have carried the request out');
		},
	);

	it('is not sent again after a 500', async () => {
		world.misbehave('ga4', { kind: 'answer', response: { status: 500 } });
		expect((await run()).error?.message).toBe('GA4 is not able to answer right now (HTTP 500)');
		expect(world.callsTo('ga4')).toHaveLength(1);
	});

	it('is sent again after a 429, when the hint says so', async () => {
		world.misbehave('ga4', { kind: 'rateLimit', seconds: 0 });
		expect(outputOf(await run())).toHaveLength(1);
		expect(world.callsTo('ga4')).toHaveLength(2);
	});

	it('is not waited for longer than the operator allows', async () => {
		world.misbehave('ga4', { kind: 'rateLimit', seconds: 30 });
		const { error } = await run({ requestOptions: { maxRetryWait: 1 } });
		expect(error?.description).toContain('It asked to wait 30 s.');
	});

	it('never gets to Google with a measurement ID that cannot be one', async () => {
		for (const measurementId of ['UA-12345-1', '1234567890', 'g-abc', '']) {
			const { error } = await run({}, { data: { ...credential, measurementId } });
			expect(error?.message).toBe('The credential holds no GA4 measurement ID');
		}
		expect(world.callsTo('ga4')).toEqual([]);
	});
});
