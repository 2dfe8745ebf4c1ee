import type { IDataObject } from 'n8n-workflow';
import { systemClock } from '../../../lib/clock';
import { CREDENTIALS } from '../../../sandbox/simulators/instagram';
import { json, type Fault } from '../../../sandbox/simulators/kit';
import {
	credential,
	find,
	getConversations,
	getMessages,
	getProfile,
	sendMedia,
	sendReplies,
	sendText,
	studio,
	type Studio,
} from './bench';

let at: Studio;

beforeEach(() => {
	at = studio();
	jest.spyOn(systemClock, 'random').mockReturnValue(0.5);
});
afterEach(() => at.stop());

const operations: Array<[name: string, parameters: IDataObject, reads: boolean]> = [
	['Message: Send Text', sendText(), false],
	['Message: Send Quick Replies', sendReplies(['Yes']), false],
	['Message: Send Media', sendMedia(), false],
	['Message: Get Many', getMessages(), true],
	['Profile: Get', getProfile(), true],
	['Conversation: Find by Username', find('anna.kowalska'), true],
	['Conversation: Get Many', getConversations(), true],
];

const meta = (status: number, code: number, message: string, subcode?: number): Fault => ({
	kind: 'answer',
	response: json(status, {
		error: { message, type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'TRACE' },
	}),
});

/** Nothing is repeated, and nobody waits. */
const ONCE = { requestOptions: { maxRetryWait: 0 } };

const failures: Array<[what: string, fault: Fault, message: RegExp, description: RegExp]> = [
	['a token under 400', meta(400, 190, 'Expired'), /did not accept the access token/, /60 days.*Expired/],
	['a token under 401', meta(401, 190, 'Expired', 463), /did not accept the access token/, /60 days/],
	['a bare 401', { kind: 'answer', response: { status: 401 } }, /did not accept the credential/, /Test/],
	['a missing permission', meta(403, 200, 'No'), /token does not allow this/, /manage_messages/],
	['the app not allowed', meta(400, 10, 'No'), /does not allow this to the app/, /Advanced Access/],
	['a bare 404', { kind: 'answer', response: json(404, {}) }, /could not find/, /Check the ID/],
	['an unknown code', meta(400, 36000, 'Odd'), /did not accept the request/, /Instagram said: "Odd"/],
	['a restricted account', meta(400, 10, 'No', 1893063), /has restricted this account/, /Account Status/],
	['613', meta(400, 613, 'Slow'), /asks to slow down/, /run the flow less often/],
	['613/2534040', { kind: 'rateLimit', seconds: 0 }, /asks to slow down/, /exceeded the rate limit/],
	['4', meta(403, 4, 'Slow'), /asks to slow down/, /Lower Max Parallel/],
	['17', meta(400, 17, 'Slow'), /asks to slow down/, /Lower Max Parallel/],
	['429', { kind: 'answer', response: json(429, {}) }, /asks to slow down/, /Lower Max Parallel/],
	['1', meta(500, 1, 'Unknown'), /not able to answer right now/, /look into the conversation/],
	['2', meta(500, 2, 'Unknown'), /not able to answer right now/, /few minutes/],
	['500', { kind: 'answer', response: { status: 500 } }, /not able to answer/, /./],
	['a cut connection', { kind: 'reset' }, /connection to Instagram broke/, /ECONNRESET/],
	['a timeout', { kind: 'timeout' }, /did not answer within/, /ECONNABORTED/],
];

/** What Meta's codes mean is read in one place, so that two operations show all of them, and the rest a few. */
const FEW = [
	'a token under 400',
	'a bare 401',
	'a bare 404',
	'an unknown code',
	'613',
	'429',
	'2',
	'a timeout',
];
const shownBy = (operation: string) =>
	failures.filter(([what]) => /Send Text|Profile/.test(operation) || FEW.includes(what));

describe.each(operations)('%s', (name, parameters, reads) => {
	it.each(shownBy(name))(
		'says what happened and what to do: %s',
		async (what, fault, message, description) => {
			// n8n's helper asks once more after a 401, in case the credential can be renewed.
			at.world.misbehave('instagram', ...(/401/.test(what) ? [fault, fault] : [fault]));
			const { error } = await at.run({ ...parameters, ...ONCE });
			expect(error?.message).toMatch(message);
			expect(error?.description).toMatch(description);
			expect(error?.context?.itemIndex).toBe(0);
		},
	);

	it.each<[string, Fault]>([
		['a limit in the body', { kind: 'rateLimit', seconds: 0 }],
		['a 429 with a hint', { kind: 'answer', response: json(429, {}, { 'retry-after': '1' }) }],
		['a 429 without one', { kind: 'answer', response: json(429, {}) }],
	])('asks again after %s', async (_name, fault) => {
		at.world.misbehave('instagram', fault);
		const { error } = await at.run(parameters);
		expect(error).toBeUndefined();
		expect(at.clock.waited).toBeGreaterThan(0);
		const [first, second] = at.calls();
		expect(second).toEqual(first);
	});

	it.each<[string, Fault]>([
		['500', meta(500, 2, 'Unknown')],
		['a timeout', { kind: 'timeout' }],
	])(`is ${reads ? 'repeated' : 'never repeated'} after %s`, async (_name, fault) => {
		at.world.misbehave('instagram', fault);
		const { error } = await at.run(parameters);
		if (reads) expect(error).toBeUndefined();
		else expect(at.calls()).toHaveLength(1);
	});

	it('links every item that fails', async () => {
		const fault = meta(403, 200, 'No');
		at.world.misbehave('instagram', fault, fault);
		const { outputs } = await at.run(
			{ ...parameters, ...ONCE },
			{ items: [{}, {}], onError: 'continueRegularOutput' },
		);
		expect(outputs[0]?.map(({ json: { error }, pairedItem }) => [error, pairedItem])).toEqual(
			[0, 1].map((item) => ['The access token does not allow this', { item }]),
		);
	});

	it('points to the credential when the token is wrong, and shows no token', async () => {
		const run = await at.run(parameters, { credentials: [credential({ accessToken: 's3cret-token' })] });
		expect(run.error?.message).toBe('Instagram did not accept the access token');
		expect(JSON.stringify([run, run.error?.message, run.error?.description])).not.toContain('s3cret-token');
		expect(JSON.stringify(run)).not.toContain(CREDENTIALS.appSecret);
	});
});
