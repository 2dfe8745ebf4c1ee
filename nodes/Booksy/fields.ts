import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemInput } from '../../lib/operations';
import { parsePhone, type PhoneNumberError } from '../../lib/phone';
import { isTimeZone } from '../../lib/time';
import type { Booksy } from './api';
import type { Booked, Diary } from './diary';

export { limit, returnAll, simplify } from '../../lib/fields';

/** Above the fields of every operation: what this node can and cannot do. */
export const notice: INodeProperties = {
	displayName:
		"Booksy has no API that anybody can use. This node works with Booksy's Public API for contract partners, or with a gateway that takes an API key; the credential says which. The API of Booksy's customer app is private and is not used.",
	name: 'notice',
	type: 'notice',
	default: '',
};

const serviceBase: INodeProperties = {
	displayName: 'Service',
	name: 'service',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchServices', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 789' },
	],
};

/** What is booked. Booksy's services have no address, so there is no mode for one. */
export const service: INodeProperties = {
	...serviceBase,
	required: true,
	description:
		'What is booked; with the Partner API a variant of a service, whose ID is not that of the service',
};

/** Who does it. */
export const staff: INodeProperties = {
	displayName: 'Staff Member',
	name: 'staff',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchStaff', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 456' },
	],
	description: 'Who does it; anybody where empty',
};

export const appointmentId: INodeProperties = {
	displayName: 'Appointment ID',
	name: 'appointmentId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 1048576',
	description: 'The ID that Create gave, or Get Many gives',
};

export const reason: INodeProperties = {
	displayName: 'Reason',
	name: 'reason',
	type: 'string',
	default: '',
	description: "Goes to a gateway only; Booksy's Partner API has no field for it",
};

export const includeRaw: INodeProperties = {
	displayName: 'Include Raw',
	name: 'includeRaw',
	type: 'boolean',
	default: false,
	displayOptions: { show: { simplify: [true] } },
	description: "Whether to add the provider's own answer as raw",
};

export const timeZone: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Warsaw',
	description: "The business's time zone, as in the IANA list; the credential's where empty",
};

/** For credentials that serve several businesses. */
export const businessId: INodeProperties = {
	displayName: 'Business ID',
	name: 'businessId',
	type: 'string',
	default: '',
	description: "Another business than the credential's; Partner API only",
};

export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [businessId],
};

/** Opens the diary of the business that an item names, or of the credential's own. */
export function diaryOf(api: Booksy, input: ItemInput): Diary {
	const zone = input.optionalText('timeZone')?.trim();
	if (zone !== undefined && !isTimeZone(zone)) {
		input.refuse('timeZone', 'is no time zone', 'Use an IANA name, such as Europe/Warsaw.');
	}
	return api.open({ businessId: input.collection('options').optionalId('businessId'), timeZone: zone });
}

/** How many results are wanted; undefined for all. */
export const limitOf = (input: ItemInput): number | undefined =>
	input.boolean('returnAll') ? undefined : input.number('limit', { min: 1, integer: true });

/** An appointment as *Simplify* and *Include Raw* ask for it. */
export function shown({ appointment, raw }: Booked, input: ItemInput): IDataObject {
	if (!input.boolean('simplify')) return raw;
	const simple: IDataObject = { ...appointment, raw };
	if (!input.boolean('includeRaw')) delete simple.raw;
	return simple;
}

/** The client's phone in E.164; numbers without a country code are of the business's country. */
export function clientPhone(input: ItemInput, country: string | undefined): string | undefined {
	const raw = input.optionalText('clientPhone');
	if (raw === undefined) return undefined;
	try {
		return parsePhone(raw, { defaultCountry: country }).e164;
	} catch (error) {
		const { what, howToFix } = error as PhoneNumberError;
		return input.refuse('clientPhone', what, howToFix);
	}
}
