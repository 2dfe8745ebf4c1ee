import type { SimRequest } from '../../../sandbox/simulators/kit';
import { CREDENTIALS, Ga4Simulator } from '../../../sandbox/simulators/ga4';
import { describeWithSpecs, jsonPayload } from '../../support/specs';

type Json = Record<string, unknown>;

const NOW = Date.parse('2026-11-22T10:00:00Z');

let ga4: Ga4Simulator;
beforeEach(() => (ga4 = new Ga4Simulator({ now: () => NOW })));

const request = (path: string, body: unknown, query: Json = {}): SimRequest => ({
	method: 'POST',
	url: new URL(
		`https://www.google-analytics.com${path}?${new URLSearchParams({
			measurement_id: CREDENTIALS.measurementId,
			api_secret: CREDENTIALS.apiSecret,
			...query,
		})}`,
	),
	headers: {},
	text: typeof body === 'string' ? body : JSON.stringify(body),
});
const collect = (body: unknown, query?: Json) => ga4.handle(request('/mp/collect', body, query));
const debug = (body: unknown, query?: Json) =>
	(ga4.handle(request('/debug/mp/collect', body, query)).body as { validationMessages: Json[] })
		.validationMessages;

const event = { name: 'generate_lead', params: { value: 5 } };
const good = { client_id: '1.1', events: [event] };

describe('collect', () => {
	it.each<[string, unknown, Json]>([
		['a good event', good, {}],
		['a bad event', { client_id: '1.1', events: [{ name: '_bad' }] }, {}],
		['a wrong secret', good, { api_secret: 'x' }],
		['an unknown stream', good, { measurement_id: 'G-OTHER' }],
		['no JSON', '{', {}],
		['nothing', '', {}],
	])('answers 204 and nothing to %s', (_, body, query) => {
		expect(collect(body, query)).toEqual({ status: 204 });
	});

	it('keeps a good event', () => {
		collect({ ...good, user_id: 'u', consent: { ad_user_data: 'DENIED' } });
		expect(ga4.state()).toEqual({
			accepted: [
				{
					name: 'generate_lead',
					clientId: '1.1',
					userId: 'u',
					params: { value: 5 },
					consent: { ad_user_data: 'DENIED' },
					at: '2026-11-22T10:00:00.000Z',
					region: 'global',
				},
			],
			dropped: [],
		});
		ga4.reset();
		expect(ga4.state()).toEqual({ accepted: [], dropped: [] });
	});

	it.each<[string, unknown, Json, string]>([
		['a wrong secret', good, { api_secret: 'x' }, 'Wrong api_secret'],
		['an unknown stream', good, { measurement_id: 'G-OTHER' }, 'Unknown measurement_id G-OTHER'],
		['no client', { events: [event] }, {}, 'Measurement requires a client_id.'],
		[
			'26 events',
			{ ...good, events: Array.from({ length: 26 }, () => event) },
			{},
			'Measurement has 26 events.',
		],
		['a reserved event', { ...good, events: [{ name: 'error' }] }, {}, 'which is reserved'],
		['130 kB', { ...good, pad: 'x'.repeat(130_000) }, {}, 'Body of 130 kB or more'],
		['no JSON', '{', {}, 'The request body is not valid JSON.'],
		['no events', { client_id: '1.1' }, {}, 'Measurement requires at least one event.'],
	])('throws away %s and remembers why', (_, body, query, reason) => {
		collect(body, query);
		expect(ga4.state().accepted).toEqual([]);
		expect(ga4.state().dropped[0]?.reason).toContain(reason);
	});

	it('throws away a bad event alone, and a bad parameter alone', () => {
		collect({
			client_id: '1.1',
			events: [{ name: 'error' }, { name: 'ok', params: { a: 1, ga_x: 1, long: 'x'.repeat(101) } }],
		});
		expect(ga4.state().accepted).toEqual([expect.objectContaining({ name: 'ok', params: { a: 1 } })]);
		expect(ga4.state().dropped.map(({ parameter }) => parameter)).toEqual([undefined, 'ga_x', 'long']);
	});

	it('takes the event time before the request time, and moves what is older than 72 hours', () => {
		const micros = (hours: number) => (NOW - hours * 3600_000) * 1000;
		const at = (hours: number) => ({ ...event, timestamp_micros: micros(hours) });
		collect({ ...good, timestamp_micros: micros(2), events: [at(1), event, at(100)] });
		expect(ga4.state().accepted.map((one) => one.at)).toEqual([
			'2026-11-22T09:00:00.000Z',
			'2026-11-22T08:00:00.000Z',
			'2026-11-19T10:00:00.000Z',
		]);
	});
});

describe('the validation server', () => {
	it('keeps nothing and looks at neither ID nor secret', () => {
		expect(debug(good, { measurement_id: 'nonsense', api_secret: '' })).toEqual([]);
		expect(ga4.state()).toEqual({ accepted: [], dropped: [] });
	});

	it.each<[string, Json | string, string, string]>([
		['no client', { events: [event] }, 'client_id', 'VALUE_REQUIRED'],
		['a client that is no text', { ...good, client_id: 7 }, 'client_id', 'VALUE_INVALID'],
		['no event', { client_id: '1.1', events: [] }, 'events', 'VALUE_REQUIRED'],
		[
			'too many events',
			{ ...good, events: Array.from({ length: 26 }, () => event) },
			'events',
			'EXCEEDED_MAX_ENTITIES',
		],
		['no name', { ...good, events: [{}] }, 'events', 'VALUE_REQUIRED'],
		['a bad name', { ...good, events: [{ name: 'a b' }] }, 'events', 'NAME_INVALID'],
		['a long name', { ...good, events: [{ name: 'x'.repeat(41) }] }, 'events', 'NAME_INVALID'],
		['a reserved name', { ...good, events: [{ name: 'session_start' }] }, 'events', 'NAME_RESERVED'],
		[
			'too many parameters',
			{
				...good,
				events: [
					{ name: 'a', params: Object.fromEntries(Array.from({ length: 26 }, (_, at) => [`p${at}`, 1])) },
				],
			},
			'events.params',
			'EXCEEDED_MAX_ENTITIES',
		],
		[
			'a long value',
			{ ...good, events: [{ name: 'a', params: { a: 'x'.repeat(101) } }] },
			'events.params',
			'VALUE_OUT_OF_BOUNDS',
		],
		[
			'a nested value',
			{ ...good, events: [{ name: 'a', params: { a: {} } }] },
			'events.params',
			'VALUE_INVALID',
		],
		[
			'a reserved property',
			{ ...good, user_properties: { user_id: { value: 'x' } } },
			'user_properties',
			'NAME_RESERVED',
		],
		[
			'a long property',
			{ ...good, user_properties: { tier: { value: 'x'.repeat(37) } } },
			'user_properties',
			'VALUE_OUT_OF_BOUNDS',
		],
		['a consent that is none', { ...good, consent: { ad_user_data: 'yes' } }, 'consent', 'VALUE_INVALID'],
		[
			'an old event, strictly',
			{
				...good,
				validation_behavior: 'ENFORCE_RECOMMENDATIONS',
				events: [{ ...event, timestamp_micros: 1 }],
			},
			'events.timestamp_micros',
			'VALUE_OUT_OF_BOUNDS',
		],
		['no JSON', '{', '', 'VALUE_INVALID'],
	])('finds %s', (_, body, fieldPath, validationCode) => {
		expect(debug(body)).toContainEqual(expect.objectContaining({ fieldPath, validationCode }));
	});
});

it('knows nothing else', () => {
	expect(ga4.handle(request('/collect', good)).status).toBe(404);
	expect(ga4.handle({ ...request('/mp/collect', ''), method: 'GET' }).status).toBe(405);
	expect(ga4.rateLimited(3)).toEqual({ status: 429, headers: { 'retry-after': '3' } });
});

describeWithSpecs('as documented', () => {
	it('answers the documented bad event in the documented words', () => {
		const documented = jsonPayload<{ validationMessages: Json[] }>('ga4', 'debug-response-invalid.json');
		expect(debug({ client_id: '1.1', events: [{ name: '_badEventName', params: {} }] })).toEqual(
			documented.validationMessages,
		);
	});

	it.each(['request-two-events.json', 'request-timestamps.json'])('takes %s', (file) => {
		const body = jsonPayload<Json>('ga4', file);
		expect(debug(body)).toEqual([]);
		collect(body);
		expect(ga4.state().accepted.map(({ name }) => name)).toEqual(['tutorial_begin', 'join_group']);
	});
});
