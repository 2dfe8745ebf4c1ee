import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { searchLocations } from './locators';
import { isRegistered, register, unregister } from './trigger/lifecycle';
import { properties } from './trigger/properties';
import { takeCall } from './trigger/webhook';

const PATH = 'altegio';

/** Starts a flow when something happens to a location's appointments, visits or clients. */
export class AltegioTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Altegio Trigger',
		name: 'altegioTrigger',
		icon: { light: 'file:altegio.svg', dark: 'file:altegio.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].length + " events" }}',
		description: 'Starts the flow when an appointment or client changes in Altegio or YCLIENTS',
		defaults: { name: 'Altegio Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'altegioApi', required: true }],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: PATH },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: PATH },
		],
		properties,
	};

	methods = { listSearch: { searchLocations } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await isRegistered(this);
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
