import { EventEmitter } from 'node:events';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IWebhookData,
	type IWebhookDescription,
	type WebhookType,
} from 'n8n-workflow';
import { additionalDataFor, workflowWith, type TestCredential } from './n8n';

export interface WebhookCall {
	parameters?: IDataObject;
	credentials?: TestCredential[];
	/** POST unless given. */
	method?: string;
	/** An object is written as the `URLSearchParams` it makes; text is taken as it stands, without `?`. */
	query?: Record<string, string> | string;
	headers?: Record<string, string>;
	rawBody?: Buffer | string;
	/** The caller's address; unknown unless given. */
	ip?: string;
}

export interface WebhookAnswer {
	/** Undefined where the flow is left to answer. */
	status?: number;
	body?: unknown;
	headers: Record<string, string>;
	/** What an execution starts with; undefined where none starts. */
	items?: INodeExecutionData[];
	/** How n8n answers the caller, by the trigger's description. */
	responseMode: string;
}

/** Express's response, as far as triggers and n8n write to it. */
class FakeResponse extends EventEmitter {
	statusCode = 200;
	headersSent = false;
	body: unknown;
	readonly sent: Record<string, string> = {};

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	setHeader(name: string, value: string): this {
		this.sent[name.toLowerCase()] = value;
		return this;
	}

	type(value: string): this {
		return this.setHeader('content-type', value);
	}

	json(body: unknown): this {
		this.body = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
		return this.end();
	}

	send(body: unknown): this {
		this.body = body;
		return this.end();
	}

	end(body?: unknown): this {
		this.body ??= body;
		this.headersSent = true;
		this.emit('finish');
		return this;
	}
}

/** What n8n 2.40.7 makes of a body before `webhook()` runs (webhook-helpers `parseRequestBody`). */
function parseAsN8n(contentType: string, rawBody: Buffer): unknown {
	const text = rawBody.toString('utf8');
	if (text === '') return {};
	if (contentType.startsWith('application/json')) return JSON.parse(text);
	if (contentType.startsWith('application/x-www-form-urlencoded')) {
		return Object.fromEntries(new URLSearchParams(text));
	}
	return contentType.startsWith('text/plain') ? text : {};
}

const lowerCased = (headers: Record<string, string>) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function requestFor({ method = 'POST', query = '', headers = {}, rawBody = '', ip }: WebhookCall) {
	const search = typeof query === 'string' ? query : new URLSearchParams(query).toString();
	const bytes = Buffer.from(rawBody);
	const lower = lowerCased(headers);
	const request = {
		method,
		ip,
		url: `/webhook/test${search && `?${search}`}`,
		originalUrl: `/webhook/test${search && `?${search}`}`,
		query: Object.fromEntries(new URLSearchParams(search)),
		params: {},
		headers: {
			...(bytes.length > 0 && { 'content-length': String(bytes.length) }),
			...lower,
		} as Record<string, string>,
		body: undefined as unknown,
		rawBody: undefined as Buffer | undefined,
		readRawBody: async () => {
			request.rawBody ??= bytes;
		},
	};
	return request;
}

/** Each call has credentials of its own: what a trigger read for one is nothing to the next. */
let calls = 0;

/**
 * Calls a trigger as n8n does: the real WebhookContext of n8n-core, n8n's own parsing of the body before it,
 * and n8n's answer after it.
 */
export async function callWebhook(type: INodeType, call: WebhookCall = {}): Promise<WebhookAnswer> {
	const { parameters = {}, credentials = [], method = 'POST' } = call;
	const description = type.description.webhooks?.find(({ httpMethod }) => httpMethod === method);
	if (!description) return { status: 404, headers: {}, responseMode: 'onReceived' };
	calls += 1;
	const { workflow, node } = workflowWith(type, {
		parameters: parameters as INodeParameters,
		webhookId: '00000000-0000-4000-8000-000000000000',
		credentials: Object.fromEntries(
			credentials.map(({ type: { name } }) => [name, { id: `${name}-${calls}`, name }]),
		),
	});
	const evaluate = (expression: string | undefined, fallback: string) =>
		String(workflow.expression.getSimpleParameterValue(node, expression, 'webhook', {}, undefined, fallback));
	const responseMode = evaluate(description.responseMode, 'onReceived');
	const request = requestFor(call);
	const response = new FakeResponse();
	if (evaluate('={{$parameter["options"]["binaryData"]}}', 'false') !== 'true') {
		await request.readRawBody();
		try {
			request.body = parseAsN8n(request.headers['content-type'] ?? '', request.rawBody as Buffer);
		} catch {
			return { status: 422, body: { message: 'Failed to parse request body' }, headers: {}, responseMode };
		}
	}
	const context = contextFor({ workflow, node, credentials, description, request, response });
	const result = (await type.webhook?.call(context)) ?? {};
	const items = result.workflowData?.[0];
	if (result.noWebhookResponse) {
		return { status: response.statusCode, body: response.body, headers: response.sent, items, responseMode };
	}
	if (items && responseMode !== 'onReceived') return { headers: response.sent, items, responseMode };
	// n8n sends the description's `responseData` itself, even its own default, before it looks at the reply.
	const fixed = items && evaluate(description.responseData, 'firstEntryJson');
	const standard = { message: items ? 'Workflow was started' : 'Webhook call received' };
	response.json(fixed || (result.webhookResponse ?? standard));
	return { status: response.statusCode, body: response.body, headers: response.sent, items, responseMode };
}

function contextFor(parts: {
	workflow: ReturnType<typeof workflowWith>['workflow'];
	node: INode;
	credentials: TestCredential[];
	description: IWebhookDescription;
	request: ReturnType<typeof requestFor>;
	response: FakeResponse;
}): WebhookContext {
	const { workflow, node, credentials, description, request, response } = parts;
	const additionalData = Object.assign(
		additionalDataFor(credentials, () => workflow),
		{ httpRequest: request, httpResponse: response },
	);
	const webhookData: IWebhookData = {
		httpMethod: description.httpMethod as IWebhookData['httpMethod'],
		node: node.name,
		path: 'test',
		webhookDescription: description,
		workflowId: 'workflow',
		workflowExecuteAdditionalData: additionalData,
	};
	return new WebhookContext(workflow, node, additionalData, 'webhook', webhookData, [], null);
}

/** Calls one of a trigger's lifecycle methods as n8n does when a flow is switched on or off. */
export async function callLifecycle(
	type: INodeType,
	method: 'checkExists' | 'create' | 'delete',
	call: Pick<WebhookCall, 'parameters' | 'credentials'> & { name?: WebhookType } = {},
): Promise<boolean | undefined> {
	const { parameters = {}, credentials = [], name = 'default' } = call;
	const { workflow, node } = workflowWith(type, {
		parameters: parameters as INodeParameters,
		webhookId: '00000000-0000-4000-8000-000000000000',
		credentials: Object.fromEntries(credentials.map(({ type: { name: id } }) => [id, { id, name: id }])),
	});
	const context = new HookContext(
		workflow,
		node,
		additionalDataFor(credentials, () => workflow),
		'trigger',
		'activate',
	);
	return await type.webhookMethods?.[name]?.[method]?.call(context);
}
