import { NodeConnectionTypes, type INodeProperties, type INodeType } from 'n8n-workflow';
import { Ga4EventsApi } from '../../../credentials/Ga4EventsApi.credentials';
import { Ga4Simulator } from '../../../sandbox/simulators/ga4';
import { intercept } from '../../support/intercept';
import { runNode } from '../../support/n8n';
import { credential } from './bench';

/** n8n tests a credential by running its request as a declarative node; so does this. */
const tester: INodeType = {
	description: {
		displayName: 'Tester',
		name: 'tester',
		group: ['input'],
		version: 1,
		description: 'Runs the test of a credential',
		defaults: { name: 'Tester' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ga4EventsApi', required: true }],
		requestDefaults: {},
		properties: [
			{
				displayName: 'Test',
				name: 'test',
				type: 'string',
				default: '',
				routing: { request: new Ga4EventsApi().test.request },
			} as INodeProperties,
		],
	},
};

let world: ReturnType<typeof intercept>;
beforeEach(() => (world = intercept(new Ga4Simulator())));
afterEach(() => world.stop());

const test = async (data: Record<string, string>) => {
	const { outputs } = await runNode(tester, { credentials: [{ type: new Ga4EventsApi(), data }] });
	return outputs[0]?.[0]?.json;
};

describe('the credential test', () => {
	const [rule] = new Ga4EventsApi().test.rules ?? [];

	it('asks the validation server of the region, with the keys in the query', async () => {
		expect(await test(credential)).toEqual({ validationMessages: [] });
		expect(await test({ ...credential, region: 'eu' })).toEqual({ validationMessages: [] });
		const urls = world.callsTo('ga4').map(({ request }) => new URL(request.url));
		expect(urls.map(({ hostname }) => hostname)).toEqual([
			'www.google-analytics.com',
			'region1.google-analytics.com',
		]);
		expect(urls[0]?.pathname).toBe('/debug/mp/collect');
		expect(urls[0]?.searchParams.get('api_secret')).toBe(credential.apiSecret);
	});

	it.each(['UA-1-1', '1234567890', 'g-lower', 'G-'])(
		'fails for the measurement ID %s, by its rule',
		async (measurementId) => {
			const answer = (await test({ ...credential, measurementId })) as {
				validationMessages: Array<{ validationCode: string }>;
			};
			expect(rule?.properties).toMatchObject({
				key: 'validationMessages[0].validationCode',
				value: answer.validationMessages[0]?.validationCode,
			});
		},
	);

	it('cannot tell a wrong secret, and the credential says so', async () => {
		expect(await test({ ...credential, apiSecret: 'wrong' })).toEqual({ validationMessages: [] });
		expect(new Ga4EventsApi().properties[0]?.displayName).toContain(
			'Google tells nobody whether an ID and a secret belong together',
		);
	});
});
