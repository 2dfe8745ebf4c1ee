import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { propertiesOf, resource, runOperations } from '../../lib/operations';
import { searchCountries } from './countries';
import { compare } from './phoneNumber/compare';
import { getIdentityKey } from './phoneNumber/getIdentityKey';
import { getVariants } from './phoneNumber/getVariants';
import { parse } from './phoneNumber/parse';

const resources = [
	resource({
		name: 'Phone Number',
		value: 'phoneNumber',
		operations: [parse, getIdentityKey, getVariants, compare],
	}),
];

/** Reads phone numbers as messengers, CRMs and people write them; calls nobody. */
export class PhoneNumber implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Phone Number',
		name: 'phoneNumber',
		icon: { light: 'file:phoneNumber.svg', dark: 'file:phoneNumber.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Parse phone numbers and recognise one line in all its spellings',
		defaults: { name: 'Phone Number' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: propertiesOf(resources),
	};

	methods = { listSearch: { searchCountries } };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, () => undefined);
	}
}
