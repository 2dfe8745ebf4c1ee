import { createHmac } from 'node:crypto';
import type { IDataObject, IHookFunctions, INodeType, IWebhookFunctions } from 'n8n-workflow';
import { ChatwootTrigger } from '../../../nodes/Chatwoot/ChatwootTrigger.node';
import { callLifecycle, callWebhook, type WebhookAnswer, type WebhookCall } from '../../support/webhook';
import { byId, credential } from './bench';

/** Where the trigger is reached in the tests' n8n. */
export const URL_OF_TRIGGER = 'https://n8n.example.com/webhook/00000000-0000-4000-8000-000000000000/chatwoot';

export const NOW = Date.parse('2026-06-01T10:00:00Z');

/** Signs a body as lib/webhooks/trigger.rb does. */
export function signed(
	body: string,
	secret: string,
	{ delivery = 'b3c1a5c2-0000-4000-8000-000000000001', seconds = NOW / 1000 } = {},
): Record<string, string> {
	const hex = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
	return {
		'content-type': 'application/json',
		'x-chatwoot-delivery': delivery,
		'x-chatwoot-timestamp': String(seconds),
		'x-chatwoot-signature': `sha256=${hex}`,
	};
}

type Method = 'checkExists' | 'create' | 'delete';

/**
 * A trigger in one n8n: what the activation keeps is there for the calls, which must not write to it. n8n's own
 * contexts make new static data for each call in the tests, so that both are put together here.
 */
export class Activated {
	/** What n8n keeps of the node between calls. */
	kept: IDataObject = {};
	/** The flow's id; what one flow has seen is no news to it in the next test. */
	flow = 'workflow';

	constructor(
		readonly parameters: IDataObject = {},
		private readonly token?: string,
		private readonly instance = 'instance-one',
	) {}

	private get all(): IDataObject {
		return { account: byId('1'), events: ['message_created'], ...this.parameters };
	}

	private type(frozen: boolean): INodeType {
		const trigger = new ChatwootTrigger();
		const kept = frozen ? Object.freeze({ ...this.kept }) : this.kept;
		const holding = <Context extends IHookFunctions | IWebhookFunctions>(context: Context) =>
			Object.assign(context, {
				getWorkflowStaticData: () => kept,
				getInstanceId: () => this.instance,
				getWorkflow: () => ({ id: this.flow, name: this.flow, active: true }),
			});
		const method = (name: Method) =>
			async function (this: IHookFunctions) {
				return await trigger.webhookMethods.default[name].call(holding(this));
			};
		return {
			description: trigger.description,
			webhookMethods: {
				default: { checkExists: method('checkExists'), create: method('create'), delete: method('delete') },
			},
			async webhook(this: IWebhookFunctions) {
				return await trigger.webhook.call(holding(this));
			},
		};
	}

	/** One of the lifecycle's steps, as n8n takes it. */
	async lifecycle(method: Method): Promise<boolean | undefined> {
		const credentials = [credential(this.token)];
		return await callLifecycle(this.type(false), method, { parameters: this.all, credentials });
	}

	/** Switches the flow on as n8n does: registers where nothing is. */
	async switchOn(): Promise<void> {
		if (!(await this.lifecycle('checkExists'))) await this.lifecycle('create');
	}

	/** A call to the trigger's address. */
	async call(more: Pick<WebhookCall, 'headers' | 'rawBody'>): Promise<WebhookAnswer> {
		return await callWebhook(this.type(true), {
			parameters: { options: { binaryData: true }, ...this.all },
			credentials: [credential(this.token)],
			...more,
		});
	}
}
