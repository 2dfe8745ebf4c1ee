import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { requestOptions } from '../../lib/http';
import { propertiesOf, runOperations } from '../../lib/operations';
import { connect } from './connection';
import { conversation } from './conversation';
import { message } from './message';
import { profile } from './profile';

const resources = [message, conversation, profile];

/** Writes to people on Instagram, reads their profiles, and finds them by username. */
export class InstagramDirect implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Instagram Direct',
		name: 'instagramDirect',
		icon: { light: 'file:instagramDirect.svg', dark: 'file:instagramDirect.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send Instagram direct messages, read profiles and conversations, find people by username',
		defaults: { name: 'Instagram Direct' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'instagramDirectApi', required: true }],
		properties: [...propertiesOf(resources), requestOptions],
	};

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, connect);
	}
}
