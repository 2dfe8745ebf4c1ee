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
import { conversation } from './conversation';
import { listSearch } from './listSearch';
import { message } from './message';

const resources = [contact, conversation, message];

/** Contacts, conversations and messages of a Chatwoot account. */
export class Chatwoot implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chatwoot',
		name: 'chatwoot',
		icon: { light: 'file:chatwoot.svg', dark: 'file:chatwoot.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Tell who a contact is, answer in conversations, label and assign them',
		defaults: { name: 'Chatwoot' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'chatwootAccountApi', required: true }],
		properties: [...propertiesOf(resources), requestOptions],
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, connect);
	}
}
