import { Ga4Simulator } from '../../../sandbox/simulators/ga4';
import { json } from '../../../sandbox/simulators/kit';
import { intercept } from '../../support/intercept';
import { describeWithSpecs, jsonPayload } from '../../support/specs';
import { outputOf, rows, run } from './bench';

let simulator: Ga4Simulator;
let world: ReturnType<typeof intercept>;
beforeEach(() => {
	simulator = new Ga4Simulator();
	world = intercept(simulator);
});
afterEach(() => world.stop());

const paths = () => world.callsTo('ga4').map(({ request }) => new URL(request.url).pathname);
const finding = {
	fieldPath: 'events.params',
	description: 'Event at index: [0] has a currency that is none.',
	validationCode: 'VALUE_INVALID',
};
const findFault = () =>
	world.misbehave('ga4', { kind: 'answer', response: json(200, { validationMessages: [finding] }) });

describe('Validate First', () => {
	const validateFirst = { validateFirst: true };

	it('asks strictly, event by event, before anything is sent', async () => {
		const result = await run(validateFirst, { items: [{}, {}] });
		expect(paths()).toEqual(['/debug/mp/collect', '/debug/mp/collect', '/mp/collect']);
		expect(JSON.parse(world.callsTo('ga4')[0]?.request.body ?? '')).toMatchObject({
			validation_behavior: 'ENFORCE_RECOMMENDATIONS',
			client_id: '123.456',
			events: [{ name: 'generate_lead' }],
		});
		expect(world.callsTo('ga4')[2]?.request.body).not.toContain('validation_behavior');
		expect(outputOf(result)).toEqual([
			expect.objectContaining({ sent: true, validated: true, events: 2 }),
			expect.objectContaining({ sent: true, validated: true, events: 2 }),
		]);
	});

	it("fails the item in Google's own words and sends the others", async () => {
		findFault();
		const result = await run(validateFirst, { items: [{}, {}], onError: 'continueErrorOutput' });
		expect(outputOf(result, 1)).toEqual([
			{
				error: 'GA4 would not take the event "generate_lead"',
				message:
					'Nothing was sent. Correct what it names and send again. GA4 said: "events.params: Event at index: [0] has a currency that is none."',
			},
		]);
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(simulator.state().accepted).toHaveLength(1);
	});

	it('says nothing of a wrong secret, as the validation server does not look at it', async () => {
		const data = { measurementId: 'G-FRONTDESK1', apiSecret: 'wrong', region: 'global' };
		const result = await run(validateFirst, { data });
		expect(outputOf(result)).toEqual([expect.objectContaining({ sent: true, validated: true })]);
		expect(simulator.state()).toEqual({
			accepted: [],
			dropped: [{ reason: 'Wrong api_secret', event: 'generate_lead' }],
		});
	});

	it('is repeated after a failure, for it only reads', async () => {
		world.misbehave('ga4', { kind: 'timeout' });
		const result = await run(validateFirst);
		expect(outputOf(result)).toHaveLength(1);
		expect(paths()).toEqual(['/debug/mp/collect', '/debug/mp/collect', '/mp/collect']);
	});
});

describe('Validate', () => {
	const validate = { operation: 'validate' };

	it('asks only, and says that nothing was found', async () => {
		const { outputs } = await run(validate, { items: [{}, {}] });
		expect(paths()).toEqual(['/debug/mp/collect', '/debug/mp/collect']);
		expect(outputs[0]).toEqual(
			[0, 1].map((item) => ({
				json: { valid: true, eventName: 'generate_lead', clientId: '123.456', messages: [] },
				pairedItem: { item },
			})),
		);
		expect(simulator.state()).toEqual({ accepted: [], dropped: [] });
	});

	it('gives what was found as data', async () => {
		findFault();
		expect(outputOf(await run(validate))).toEqual([
			{
				valid: false,
				eventName: 'generate_lead',
				clientId: '123.456',
				messages: [{ field: 'events.params', code: 'VALUE_INVALID', description: finding.description }],
			},
		]);
	});

	it('takes an answer without messages for a good one, and no other for an answer', async () => {
		world.misbehave('ga4', { kind: 'answer', response: json(200, {}) });
		expect(outputOf(await run(validate))[0]?.valid).toBe(true);
		world.misbehave('ga4', { kind: 'answer', response: { status: 200, body: 'ok' } });
		expect((await run(validate)).error?.message).toBe('GA4 did not say whether the event is valid');
	});

	it('links what fails', async () => {
		const items = [{ name: 'generate_lead' }, { name: 'error' }];
		const eventName = { __rl: true, mode: 'id', value: '={{ $json.name }}' };
		const { outputs } = await run({ ...validate, eventName }, { items, onError: 'continueErrorOutput' });
		expect(outputs.map((output) => output.map(({ pairedItem }) => pairedItem))).toEqual([
			[{ item: 0 }],
			[{ item: 1 }],
		]);
	});
});

describeWithSpecs('against the documented answers', () => {
	it('reads the documented findings', async () => {
		world.misbehave('ga4', {
			kind: 'answer',
			response: json(200, jsonPayload('ga4', 'debug-response-invalid.json')),
		});
		expect(outputOf(await run({ operation: 'validate' }))[0]).toMatchObject({
			valid: false,
			messages: [
				{
					field: 'events',
					code: 'NAME_INVALID',
					description:
						'Event at index: [0] has invalid name [_badEventName]. Names must start with an alphabetic character.',
				},
			],
		});
	});

	it('reads the documented answer to a good event', async () => {
		world.misbehave('ga4', {
			kind: 'answer',
			response: json(200, jsonPayload('ga4', 'debug-response-valid.json')),
		});
		expect(outputOf(await run({ operation: 'validate', ...rows(['value', '1', 'number']) }))[0]?.valid).toBe(
			true,
		);
	});
});
