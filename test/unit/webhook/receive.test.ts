import { NodeConnectionTypes, type INodeType } from 'n8n-workflow';
import { createHmac } from 'node:crypto';
import {
	isRepeat,
	receive,
	RecentDeliveries,
	safeHeaders,
	safeQuery,
	type Guard,
} from '../../../lib/webhook';
import { CallRates } from '../../../lib/webhook/rates';
import { callWebhook } from '../../support/webhook';

const SECRET = 'the right secret';
const BODY = '{"event":"message_created","id":1}';
const TIMED: Guard = {
	scheme: {
		scheme: 'hmac-timestamp',
		header: 'x-chatwoot-signature',
		timestampHeader: 'x-chatwoot-timestamp',
		prefix: 'sha256=',
	},
	secret: SECRET,
	clock: { now: () => 1_768_212_000_000 },
};

const triggerWith = (guard: Guard, recent = new RecentDeliveries()): INodeType => ({
	description: {
		displayName: 'Doorbell Trigger',
		name: 'doorbellTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Rings',
		defaults: { name: 'Doorbell' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'ring' },
		],
		properties: [],
	},
	async webhook() {
		const arrival = await receive(this, guard);
		if ('refused' in arrival) return arrival.refused;
		const id = arrival.request.query.get('delivery');
		if (id && isRepeat(this, recent, id)) return {};
		return {
			workflowData: [[{ json: { text: arrival.request.rawBody.toString(), url: arrival.request.url } }]],
		};
	},
});

const signed = (body: string) => ({
	'content-type': 'application/json',
	'x-chatwoot-timestamp': '1768212000',
	'x-chatwoot-signature': `sha256=${createHmac('sha256', SECRET).update(`1768212000.${body}`).digest('hex')}`,
});

describe('receive', () => {
	it('gives the bytes and the public address of an authentic call', async () => {
		const { items, status } = await callWebhook(triggerWith(TIMED), {
			headers: signed(BODY),
			rawBody: BODY,
			query: 'a=1',
		});
		expect(status).toBe(200);
		expect(items?.[0]?.json).toEqual({
			text: BODY,
			url: expect.stringMatching(/^https:\/\/n8n\.example\.com\/webhook\/.+\/ring\?a=1$/) as string,
		});
	});

	it.each([
		['a forged body', { headers: signed('{}'), rawBody: BODY }],
		['no signature', { rawBody: BODY }],
	])('answers 401 to %s, tells nothing and starts nothing', async (_, call) => {
		const { status, body, items } = await callWebhook(triggerWith(TIMED), call);
		expect({ status, body, items }).toEqual({
			status: 401,
			body: { message: 'Unauthorized' },
			items: undefined,
		});
	});

	it('answers 429 to a sender over the limit, says when to come back, and starts nothing', async () => {
		const rates = new CallRates({ callsPerMinute: 2 }, { now: () => 1_000_000 });
		const trigger = triggerWith({ ...TIMED, rates });
		const call = async () =>
			await callWebhook(trigger, { headers: signed(BODY), rawBody: BODY, ip: '203.0.113.7' });
		expect([(await call()).status, (await call()).status]).toEqual([200, 200]);
		expect(await call()).toMatchObject({
			status: 429,
			headers: { 'retry-after': '60' },
			body: { message: 'Too many calls' },
			items: undefined,
		});
	});

	it('answers 413 to a body over the limit, by its length or by its announced length', async () => {
		const guard: Guard = { scheme: { scheme: 'none' }, maxBytes: 10 };
		const long = await callWebhook(triggerWith(guard), { rawBody: 'x'.repeat(11) });
		const chunked = await callWebhook(triggerWith(guard), {
			rawBody: 'x'.repeat(11),
			headers: { 'content-length': '' },
		});
		const fits = await callWebhook(triggerWith(guard), { rawBody: 'x'.repeat(10) });
		expect([long.status, chunked.status, fits.status]).toEqual([413, 413, 200]);
		expect([long.items, chunked.items]).toEqual([undefined, undefined]);
	});

	it('takes 1 MiB unless told otherwise', async () => {
		const guard: Guard = { scheme: { scheme: 'none' } };
		const at = await callWebhook(triggerWith(guard), { rawBody: Buffer.alloc(1024 * 1024, 0x20) });
		const over = await callWebhook(triggerWith(guard), { rawBody: Buffer.alloc(1024 * 1024 + 1, 0x20) });
		expect([at.status, over.status]).toEqual([200, 413]);
	});
});

describe('isRepeat', () => {
	it('starts one execution for a delivery that comes twice', async () => {
		const trigger = triggerWith({ scheme: { scheme: 'none' } });
		const call = () => callWebhook(trigger, { query: 'delivery=1' });
		const [first, second, other] = [
			await call(),
			await call(),
			await callWebhook(trigger, { query: 'delivery=2' }),
		];
		expect([first.items?.length, second.items?.length, other.items?.length]).toEqual([1, undefined, 1]);
		expect(second.status).toBe(200);
	});

	it('forgets a delivery that was not answered well', async () => {
		const recent = new RecentDeliveries();
		const trigger = triggerWith({ scheme: { scheme: 'none' } }, recent);
		const failing: INodeType = {
			...trigger,
			async webhook() {
				isRepeat(this, recent, '1');
				(this.getResponseObject() as { status(code: number): { end(): void } }).status(500).end();
				return { noWebhookResponse: true };
			},
		};
		expect((await callWebhook(failing)).status).toBe(500);
		expect(recent.size).toBe(0);
	});
});

describe('what a flow may see', () => {
	it('never shows headers that carry a secret', () => {
		const headers = {
			authorization: 'Bearer x',
			'proxy-authorization': 'x',
			cookie: 'x',
			'x-api-key': 'x',
			'x-chatwoot-signature': 'x',
			'x-frontdesk-secret': 'x',
			'x-my-own': 'x',
			'x-hub-signature-256': 'x',
			'x-access-token': 'x',
			'user-agent': 'Chatfuel',
			'x-chatwoot-delivery': 'd-1',
			'i-twilio-idempotency-token': 't-1',
			accept: ['a', 'b'],
			missing: undefined,
		};
		expect(safeHeaders(headers, ['X-My-Own'])).toEqual({
			'user-agent': 'Chatfuel',
			'x-chatwoot-delivery': 'd-1',
			'i-twilio-idempotency-token': 't-1',
			accept: 'a, b',
		});
	});

	it('never shows query parameters that carry a secret', () => {
		const query = new URLSearchParams('secret=1&key2=x&chatfuel_token=2&hub.verify_token=3&Pass=4&name=Jane');
		expect(safeQuery(query, ['pass'])).toEqual({ key2: 'x', name: 'Jane' });
	});
});
