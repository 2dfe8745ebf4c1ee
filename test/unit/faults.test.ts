import { World, type Fault, type SimRequest } from '../../sandbox/simulators/kit';
import { Ga4Simulator } from '../../sandbox/simulators/ga4';
import { planOf } from '../faults/plan';
import { badWeather } from '../faults/weather';

const SIZE = { leads: 200, faults: 0.2, duplicates: 0.1, forgeries: 0.1, kills: ['main', 'main', 'main'] };

const request = (text: string): SimRequest => ({
	method: 'POST',
	url: new URL('https://api.sendgrid.com/v3/mail/send'),
	headers: {},
	text,
});

describe('the fault lab', () => {
	it('plans the same for the same seed, and something else for another', () => {
		expect(planOf(1, SIZE)).toEqual(planOf(1, SIZE));
		expect(planOf(2, SIZE)).not.toEqual(planOf(1, SIZE));
	});

	it('plans what it was asked for', () => {
		const { sendings, kills } = planOf(1, SIZE);
		const count = (kind: string) => sendings.filter((sending) => sending.kind === kind).length;
		expect([count('lead'), count('duplicate'), count('forgery')]).toEqual([200, 20, 20]);
		expect([...kills.values()]).toEqual(SIZE.kills);
		expect(Math.max(...kills.keys())).toBeLessThan(sendings.length);
	});

	it('gives a request the same weather whatever else is asked meanwhile', () => {
		const { leads } = planOf(1, SIZE);
		const texts = leads.map(({ attributes }) => JSON.stringify({ to: attributes.email }));
		const forwards = badWeather(1, 0.2, leads);
		const backwards = badWeather(1, 0.2, leads);
		const first = texts.map((text) => forwards('sendgrid', request(text))?.kind);
		const second = [...texts].reverse().map((text) => backwards('sendgrid', request(text))?.kind);
		expect(second.reverse()).toEqual(first);
		const share = first.filter(Boolean).length / texts.length;
		expect(share).toBeGreaterThan(0.1);
		expect(share).toBeLessThan(0.3);
	});
});

describe('a simulated provider in bad weather', () => {
	const event = {
		method: 'POST',
		url: new URL(
			'https://www.google-analytics.com/mp/collect?measurement_id=G-FRONTDESK1&api_secret=frontdesk-sandbox-ga4-secret',
		),
		headers: {},
		text: JSON.stringify({ client_id: '1.2', events: [{ name: 'generate_lead', params: {} }] }),
	};
	const deliver = async (fault: Fault, asked: SimRequest = event) => {
		const ga4 = new Ga4Simulator();
		const world = new World([ga4]);
		world.weather = () => fault;
		return { delivery: await world.deliver(asked), events: ga4.state().accepted.length };
	};
	const broken = { status: 500, body: 'broken' };

	it.each<[string, Fault, object, number]>([
		['answers for it without acting', { kind: 'answer', response: broken }, { response: broken }, 0],
		['answers for it after it acted', { kind: 'answerAfter', response: broken }, { response: broken }, 1],
		['cuts the connection before', { kind: 'reset' }, { kind: 'reset' }, 0],
		['cuts the connection after', { kind: 'resetAfter' }, { kind: 'reset' }, 1],
		['leaves it hanging, and cuts it', { kind: 'timeout', milliseconds: 1 }, { kind: 'reset' }, 0],
		['leaves it hanging after it acted', { kind: 'timeoutAfter', milliseconds: 1 }, { kind: 'reset' }, 1],
		['is slow', { kind: 'latency', milliseconds: 1 }, { response: { status: 204 } }, 1],
	])('%s', async (_, fault, expected, events) => {
		const result = await deliver(fault);
		expect(result.delivery).toMatchObject(expected);
		expect(result.events).toBe(events);
	});

	it('cuts a body in half', async () => {
		const url = new URL('https://www.google-analytics.com/debug/mp/collect');
		const { delivery } = await deliver({ kind: 'truncated' }, { ...event, url });
		expect(delivery).toMatchObject({ response: { status: 200, body: '{"validation' } });
	});
});
