import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { requestOptions } from '../../lib/http';
import { propertiesOf, runOperations } from '../../lib/operations';
import { appointment } from './appointment';
import { connect } from './connection';
import { event } from './event';
import { authentication } from './fields';
import { invitee } from './invitee';
import { searchEventTypes } from './listSearch';
import { service } from './service';
import { slot } from './slot';

const resources = [appointment, slot, service, invitee, event];
const online = ['appointment', 'invitee', 'service', 'slot'];

/** Finds free times, books, moves and cancels Calendly events, and reads the built-in trigger's deliveries. */
export class Calendly implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Calendly',
		name: 'calendly',
		icon: { light: 'file:calendly.svg', dark: 'file:calendly.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Find available times and book, reschedule, cancel and read Calendly events',
		defaults: { name: 'Calendly' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'calendlyTokenApi',
				required: true,
				displayOptions: { show: { authentication: ['accessToken'], resource: online } },
			},
			{
				name: 'calendlyBookingOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'], resource: online } },
			},
		],
		properties: [authentication, ...propertiesOf(resources), requestOptions],
	};

	methods = { listSearch: { searchEventTypes } };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, connect);
	}
}
