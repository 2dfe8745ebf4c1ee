import type { IDataObject } from 'n8n-workflow';
import { openApi } from '../../support/openapi';
import { describeWithSpecs } from '../../support/specs';
import {
	byService,
	CUSTOMER,
	inMinutes,
	NOBODY,
	office,
	OURS,
	scheduled,
	sending,
	sent,
	type Office,
} from './bench';
import { formCheck } from './forms';

let at: Office;

beforeEach(() => (at = office()));
afterEach(() => at.stop());

const MESSAGES = '/2010-04-01/Accounts/AC/Messages';
const DAY = 24 * 60 * 60_000;
const whatsapp = { channel: 'whatsapp' };
const listing = (filters: IDataObject = {}, more: IDataObject = {}): IDataObject => ({
	operation: 'getMany',
	filters,
	...more,
});
const bodies = async (parameters: IDataObject) => (await at.items(parameters)).map(({ body }) => body);

describe('Message: Get', () => {
	it('tells what became of a message', async () => {
		const messageSid = await sent(at);
		const [item] = await at.items({ operation: 'get', messageSid: ` ${messageSid} ` });
		expect(item).toMatchObject({ id: messageSid, status: 'delivered', sentAt: expect.any(String) });
		expect(at.calls()[1]).toBe(`GET ${MESSAGES}/${messageSid}.json`);
	});

	it('explains what WhatsApp refused later, outside of 24 hours', async () => {
		const messageSid = await sent(at, whatsapp);
		const [item] = await at.items({ operation: 'get', messageSid });
		expect(item).toMatchObject({
			status: 'undelivered',
			channel: 'whatsapp',
			to: CUSTOMER,
			from: OURS,
			errorCode: 63016,
			errorMessage: expect.stringMatching(/more than 24 hours old.*approved template/),
		});
	});

	it.each(['={{ "" }}', 'SM1', '../Calls', `SM${'g'.repeat(32)}`])(
		'refuses the SID %p',
		async (messageSid) => {
			const { error } = await at.run({ operation: 'get', messageSid });
			expect(error?.message).toMatch(/"Message SID" is/);
			expect(at.calls()).toEqual([]);
		},
	);
});

describe('Message: Get Many', () => {
	beforeEach(async () => {
		await sent(at, { body: 'one' });
		await at.items({ operation: 'getMany' });
		at.later(2 * DAY);
		await sent(at, { ...whatsapp, body: 'two' });
		at.simulator.receive(CUSTOMER, OURS, 'three');
		at.simulator.receive(`whatsapp:${CUSTOMER}`, `whatsapp:${OURS}`, 'four');
		at.world.exchanges.length = 0;
	});

	it('lists messages in and out, newest first', async () => {
		expect(await bodies(listing())).toEqual(['four', 'three', 'two', 'one']);
		expect(at.calls()).toEqual([`GET ${MESSAGES}.json?PageSize=50`]);
	});

	it.each<[string, IDataObject, string[], string]>([
		['to', { to: '+48 600 700 800' }, ['one'], 'To=%2B48600700800'],
		['from', { from: OURS }, ['one'], 'From=%2B15005550006'],
		['to on WhatsApp', { ...whatsapp, to: CUSTOMER }, ['two'], 'To=whatsapp%3A%2B48600700800'],
		['from with its prefix', { from: `whatsapp:${CUSTOMER}` }, ['four'], 'From=whatsapp%3A%2B48600700800'],
		['channel', whatsapp, ['four', 'two'], 'PageSize=1000'],
		['the other channel', { channel: 'sms' }, ['three', 'one'], 'PageSize=1000'],
	])('filters by %s', async (_, filters, expected, query) => {
		expect(await bodies(listing(filters))).toEqual(expected);
		expect(at.calls()[0]).toContain(query);
	});

	it('filters by when it was sent, finer than the days that Twilio knows', async () => {
		const moment = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
		expect(await bodies(listing({ sentBefore: moment(60_000) }))).toEqual(['one']);
		expect(await bodies(listing({ sentAfter: moment(60_000) }))).toEqual(['four', 'three', 'two']);
		expect(await bodies(listing({ sentAfter: moment(2 * DAY + 60_000) }))).toEqual([]);
		expect(at.calls()[0]).toContain(`DateSent%3C=${moment(60_000).slice(0, 10)}`);
		expect(at.calls()[1]).toContain(`DateSent%3E=${moment(60_000).slice(0, 10)}`);
	});

	it('stops at the limit, and gives all where asked, page by page', async () => {
		expect(await bodies(listing({}, { limit: 2 }))).toEqual(['four', 'three']);
		expect(at.calls()).toEqual([`GET ${MESSAGES}.json?PageSize=2`]);
		for (let count = 0; count < 1000; count++) at.simulator.receive(CUSTOMER, OURS, 'more');
		expect(await at.items(listing({}, { returnAll: true }))).toHaveLength(1004);
		expect(at.calls()).toHaveLength(3);
		expect(at.calls()[2]).toBe(`GET ${MESSAGES}.json?PageSize=1000&Page=1`);
	});

	it("gives Twilio's own messages without Simplify", async () => {
		const [item] = await at.items(listing({}, { simplify: false }));
		expect(item).toMatchObject({ body: 'four', direction: 'inbound', from: `whatsapp:${CUSTOMER}` });
	});
});

describe('Message: Cancel Scheduled', () => {
	it('cancels, so that nothing is sent when the time comes', async () => {
		const messageSid = await scheduled(at);
		const [item] = await at.items({ operation: 'cancel', messageSid });
		expect(item).toMatchObject({ id: messageSid, status: 'canceled', sentAt: null });
		expect(at.calls()[1]).toBe(`POST ${MESSAGES}/${messageSid}.json`);
		expect(String(at.forms()[1])).toBe('Status=canceled');
		at.later(3 * 60 * 60_000);
		expect(at.simulator.state().messages[0]?.status).toBe('canceled');
	});

	it('says that a message is on its way already', async () => {
		const messageSid = await scheduled(at);
		at.later(3 * 60 * 60_000);
		const { error } = await at.run({ operation: 'cancel', messageSid });
		expect(error?.message).toMatch(/can no longer be cancelled/);
		expect(error?.description).toMatch(/scheduled.*\(30409\)/);
	});

	it.each(['timeoutAfter', 'resetAfter'] as const)('finds out what a %s did', async (kind) => {
		const messageSid = await scheduled(at);
		at.world.misbehave('twilio', { kind });
		const [item] = await at.items({ operation: 'cancel', messageSid });
		expect(item?.status).toBe('canceled');
	});

	it('says that it may have been done where it cannot find out', async () => {
		const messageSid = await scheduled(at);
		at.world.misbehave('twilio', { kind: 'timeout' });
		const { error } = await at.run({ operation: 'cancel', messageSid });
		expect(error?.description).toMatch(/may have carried the request out/);
	});
});

describeWithSpecs("reading and cancelling against Twilio's OpenAPI", () => {
	const spec = openApi('twilio-v2010.json');
	const list = '/2010-04-01/Accounts/{AccountSid}/Messages.json';
	const one = '/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json';
	const answer = (index: number) => at.world.callsTo('twilio')[index]?.response?.body;

	it('hold for the requests and the answers', async () => {
		const messageSid = await scheduled(at);
		await at.items({ operation: 'get', messageSid });
		await at.items(
			listing({ to: CUSTOMER, from: OURS, sentAfter: inMinutes(-60), sentBefore: inMinutes(0) }),
		);
		await at.items({ operation: 'cancel', messageSid });
		expect(spec.response(one, 'get', 200, answer(1))).toEqual([]);
		expect(spec.response(list, 'get', 200, answer(2))).toEqual([]);
		expect(spec.response(one, 'post', 200, answer(3))).toEqual([]);
		expect(formCheck(one)(at.forms()[1] ?? new URLSearchParams())).toEqual([]);
		const known = ['To', 'From', 'DateSent', 'DateSent<', 'DateSent>', 'PageSize', 'Page', 'PageToken'];
		const names = [...new URL(at.world.callsTo('twilio')[2]?.request.url ?? '').searchParams.keys()];
		expect(names.sort()).toEqual(['DateSent<', 'DateSent>', 'From', 'PageSize', 'To']);
		expect(names.every((name) => known.includes(name))).toBe(true);
	});

	it('hold for a message by a service, once it is sent', async () => {
		await at.items(sending(byService));
		const [item] = await at.items(listing());
		expect(item).toMatchObject({ from: OURS, segments: 1, status: 'delivered' });
		expect(spec.response(list, 'get', 200, answer(1))).toEqual([]);
	});

	it('leave an unknown message unfound', async () => {
		const { error } = await at.run({ operation: 'get', messageSid: NOBODY });
		expect(error?.message).toMatch(/could not find.*404/);
	});
});
