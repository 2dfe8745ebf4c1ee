import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { answeredAsChosen } from '../../lib/webhook';
import { ensureToken } from './trigger/guard';
import { properties } from './trigger/properties';
import { takeCall } from './trigger/webhook';

/** Starts a flow when a message comes in at a Twilio number, or when a sent one changes its status. */
export class TwilioMessageTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio Message Trigger',
		name: 'twilioMessageTrigger',
		icon: { light: 'file:twilioMessage.svg', dark: 'file:twilioMessage.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the flow when an SMS or a WhatsApp message comes in at Twilio, and can reply to it',
		defaults: { name: 'Twilio Message Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'twilioMessageApi',
				required: true,
				displayOptions: { show: { authentication: ['signature'] } },
			},
		],
		webhooks: [{ name: 'default', httpMethod: 'POST', path: 'twilio', ...answeredAsChosen }],
		properties,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return false;
			},
			async create(this: IHookFunctions) {
				return await ensureToken(this);
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
