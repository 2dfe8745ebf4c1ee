import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { requestOptions } from '../../lib/http';
import { propertiesOf, runOperations } from '../../lib/operations';
import { connect } from './api';
import { item } from './item';
import { methods } from './methods';

const resources = [item];

/** Leads on a monday.com board: found by e-mail or phone, written in batches, never twice. */
export class MondayLeads implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'monday.com Leads',
		name: 'mondayLeads',
		icon: { light: 'file:mondayLeads.svg', dark: 'file:mondayLeads.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Create, update and find leads on a monday.com board',
		defaults: { name: 'monday.com Leads' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mondayLeadsApi', required: true }],
		properties: [...propertiesOf(resources), requestOptions],
	};

	methods = methods;

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, connect);
	}
}
