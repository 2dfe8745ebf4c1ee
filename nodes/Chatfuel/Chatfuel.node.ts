import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { requestOptions } from '../../lib/http';
import { propertiesOf, runOperations } from '../../lib/operations';
import { connect } from './api';
import { contact } from './contact';
import { message } from './message';

const resources = [message, contact];

/** Answers a Chatfuel bot's call, starts flows and blocks for its users, and adds contacts. */
export class Chatfuel implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chatfuel',
		name: 'chatfuel',
		icon: { light: 'file:chatfuel.svg', dark: 'file:chatfuel.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Reply to a Chatfuel bot, send its users flows and blocks, add contacts',
		defaults: { name: 'Chatfuel' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'chatfuelBroadcastApi',
				required: true,
				displayOptions: { show: { resource: ['message'], operation: ['sendFlow', 'sendBlock'] } },
			},
			{
				name: 'chatfuelContactsApi',
				required: true,
				displayOptions: { show: { resource: ['contact'] } },
			},
		],
		properties: [...propertiesOf(resources), requestOptions],
	};

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, connect);
	}
}
