import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { LoadOptionsContext } from 'n8n-core';
import { CalComApi } from '../../../credentials/CalComApi.credentials';
import { CalCom } from '../../../nodes/CalCom/CalCom.node';
import { json } from '../../../sandbox/simulators/kit';
import { credential, studio, type Studio } from '../../contract/calcom/bench';
import { additionalDataFor, workflowWith } from '../../support/n8n';

let at: Studio;
beforeEach(() => (at = studio()));
afterEach(() => at.stop());

function editor(): ILoadOptionsFunctions {
	const calCom = new CalCom();
	const { workflow, node } = workflowWith(calCom, {
		credentials: { calComApi: { id: '1', name: 'Cal.com' } },
	});
	return new LoadOptionsContext(
		workflow,
		node,
		additionalDataFor([credential()], () => workflow),
		'',
	);
}

const search = async (filter?: string) =>
	(await new CalCom().methods.listSearch.searchEventTypes.call(editor(), filter)).results;

describe('the list of event types', () => {
	it("has the account's own and those of its teams", async () => {
		expect(await search()).toEqual([
			{ name: 'Consultation (30 min)', value: '101', url: 'https://cal.com/studio/consultation' },
			{ name: 'On Request (30 min)', value: '103', url: 'https://cal.com/studio/on-request' },
			{ name: 'Piercing: Piercing (30 min)', value: '201', url: 'https://cal.com/team/piercing/piercing' },
			{ name: 'Session (60 min)', value: '102', url: 'https://cal.com/studio/session' },
		]);
	});

	it('can be searched', async () => {
		expect((await search('SESS')).map(({ value }) => value)).toEqual(['102']);
	});

	it('does without teams where the key may not see them', async () => {
		at.world.misbehave(
			'calcom',
			{ kind: 'latency', milliseconds: 0 },
			{ kind: 'answer', response: json(403, { message: 'Forbidden' }) },
		);
		expect(await search()).toHaveLength(3);
	});
});

describe('the credential', () => {
	const { authenticate, test, displayName, properties } = new CalComApi();

	it('puts the key on the request as a header', () => {
		expect(displayName).toMatch(/API$/);
		expect(authenticate.properties).toEqual({
			headers: { Authorization: '=Bearer {{ $credentials.apiKey }}' },
		});
		expect(properties.find(({ name }) => name === 'apiKey')?.typeOptions).toEqual({ password: true });
	});

	it.each([
		[{ region: 'cloud' }, 'https://api.cal.com'],
		[{ region: 'eu' }, 'https://api.cal.eu'],
		[{ region: 'selfHosted', baseUrl: 'https://cal.example.com/v2/' }, 'https://cal.example.com'],
		[{ region: 'selfHosted', baseUrl: 'http://cal.example.com/' }, 'https://cal.example.com'],
		[{ region: 'selfHosted', baseUrl: 'http://cal.example.com', allowHttp: true }, 'http://cal.example.com'],
	])('is tested where it belongs: %j', (data, address) => {
		const { workflow, node } = workflowWith(new CalCom());
		const url = workflow.expression.getSimpleParameterValue(node, String(test.request.baseURL), 'internal', {
			$credentials: data,
		});
		expect(url).toBe(address);
		expect(test.request.url).toBe('/v2/me');
	});
});
