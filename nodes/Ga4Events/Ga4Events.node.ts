import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { requestOptions } from '../../lib/http';
import { propertiesOf, runOperations } from '../../lib/operations';
import { connect } from './api';
import { event } from './event';
import { searchEventNames } from './names';

const resources = [event];

/** Events for Google Analytics 4, checked before they leave, because GA4 answers the same to good and bad ones. */
export class Ga4Events implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GA4 Events',
		name: 'ga4Events',
		icon: { light: 'file:ga4Events.svg', dark: 'file:ga4Events.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send events to Google Analytics 4 by its Measurement Protocol',
		defaults: { name: 'GA4 Events' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ga4EventsApi', required: true }],
		properties: [...propertiesOf(resources), requestOptions],
	};

	methods = { listSearch: { searchEventNames } };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, connect);
	}
}
