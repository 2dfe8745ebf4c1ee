import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { requestOptions } from '../../lib/http';
import { propertiesOf, runOperations } from '../../lib/operations';
import { connect } from './connection';
import { listSearch } from './listSearch';
import { message } from './message';

const resources = [message];

/** SMS and WhatsApp messages of a Twilio account, and the reply to a message that came in. */
export class TwilioMessage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio Message',
		name: 'twilioMessage',
		icon: { light: 'file:twilioMessage.svg', dark: 'file:twilioMessage.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send SMS and WhatsApp messages by Twilio, now or later, reply to them and look them up',
		defaults: { name: 'Twilio Message' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'twilioMessageApi',
				required: true,
				displayOptions: { hide: { operation: ['reply'] } },
			},
		],
		properties: [...propertiesOf(resources), requestOptions],
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, connect);
	}
}
