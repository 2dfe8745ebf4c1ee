import { LoadOptionsContext } from 'n8n-core';
import { Calendly } from '../../../nodes/Calendly/Calendly.node';
import { CREDENTIALS } from '../../../sandbox/simulators/calendly';
import { additionalDataFor, workflowWith, type TestCredential } from '../../support/n8n';
import { calendlyBench, oAuth2, token, type Bench } from './bench';

let bench: Bench;
beforeEach(() => (bench = calendlyBench()));
afterEach(() => bench.stop());

async function search(filter: string | undefined, credential: TestCredential, authentication?: string) {
	const type = new Calendly();
	const { name } = credential.type;
	const { workflow, node } = workflowWith(type, {
		parameters: { resource: 'slot', operation: 'getMany', ...(authentication && { authentication }) },
		credentials: { [name]: { id: name, name } },
	});
	const additionalData = additionalDataFor([credential], () => workflow);
	additionalData.currentNodeParameters = node.parameters;
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters');
	return (await type.methods.listSearch.searchEventTypes.call(context, filter)).results;
}

it('lists active event types by name, with their pages', async () => {
	expect(await search(undefined, token())).toEqual([
		{
			name: 'Consultation (30 min)',
			value: 'CONSULTATION0001',
			url: 'https://calendly.com/example-studio/consultation',
		},
		expect.objectContaining({ name: 'Session (60 min)' }),
		expect.objectContaining({ name: 'Workshop (120 min)' }),
	]);
});

it('searches in the names', async () => {
	expect((await search('SESS', token())).map(({ name }) => name)).toEqual(['Session (60 min)']);
});

it('signs with the credential that is chosen', async () => {
	await search('', oAuth2(), 'oAuth2');
	expect(bench.calls()[0]?.request.headers.authorization).toBe(`Bearer ${CREDENTIALS.bookingToken}`);
});
