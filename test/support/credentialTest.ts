import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	type ICredentialsDecrypted,
	type ICredentialTestRequest,
	type INodeType,
} from 'n8n-workflow';
import { additionalDataFor, workflowWith, type TestCredential } from './n8n';

/**
 * Presses *Test* on a credential: n8n's own routing node sends the test request, and its rules judge the answer
 * (n8n 2.40.7, credentials-tester.service).
 *
 * @returns undefined where the credential is good, else what n8n shows
 */
export async function testCredential(credential: TestCredential): Promise<string | undefined> {
	const { type, data } = credential;
	const { request, rules = [] } = type.test as ICredentialTestRequest;
	const probe = {
		description: {
			displayName: 'Temp',
			name: 'temp',
			group: ['input'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type.name, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } }],
		},
	} as unknown as INodeType;
	const credentials = { [type.name]: { id: type.name, name: type.name } };
	const { workflow, node } = workflowWith(probe, { parameters: {}, credentials });
	const context = new ExecuteContext(
		workflow,
		node,
		additionalDataFor([credential], () => workflow),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = { id: type.name, name: type.name, type: type.name, data } as ICredentialsDecrypted;
	try {
		const answer = await new RoutingNode(context, probe, decrypted).runNode();
		const json = answer?.[0]?.[0]?.json as Record<string, unknown> | string | undefined;
		const broken = rules.find(({ properties }) => {
			const { key, value } = properties as { key: string; value: string };
			return json !== undefined && (json as Record<string, unknown>)[key] === value;
		});
		return broken && String((broken.properties as { message: string }).message);
	} catch (error) {
		return (error as Error).message;
	}
}
