import { Ga4Simulator } from '../../../sandbox/simulators/ga4';
import { intercept } from '../../support/intercept';
import { outputOf, rows, run } from './bench';

const HOUR = 60 * 60 * 1000;

let simulator: Ga4Simulator;
let world: ReturnType<typeof intercept>;
beforeEach(() => {
	simulator = new Ga4Simulator();
	world = intercept(simulator);
});
afterEach(() => world.stop());

const requests = () =>
	world.callsTo('ga4').map(({ request }) => ({
		...request,
		url: new URL(request.url),
		body: JSON.parse(request.body) as Record<string, unknown> & { events: Array<Record<string, unknown>> },
	}));

describe('Send', () => {
	it('posts the documented request, the keys in the query, and claims no acceptance', async () => {
		const result = await run(rows(['lead_source', 'instagram'], ['value', '120.5', 'number']));
		const [request] = requests();
		expect(request?.method).toBe('POST');
		expect(`${request?.url.origin}${request?.url.pathname}`).toBe(
			'https://www.google-analytics.com/mp/collect',
		);
		expect(Object.fromEntries(request?.url.searchParams ?? [])).toEqual({
			measurement_id: 'G-FRONTDESK1',
			api_secret: 'frontdesk-sandbox-ga4-secret',
		});
		expect(request?.headers['content-type']).toBe('application/json');
		expect(request?.body).toEqual({
			client_id: '123.456',
			events: [
				{
					name: 'generate_lead',
					params: { lead_source: 'instagram', value: 120.5, engagement_time_msec: 100 },
				},
			],
		});
		expect(outputOf(result)).toEqual([
			{ sent: true, eventName: 'generate_lead', clientId: '123.456', events: 1, validated: false },
		]);
		expect(simulator.state()).toMatchObject({ accepted: [{ name: 'generate_lead' }], dropped: [] });
	});

	it('sends every option in its documented place', async () => {
		const eventTime = new Date(Date.now() - HOUR).toISOString();
		await run({
			options: {
				userId: 'user-7',
				sessionId: 'GS2.1.s1700000000$o28$g0',
				engagementTime: 1500,
				eventTime,
				nonPersonalizedAds: true,
				adUserData: 'GRANTED',
				adPersonalization: 'DENIED',
				userProperties: { property: [{ name: 'customer_tier', value: 'PREMIUM' }] },
			},
		});
		expect(requests()[0]?.body).toEqual({
			client_id: '123.456',
			user_id: 'user-7',
			non_personalized_ads: true,
			consent: { ad_user_data: 'GRANTED', ad_personalization: 'DENIED' },
			user_properties: { customer_tier: { value: 'PREMIUM' } },
			events: [
				{
					name: 'generate_lead',
					params: { session_id: '1700000000', engagement_time_msec: 1500 },
					timestamp_micros: Date.parse(eventTime) * 1000,
				},
			],
		});
		expect(simulator.state().accepted[0]).toMatchObject({ at: eventTime, userId: 'user-7' });
	});

	it('sends one consent alone', async () => {
		await run({ options: { adUserData: 'DENIED' } });
		expect(requests()[0]?.body.consent).toEqual({ ad_user_data: 'DENIED' });
	});

	it('goes to the European host where the credential says so', async () => {
		await run(
			{},
			{ data: { measurementId: 'G-FRONTDESK1', apiSecret: 'frontdesk-sandbox-ga4-secret', region: 'eu' } },
		);
		expect(requests()[0]?.url.hostname).toBe('region1.google-analytics.com');
		expect(simulator.state().accepted[0]?.region).toBe('eu');
	});

	it('takes parameters as JSON, items too', async () => {
		const parametersJson = '{"value": 5, "debug_mode": true, "items": [{"item_id": "cut", "price": 5}]}';
		await run({ specifyParameters: 'json', parametersJson });
		expect(requests()[0]?.body.events[0]?.params).toEqual({
			...(JSON.parse(parametersJson) as object),
			engagement_time_msec: 100,
		});
	});

	it('keeps every character of a value', async () => {
		const value = 'O"Brien \\ {"x":1} 😀\nnext';
		await run(rows(['note', value]));
		expect(simulator.state().accepted[0]?.params.note).toBe(value);
	});
});

describe('client ID', () => {
	const clientOf = async (more: Record<string, unknown>) => outputOf(await run(more as never))[0]?.clientId;

	it('comes from the cookie', async () => {
		expect(await clientOf({ clientIdSource: 'cookie', gaCookie: 'GA1.1.123.456' })).toBe('123.456');
	});

	it('comes from the lead key, the same in every run', async () => {
		const first = await clientOf({ clientIdSource: 'leadKey', leadKey: 'lead-1' });
		expect(first).toMatch(/^\d{10}\.\d{10}$/);
		expect(await clientOf({ clientIdSource: 'leadKey', leadKey: 'lead-1' })).toBe(first);
		expect(await clientOf({ clientIdSource: 'leadKey', leadKey: 'lead-2' })).not.toBe(first);
		expect(JSON.stringify(requests())).not.toContain('lead-1');
	});

	it('falls back on the lead key where the cookie is empty', async () => {
		const byKey = await clientOf({ clientIdSource: 'leadKey', leadKey: 'lead-1' });
		expect(await clientOf({ clientIdSource: 'cookie', gaCookie: '', leadKey: 'lead-1' })).toBe(byKey);
	});
});

describe('many items', () => {
	const items = [
		{ client: '1.1', name: 'generate_lead' },
		{ client: '2.2', name: 'generate_lead' },
		{ client: '1.1', name: 'qualify_lead' },
		{ client: '1.1', name: 'begin_checkout' },
	];
	const mapped = {
		clientId: '={{ $json.client }}',
		eventName: { __rl: true, mode: 'id', value: '={{ $json.name }}' },
	};

	it('travel together by client, in order, and are linked one by one', async () => {
		const { outputs } = await run(mapped, { items });
		const sent = requests().map(({ body }) => [body.client_id, body.events.map(({ name }) => name)]);
		expect(sent.sort()).toEqual([
			['1.1', ['generate_lead', 'qualify_lead', 'begin_checkout']],
			['2.2', ['generate_lead']],
		]);
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.clientId, json.events, pairedItem])).toEqual([
			['1.1', 3, { item: 0 }],
			['2.2', 1, { item: 1 }],
			['1.1', 3, { item: 2 }],
			['1.1', 3, { item: 3 }],
		]);
	});

	it('need one request for 25 events and two for 26', async () => {
		await run({}, { items: Array.from({ length: 26 }, () => ({})) });
		expect(requests().map(({ body }) => body.events.length)).toEqual([25, 1]);
	});

	it('are sent without the one that is refused, with Continue On Fail', async () => {
		const broken = [...items.slice(0, 2), { client: '1.1', name: 'error' }];
		const { outputs } = await run(mapped, { items: broken, onError: 'continueErrorOutput' });
		expect(simulator.state().accepted).toHaveLength(2);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 2 }]);
	});

	it('are not sent at all when one is refused and the run ends with it', async () => {
		const { error } = await run(mapped, { items: [...items, { client: '1.1', name: 'error' }] });
		expect(error?.context?.itemIndex).toBe(4);
		expect(requests()).toEqual([]);
	});

	it('fail together when their request does, each linked, and others go on with Continue On Fail', async () => {
		world.misbehave('ga4', { kind: 'answer', response: { status: 500 } });
		const { outputs } = await run(
			{ ...mapped, requestOptions: { maxParallelRequests: 1 } },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(outputs[0]?.map(({ json, pairedItem }) => ['error' in json, pairedItem])).toEqual([
			[true, { item: 0 }],
			[false, { item: 1 }],
			[true, { item: 2 }],
			[true, { item: 3 }],
		]);
	});

	it('stop at a failed request otherwise', async () => {
		world.misbehave('ga4', { kind: 'answer', response: { status: 500 } });
		const { error } = await run({ ...mapped, requestOptions: { maxParallelRequests: 1 } }, { items });
		expect(error?.context?.itemIndex).toBe(0);
		expect(requests()).toHaveLength(1);
	});
});
