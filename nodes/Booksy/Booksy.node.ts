import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { requestOptions } from '../../lib/http';
import { propertiesOf, resource, runOperations } from '../../lib/operations';
import { connect } from './api';
import { cancel } from './appointment/cancel';
import { confirm } from './appointment/confirm';
import { create } from './appointment/create';
import { get } from './appointment/get';
import { getMany } from './appointment/getMany';
import { markNoShow } from './appointment/markNoShow';
import { reschedule } from './appointment/reschedule';
import { notice } from './fields';
import { searchServices, searchStaff } from './locators';
import { getMany as getManyServices } from './service/getMany';
import { getMany as getManySlots } from './slot/getMany';
import { getMany as getManyStaff } from './staff/getMany';

const resources = [
	resource({
		name: 'Appointment',
		value: 'appointment',
		operations: [create, get, getMany, reschedule, cancel, confirm, markNoShow],
	}),
	resource({ name: 'Slot', value: 'slot', operations: [getManySlots] }),
	resource({ name: 'Service', value: 'service', operations: [getManyServices] }),
	resource({ name: 'Staff Member', value: 'staff', operations: [getManyStaff] }),
];

/**
 * Books, moves and cancels appointments in Booksy, and finds free times, through Booksy's Public API for
 * contract partners or through a gateway that takes an API key.
 */
export class Booksy implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Booksy',
		name: 'booksy',
		icon: { light: 'file:booksy.svg', dark: 'file:booksy.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Find free times and book appointments in Booksy, as a partner or through a gateway',
		defaults: { name: 'Booksy' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'booksyApi', required: true }],
		properties: [notice, ...propertiesOf(resources), requestOptions],
	};

	methods = { listSearch: { searchServices, searchStaff } };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, connect);
	}
}
