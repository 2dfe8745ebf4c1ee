import type { Fault, SimResponse } from '../../../sandbox/simulators/kit';
import { mondayError } from '../../../sandbox/simulators/monday';
import { describeWithSpecs, jsonPayload } from '../../support/specs';
import { credential, mondayBench, run, type Bench } from '../../unit/monday/bench';
import { samples, twoItems, type Sample } from './operations';

const answer = (response: SimResponse): Fault => ({ kind: 'answer', response });
const as = (status: number, code: string, message = 'monday says no') =>
	answer(mondayError(code, message, { status }));

interface Refusal {
	what: string;
	fault: Fault;
	message: string;
	fix: string;
	/** Faults needed to use up all attempts. */
	times?: number;
}

const refusals: Refusal[] = [
	{
		what: '403',
		fault: as(403, 'UserUnauthorizedException'),
		message: 'monday.com does not allow this to the user of the token',
		fix: 'right to edit the board',
	},
	{
		what: '404',
		fault: as(404, 'ResourceNotFoundException'),
		message: 'monday.com could not find the item, the group or the board',
		fix: 'deleted',
	},
	{
		what: '400',
		fault: as(400, 'JsonParseException'),
		message: 'monday.com could not read the column values',
		fix: 'map them again',
	},
	{
		what: '422',
		fault: as(422, 'DATA_VALIDATIONS_ERROR'),
		message: 'monday.com refused the values by a validation rule of the board',
		fix: 'Meet the rule',
	},
	{
		what: 'HTTP 200 with errors',
		fault: as(200, 'InvalidArgumentException'),
		message: 'monday.com did not accept an ID or a value',
		fix: 'monday.com said: "monday says no"',
	},
	{
		what: 'HTTP 200 with an unknown code',
		fault: as(200, 'SomethingNew'),
		message: 'monday.com did not accept the request',
		fix: 'monday.com said: "monday says no"',
	},
	{
		what: 'a wait that is too long',
		fault: { kind: 'rateLimit', seconds: 61 },
		message: 'monday.com asks to slow down',
		fix: 'raise Max Retry Wait',
	},
	{
		what: 'a limit without a hint, again and again',
		fault: as(429, 'maxConcurrencyExceeded'),
		message: 'monday.com asks to slow down',
		fix: 'Lower Max Parallel Requests',
		times: 5,
	},
	{
		what: 'the limit of the day',
		fault: as(429, 'DAILY_LIMIT_EXCEEDED'),
		message: 'monday.com takes no more calls today: the daily limit of the account is used up',
		fix: '00:00 UTC',
	},
	{
		what: '500, again and again',
		fault: answer({ status: 500, body: '<html><title>Oops</title></html>' }),
		message: 'monday.com is not able to answer right now (HTTP 500)',
		fix: 'monday.com said: "a web page: Oops"',
		times: 5,
	},
	{
		what: 'no answer, again and again',
		fault: { kind: 'timeout' },
		message: 'monday.com did not answer within 30 s',
		fix: '',
		times: 5,
	},
];

const quiet: Fault = { kind: 'latency', milliseconds: 0 };
const untilIt = ({ before }: Sample) => Array<Fault>(before).fill(quiet);

describe.each(samples)('monday.com Leads, $name', (sample) => {
	let bench: Bench;
	beforeEach(() => (bench = mondayBench()));
	afterEach(() => bench.stop());

	it.each(refusals)(
		'says what happened and what to do: $what',
		async ({ fault, message, fix, times = 1 }) => {
			const items = twoItems(bench).slice(0, 1);
			bench.world.misbehave('monday', ...untilIt(sample), ...Array<Fault>(times).fill(fault));
			const { error } = await run(sample.operation, sample.parameters, { items });
			expect(error?.message).toBe(message);
			expect(error?.description).toContain(fix);
			expect(error?.context?.itemIndex).toBe(0);
		},
	);

	it('fails every item of a refused request, each linked', async () => {
		const items = twoItems(bench);
		const faults = Array<Fault>(sample.operation === 'getAll' ? 2 : 1).fill(as(403, 'USER_ACCESS_DENIED'));
		bench.world.misbehave('monday', ...untilIt(sample), ...faults);
		const { outputs } = await run(sample.operation, sample.parameters, {
			items,
			onError: 'continueRegularOutput',
		});
		expect(outputs[0]).toEqual(
			[0, 1].map((item) => ({
				json: {
					error: 'monday.com does not let the user of the token use the API',
					message: expect.stringContaining('confirmed e-mail address'),
				},
				pairedItem: { item },
			})),
		);
	});

	it('points to the credential when the token is refused, and never shows the token', async () => {
		const items = twoItems(bench).slice(0, 1);
		const run401 = await run(sample.operation, sample.parameters, {
			items,
			credentials: [credential('s3cret')],
		});
		expect(run401.error?.message).toBe('monday.com did not accept the credential (HTTP 401)');
		expect(run401.error?.description).toContain('Open the credential');
		expect(JSON.stringify(run401)).not.toContain('s3cret');
	});

	it('waits as long as a limit asks to', async () => {
		bench.world.misbehave('monday', ...untilIt(sample), { kind: 'rateLimit', seconds: 9 });
		const { error } = await run(sample.operation, sample.parameters, { items: twoItems(bench).slice(0, 1) });
		expect(error).toBeUndefined();
		expect(bench.waits).toEqual([9_000]);
	});
});

describeWithSpecs("monday.com Leads, with monday.com's own samples of errors", () => {
	let bench: Bench;
	beforeEach(() => (bench = mondayBench()));
	afterEach(() => bench.stop());

	it('waits for a request under the same key', async () => {
		const body = jsonPayload('monday', 'error-409-idempotency.json');
		bench.world.misbehave(
			'monday',
			answer({ status: 409, headers: { 'content-type': 'application/json', 'retry-after': '4' }, body }),
		);
		const { error } = await run('create', { itemName: 'Jan' });
		expect(error).toBeUndefined();
		expect(bench.waits).toEqual([4_000]);
		const keys = bench.calls().map(({ request }) => request.headers['idempotency-key']);
		expect(keys[0]).toBe(keys[1]);
	});

	it('waits as the legacy form of a limit asks', async () => {
		const body = jsonPayload('monday', 'error-429-field-limit-legacy.json');
		bench.world.misbehave(
			'monday',
			answer({ status: 429, headers: { 'content-type': 'application/json' }, body }),
		);
		expect((await run('create', { itemName: 'Jan' })).error).toBeUndefined();
		expect(bench.waits).toEqual([15_000]);
	});

	it('takes an item whose answer lacks a field as written', async () => {
		const sample = jsonPayload<{ errors: object[] }>('monday', 'error-http200-partial.json');
		const { id } = bench.given('Jan', {});
		const body = {
			data: { m0: { id, name: 'Jan', column_values: [] } },
			errors: sample.errors.map((error) => ({ ...error, path: ['m0', 'url'] })),
		};
		bench.world.misbehave(
			'monday',
			answer({ status: 200, headers: { 'content-type': 'application/json' }, body }),
		);
		const { outputs, error } = await run('create', { itemName: 'Jan' });
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json.id).toBe(id);
	});
});
