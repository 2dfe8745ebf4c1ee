import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IExecuteResponsePromiseData,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** A credential type and the values an operator would have typed into it. */
export interface TestCredential {
	type: ICredentialType;
	data: ICredentialDataDecryptedObject;
}

export interface NodeRun {
	/** One list an output; the last one is the error output where `onError` asks for it. */
	outputs: INodeExecutionData[][];
	/** What ended the run, where something did. */
	error?: Error & { description?: string; context?: IDataObject; httpCode?: string };
	/** What the node answered a waiting webhook with. */
	responses: IExecuteResponsePromiseData[];
}

export interface NodeRunOptions {
	parameters?: IDataObject;
	/** The input items' json. */
	items?: IDataObject[];
	credentials?: TestCredential[];
	onError?: INode['onError'];
	/** Runs the node as the engine runs a tool that an agent called. */
	asTool?: boolean;
	/** Cancels the execution when it aborts. */
	signal?: AbortSignal;
}

const SOURCE: INodeType = {
	description: {
		displayName: 'Source',
		name: 'source',
		group: ['trigger'],
		version: 1,
		description: 'Hands the test its items',
		defaults: { name: 'Source' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	execute: async () => [[]],
};

const node = (name: string, type: string, more: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...more,
});

/** n8n's own credentials helper needs its database; this one keeps the values in memory and signs as n8n does. */
export function credentialsHelper(credentials: TestCredential[], workflow: () => Workflow) {
	const find = (name: string) => {
		const found = credentials.find(({ type }) => type.name === name);
		if (!found) throw new Error(`No credential of type ${name} in this test`);
		return found;
	};
	const resolve = (value: unknown, data: ICredentialDataDecryptedObject): unknown => {
		if (typeof value === 'object' && value !== null) {
			return Object.fromEntries(
				Object.entries(value).map(([key, inner]) => [String(resolve(key, data)), resolve(inner, data)]),
			);
		}
		return workflow().expression.getSimpleParameterValue(
			node('credential', 'test.source'),
			value as string,
			'internal',
			{ $credentials: data },
		);
	};
	return {
		getParentTypes: (name: string) => credentials.find(({ type }) => type.name === name)?.type.extends ?? [],
		isCredentialUsableByNode: () => true,
		getDecrypted: async (_: unknown, __: unknown, name: string) => ({ ...find(name).data }),
		preAuthentication: async (
			helpers: ThisParameterType<NonNullable<ICredentialType['preAuthentication']>>,
			data: ICredentialDataDecryptedObject,
			name: string,
			_: INode,
			expired: boolean,
		) => {
			const { type } = find(name);
			if (!type.preAuthentication) return undefined;
			const expirable = type.properties.find(({ typeOptions }) => typeOptions?.expirable);
			if (!expired && (!expirable || data[expirable.name])) return undefined;
			const renewed = (await type.preAuthentication.call(helpers, data)) as ICredentialDataDecryptedObject;
			Object.assign(find(name).data, renewed);
			return { ...data, ...renewed };
		},
		/** For OAuth2, whose credentials have no step of their own before a request. */
		runPreAuthentication: async () => undefined,
		authenticate: async (
			data: ICredentialDataDecryptedObject,
			name: string,
			options: IHttpRequestOptions,
		) => {
			const { authenticate } = find(name).type;
			if (typeof authenticate === 'function') return await authenticate(data, options);
			const { headers, qs, body, auth } = (authenticate?.properties ?? {}) as Record<string, IDataObject>;
			const signed = { ...options } as IHttpRequestOptions & IDataObject;
			if (headers) signed.headers = { ...options.headers, ...(resolve(headers, data) as IDataObject) };
			if (qs) signed.qs = { ...options.qs, ...(resolve(qs, data) as IDataObject) };
			if (body) signed.body = { ...(options.body as IDataObject), ...(resolve(body, data) as IDataObject) };
			if (auth) signed.auth = resolve(auth, data) as IHttpRequestOptions['auth'];
			return signed;
		},
	};
}

/** The workflow-wide part of n8n's `this`, for tests that build a context of their own (triggers, locators). */
export function additionalDataFor(
	credentials: TestCredential[],
	workflow: () => Workflow,
	hooks?: ExecutionLifecycleHooks,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: credentialsHelper(credentials, workflow),
		hooks,
		currentNodeExecutionIndex: 0,
		executionId: '1',
		restApiUrl: 'https://n8n.example.com/rest',
		instanceBaseUrl: 'https://n8n.example.com/',
		webhookBaseUrl: 'https://n8n.example.com/webhook',
		webhookTestBaseUrl: 'https://n8n.example.com/webhook-test',
		webhookWaitingBaseUrl: 'https://n8n.example.com/webhook-waiting',
		formBaseUrl: 'https://n8n.example.com/form',
		formTestBaseUrl: 'https://n8n.example.com/form-test',
		formWaitingBaseUrl: 'https://n8n.example.com/form-waiting',
		variables: {},
		logAiEvent: () => undefined,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** A workflow of one node behind a source, as n8n holds it in memory. */
export function workflowWith(
	type: INodeType,
	subject: Partial<INode> = {},
): { workflow: Workflow; node: INode } {
	const types: Record<string, INodeType> = { 'test.source': SOURCE, 'test.subject': type };
	const nodeTypes = {
		getByName: (name: string) => types[name],
		getByNameAndVersion: (name: string) => types[name],
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const subjectNode = node('Subject', 'test.subject', subject);
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [node('Source', 'test.source'), subjectNode],
		connections: { Source: { main: [[{ node: 'Subject', type: 'main', index: 0 }]] } },
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1', timezone: 'Europe/Warsaw' },
	});
	return { workflow, node: workflow.getNode('Subject') ?? subjectNode };
}

/**
 * Runs one node over items through n8n-core's own engine: parameters, credentials, HTTP helper, item
 * linking and error output are n8n's.
 */
export async function runNode(type: INodeType, options: NodeRunOptions = {}): Promise<NodeRun> {
	const { parameters = {}, items = [{}], credentials = [], onError, asTool, signal } = options;
	const { workflow } = workflowWith(type, {
		parameters: parameters as INodeParameters,
		onError,
		...(asTool && { rewireOutputLogTo: NodeConnectionTypes.AiTool }),
		credentials: Object.fromEntries(credentials.map(({ type: { name } }) => [name, { id: name, name }])),
	});
	const hooks = new ExecutionLifecycleHooks('trigger', '1', {
		id: 'workflow',
		name: 'test',
	} as IWorkflowBase);
	const responses: IExecuteResponsePromiseData[] = [];
	hooks.addHandler('sendResponse', async (response) => {
		responses.push(response);
	});
	const additionalData = additionalDataFor(credentials, () => workflow, hooks);
	const sourceNode = workflow.getNode('Source') as INode;
	const execution = new WorkflowExecute(
		additionalData,
		'trigger',
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [
					{
						node: sourceNode,
						data: { main: [items.map((json, item) => ({ json, pairedItem: { item } }))] },
						source: null,
					},
				],
			},
		}),
	);
	SOURCE.execute = async function () {
		return [this.getInputData()];
	};
	const running = execution.processRunExecutionData(workflow);
	signal?.addEventListener('abort', () => running.cancel());
	const run = (await running) as IRun;
	const taskData = run.data.resultData.runData.Subject?.[0];
	return {
		outputs: (taskData?.data?.main ?? []).map((output) => output ?? []),
		error: (taskData?.error ?? run.data.resultData.error) as NodeRun['error'],
		responses,
	};
}
