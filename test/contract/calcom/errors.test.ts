import type { IDataObject } from 'n8n-workflow';
import { systemClock } from '../../../lib/clock';
import { json, type Fault } from '../../../sandbox/simulators/kit';
import { byId, creating, finding, on, OPENING, studio, type Studio } from './bench';

let at: Studio;

beforeEach(() => {
	at = studio();
	jest.spyOn(systemClock, 'wait').mockResolvedValue();
});
afterEach(() => {
	at.stop();
	jest.restoreAllMocks();
});

const operations: Array<[name: string, parameters: IDataObject, reads: boolean]> = [
	['Booking: Create', creating({ clientEmail: '' }), false],
	['Booking: Get', on('get', 'uid1'), true],
	['Booking: Get Many', { resource: 'appointment', operation: 'getMany' }, true],
	['Booking: Reschedule', on('reschedule', 'uid1', { newStart: OPENING }), false],
	['Booking: Cancel', on('cancel', 'uid1'), false],
	['Booking: Confirm', on('confirm', 'uid1'), false],
	['Booking: Decline', on('decline', 'uid1'), false],
	['Booking: Mark No-Show', on('markNoShow', 'uid1', { who: 'staff' }), false],
	['Slot: Get Many', finding(), true],
	['Slot: Reserve', { resource: 'slot', operation: 'reserve', service: byId('101'), start: OPENING }, false],
	['Event Type: Get Many', { resource: 'service', operation: 'getMany' }, true],
];

const refusal = (status: number, message: string): Fault => ({
	kind: 'answer',
	response: json(status, { status: 'error', path: '/v2', error: { code: 'X', message, details: {} } }),
});

const bare = (status: number, message: string | string[]): Fault => ({
	kind: 'answer',
	response: json(status, { statusCode: status, message }),
});

/** Nothing is repeated, and nobody waits. */
const ONCE = { requestOptions: { maxRetryWait: 0 } };

const failures: Array<[what: string, fault: Fault, message: RegExp, description: RegExp]> = [
	['401', refusal(401, 'Your api key is not valid'), /did not accept the credential/, /api key is not valid/],
	['403', refusal(403, 'Forbidden resource'), /does not allow this/, /Forbidden resource/],
	['404', refusal(404, 'Not here'), /could not find/, /Not here/],
	['400', refusal(400, 'Wrong value'), /did not accept the request/, /Check the values.*Wrong value/],
	['400 outside the envelope', bare(400, ['one', 'two']), /did not accept/, /one; two/],
	['404 of a wrong address', refusal(404, 'Cannot GET /v2/x'), /no API v2/, /Base URL/],
	['an error under status 200', refusal(200, 'Half done'), /did not accept/, /Half done/],
	['429', { kind: 'rateLimit', seconds: 42 }, /asks to slow down/, /42 s/],
	['500', refusal(500, 'Internal server error'), /not able to answer/, /Internal server error/],
	['a cut connection', { kind: 'reset' }, /connection to Cal.com broke/, /ECONNRESET/],
	['a timeout', { kind: 'timeout' }, /did not answer within/, /ECONNABORTED/],
];

describe.each(operations)('%s', (_, parameters, reads) => {
	it.each(failures)('says what happened and what to do: %s', async (what, fault, message, description) => {
		// n8n's helper asks once more after a 401, in case the credential can be renewed.
		at.world.misbehave('calcom', ...(what === '401' ? [fault, fault] : [fault]));
		const { error } = await at.run({ ...parameters, ...ONCE });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(error?.context?.itemIndex).toBe(0);
		const isUnsure = !reads && /500|connection|timeout/.test(what);
		expect(/may have carried/.test(error?.description ?? '')).toBe(isUnsure);
	});

	it.each([
		['by the reset header', { kind: 'rateLimit', seconds: 7 } as Fault, 7000],
		['without a hint', { kind: 'answer', response: json(429, {}) } as Fault, 1000],
	])('asks again after a 429, %s', async (_name, fault, wait) => {
		jest.spyOn(systemClock, 'random').mockReturnValue(1);
		at.world.misbehave('calcom', fault);
		await at.run(parameters);
		const [first, second] = at.world.callsTo('calcom').map(({ request }) => request);
		expect(jest.mocked(systemClock.wait).mock.calls[0]?.[0]).toBe(wait);
		expect({ ...second, headers: {} }).toEqual({ ...first, headers: {} });
	});

	it('sends the key in a header, and shows it to nobody', async () => {
		at.world.misbehave('calcom', refusal(400, 'Wrong value'));
		const { error } = await at.run({ ...parameters, ...ONCE });
		const [call] = at.world.callsTo('calcom');
		expect(call?.request.headers.authorization).toBe('Bearer cal_live_frontdesk_sandbox');
		expect(call?.request.url).not.toContain('cal_live');
		expect(JSON.stringify([error, error?.message, error?.description])).not.toContain('cal_live');
	});
});
