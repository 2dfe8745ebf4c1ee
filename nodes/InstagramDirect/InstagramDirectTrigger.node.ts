import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { isSubscribed, register, unregister } from './trigger/lifecycle';
import { properties } from './trigger/properties';
import { takeCall } from './trigger/webhook';

const PATH = 'instagram';

/** Starts a flow when somebody writes to a professional account on Instagram. */
export class InstagramDirectTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Instagram Direct Trigger',
		name: 'instagramDirectTrigger',
		icon: { light: 'file:instagramDirect.svg', dark: 'file:instagramDirect.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the flow when somebody writes, taps a button or reacts on Instagram',
		defaults: { name: 'Instagram Direct Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'instagramDirectApi', required: true }],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: PATH },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: PATH },
		],
		properties,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await isSubscribed(this);
			},
			async create(this: IHookFunctions) {
				return await register(this);
			},
			async delete(this: IHookFunctions) {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		return await takeCall(this);
	}
}
