import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { answeredAsChosen } from '../../lib/webhook';
import { properties } from './trigger/properties';
import { ensureSecret, testSecret } from './trigger/secret';
import { takeCall } from './trigger/webhook';

/** Starts a flow when a Chatfuel bot calls its JSON API plugin's address. */
export class ChatfuelTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chatfuel Trigger',
		name: 'chatfuelTrigger',
		icon: { light: 'file:chatfuel.svg', dark: 'file:chatfuel.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["authentication"] === "none" ? "open to anybody" : "shared secret" }}',
		description: 'Starts the flow when a Chatfuel bot calls its JSON API address with a lead',
		defaults: { name: 'Chatfuel Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'chatfuelWebhookApi',
				required: true,
				testedBy: 'chatfuelWebhookSecret',
				displayOptions: { show: { authentication: ['sharedSecret'] } },
			},
		],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', path: 'chatfuel', ...answeredAsChosen },
			{ name: 'default', httpMethod: 'POST', path: 'chatfuel', ...answeredAsChosen },
		],
		properties,
	};

	methods = { credentialTest: { chatfuelWebhookSecret: testSecret } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return false;
			},
			async create(this: IHookFunctions) {
				return await ensureSecret(this);
			},
			async delete(this: IHookFunctions) {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		return await takeCall(this);
	}
}
