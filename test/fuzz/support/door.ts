import { EventEmitter } from 'node:events';
import { WebhookContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData, INodeParameters, INodeType, IWebhookData } from 'n8n-workflow';
import { additionalDataFor, workflowWith, type TestCredential } from '../../support/n8n';

/** Where n8n says the trigger is, before its own path. */
export const BASE = 'https://n8n.example.com/webhook/00000000-0000-4000-8000-000000000000';

/** A request, as far as triggers look at it. */
export interface Knock {
	/** Undefined: n8n has not kept it. */
	rawBody: Buffer | undefined;
	headers: Record<string, string | undefined>;
	/** With `?`. */
	search?: string;
}

/** What came of it. */
export interface Opening {
	/** Undefined where n8n or the flow is left to answer. */
	status?: number;
	body?: unknown;
	items?: INodeExecutionData[];
}

class Response extends EventEmitter {
	statusCode?: number;
	body?: unknown;

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	setHeader(): this {
		return this;
	}

	json(body: unknown): void {
		this.send(body);
	}

	send(body: unknown): void {
		this.body = body;
		this.emit('finish');
	}
}

export interface DoorOptions {
	parameters: IDataObject;
	credentials: TestCredential[];
	/** What n8n keeps of the node between calls. */
	kept?: IDataObject;
}

/**
 * A trigger in n8n-core's own context, made once for many calls: test/support's `callWebhook` builds a workflow for
 * each, which takes longer than all that is measured here. Every call is of a flow of its own, to which nothing is
 * a repeat.
 */
export function doorOf(type: INodeType, { parameters, credentials, kept = {} }: DoorOptions) {
	const { workflow, node } = workflowWith(type, {
		parameters: { options: { binaryData: true }, ...parameters } as INodeParameters,
		webhookId: '00000000-0000-4000-8000-000000000000',
		credentials: Object.fromEntries(credentials.map(({ type: { name } }) => [name, { id: name, name }])),
	});
	const description = type.description.webhooks?.find(({ httpMethod }) => httpMethod === 'POST');
	if (!description) throw new Error('The trigger takes no POST');
	const additionalData = additionalDataFor(credentials, () => workflow);
	const webhookData: IWebhookData = {
		httpMethod: 'POST',
		node: node.name,
		path: 'test',
		webhookDescription: description,
		workflowId: 'workflow',
		workflowExecuteAdditionalData: additionalData,
	};
	let calls = 0;
	const context = new WebhookContext(workflow, node, additionalData, 'webhook', webhookData, [], null);
	return async ({ rawBody, headers, search = '' }: Knock): Promise<Opening> => {
		const [flow, response] = [`flow-${++calls}`, new Response()];
		const request = { method: 'POST', url: `/webhook/x${search}`, headers, rawBody };
		Object.assign(context, {
			getRequestObject: () => request,
			getResponseObject: () => response,
			getWorkflow: () => ({ id: flow, name: flow, active: true }),
			getWorkflowStaticData: () => kept,
		});
		const result = (await type.webhook?.call(context)) ?? {};
		return { status: response.statusCode, body: response.body, items: result.workflowData?.[0] };
	};
}
