import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { requestOptions } from '../../lib/http';
import { propertiesOf, runOperations } from '../../lib/operations';
import { appointment } from './appointment';
import { client } from './client';
import { connect } from './connection';
import { listSearch } from './locators';
import { service } from './service';
import { slot } from './slot';
import { staff } from './staff';
import { visit } from './visit';

const resources = [appointment, client, service, slot, staff, visit];

/** Books, reads and changes appointments at Altegio or YCLIENTS, with clients, visits and free times. */
export class Altegio implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Altegio',
		name: 'altegio',
		icon: { light: 'file:altegio.svg', dark: 'file:altegio.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with appointments, clients, visits and free times in Altegio or YCLIENTS',
		defaults: { name: 'Altegio' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'altegioApi', required: true }],
		properties: [...propertiesOf(resources), requestOptions],
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, connect);
	}
}
