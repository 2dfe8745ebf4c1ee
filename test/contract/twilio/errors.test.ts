import type { IDataObject } from 'n8n-workflow';
import { systemClock } from '../../../lib/clock';
import { CREDENTIALS } from '../../../sandbox/simulators/twilio';
import { json, type Fault } from '../../../sandbox/simulators/kit';
import { byId, CUSTOMER, NOBODY, office, sending, TEMPLATE, type Office } from './bench';

let at: Office;

beforeEach(() => {
	at = office();
	jest.spyOn(systemClock, 'wait').mockResolvedValue();
});
afterEach(() => {
	at.stop();
	jest.restoreAllMocks();
});

const operations: Array<[name: string, parameters: IDataObject, reads: boolean]> = [
	['Send', sending(), false],
	['Send, a template', sending({ content: 'template', template: byId(TEMPLATE) }), false],
	['Get', { operation: 'get', messageSid: NOBODY }, true],
	['Get Many', { operation: 'getMany' }, true],
	['Cancel Scheduled', { operation: 'cancel', messageSid: NOBODY }, false],
];

const refusal = (status: number, code: number, message: string, headers = {}): Fault => ({
	kind: 'answer',
	response: json(status, { code, message, more_info: 'https://www.twilio.com/docs', status }, headers),
});

/** Nothing is repeated, and nobody waits. */
const ONCE = { requestOptions: { maxRetryWait: 0 } };

const failures: Array<[what: string, fault: Fault, message: RegExp, description: RegExp]> = [
	['401', refusal(401, 20003, 'Authenticate'), /did not accept the credential/, /Authenticate \(20003\)/],
	['403', refusal(403, 20403, 'Forbidden'), /does not allow this/, /Forbidden/],
	['404', refusal(404, 20404, 'Not here'), /could not find/, /Not here/],
	['400', refusal(400, 21619, 'No body'), /did not accept the request/, /No body \(21619\)/],
	['400 in no form', { kind: 'answer', response: json(400, 'What?') }, /did not accept/, /What\?/],
	['429', { kind: 'rateLimit', seconds: 1 }, /asks to slow down/, /Lower Max Parallel.*\(20429\)/],
	['500', refusal(500, 20500, 'Internal'), /not able to answer/, /Internal/],
	['a cut connection', { kind: 'reset' }, /connection to Twilio broke/, /./],
	['a timeout', { kind: 'timeout' }, /did not answer within/, /./],
];

describe.each(operations)('Message: %s', (_, parameters, reads) => {
	it.each(failures)('says what happened and what to do: %s', async (what, fault, message, description) => {
		// n8n's helper asks once more after a 401; a silence is followed by a look, which finds nothing here.
		at.world.misbehave('twilio', ...(what === '401' ? [fault, fault] : [fault]));
		const { error } = await at.run({ ...parameters, ...ONCE });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(error?.context?.itemIndex).toBe(0);
		const isUnsure = !reads && /500|connection|timeout/.test(what);
		expect(/may have (been sent|carried)/.test(error?.description ?? '')).toBe(isUnsure);
	});

	it.each([
		['with a hint', refusal(429, 20429, 'Too Many Requests', { 'retry-after': '7' }), 7000],
		['without a hint', { kind: 'rateLimit', seconds: 1 } as Fault, 1000],
	])('asks again after a 429 %s', async (_name, fault, wait) => {
		jest.spyOn(systemClock, 'random').mockReturnValue(1);
		at.world.misbehave('twilio', fault);
		await at.run(parameters);
		const [first, second] = at.world.callsTo('twilio').map(({ request }) => request);
		expect(jest.mocked(systemClock.wait).mock.calls[0]?.[0]).toBe(wait);
		expect({ ...second, headers: {} }).toEqual({ ...first, headers: {} });
	});

	it('shows the token to nobody', async () => {
		at.world.misbehave('twilio', refusal(400, 1, 'Wrong value'));
		const { error } = await at.run({ ...parameters, ...ONCE });
		expect(at.world.callsTo('twilio')[0]?.request.url).not.toContain(CREDENTIALS.authToken);
		expect(JSON.stringify([error, error?.message, error?.description])).not.toContain(CREDENTIALS.authToken);
	});
});

describe('refusals that are explained', () => {
	it.each<[number, IDataObject, RegExp, RegExp]>([
		[21211, { to: '+15005550001' }, /take the recipient for a phone number/, /Default Country/],
		[21408, { to: '+15005550003' }, /country is not allowed/, /Geo Permissions/],
		[21610, { to: '+15005550004' }, /has opted out/, /START/],
		[21614, { to: '+15005550009' }, /no number that takes SMS/, /landline/],
		[21606, { from: '+15551234567' }, /sender cannot send/, /number of this Twilio account/],
	])('%d', async (code, parameters, message, description) => {
		const { error } = await at.run(sending(parameters));
		expect(error?.message).toMatch(message);
		expect(error?.message).not.toMatch(/error|problem|failure|mistake/i);
		expect(error?.description).toMatch(description);
		expect(error?.description).toMatch(new RegExp(`Twilio said: ".*\\(${code}\\)"`));
	});

	it.each([
		[63016, /more than 24 hours old/, /approved template/],
		[35114, /this time to send/, /35 days/],
	])('%d', async (code, message, description) => {
		at.world.misbehave('twilio', refusal(400, code, 'Refused'));
		const { error } = await at.run(sending());
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
	});
});

describe('a sending without an answer', () => {
	const silences = ['timeoutAfter', 'resetAfter'] as const;
	const gone: Fault[] = [{ kind: 'timeout' }, { kind: 'reset' }, refusal(503, 20503, 'Unavailable')];

	it.each(silences)('is looked up once and given as it is: %s', async (kind) => {
		at.world.misbehave('twilio', { kind });
		const [item] = await at.items(sending());
		expect(item).toMatchObject({ id: expect.any(String), body: 'See you at ten', status: 'delivered' });
		expect(at.simulator.state().messages).toHaveLength(1);
		expect(at.calls()).toEqual([
			'POST /2010-04-01/Accounts/AC/Messages.json',
			'GET /2010-04-01/Accounts/AC/Messages.json?To=%2B48600700800&From=%2B15005550006&PageSize=100',
		]);
	});

	it.each(gone)('is never repeated where it is not found: %p', async (fault) => {
		at.world.misbehave('twilio', fault);
		const { error } = await at.run(sending());
		expect(error?.description).toMatch(/may have been sent all the same, so it was not sent again/);
		expect(at.forms()).toHaveLength(1);
		expect(at.calls()).toHaveLength(2);
	});

	it('keeps its own words where the look gets no answer either', async () => {
		at.world.misbehave('twilio', { kind: 'timeoutAfter' }, refusal(404, 20404, 'Not here'));
		const { error } = await at.run(sending());
		expect(error?.message).toMatch(/did not answer within/);
		expect(error?.description).toMatch(/may have been sent/);
	});

	it('is not taken for an older message, for another text, or for one that came in', async () => {
		await at.items(sending());
		at.simulator
			.state()
			.messages.forEach((message) => (message.date_created = 'Thu, 30 Jul 2015 20:12:31 +0000'));
		await at.items(sending({ body: 'Another text' }));
		at.simulator.receive(CUSTOMER, '+15005550006', 'See you at ten');
		at.world.misbehave('twilio', { kind: 'timeout' });
		const { error } = await at.run(sending());
		expect(error?.description).toMatch(/may have been sent/);
	});

	it("is not taken for another item's message of the same text", async () => {
		at.world.misbehave('twilio', { kind: 'timeoutAfter' }, { kind: 'latency', milliseconds: 1 });
		const items = await at.items(sending(), { items: [{}, {}] });
		expect(new Set(items.map(({ id }) => id)).size).toBe(2);
		expect(at.simulator.state().messages).toHaveLength(2);
	});

	it('of a template cannot be told from others, and is not looked up', async () => {
		at.world.misbehave('twilio', { kind: 'timeoutAfter' });
		const { error } = await at.run(sending({ content: 'template', template: byId(TEMPLATE) }));
		expect(error?.description).toMatch(/may have been sent/);
		expect(at.calls()).toHaveLength(1);
	});
});
