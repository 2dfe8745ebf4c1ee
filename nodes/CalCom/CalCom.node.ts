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
import { searchEventTypes } from './listSearch';
import { service } from './service';
import { slot } from './slot';

const resources = [appointment, slot, service, event];

/** Books, moves and cancels Cal.com bookings, finds free slots, and reads the built-in trigger's events. */
export class CalCom implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cal.com',
		name: 'calCom',
		icon: { light: 'file:calCom.svg', dark: 'file:calCom.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Find free slots and create, reschedule, cancel and read Cal.com bookings',
		defaults: { name: 'Cal.com' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'calComApi',
				required: true,
				displayOptions: { show: { resource: ['appointment', 'service', 'slot'] } },
			},
		],
		properties: [...propertiesOf(resources), requestOptions],
	};

	methods = { listSearch: { searchEventTypes } };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, connect);
	}
}
